"""Blocks and statements, from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from stratagem.dsl.catalogue import STATEMENTS, TOP, Statement, below, by_phrase, first_words
from stratagem.dsl.catalogue.reference import phrase
from stratagem.engine.cli.topics.entry import Entry
from stratagem.engine.present.blocks import Block, Column, Heading, Pairs, Paragraph, Table, Verbatim
from stratagem.engine.present.colours import STRATEGY

CHILDREN = {
    "tiers": "tiers, each a line: its name, its label, and from, below, top, next or otherwise",
    "rows": "rows, each a line: fields with their values, separated by commas",
}


def names() -> Iterator[str]:
    """What may be typed: ids, and the words that statements start with."""
    for statement in STATEMENTS:
        yield statement.id
        yield " ".join(first_words(statement))


def find(words: str) -> list[Entry]:
    """The statements of that id, or that start with exactly these words; a block before the lines of other blocks."""
    exact = [s for s in STATEMENTS if s.id == words]
    if exact and ("." in words or exact[0].opens):
        return [entry(s) for s in exact]
    return [entry(s) for s in STATEMENTS if s in exact or s in by_phrase(words)]


def within(words: str) -> list[Entry]:
    """A block and the words of a line below it (`action.from`, `action from`), or all lines of a kind (`tier`)."""
    block, _, rest = words.replace(".", " ", 1).partition(" ")
    if not rest:
        return [entry(s) for s in STATEMENTS if s.id.startswith(f"{block}.")]
    return [entry(s) for s in STATEMENTS if block in s.under and s in by_phrase(rest)]


def starting(words: str) -> list[Entry]:
    """The statements whose words begin so."""
    return [entry(s) for s in STATEMENTS if " ".join(first_words(s)).startswith(words + " ")]


def entry(statement: Statement) -> Entry:
    """A statement as an entry."""
    return Entry("statement", statement.id, statement.meaning, partial(page, statement), partial(record, statement))


def page(statement: Statement) -> Iterator[Block]:
    """Form, meaning, example, where it stands, and what may stand below."""
    yield Heading(statement.id)
    yield Paragraph(statement.meaning, flows=True)
    yield Pairs(tuple(_facts(statement)))
    yield Heading("Example")
    yield Verbatim(statement.example, language=STRATEGY)
    lines = below(statement.opens) if statement.opens else ()
    if statement.children in CHILDREN:
        yield Heading("Below it")
        yield Paragraph(f"{CHILDREN[statement.children]}.", indent=1)
    if lines:
        yield Heading("What may stand below it")
        columns = (Column("line"), Column("what it says"))
        yield Table(columns, tuple((phrase(s), s.meaning) for s in lines))


def _facts(statement: Statement) -> Iterator[tuple[str, str]]:
    yield "form", phrase(statement)
    yield "stands", " or ".join("at the left edge" if u == TOP else f"under {u}" for u in statement.under)
    yield "how often", "once" if statement.once else "as often as needed"


def record(statement: Statement) -> dict[str, Any]:
    """The same as data."""
    return {
        "form": phrase(statement),
        "example": statement.example,
        "under": list(statement.under),
        "once": statement.once,
        "below": [s.id for s in below(statement.opens)] if statement.opens else [],
        "children": statement.children,
    }
