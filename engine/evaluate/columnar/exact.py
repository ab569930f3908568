"""Exact arithmetic on columns: rounding, scaled sums and their quotients, and shifts along the calendar.

In: columns of floats, of 128-bit whole numbers, or of dates. Out: columns that agree with `meaning` to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from stratagem.engine.evaluate.meaning import (
    DAY_MICROS,
    DAY_SECONDS,
    EXACT,
    FIRST_DAY,
    FIRST_MICRO,
    LAST_DAY,
    LAST_MICRO,
    SCALE,
    SUM_LIMIT,
    quotient,
)

FARTHEST = 10**12
"""More seconds (or months) than any two dates lie apart."""


def rounded(x: pl.Expr, zero: pl.Expr) -> pl.Expr:
    """r(x); the division is by a column, and adding the zero turns a negative zero into a zero."""
    parts = x.abs() * 1e6 + 0.5
    return pl.when(parts.is_finite()).then(parts.floor() / (zero + 1e6) * x.sign() + zero)


def scaled(x: pl.Expr) -> pl.Expr:
    """x in millionths as a 128-bit whole number; missing from 10^20 on."""
    inside = (x > -SUM_LIMIT) & (x < SUM_LIMIT)
    return pl.when(inside).then(x * 1e6 + x.sign() * 0.5).cast(pl.Int128, strict=False)


def quotients(total: pl.Expr, count: pl.Expr) -> pl.Expr:
    """Scaled sums over (count · 10^6), each rounded once."""
    return pl.map_batches([total, count], _quotients, return_dtype=pl.Float64, is_elementwise=True)


def _quotients(columns: Sequence[pl.Series]) -> pl.Series:
    total, count = columns
    if len(count) != len(total):
        count = pl.Series([count[0]], dtype=pl.Int64).new_from_index(0, len(total))
    # Both sides are whole numbers that a float holds exactly, so the division is the only rounding.
    figures = total.cast(pl.Float64) / (count.cast(pl.Float64) * float(SCALE))
    large = (total > EXACT) | (total < -EXACT)
    if not large.any():
        return figures
    at = large.fill_null(False).arg_true()
    exact = [quotient(t, n) for t, n in zip(total.gather(at).to_list(), count.gather(at).to_list(), strict=True)]
    return figures.scatter(at, pl.Series(exact, dtype=pl.Float64))


def days(date: pl.Expr) -> pl.Expr:
    """The day number of a date, as a 64-bit whole number."""
    return date.to_physical().cast(pl.Int64)


def micros(at: pl.Expr) -> pl.Expr:
    """The microseconds of a timestamp."""
    return at.to_physical().cast(pl.Int64)


def shift_day(date: pl.Expr, seconds: pl.Expr, sign: int) -> pl.Expr:
    """Dates moved by whole days."""
    length = seconds.cast(pl.Int64, strict=False)
    moved = days(date) + sign * (length.abs() // DAY_SECONDS * length.sign())
    inside = (length.abs() <= FARTHEST) & (moved >= FIRST_DAY) & (moved <= LAST_DAY)
    return pl.when(inside).then(moved).cast(pl.Int32).cast(pl.Date)


def shift_micros(at: pl.Expr, seconds: pl.Expr, sign: int) -> pl.Expr:
    """Timestamps moved by whole seconds."""
    length = seconds.cast(pl.Int64, strict=False)
    near = pl.when(length.abs() <= FARTHEST).then(length)
    moved = micros(at) + sign * near * SCALE
    inside = (moved >= FIRST_MICRO) & (moved <= LAST_MICRO)
    return pl.when(inside).then(moved).cast(pl.Datetime("us"))


def shift_day_months(date: pl.Expr, months: pl.Expr, sign: int) -> pl.Expr:
    """Dates moved by whole calendar months, clamped to the month's end."""
    length = months.cast(pl.Int64, strict=False)
    near = pl.when(length.abs() <= FARTHEST).then(length)
    index = date.dt.year().cast(pl.Int64) * 12 + date.dt.month().cast(pl.Int64) - 1 + sign * near
    index = pl.when((index >= 12) & (index < 120_000)).then(index)
    first = pl.date(index // 12, index % 12 + 1, 1)
    last = first.dt.month_end().dt.day()
    day = date.dt.day()
    return (days(first) + pl.when(day < last).then(day).otherwise(last) - 1).cast(pl.Int32).cast(pl.Date)


def shift_micros_months(at: pl.Expr, months: pl.Expr, sign: int) -> pl.Expr:
    """Timestamps moved by whole calendar months, their time of day kept."""
    day = shift_day_months(at.dt.date(), months, sign)
    of_day = micros(at) - days(at.dt.date()) * DAY_MICROS
    return (days(day) * DAY_MICROS + of_day).cast(pl.Datetime("us"))


def months_since(date: pl.Expr, as_of: int) -> pl.Expr:
    """Whole calendar months completed up to the as-of day, negative for later dates."""
    now = pl.lit(as_of, dtype=pl.Int32).cast(pl.Date)
    return pl.when(date > now).then(-_months(now, date)).when(date <= now).then(_months(date, now)).cast(pl.Float64)


def _months(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    years = (end.dt.year() - start.dt.year()).cast(pl.Int64)
    months = end.dt.month().cast(pl.Int64) - start.dt.month().cast(pl.Int64)
    short = (end.dt.day() < start.dt.day()) & (end.dt.day() < end.dt.month_end().dt.day())
    return years * 12 + months - short.cast(pl.Int64)
