"""A page for each code: what it is about, and how it is done wrong and right.

In: a code. Out: its `Page`, read from `CODE.md` beside this file; `codes()` are all that have one. A page's examples
are parts of the bakery's strategy (`bakery.strategy`); `Example.text` is the whole strategy that such a part makes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from stratagem.dsl.diagnostics.pages.example import Beside, Example
from stratagem.dsl.diagnostics.pages.page import Page, read_page

__all__ = ["FOLDER", "Beside", "Example", "Page", "codes", "page"]

FOLDER = Path(__file__).parent


@cache
def codes() -> tuple[str, ...]:
    """The codes that have a page, in order."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.md")))


@cache
def page(code: str) -> Page:
    """The page of a code. Raises KeyError for a code that has none, ValueError for a page out of form."""
    if code not in codes():
        raise KeyError(code)
    return read_page(code, (FOLDER / f"{code}.md").read_text("utf-8"))
