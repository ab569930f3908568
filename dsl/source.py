"""Source text and the places in it: every node, diagnostic and clause points into one of these."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property

from stratagem.dsl.record import record


@record
class Span:
    """A stretch of one file. Lines and columns count from 1; `end_column` is the column after the last character."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def to(self, other: Span) -> Span:
        """The stretch from the start of this span to the end of `other` (same file)."""
        return Span(self.file, self.line, self.column, other.end_line, other.end_column)

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
