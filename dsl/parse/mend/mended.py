"""A faulty line as it should have been written, with its one diagnostic; its places are those of the line as it was."""

from __future__ import annotations

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.mend.step import Change, changes
from stratagem.dsl.record import record
from stratagem.dsl.source import Span


class MendedLine(Line):
    """A line as it should have been written; its places are those of the line as it was."""

    def __init__(self, was: Line, text: str) -> None:
        super().__init__(
            was.file, was.first, was.column, text, was.last, was.level, was.comment, was.doc,
            children=was.children, anchor=was.anchor,
        )  # fmt: skip
        self.was = was
        self.changes: tuple[Change, ...] = changes(was.text, text)

    def place(self, start: int, end: int) -> Span:
        return self.was.place(self._back(start, False), self._back(end, True))

    def _back(self, offset: int, is_end: bool) -> int:
        """The offset in the line as written; within a change its start or end."""
        shift = 0
        for change in self.changes:
            if offset < change.new_start or (offset == change.new_start and not is_end):
                break
            if offset <= change.new_end if is_end else offset < change.new_end:
                return change.end if is_end else change.start
            shift = change.end - change.new_end
        return max(0, min(offset + shift, len(self.was.text)))


@record
class Mended:
    """A faulty line with the one diagnostic for it, and the line to read in its stead."""

    line: MendedLine
    diagnostic: Diagnostic
    guessed: bool
    """Its meaning was guessed: what follows from it is not worth a message."""
    further: tuple[MendedLine, ...] = ()
    """What else stood on the line: lines to read behind it."""


def further_lines(line: Line, text: str) -> tuple[MendedLine, ...]:
    """The lines of a mended text but the first, where nothing stands below the line."""
    rest = text.split("\n")[1:] if not line.children else ()
    return tuple(MendedLine(line, part.strip()) for part in rest if part.strip())
