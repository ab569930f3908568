"""A column of the data → a typed column: the same meaning as `single`, for whole tables, as Polars expressions.

In: a Reading, the column and its type in the file. Out: the value (Float64, Date, Datetime in µs on the strategy's
wall clock, String or Boolean; null is missing) and, where a value may fail, two conditions: it failed, and it failed
because it is money of another currency. Types that fit already are only looked over, never rewritten as text.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.values import MONTHS as MONTHS_IN
from stratagem.dsl.values import SECONDS
from stratagem.engine.data import patterns
from stratagem.engine.data.reading import FLOATS, Reading
from stratagem.engine.data.single import missing_values
from stratagem.engine.data.times import date_of, datetime_of, wall_clock

EVALUATED: dict[Kind, pl.DataType] = {
    Kind.NUMBER: pl.Float64(),
    Kind.SHARE: pl.Float64(),
    Kind.MONEY: pl.Float64(),
    Kind.DURATION: pl.Float64(),
    Kind.DATE: pl.Date(),
    Kind.TIMESTAMP: pl.Datetime("us"),
    Kind.TEXT: pl.String(),
    Kind.CHOICE: pl.String(),
    Kind.CHANNEL: pl.String(),
    Kind.YES_NO: pl.Boolean(),
}
"""How a value of each kind stands in a frame."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field read from a column. `failed` is None where nothing can fail."""

    value: pl.Expr
    failed: pl.Expr | None = None
    other_currency: pl.Expr | None = None


def column(reading: Reading, raw: pl.Expr, dtype: pl.DataType) -> Column:
    """The field, read from `raw`, whose type in the file is `dtype`."""
    kept = EVALUATED[reading.kind]
    if dtype == pl.Null:
        return Column(pl.lit(None, kept))
    known = _known(reading, raw, dtype)
    value = _converted(reading, known, dtype).cast(kept)
    failed = known.is_not_null() & value.is_null()
    sentinels = missing_values(reading)
    if sentinels:
        value = pl.when(value.to_physical().is_in(list(sentinels)).not_()).then(value)
    return Column(value, failed if _may_fail(reading, dtype) else None, _other_currency(reading, known, dtype))


