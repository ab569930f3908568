"""Diagnostics on standard output (for `check`) or standard error (where they stand in the way of something else)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.render import text
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.source import SourceText
from stratagem.engine.present.clean import clean

_ANSI = {
    "error": "1;31", "warning": "1;33", "note": "1;36", "place": "36", "line": "2", "mark": "1;31",
    "name": "1", "help": "32",
}  # fmt: skip
_ON, _OFF = "\ue000", "\ue001"
"""Stand for colour while control characters are taken out of the text."""


def errors(diagnostics: Iterable[Diagnostic]) -> int:
    """How many of them are errors."""
    return sum(words(d).severity == "error" for d in diagnostics)


def warnings(diagnostics: Iterable[Diagnostic]) -> int:
    """How many of them are warnings."""
    return sum(words(d).severity == "warning" for d in diagnostics)


def rendered(diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceText], colour: bool) -> str:
    """All of them as text. What a file holds cannot send orders to a terminal."""
    said = clean(text.render(diagnostics, sources, _marked if colour else text.plain), _ON + _OFF)
    if not colour:
        return said
    from stratagem.engine.present.colours import CODES

    for role, code in (_ANSI | dict(zip(CODES, CODES, strict=True))).items():
        said = said.replace(f"{_ON}{role}{_ON}", f"\x1b[{code}m")
    return said.replace(_OFF, "\x1b[0m")


def _marked(role: str, words_shown: str) -> str:
    if role in ("source", "long text"):
        from stratagem.engine.present.colours import pieces

        found = pieces(words_shown, in_text=role == "long text")
        return "".join(_marked(code, text) if code and text else text for code, text in found)
    return f"{_ON}{role}{_ON}{words_shown}{_OFF}"
