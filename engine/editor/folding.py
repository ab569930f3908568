"""What can be folded away, and how a selection grows.

In: the index and a file, or a place. Out: stretches of lines with what they are; or spans, each within the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.source import Span
from stratagem.engine.editor.index import Index, moved


@dataclass(frozen=True)
class Fold:
    """Lines `first` to `last` (from 1): the first stays to be seen."""

    first: int
    last: int
    kind: Literal["block", "comment"] = "block"


def folds(index: Index, file: str) -> list[Fold]:
    """Blocks with lines below them, long texts and lists over several lines, and runs of comments."""
    found: list[Fold] = []
    for placed in index.placed.get(file, []):
        for line in placed.piece.outline.walk():
            last = _last(line)
            if last > line.number:
                found.append(Fold(line.number + placed.start - 1, last + placed.start - 1))
    found.extend(_comments(index.lines(file)))
    return sorted(found, key=lambda fold: (fold.first, -fold.last))


def _last(line: Line) -> int:
    while line.children:
        line = line.children[-1]
    return line.end_number


def _comments(lines: list[str]) -> Iterator[Fold]:
    first = None
    for number, line in enumerate([*lines, ""], 1):
        if line.lstrip().startswith("#"):
            first = number if first is None else first
        else:
            if first is not None and number - 1 > first:
                yield Fold(first, number - 1, "comment")
            first = None


def selections(index: Index, file: str, line: int, column: int) -> list[Span]:
    """Ever wider stretches around a place: the word, its line's text, each block around it, the whole file."""
    lines = index.lines(file)
    found: list[Span] = []
    placed = index.piece_at(file, line)
    if placed is not None:
        own = line - placed.start + 1
        path = _path(placed.piece.outline.lines, own)
        if path and path[-1].number <= own <= path[-1].end_number:
            found.extend(moved(span, placed) for span in _within(path[-1], own, column))
        for each in reversed(path):
            last = _last(each)
            text = placed.piece.lines[last - 1].rstrip()
            found.append(moved(Span("", each.number, each.column, last, len(text) + 1), placed))
    found.append(Span(file, 1, 1, len(lines), len(lines[-1]) + 1))
    return [span for n, span in enumerate(found) if n == 0 or span != found[n - 1]]


def _path(lines: tuple[Line, ...] | list[Line], number: int) -> list[Line]:
    """The lines from the outermost down to the one that holds a physical line."""
    path: list[Line] = []
    while True:
        inner = next((line for line in lines if line.number <= number <= _last(line)), None)
        if inner is None:
            return path
        path.append(inner)
        lines = inner.children


def _within(line: Line, number: int, column: int) -> Iterator[Span]:
    """The word at a place, if it is one, and the text of its line."""
    for token in tokens(line.text):
        place = line.place(token.start, token.end)
        if (place.line, place.column) <= (number, column) <= (place.end_line, place.end_column):
            yield place
            break
    yield line.span
