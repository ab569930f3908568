"""Reads JSON lines: one object a line, its keys the columns; a key that a line lacks is empty there."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import polars as pl

from stratagem.engine.data.readers import Fault, Table, Unreadable
from stratagem.plugins.readers.bytes import encoding_fault, lines_of, text_fault

LOOK_AHEAD = 1000


class JsonLinesReader:
    """Every value is read as text: 12.50 as `12.5`, true as `true`; null is empty."""

    endings = (".jsonl", ".ndjson")
    reads_packed = True

    def open(self, path: Path, wanted: Sequence[str]) -> Table:
        """The table; the first thousand lines name its columns, all lines when a wanted one is not among those."""
        if (fault := text_fault(path)) is not None:
            raise fault
        try:
            keys = _keys(path, LOOK_AHEAD)
            if not set(wanted) <= set(keys):
                keys = _keys(path, None)
        except (pl.exceptions.PolarsError, OSError, EOFError, zlib.error) as error:
            raise Unreadable.because(explain(path, error)) from error
        # Blanks around a key are kept in the file and not in the column's name, as with headers.
        frame = pl.scan_ndjson(path, schema=dict.fromkeys(keys, pl.String))
        frame = frame.rename({key: key.strip() for key in keys if key != key.strip()})
        columns = tuple(key.strip() for key in keys)
        return Table(columns, frame, text=True, first_row=1, explain=partial(explain, path))


def _keys(path: Path, look_ahead: int | None) -> list[str]:
    return pl.scan_ndjson(path, infer_schema_length=look_ahead).collect_schema().names()


def explain(path: Path, error: Exception) -> Fault | None:
    """Why Polars could not read the file; None when nothing seems wrong with it."""
    try:
        fault = encoding_fault(path) or _line_fault(path)
    except Unreadable as cut:
        return cut.fault
    except (OSError, EOFError, zlib.error):
        return Fault("D105")
    return fault.fault if fault else None


def _line_fault(path: Path) -> Unreadable | None:
    """The first line that is no JSON object."""
    for number, line in enumerate(lines_of(path), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return Unreadable("D110", number)
        if not isinstance(value, dict):
            return Unreadable("D110", number)
    return None


READER = JsonLinesReader()