def _known(reading: Reading, raw: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """The raw value where it is neither empty nor one of the texts of `missing as`."""
    if _is_text(dtype):
        raw = raw.cast(pl.String).str.strip_chars(patterns.BLANKS)
        absent = ["", *reading.missing]
        return pl.when(raw.is_in(absent).not_()).then(raw)
    if not reading.missing:
        return raw
    text = as_text(raw, dtype, reading.zone)
    return pl.when(text.is_in(list(reading.missing)).fill_null(False).not_()).then(raw)


def _is_text(dtype: pl.DataType) -> bool:
    return dtype in (pl.String, pl.Categorical, pl.Enum)


def _may_fail(reading: Reading, dtype: pl.DataType) -> bool:
    if reading.kind is Kind.TEXT:
        return not (_is_text(dtype) or dtype.is_integer() or dtype in (pl.Boolean, pl.Date))
    if reading.kind in (Kind.NUMBER, Kind.SHARE, Kind.MONEY) and dtype.is_integer():
        return False
    return not (reading.kind is Kind.YES_NO and dtype == pl.Boolean)


def _converted(reading: Reading, known: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if reading.kind in FLOATS:
        return _float(reading, known, dtype)
    if reading.kind is Kind.DATE:
        return known if dtype == pl.Date else date_of(reading, known, dtype, as_text(known, dtype, reading.zone))
    if reading.kind is Kind.TIMESTAMP:
        return datetime_of(reading, known, dtype, as_text(known, dtype, reading.zone))
    if reading.kind is Kind.YES_NO and dtype == pl.Boolean:
        return known
    text = as_text(known, dtype, reading.zone)
    if reading.kind is Kind.YES_NO:
        low = text.str.to_lowercase()
        return pl.when(low.is_in(list(reading.yes))).then(True).when(low.is_in(list(reading.no))).then(False)
    return text if reading.kind is Kind.TEXT else pl.when(text.is_in(list(reading.options))).then(text)


# ---- numbers ----


def _float(reading: Reading, known: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_numeric():
        if reading.kind is Kind.DURATION:
            return pl.lit(None, pl.Float64)
        # A decimal goes through its digits, so that it becomes the nearest float, as it does for a single value.
        exact = known.cast(pl.String) if dtype.is_decimal() else known
        return _finite(exact.cast(pl.Float64))
    if dtype == pl.Duration and reading.kind is Kind.DURATION:
        # Through text, for Polars divides by a constant inexactly.
        seconds = (known.dt.total_microseconds().cast(pl.String) + "e-6").cast(pl.Float64)
        return _finite(seconds) if reading.family == "days" else pl.lit(None, pl.Float64)
    text = as_text(known, dtype, reading.zone)
    if reading.kind is Kind.MONEY:
        return _money(reading, text)
    if reading.kind is Kind.DURATION:
        return _duration(reading, text)
    number = _number(pl.when(text.str.contains(patterns.PLAIN_NUMBER)).then(text))
    if reading.kind is not Kind.SHARE:
        return number
    return pl.coalesce(number, _number(text.str.extract(patterns.PERCENT, 1) + "e-2"))


def _finite(value: pl.Expr) -> pl.Expr:
    # Adding 0 turns -0 into 0.
    return pl.when(value.is_finite()).then(value + 0.0)


def _number(text: pl.Expr) -> pl.Expr:
    return _finite(text.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False))


def _money(reading: Reading, text: pl.Expr) -> pl.Expr:
    before, number, after = (text.str.extract(patterns.MONEY, i) for i in (1, 2, 3))
    code = pl.coalesce(before, after)
    fits = (code.is_null() | (code == pl.lit(reading.currency))) & (before.is_null() | after.is_null())
    plain = text.str.contains(patterns.PLAIN_NUMBER)
    return pl.when(plain).then(_number(text)).when(fits).then(_number(number))


def _other_currency(reading: Reading, known: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    if reading.kind is not Kind.MONEY or not _is_text(dtype):
        return None
    before, after = (known.str.extract(patterns.MONEY, i) for i in (1, 3))
    code = pl.coalesce(before, after)
    return (code != pl.lit(reading.currency)) & (before.is_null() | after.is_null())


def _duration(reading: Reading, text: pl.Expr) -> pl.Expr:
    factors = SECONDS if reading.family == "days" else MONTHS_IN
    unit = text.str.extract(patterns.DURATION, 2)
    factor = unit.replace_strict({k: float(v) for k, v in factors.items()}, default=None, return_dtype=pl.Float64)
    return _finite(_number(text.str.extract(patterns.DURATION, 1)) * factor)


# ---- text ----


def as_text(value: pl.Expr, dtype: pl.DataType, zone: str) -> pl.Expr:
    """A column as text; null where a value has no text of its own. See `single.as_text`, value by value."""
    if dtype == pl.String:
        return value
    if _is_text(dtype) or dtype.is_integer() or dtype in (pl.Boolean, pl.Date) or dtype.is_decimal():
        return value.cast(pl.String)
    if dtype.is_float():
        return _text_of_float(value.cast(pl.Float64))
    if dtype == pl.Datetime:
        clock = wall_clock(value, dtype, zone)
        whole = clock.dt.to_string("%Y-%m-%d %H:%M:%S")
        return pl.when(clock.dt.microsecond() == 0).then(whole).otherwise(clock.dt.to_string("%Y-%m-%d %H:%M:%S%.6f"))
    return pl.lit(None, pl.String)


def _text_of_float(value: pl.Expr) -> pl.Expr:
    size = value.abs()
    whole = (value == value.floor()) & (size < 2.0**53)
    return (
        pl.when(whole)
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .when((size >= 1e-4) & (size < 1e15))
        .then(value.cast(pl.String))
    )
