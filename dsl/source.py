"""Source text and the places in it: every node, diagnostic and clause points into one of these."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import Final

from stratagem.dsl.record import record


class Anchor:
    """Where a stretch of text that moves as a whole begins: so many lines of its file stand before it.

    The places in one top-level block count from its first line. When lines are put in above it, its anchor moves, and
    all that points into it has moved too.
    """

    __slots__ = ("lines",)

    def __init__(self, lines: int = 0) -> None:
        self.lines = lines


START: Final = Anchor()
"""The anchor of places that count from the start of their file."""


class Span:
    """A stretch of one file. Lines and columns count from 1; `end_column` is the column after the last character.

    Never changed once made, but for its anchor's moving. A span made from another (`start`, `last`, `after`, `to`)
    moves with it; one made of numbers does not. Equal spans are at the same place now.
    """

    __slots__ = ("_end_line", "_line", "anchor", "column", "end_column", "file")
    __match_args__ = ("file", "line", "column", "end_line", "end_column")

    def __init__(
        self, file: str, line: int, column: int, end_line: int, end_column: int, anchor: Anchor = START
    ) -> None:
        self.file = file
        self._line = line
        self.column = column
        self._end_line = end_line
        self.end_column = end_column
        self.anchor = anchor

    @property
    def line(self) -> int:
        return self._line + self.anchor.lines

    @property
    def end_line(self) -> int:
        return self._end_line + self.anchor.lines

    def to(self, other: Span) -> Span:
        """The stretch from the start of this span to the end of `other`; moves with this one."""
        end = other.end_line - self.anchor.lines
        return Span(self.file, self._line, self.column, end, other.end_column, self.anchor)

    def start(self, length: int) -> Span:
        """Its first characters, on its first line."""
        return Span(self.file, self._line, self.column, self._line, self.column + length, self.anchor)

    def last(self, length: int) -> Span:
        """Its last characters, on its last line."""
        end = self.end_column
        return Span(self.file, self._end_line, end - length, self._end_line, end, self.anchor)

    def after(self) -> Span:
        """The empty place at its end."""
        return self.last(0)

    def below(self) -> Span:
        """The empty place at the start of the line after it."""
        return Span(self.file, self._end_line + 1, 1, self._end_line + 1, 1, self.anchor)

    def on(self, line: int, column: int, end_column: int) -> Span:
        """A stretch of one line (of the file) of the same block."""
        own = line - self.anchor.lines
        return Span(self.file, own, column, own, end_column, self.anchor)

    def holds(self, other: Span) -> bool:
        """Does all of another stretch lie in this one."""
        return (
            self.file == other.file
            and (self.line, self.column) <= (other.line, other.column)
            and (other.end_line, other.end_column) <= (self.end_line, self.end_column)
        )

    def settled(self) -> Span:
        """The same place, which moves no more."""
        return Span(self.file, self.line, self.column, self.end_line, self.end_column)

    def _key(self) -> tuple[str, int, int, int, int]:
        moved = self.anchor.lines
        return self.file, self._line + moved, self.column, self._end_line + moved, self.end_column

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Span) and self._key() == other._key())

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[type[Span], tuple[str, int, int, int, int]]:
        return Span, self._key()

    def __repr__(self) -> str:
        named = zip(self.__match_args__, self._key(), strict=True)
        return f"Span({', '.join(f'{name}={value!r}' for name, value in named)})"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span("", 0, 0, 0, 0)
"""For values that no line of a file declares (defaults, built-in names)."""


@record(slots=False)
class SourceText:
    """One strategy file as read: its name as shown to people, and its whole text (LF line ends, no BOM)."""

    name: str
    text: str
    origin: str | None = field(default=None, compare=False)
    """The file's path on this machine, when it came from one; `use` and data files are looked up beside it."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text by lines, without line ends; line n is `lines[n - 1]`."""
        return tuple(self.text.split("\n"))

    def slice(self, span: Span) -> str:
        """The text a span covers."""
        if span.line == span.end_line:
            return self.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        first = self.lines[span.line - 1][span.column - 1 :]
        last = self.lines[span.end_line - 1][: span.end_column - 1]
        return "\n".join([first, *self.lines[span.line : span.end_line - 1], last])
