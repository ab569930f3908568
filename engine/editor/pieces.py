"""A text cut into its top-level blocks, each read once for as long as its text stays the same.

In: the text of a file. Out: its pieces with the line each starts at. After a keystroke all but one piece are as they
were, so that what an editor asks at every key costs the reading of one block.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.lines import read_lines
from stratagem.dsl.lines.line import Outline
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.statements import Reader
from stratagem.dsl.source import SourceText

if TYPE_CHECKING:
    from stratagem.engine.editor.declared import Thing
    from stratagem.engine.editor.mentions import Mention

KEPT = 20_000
"""Pieces that are remembered, of all texts together."""

_numbers = count()


class Piece:
    """One top-level block with the comments above it. Its places count from its own first line, in a file `key`."""

    def __init__(self, text: str) -> None:
        self.key = f"piece {next(_numbers)}"
        self.text = text
        self.faulty: frozenset[int] = frozenset()
        """Lines that could not be read whole; known once its nodes are."""
        self.kept_colours: tuple[object, list[int], int] | None = None
        """Its colours as numbers, with what they depend on beside its text (see `token_data`)."""

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """What the block says, as far as it can be read: nobody here asks how its faults are mended."""
        reader = Reader(None)
        nodes = tuple(reader.block(self.outline.lines, TOP, None))
        self.faulty = frozenset(diagnostic.span.line for diagnostic in (*reader.diagnostics, *self.outline.diagnostics))
        return nodes

    @cached_property
    def outline(self) -> Outline:
        """Its lines."""
        return read_lines(SourceText(self.key, self.text))

    @property
    def lines(self) -> tuple[str, ...]:
        """Its physical lines."""
        return self.outline.source.lines

    @cached_property
    def declared(self) -> tuple[Thing, ...]:
        """The things that it declares."""
        from stratagem.engine.editor.declared import things

        return tuple(things(self.nodes))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every word in it that declares a name or refers to one, in order."""
        from stratagem.engine.editor.mentions import mentions

        return tuple(sorted(mentions(self), key=lambda m: (m.span.line, m.span.column)))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its mentions."""
        return frozenset(m.word for m in self.mentions)


class Placed(NamedTuple):
    """A piece where it stands: its first line is line `start` of the file, from 1."""

    piece: Piece
    file: str
    start: int


@lru_cache(maxsize=KEPT)
def _piece(text: str) -> Piece:
    return Piece(text)


def pieces(file: str, text: str) -> Iterator[Placed]:
    """The pieces of a file, in order."""
    lines = text.split("\n")
    starts = _starts(lines)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Placed(_piece("\n".join(lines[start:end])), file, start + 1)


def without(placed: Placed, line: int) -> Placed:
    """The piece without one line of its file, which is being written: as it is while one goes on typing there."""
    lines = placed.piece.text.split("\n")
    lines[line - placed.start] = ""
    return Placed(_piece("\n".join(lines)), placed.file, placed.start)


def _starts(lines: list[str]) -> list[int]:
    """Where pieces start: at a line at the left edge, or at the first of the comments right above it."""
    starts: list[int] = []
    comments: int | None = None
    for number, line in enumerate(lines):
        first = line[:1]
        if not first:
            continue
        if first.isspace():
            if line.strip():
                comments = None
        elif first == "#":
            comments = number if comments is None else comments
        elif first != ")" and not line.startswith('"""'):
            starts.append(number if comments is None else comments)
            comments = None
    if not starts or starts[0]:
        starts.insert(0, 0)
    return starts


def piece_at(lines: list[str], number: int) -> int:
    """The line (from 0) where the block that holds line `number` (from 0) starts."""
    for at in range(min(number, len(lines) - 1), 0, -1):
        line = lines[at]
        if line[:1] and not line[0].isspace() and line[0] not in "#)" and not line.startswith('"""'):
            return at
    return 0
