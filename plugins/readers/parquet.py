"""Reads Parquet: columns keep their types, and nothing is read before it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import polars as pl

from stratagem.engine.data.readers import Fault, Table, Unreadable

MAGIC = (b"PAR1", b"PARE")


class ParquetReader:
    """Rows are counted from 1; there is no header row."""

    endings = (".parquet", ".pq")
    reads_packed = False

    def open(self, path: Path, wanted: Sequence[str]) -> Table:
        """The table, lazily: ten million rows cost nothing until they are read."""
        frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        try:
            names = frame.collect_schema().names()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise Unreadable.because(explain(path, error)) from error
        columns = tuple(name.strip() for name in names)
        frame = frame.rename({name: name.strip() for name in names if name != name.strip()})
        return Table(columns, frame, text=False, first_row=1, explain=partial(explain, path))


def explain(path: Path, error: Exception) -> Fault | None:
    """Why Polars could not read the file; None when the error is not about the file."""
    if path.stat().st_size == 0:
        return Fault("D102")
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(max(0, path.stat().st_size - 4))
        end = file.read(4)
    if start not in MAGIC:
        return Fault("D111")
    if end not in MAGIC:
        return Fault("D105")
    return Fault("D112") if "parquet" in str(error).lower() or isinstance(error, OSError) else None


READER = ParquetReader()
