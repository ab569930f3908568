"""Reads CSV: comma, semicolon, tab or bar between the cells, `"` around cells that hold one, UTF-8."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import polars as pl

from stratagem.engine.data.readers import Fault, Table, Unreadable
from stratagem.plugins.readers.bytes import encoding_fault, lines_of, start_of, text_fault
from stratagem.plugins.readers.shape import shape_fault
from stratagem.plugins.readers.short import short_rows

SEPARATORS = (",", ";", "\t", "|")
HEADER_ROW = 1
HEADER_BYTES = 1 << 20
"""The headers end within so many bytes."""


class CsvReader:
    """Every cell is text; an empty cell is empty text. The first row holds the headers and is row 1."""

    endings = (".csv", ".tsv")
    reads_packed = True

    def open(self, path: Path, wanted: Sequence[str]) -> Table:
        """The table; the separator is the one that makes most of the wanted headers out of the first row."""
        if (fault := text_fault(path)) is not None:
            raise fault
        separator = ","
        try:
            separator, headers = _headers(path, wanted)
            frame = pl.scan_csv(path, separator=separator, infer_schema=False, glob=False)
            known = frame.collect_schema().names()
        except (pl.exceptions.PolarsError, OSError, EOFError, zlib.error) as error:
            raise Unreadable.because(explain(path, separator, error)) from error
        if len(known) != len(headers):
            raise Unreadable("D107", HEADER_ROW)
        names = _once_each(headers)
        frame = frame.rename(dict(zip(known, names, strict=True)))
        why = partial(explain, path, separator)
        short = partial(short_rows, path, frame, separator, len(headers))
        return Table(tuple(headers), frame, text=True, first_row=HEADER_ROW + 1, explain=why, short=short)


def _headers(path: Path, wanted: Sequence[str]) -> tuple[str, list[str]]:
    """The separator and the cells of the first row; a comma when nothing speaks for another."""
    start = start_of(path, HEADER_BYTES).decode("utf-8", "replace").removeprefix("\ufeff")
    best = (",", _first_row(start, ","))
    for separator in SEPARATORS[1:]:
        cells = _first_row(start, separator)
        if _worth(cells, wanted) > _worth(best[1], wanted):
            best = (separator, cells)
    return best


def _worth(cells: Sequence[str], wanted: Sequence[str]) -> tuple[int, int]:
    return len(set(cells) & set(wanted)), len(cells)


def _first_row(text: str, separator: str) -> list[str]:
    """The cells of the first row that is not blank."""
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return next(([cell.strip() for cell in row] for row in rows if row), [])
    except csv.Error:
        return []


def _once_each(headers: Sequence[str]) -> list[str]:
    """The headers, with other names for repeats, so that each column has its own."""
    seen: set[str] = set()
    names = []
    for position, header in enumerate(headers):
        name = header if header not in seen else f"\x00{position}"
        seen.add(name)
        names.append(name)
    return names


def explain(path: Path, separator: str, error: Exception) -> Fault | None:
    """Why Polars could not read the file; None when nothing seems wrong with it."""
    try:
        fault = encoding_fault(path)
        if fault is None:
            fault = shape_fault((line.decode().rstrip("\r\n") for line in lines_of(path)), separator)
    except Unreadable as cut:
        return cut.fault
    except (OSError, EOFError, zlib.error):
        return Fault("D105")
    return fault.fault if fault else None


READER = CsvReader()
