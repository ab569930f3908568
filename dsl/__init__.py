"""The strategy language: text in, a checked `Strategy` or diagnostics out.

`load_strategy(path)` reads a file or folder, `check_text(text)` one text; both give a `Checked`. Knows words, types
and places; nothing of customers, data or engines.
"""

from stratagem.dsl.pipeline import Checked, check_text, load_strategy

__all__ = ["Checked", "check_text", "load_strategy"]
