"""Which rows count, and what is worked out for each of them: look-ups, row formulas, filters, age.

In: a typed frame. Out: the same with look-up columns (`key.field`), formula fields, and the flags `@out` (excluded),
`@old` (past `retired after`) and `@ahead` (dated after the as-of moment).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

import polars as pl

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.formulas import formula_columns, is_excluded, read_through
from stratagem.engine.data.problems import DataError, fault
from stratagem.engine.evaluate.windows import as_of, low_bound
from stratagem.engine.moment import Moment

OUT = "@out"
OLD = "@old"
AHEAD = "@ahead"


def joins(source: Source, strategy: Strategy) -> tuple[Source, ...]:
    """The look-ups whose key this source has; of a look-up only those that it reads: two with one key are no circle.
    A field that a formula works out joins nothing: look-ups are joined before."""
    names = {f.name for f in source.fields if f.formula is None}
    found = tuple(s for s in strategy.sources if s.shape == "lookup" and s.key is not None and s.key.name in names)
    if source.shape != "lookup":
        return found
    read = read_through(source)
    return tuple(s for s in found if s is not source and any((s.key.name, f.name) in read for f in s.fields if s.key))


def in_turn(lookups: Sequence[Source], strategy: Strategy) -> tuple[Source, ...]:
    """Look-ups, each after those it reads. Raises DataError on a circle."""
    by_name = {s.name: s for s in lookups}
    reads = {s.name: [r.name for r in joins(s, strategy) if r.name in by_name] for s in lookups}
    try:
        return tuple(by_name[name] for name in TopologicalSorter(reads).static_order())
    except CycleError as loop:
        circle = loop.args[1]
        found = fault("D153", by_name[circle[0]], source=circle[0], sources=", ".join(circle))
        raise DataError([found]) from loop


def looked_up(source: Source) -> str:
    """The column that says a row's key was found in the look-up."""
    return f"@in {source.name}"


def added(lookups: Sequence[Source]) -> list[tuple[Source, dict[str, str]]]:
    """The columns each look-up adds: its field by `key.field`; of two with one key, the first's."""
    taken: set[str] = set()
    found = []
    for lookup in lookups:
        key = lookup.key.name if lookup.key else ""
        names = {f"{key}.{f.name}": f.name for f in lookup.fields if f"{key}.{f.name}" not in taken}
        taken |= names.keys()
        found.append((lookup, names))
    return found


def with_lookups(frame: pl.LazyFrame, lookups: Sequence[Source], tables: Mapping[str, pl.DataFrame]) -> pl.LazyFrame:
    """Join each look-up where its key is the same; a row without a match gets missing values."""
    for lookup, names in added(lookups):
        assert lookup.key is not None  # every look-up has one
        key = lookup.key.name
        table = tables[lookup.name].lazy().select(
            pl.col(key).alias("@key"), *(pl.col(name).alias(column) for column, name in names.items()),
            pl.lit(True).alias(looked_up(lookup)),
        )  # fmt: skip
        frame = frame.join(table, left_on=key, right_on="@key", how="left")
    return frame


def judged(frame: pl.LazyFrame, source: Source, strategy: Strategy, moment: Moment) -> pl.LazyFrame:
    """Add the formula fields and the flags that say whether a row counts."""
    for field, expr in formula_columns(source, strategy, moment):
        frame = frame.with_columns(expr.alias(field))
    out = is_excluded(source, strategy, moment)
    return frame.with_columns(
        (pl.lit(False) if out is None else out.fill_null(False)).alias(OUT),
        _past_retirement(source, moment).fill_null(False).alias(OLD),
        _after(source, moment).fill_null(False).alias(AHEAD),
    )


def _past_retirement(source: Source, moment: Moment) -> pl.Expr:
    at = _dated(source)
    if at is None or source.retired_after is None:
        return pl.lit(False)
    column, kind = at
    return column <= low_bound(source.retired_after, moment, kind)


def _after(source: Source, moment: Moment) -> pl.Expr:
    at = _dated(source)
    if at is None:
        return pl.lit(False)
    column, kind = at
    return column > as_of(moment, kind)


def _dated(source: Source) -> tuple[pl.Expr, Kind] | None:
    """The date of a row in whole days or microseconds, and which of the two."""
    field = source.field(source.dated_by.name) if source.dated_by else None
    if field is None:
        return None
    return pl.col(field.name).to_physical().cast(pl.Int64), field.type.kind
