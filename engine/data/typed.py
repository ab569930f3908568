"""A table as read → a frame of typed fields, with the conditions that say where a value failed.

In: a source, its table and headers. Out: `Typed`: a lazy frame with `@row` (Int64 from 0, file order), each declared
field that has a column, `!field` where a value may fail, and `?field`, the value as it stands in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import polars as pl

from stratagem.dsl.model.data import Source
from stratagem.engine.data.columns import EVALUATED, Wanted, failed, raw, read_columns
from stratagem.engine.data.headers import Headers, read_fields
from stratagem.engine.data.readers import Table
from stratagem.engine.data.reading import reading_of

ROW = "@row"
ID = "@id"
LOOK_AT = 200
SHOWN = 3
WIDEST = 24


@dataclass(frozen=True)
class Typed:
    """fallible: fields with a `!` column. headers: as matched; first_row: the number of `@row` 0 for people."""

    source: Source
    frame: pl.LazyFrame
    table: Table
    headers: Headers
    fallible: tuple[str, ...]
    monies: tuple[str, ...]


def typed(source: Source, table: Table, headers: Headers, zone: str) -> Typed:
    """Read every declared field strictly. A field without a column is missing in every row."""
    dtypes = table.frame.select(list(dict.fromkeys(headers.by_field.values()))).collect_schema()
    frame = table.frame.with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))
    frame = _without_blank_lines(frame, table, headers)
    readings = [reading_of(field, zone) for field in read_fields(source)]
    wanted = [
        Wanted(reading, header, dtypes[header])
        for reading in readings
        if (header := headers.by_field.get(reading.field)) is not None
    ]
    read = read_columns(frame, wanted, keep=(ROW,))
    absent = [r for r in readings if r.field not in headers.by_field]
    frame = read.frame.with_columns(pl.lit(None, EVALUATED[r.kind]).alias(r.field) for r in absent)
    return Typed(source, frame, table, headers, read.fallible, read.monies)


def _without_blank_lines(frame: pl.LazyFrame, table: Table, headers: Headers) -> pl.LazyFrame:
    """A line with nothing in any declared column is no row: files often end in such lines."""
    if not table.text or not headers.by_field:
        return frame
    known = [pl.col(h).is_not_null() for h in dict.fromkeys(headers.by_field.values())]
    return frame.filter(pl.any_horizontal(known))


@dataclass(frozen=True)
class Failures:
    """Where the first failures of a field stand (rows as people count them), and what stands there, shortened."""

    rows: tuple[int, ...]
    examples: tuple[str, ...]


def failures(read: Typed, kept: pl.LazyFrame, field: str) -> Failures:
    """Look up the first failures of a field in `kept`, a frame that still has the raw values."""
    found = kept.filter(pl.col(failed(field))).select(ROW, raw(field)).head(LOOK_AT).collect()
    rows = tuple(int(row) + read.table.first_row for row in found[ROW].head(SHOWN))
    declared = read.source.field(field)
    if declared is None or declared.personal_for is not None:
        return Failures(rows, ())
    texts = (str(value) for value in found[raw(field)])
    return Failures(rows, tuple(islice(dict.fromkeys(_shown(t) for t in texts if _may_be_shown(t)), SHOWN)))


def _may_be_shown(text: str) -> bool:
    """Not what looks like an address that slipped into the wrong column."""
    return "@" not in text


def _shown(text: str) -> str:
    clean = "".join(c if c.isprintable() else " " for c in text).strip()
    return clean if len(clean) <= WIDEST else clean[: WIDEST - 1] + "…"
