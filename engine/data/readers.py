"""Readers of data files: what a reader is, and where the installed ones are found.

A reader is a plug-in: an object under the entry-point group `stratagem.readers`. The built-in ones come in by the same
door. A reader only opens a file and names its columns; what a value means is decided in `convert`, for all alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import polars as pl


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be read. `code` is a D-code; `row` counts as a spreadsheet does, 0 when it is not known."""

    code: str
    row: int = 0
    words: tuple[tuple[str, object], ...] = ()

    def args(self) -> dict[str, object]:
        """For the diagnostic's text; `where` names the row when it is known."""
        return {"row": self.row, "where": f" at row {self.row:,}" if self.row else "", **dict(self.words)}


class Unreadable(Exception):
    """Raised by a reader; never shown as such: it becomes a diagnostic about the source."""

    def __init__(self, code: str, row: int = 0, **words: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, row, tuple(words.items()))

    @classmethod
    def because(cls, fault: Fault | None) -> Unreadable:
        """The fault that was found, or one that says only that the file cannot be read."""
        found = fault or Fault("D112")
        return cls(found.code, found.row, **dict(found.words))


def _nothing_known(_: Exception) -> Fault | None:
    return None


@dataclass(frozen=True, slots=True)
class Short:
    """Rows with fewer cells than there are headers: how many, and the line of the first, from 1."""

    rows: int = 0
    line: int = 0


NONE_SHORT = Short()


def _none_short() -> Short:
    return NONE_SHORT


@dataclass(frozen=True)
class Table:
    """An opened file.

    columns: the header names in file order, without blanks around them; a name that stands twice is listed twice.
    frame: the rows in file order, lazily, with one column a header, named by the header (repeats get any other name).
    text: every value is text as it stands in the file; else columns have types of their own.
    first_row: the number by which people know the first row of data (2 where a header is row 1).
    short: counts the rows that lack cells, where a row may lack them unseen.
    explain: what a failure to read the frame meant (Polars reads lazily, so a fault may show only then); None when the
    file is not to blame.
    """

    columns: tuple[str, ...]
    frame: pl.LazyFrame
    text: bool
    first_row: int
    explain: Callable[[Exception], Fault | None] = _nothing_known
    short: Callable[[], Short] = _none_short


@runtime_checkable
class Reader(Protocol):
    """Opens files whose names end in one of `endings` (lower case, with the dot)."""

    endings: tuple[str, ...]

    def open(self, path: Path, wanted: Sequence[str]) -> Table:
        """The table in the file. `wanted` are header names somebody hopes for: a hint, never a filter.

        Raises Unreadable when it is no such table.
        """
        ...


def readers() -> tuple[Reader, ...]:
    """Every installed reader, in the order of their entry points' names; one that is broken is left out (its door,
    engine/plug/doors.py, says so)."""
    from stratagem.engine.plug import doors

    return tuple(doors.readers().items.values())


def endings() -> tuple[str, ...]:
    """Every ending that some reader opens, sorted."""
    return tuple(sorted({ending for reader in readers() for ending in reader.endings}))


def reader_for(name: str) -> Reader | None:
    """The reader with the longest ending that fits the file's name (`.csv.gz` before `.gz`), or None."""
    low = name.lower()
    fits = [(len(e), r) for r in readers() for e in r.endings if low.endswith(e)]
    return max(fits, key=lambda pair: pair[0])[1] if fits else None
