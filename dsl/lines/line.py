"""A logical line and the outline that holds all lines of one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText, Span


@dataclass(eq=False)
class Line:
    """One logical line: a physical line, or several joined by an open bracket or a long text.

    `number` and `end_number` are its first and last physical lines, `column` where its text starts (from 1). `text`
    is what the grammar reads: as long as what was written, comments blanked, curly quotes made straight; joined
    lines keep their line breaks, so that an offset in `text` is a place in the file. `comment` is what follows `#`
    at the end of the line, `doc` the `##` lines above it.
    """

    file: str
    number: int
    column: int
    text: str
    end_number: int
    level: int = 0
    comment: str | None = None
    doc: str = ""
    odd: bool = False
    """Something in it was already reported: what follows from that is not worth another message."""
    children: list[Line] = field(default_factory=list)

    def place(self, start: int, end: int) -> Span:
        """The stretch of the file that `text[start:end]` was written at."""
        line, column = self._position(start)
        if end == start or "\n" not in self.text:
            return Span(self.file, line, column, line, column + end - start)
        end_line, end_column = self._position(end)
        return Span(self.file, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        breaks = self.text.count("\n", 0, offset)
        if not breaks:
            return self.number, self.column + offset
        return self.number + breaks, offset - self.text.rfind("\n", 0, offset)

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

    def walk(self) -> Iterator[Line]:
        """Every line, in the order written."""
        waiting = list(reversed(self.lines))
        while waiting:
            line = waiting.pop()
            yield line
            waiting.extend(reversed(line.children))
