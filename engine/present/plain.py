"""A page as aligned plain text: for pipes, files and grep. No colour, no boxes, no cut rows."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from functools import singledispatch

from stratagem.engine.present.blocks import Block, Column, Heading, Listing, Pairs, Paragraph, Table, Verbatim
from stratagem.engine.present.clean import clean

GAP = "  "
WIDTH = 96
"""Columns of running text that flows."""


def plain(blocks: Iterable[Block]) -> str:
    """The page's text; ends with a line break unless it is empty."""
    parts: list[str] = []
    for block in blocks:
        if parts and isinstance(block, Heading):
            parts.append("")
        parts.extend(_lines(block))
    return "".join(f"{part.rstrip()}\n" for part in parts)


def width(text: str) -> int:
    """Columns a text takes on a terminal: wide letters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shorten(text: str, widest: int | None) -> str:
    """At most `widest` columns, with `…` where something was left out."""
    if widest is None or width(text) <= widest:
        return text
    kept = text
    while kept and width(kept) > widest - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def one_line(text: str) -> str:
    """A cell's text on one line."""
    return " ".join(clean(text).split())


@singledispatch
def _lines(block: Block) -> Iterable[str]:
    raise TypeError(f"no way to write a {type(block).__name__}")


@_lines.register
def _(block: Heading) -> Iterable[str]:
    yield clean(block.text)


@_lines.register
def _(block: Paragraph) -> Iterable[str]:
    for line in clean(block.text).splitlines():
        for part in textwrap.wrap(line, WIDTH) if block.flows else [line]:
            yield GAP * block.indent + part


@_lines.register
def _(block: Listing) -> Iterable[str]:
    for item in block.items:
        yield GAP * block.indent + one_line(item)


@_lines.register
def _(block: Verbatim) -> Iterable[str]:
    for line in clean(block.text).splitlines():
        yield GAP * block.indent + line


@_lines.register
def _(block: Pairs) -> Iterable[str]:
    widest = max((width(one_line(name)) for name, _ in block.items), default=0)
    for name, value in block.items:
        yield GAP * block.indent + _padded(one_line(name), widest, False) + GAP + one_line(value)


@_lines.register
def _(block: Table) -> Iterable[str]:
    if not block.rows:
        yield GAP * block.indent + block.empty
        return
    rows = [
        [shorten(one_line(cell), c.widest) for cell, c in zip(row, block.columns, strict=True)] for row in block.rows
    ]
    header = [c.title for c in block.columns]
    total = [] if block.total is None else [[one_line(cell) for cell in block.total]]
    widths = [max(width(row[i]) for row in (header, *rows, *total)) for i in range(len(header))]
    for row in (header, *rows, *total):
        yield GAP * block.indent + _row(row, widths, block.columns)


def _row(row: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    return GAP.join(_padded(cell, w, c.right) for cell, w, c in zip(row, widths, columns, strict=True))


def _padded(text: str, widest: int, right: bool) -> str:
    fill = " " * (widest - width(text))
    return fill + text if right else text + fill
