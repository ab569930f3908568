"""A logical line and the outline that holds all lines of one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.record import record
from stratagem.dsl.source import START, Anchor, SourceText, Span

if TYPE_CHECKING:
    from stratagem.dsl.lines.pieces import Piece


@record(frozen=False, slots=False, eq=False)
class Line:
    """One logical line: a physical line, or several joined by an open bracket or a long text.

    `number` and `end_number` are its first and last physical lines, `column` where its text starts (from 1); `first`
    and `last` are the same, counted from the start of the top-level block that moves as a whole (`anchor`). `text`
    is what the grammar reads: as long as what was written, comments blanked, curly quotes made straight; joined
    lines keep their line breaks, so that an offset in `text` is a place in the file. `comment` is what follows `#`
    at the end of the line, `doc` the `##` lines above it.
    """

    file: str
    first: int
    column: int
    text: str
    last: int
    level: int = 0
    comment: str | None = None
    doc: str = ""
    odd: bool = False
    """Something in it was already reported: what follows from that is not worth another message."""
    children: list[Line] = field(default_factory=list)
    anchor: Anchor = START
    unclosed: int = -1
    """Where in `text` the quote stands that is not closed, read as closed at the line's end; -1: there is none."""
    added: int = 0
    """How many characters at the end of `text` are not in the file: quotes that were not closed there."""

    @property
    def number(self) -> int:
        return self.first + self.anchor.lines

    @property
    def end_number(self) -> int:
        return self.last + self.anchor.lines

    def copied(self, **changes: object) -> Line:
        """A plain line with the same fields, but for these."""
        made = object.__new__(Line)
        made.__dict__ = {**self.__dict__, **changes}  # a third of the time of `replace`: whole files are copied
        return made

    def place(self, start: int, end: int) -> Span:
        """The stretch of the file that `text[start:end]` was written at."""
        written = len(self.text) - self.added
        if end > written:
            start, end = min(start, written), written
        if self.first == self.last:
            return Span(self.file, self.first, self.column + start, self.first, self.column + end, self.anchor)
        line, column = self._position(start)
        if end == start:
            return Span(self.file, line, column, line, column, self.anchor)
        end_line, end_column = self._position(end)
        return Span(self.file, line, column, end_line, end_column, self.anchor)

    def _position(self, offset: int) -> tuple[int, int]:
        breaks = self.text.count("\n", 0, offset)
        if not breaks:
            return self.first, self.column + offset
        return self.first + breaks, offset - self.text.rfind("\n", 0, offset)

    @property
    def span(self) -> Span:
        """The whole logical line."""
        return self.place(0, len(self.text))


@record(slots=False)
class Outline:
    """All lines of one file, outermost first, and what was wrong with them."""

    source: SourceText
    lines: tuple[Line, ...]
    diagnostics: tuple[Diagnostic, ...]
    pieces: tuple[Piece, ...] = ()
    """The lines by the top-level blocks of the text that can be moved by themselves."""

    def walk(self) -> Iterator[Line]:
        """Every line, in the order written."""
        waiting = list(reversed(self.lines))
        while waiting:
            line = waiting.pop()
            yield line
            waiting.extend(reversed(line.children))
