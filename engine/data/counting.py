"""Counts over the rows of one source, in one pass, and the report made of them.

In: a frame of rows with its flags. Out: a `SourceReport`. The counts are plain sums, so that a Parquet file of any size
is read once, in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from stratagem.dsl.model.data import Source
from stratagem.engine.data.columns import failed, other_currency
from stratagem.engine.data.identity import AMBIGUOUS
from stratagem.engine.data.keep import AHEAD, OLD, OUT, looked_up
from stratagem.engine.data.reading import FLOATS
from stratagem.engine.data.report import FieldReport, SourceReport
from stratagem.engine.data.typed import ID, Failures, Typed
from stratagem.engine.evaluate.meaning import SUM_LIMIT


def live(source: Source) -> pl.Expr:
    """The rows that count: not excluded, somebody's, known by now, and not retired (of customers: whatever the age)."""
    counts = ~pl.col(OUT) & pl.col(ID).is_not_null()
    if source.shape != "many":
        counts &= ~pl.col(AHEAD)
    return counts if source.shape == "one" else counts & ~pl.col(OLD)


def too_large(field: str) -> pl.Expr:
    """Has a row a figure that no sum takes: see `meaning`."""
    return pl.col(field).abs().fill_null(0.0) >= SUM_LIMIT


def counts(read: Typed, lookups: Sequence[Source], matched: bool) -> list[pl.Expr]:
    """The sums, by name."""
    source = read.source
    kept, mine, here = ~pl.col(OUT), pl.col(ID).is_not_null(), live(source)
    torn = pl.col(AMBIGUOUS) if matched else pl.lit(False)
    ahead = pl.col(AHEAD) if source.shape != "many" else pl.lit(False)
    sums = {
        "rows_read": pl.lit(True),
        "rows_excluded": pl.col(OUT),
        "nobody": kept & ~mine & ~torn,
        "ambiguous": kept & torn,
        "rows_not_yet": kept & mine & ahead,
        "rows_retired": kept & mine & ~ahead & pl.col(OLD) if source.shape != "one" else pl.lit(False),
        "rows_ahead": here & pl.col(AHEAD),
        "live": here,
    }
    for lookup in lookups:
        key = pl.col(lookup.key.name) if lookup.key else pl.lit(None)
        sums[f"unjoined {lookup.name}"] = here & key.is_not_null() & pl.col(looked_up(lookup)).is_null()
    sums |= {f"failed {f}": kept & pl.col(failed(f)) for f in read.fallible}
    sums |= {f"currency {f}": kept & pl.col(other_currency(f)) for f in read.monies}
    sums |= {f"large {f.name}": here & too_large(f.name) for f in source.fields if f.type.kind in FLOATS}
    sums |= {f"known {f.name}": here & pl.col(f.name).is_not_null() for f in source.fields}
    return [_total(condition).alias(name) for name, condition in sums.items()] + _ages(source, here)


def _total(condition: pl.Expr) -> pl.Expr:
    return (condition & pl.col(OUT).is_not_null()).cast(pl.Int64).sum()


def _ages(source: Source, here: pl.Expr) -> list[pl.Expr]:
    if source.dated_by is None:
        return []
    dated = pl.when(here & ~pl.col(AHEAD)).then(pl.col(source.dated_by.name))
    return [dated.min().alias("oldest"), dated.max().alias("newest")]


def report(
    read: Typed,
    path: str | None,
    got: Mapping[str, Any],
    found: Mapping[str, Failures],
    matched: bool,
    large: Mapping[str, tuple[int, ...]],
) -> SourceReport:
    """The source's report. Duplicates, customers, stale values and orphans are filled in where they are known.

    large: by field, the first rows with a figure that no sum takes.
    """
    source = read.source
    return SourceReport(
        name=source.name,
        path=path,
        rows_read=got["rows_read"],
        rows_excluded=got["rows_excluded"],
        rows_without_identity=0 if matched else got["nobody"],
        unmatched=got["nobody"] if matched else 0,
        ambiguous=got["ambiguous"],
        rows_not_yet=got["rows_not_yet"],
        rows_retired=got["rows_retired"],
        rows_ahead=got["rows_ahead"],
        rows_kept=got["live"],
        unjoined={name.removeprefix("unjoined "): n for name, n in got.items() if name.startswith("unjoined ") and n},
        undeclared_columns=read.headers.undeclared,
        missing_columns=read.headers.missing,
        oldest=_iso(got.get("oldest")),
        newest=_iso(got.get("newest")),
        fields=tuple(_fields(read, got, found, large)),
    )


def _fields(
    read: Typed, got: Mapping[str, Any], found: Mapping[str, Failures], large: Mapping[str, tuple[int, ...]]
) -> Iterator[FieldReport]:
    for field in read.source.fields:
        where = found.get(field.name, Failures((), ()))
        yield FieldReport(
            name=field.name,
            header=read.headers.by_field.get(field.name),
            known=got[f"known {field.name}"] / got["live"] if got["live"] else None,
            failed=got.get(f"failed {field.name}", 0),
            other_currency=got.get(f"currency {field.name}", 0),
            first_rows=where.rows,
            examples=where.examples,
            too_large=got.get(f"large {field.name}", 0),
            first_too_large=large.get(field.name, ()),
        )


def _iso(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())
