"""The pairs in `cases/` and in docs/formatting.md: a text before, and what the formatter makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from stratagem.dsl.format import format_source
from stratagem.dsl.source import SourceText
from tests.tools.house import ROOT

PAGES = (ROOT / "docs" / "formatting.md", *sorted((Path(__file__).parent / "cases").glob("*.md")))
_BLOCK = re.compile(r"^```strategy (before|after|unchanged)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Pair:
    """A text, and what it is to become."""

    where: str
    before: str
    after: str


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a page: `before` with the `after` that follows it, or `unchanged` alone."""
    page = path.read_text("utf-8")
    found: list[Pair] = []
    waiting: tuple[str, str] | None = None
    for block in _BLOCK.finditer(page):
        where = f"{path.name}:{page[: block.start()].count(chr(10)) + 2}"
        if block[1] == "before":
            assert waiting is None, f"{where}: no `after` for the text before it"
            waiting = where, block[2]
        elif block[1] == "unchanged":
            found.append(Pair(where, block[2], block[2]))
        else:
            assert waiting is not None, f"{where}: no `before`"
            found.append(Pair(*waiting, block[2]))
            waiting = None
    assert waiting is None and found, path.name
    return found


PAIRS = [pair for page in PAGES for pair in read_pairs(page)]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.where)
def test_a_text_is_laid_out_as_its_page_says(pair: Pair) -> None:
    assert format_source(SourceText(pair.where, pair.before)) == pair.after
    assert format_source(SourceText(pair.where, pair.after)) == pair.after
