"""Finds the row that keeps a CSV file from being a table: an open or stray quotation mark, or too many cells.

In: the lines of a file that Polars refused. Out: the fault with its row. Slow and exact; runs only after a failure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stratagem.engine.data.readers import Unreadable

QUOTE = '"'


@dataclass(slots=True)
class _Cells:
    """Where we are in a row: how many separators so far, and whether a quoted cell is open."""

    separators: int = 0
    quoted: bool = False
    stray: bool = False

    def take(self, line: str, separator: str) -> None:
        """Read one line of the file, which may start inside a quoted cell."""
        if QUOTE not in line:
            self.separators += 0 if self.quoted else line.count(separator)
            return
        at_start, closed = not self.quoted, False
        for letter in line:
            if self.quoted:
                self.quoted, closed = letter != QUOTE, letter == QUOTE
            elif letter == separator:
                self.separators, at_start, closed = self.separators + 1, True, False
            elif letter == QUOTE and (at_start or closed):
                # At a cell's start it opens the cell; right after a closing one it stands for the mark itself.
                self.quoted, at_start, closed = True, False, False
            else:
                self.stray = self.stray or letter == QUOTE or closed
                at_start = False


def shape_fault(lines: Iterable[str], separator: str) -> Unreadable | None:
    """The first row that is no row of the table, rows counted as in a spreadsheet; None when all are well."""
    cells, row, width, opened_at = _Cells(), 1, 0, 0
    for number, line in enumerate(lines, 1):
        before = cells.quoted
        cells.take(line, separator)
        if cells.stray:
            return Unreadable("D108", row)
        if cells.quoted:
            opened_at = opened_at if before else number
            continue
        width = width or cells.separators + 1
        if cells.separators + 1 > width:
            return Unreadable("D109", row, cells=cells.separators + 1, width=width)
        cells, row = _Cells(), row + 1
    return Unreadable("D106", row, line=opened_at) if cells.quoted else None
