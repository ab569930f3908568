"""Counts the rows of a CSV file that have fewer cells than there are headers: what they lack reads as missing.

In: a file that was read. Out: how many there are, and the line of the first. Such a row has nothing in the last column,
so a file that has something there in every row is not looked through.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from stratagem.engine.data.readers import NONE_SHORT, Short, Unreadable
from stratagem.plugins.readers.bytes import lines_of

_LINE = "line"
_QUOTED = '"[^"]*"'


def short_rows(path: Path, frame: pl.LazyFrame, separator: str, width: int) -> Short:
    """The rows of a table of `width` columns that end too early; blank lines are no rows. `frame`: as it was read."""
    if width < 2:
        return NONE_SHORT
    try:
        last = frame.collect_schema().names()[-1]
        if not frame.select(pl.col(last).is_null().any()).collect(engine="streaming").item():
            return NONE_SHORT
        count, first, broken = _by_line(path, separator, width)
        return _by_row(path, separator, width) if broken else Short(count, (first or 0) + 1 if count else 0)
    except (pl.exceptions.PolarsError, OSError, EOFError, zlib.error, csv.Error, Unreadable):
        return NONE_SHORT  # a file that is not well is named by what is wrong with it


def _by_line(path: Path, separator: str, width: int) -> tuple[int, int | None, bool]:
    """The count; the number of the first, from 0; whether a cell goes on in the next line: then both mean nothing."""
    line = pl.col(_LINE)
    bare = pl.when(line.str.contains('"', literal=True)).then(line.str.replace_all(_QUOTED, "")).otherwise(line)
    lacks = (bare.str.count_matches(separator, literal=True) < width - 1) & (
        line.str.strip_chars(f" \t\r{separator}") != ""
    )
    lines = pl.scan_lines(path, name=_LINE, row_index_name="n", glob=False)
    found = lines.select(
        lacks.sum().alias("count"),
        pl.col("n").filter(lacks).min().alias("first"),
        (line.str.count_matches('"', literal=True) % 2 == 1).any().alias("broken"),
    )
    row = found.collect(engine="streaming").row(0)
    return int(row[0] or 0), row[1], bool(row[2])


def _by_row(path: Path, separator: str, width: int) -> Short:
    """Row by row, for files with cells of several lines."""
    count = first = 0
    for line, cells in _rows(path, separator):
        if 0 < len(cells) < width and any(cell.strip() for cell in cells):
            count, first = count + 1, first or line
    return Short(count, first)


def _rows(path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line at which it begins."""
    rows = csv.reader((line.decode("utf-8", "replace") for line in lines_of(path)), delimiter=separator)
    begins = 1
    for cells in rows:
        yield begins, cells
        begins = rows.line_num + 1
