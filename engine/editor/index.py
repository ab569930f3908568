"""The strategy's files as an editor sees them now: their pieces, their names, and where each word stands.

In: the texts by file name. Out: an `Index`, cheap to make anew after every key: only what changed is read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from stratagem.dsl.source import Span
from stratagem.engine.editor.declared import Thing
from stratagem.engine.editor.mentions import Mention
from stratagem.engine.editor.names import Names, meaning
from stratagem.engine.editor.pieces import Placed, pieces, without


@dataclass(frozen=True)
class Found:
    """A mention at its place in a file, and the thing it is about."""

    mention: Mention
    span: Span
    thing: Thing | None

    @property
    def declares(self) -> bool:
        """Does the thing get its name here."""
        return self.mention.sort in ("declared", "option declared")


class Index:
    """`files`: the texts of one strategy by name, LF line ends, in the order they are read."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = dict(files)
        self.placed: dict[str, list[Placed]] = {name: list(pieces(name, text)) for name, text in self.files.items()}
        self._lines: dict[str, list[str]] = {}
        self._where = {p.piece.key: p for placed in self.placed.values() for p in placed}

    @cached_property
    def names(self) -> Names:
        """All names of the strategy."""
        return Names(t for placed in self.placed.values() for p in placed for t in p.piece.declared)

    def lines(self, file: str) -> list[str]:
        """The physical lines of a file."""
        if file not in self._lines:
            self._lines[file] = self.files[file].split("\n")
        return self._lines[file]

    def apart(self, file: str, line: int) -> Index:
        """The same without one line, which is half written: nothing in it is known, and it is not read at all."""
        other = Index({})
        other.files, other._lines, other._where = self.files, self._lines, self._where
        other.placed = dict(self.placed)
        here = self.piece_at(file, line)
        if here is not None:
            other.placed[file] = [without(p, line) if p is here else p for p in self.placed[file]]
        return other

    def place(self, span: Span) -> Span:
        """The place in its file of a span in a piece."""
        at = self._where.get(span.file)
        return span if at is None else moved(span, at)

    def piece_at(self, file: str, line: int) -> Placed | None:
        """The piece that holds a line (from 1)."""
        return next((p for p in reversed(self.placed.get(file, [])) if p.start <= line), None)

    def at(self, file: str, line: int, column: int) -> Found | None:
        """The mention at a place, or that ends there."""
        placed = self.piece_at(file, line)
        if placed is None:
            return None
        own = line - placed.start + 1
        for mention in placed.piece.mentions:
            if mention.span.line == own and mention.span.column <= column <= mention.span.end_column:
                return Found(mention, moved(mention.span, placed), meaning(self.names, mention))
        return None

    def mentions(self, file: str) -> Iterator[Found]:
        """Every mention of a file, in order."""
        for placed in self.placed.get(file, []):
            for mention in placed.piece.mentions:
                yield Found(mention, moved(mention.span, placed), meaning(self.names, mention))

    def uses(self, thing: Thing, *files: str) -> Iterator[Found]:
        """Every mention of a thing, its declaration among them; in these files, or in all."""
        for name in files or self.placed:
            for placed in self.placed.get(name, []):
                if thing.name not in placed.piece.words:
                    continue
                for mention in placed.piece.mentions:
                    if mention.word == thing.name and meaning(self.names, mention) is thing:
                        yield Found(mention, moved(mention.span, placed), thing)


def moved(span: Span, placed: Placed) -> Span:
    """A span in a piece as the span in its file."""
    by = placed.start - 1
    return Span(placed.file, span.line + by, span.column, span.end_line + by, span.end_column)
