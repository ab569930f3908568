"""A column of the data → a typed column: the same meaning as `single`, for whole tables, as Polars expressions.

In: a frame, and for each field its Reading, column and type in the file. Out: the frame with the values (Float64, Date,
Datetime in µs on the strategy's wall clock, String or Boolean; null is missing) and, where a value may fail, the
conditions that it failed, and that it is money of another currency. Types that fit are never rewritten as text.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def failed(field: str) -> str:
    """The column that says where the field's value failed."""
    return f"!{field}"


def other_currency(field: str) -> str:
    """The column that says where the value is money of another currency."""
    return f"!{field}@currency"


def raw(field: str) -> str:
    """The column with the value as it stands in the file."""
    return f"?{field}"


def _known(field: str) -> str:
    """The column with the raw value, null where it is empty or means missing."""
    return f"~{field}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field, the column it is read from (by its name in the frame), and that column's type."""

    reading: Reading
    column: str
    dtype: pl.DataType


@dataclass(frozen=True)
class Columns:
    """A frame with the fields. fallible: fields that have a `!` column; monies: those with a `!…@currency` column."""

    frame: pl.LazyFrame
    fallible: tuple[str, ...]
    monies: tuple[str, ...]


def read_columns(frame: pl.LazyFrame, wanted: Sequence[Wanted], keep: Sequence[str] = ()) -> Columns:
    """Read fields from columns. The frame has them, each also raw (`?field`), the conditions, and the columns `keep`.

    Works in layers, each a set of columns over the one before, so that nothing is worked out twice.
    """
    frame = frame.select(*keep, *(pl.col(w.column).alias(raw(w.reading.field)) for w in wanted))
    frame = frame.with_columns(_cleaned(w).alias(_known(w.reading.field)) for w in wanted)
    frame = frame.with_columns(_value(w).alias(w.reading.field) for w in wanted)
    fallible = [w.reading.field for w in wanted if _may_fail(w.reading, w.dtype)]
    monies = [w for w in wanted if w.reading.kind is Kind.MONEY and _is_text(w.dtype)]
    frame = frame.with_columns(
        *((pl.col(_known(f)).is_not_null() & pl.col(f).is_null()).alias(failed(f)) for f in fallible),
        *(_in_other_currency(w).alias(other_currency(w.reading.field)) for w in monies),
    )
    frame = frame.with_columns(
        pl.when(pl.col(w.reading.field).to_physical().is_in(list(sentinels)).not_()).then(w.reading.field)
        for w in wanted
        if (sentinels := missing_values(w.reading)) and w.dtype != pl.Null
    )
    frame = frame.drop(_known(w.reading.field) for w in wanted)
    return Columns(frame, tuple(fallible), tuple(w.reading.field for w in monies))


def _cleaned(wanted: Wanted) -> pl.Expr:
    """The raw value where it is neither empty nor one of the texts of `missing as`."""
    value, reading = pl.col(raw(wanted.reading.field)), wanted.reading
    if _is_text(wanted.dtype):
        text = value.cast(pl.String).str.strip_chars(patterns.BLANKS)
        present = text.is_in(["", *reading.missing]).not_() if reading.missing else text != ""
        return pl.when(present).then(text)
    if not reading.missing:
        return value
    text = as_text(value, wanted.dtype, reading.zone)
    return pl.when(text.is_in(list(reading.missing)).fill_null(False).not_()).then(value)


def _value(wanted: Wanted) -> pl.Expr:
    kept = EVALUATED[wanted.reading.kind]
    if wanted.dtype == pl.Null:
        return pl.lit(None, kept)
    return _converted(wanted.reading, pl.col(_known(wanted.reading.field)), wanted.dtype).cast(kept)


def _is_text(dtype: pl.DataType) -> bool:
    return dtype in (pl.String, pl.Categorical, pl.Enum)


def _may_fail(reading: Reading, dtype: pl.DataType) -> bool:
    if dtype == pl.Null:
        return False
    if reading.kind is Kind.TEXT:
        return not (_is_text(dtype) or dtype.is_integer() or dtype in (pl.Boolean, pl.Date))
    if reading.kind in (Kind.NUMBER, Kind.SHARE, Kind.MONEY) and dtype.is_integer():
        return False
    return not (reading.kind is Kind.YES_NO and dtype == pl.Boolean)


def _converted(reading: Reading, known: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if reading.kind in FLOATS:
        value = _float(reading, known, dtype)
        return value if reading.scale == 1.0 else _finite(value * reading.scale)
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
    number = _plain(text)
    if reading.kind is not Kind.SHARE:
        return number
    return pl.coalesce(number, _number(text.str.extract(patterns.PERCENT, 1) + "e-2"))


def _finite(value: pl.Expr) -> pl.Expr:
    # -0 becomes 0; adding 0 would do in IEEE, but Polars leaves that sum out.
    return pl.when(value.is_finite()).then(pl.when(value != 0.0).then(value).otherwise(pl.lit(0.0)))


def _plain(text: pl.Expr) -> pl.Expr:
    """A number; those with grouping commas, which Polars does not read by itself, by the pattern."""
    fast = _finite(text.cast(pl.Float64, strict=False))
    rest = pl.when(fast.is_null() & text.str.contains(",", literal=True)).then(text)
    return pl.coalesce(fast, _number(pl.when(rest.str.contains(patterns.PLAIN_NUMBER)).then(rest)))


def _number(text: pl.Expr) -> pl.Expr:
    return _finite(text.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False))


def _money(reading: Reading, text: pl.Expr) -> pl.Expr:
    plain = _plain(text)
    rest = pl.when(plain.is_null()).then(text)
    before, number, after = (rest.str.extract(patterns.MONEY, i) for i in (1, 2, 3))
    fits = (pl.coalesce(before, after) == pl.lit(reading.currency)) & (before.is_null() | after.is_null())
    return pl.coalesce(plain, pl.when(fits).then(_number(number)))


def _in_other_currency(wanted: Wanted) -> pl.Expr:
    field, reading = wanted.reading.field, wanted.reading
    rest = pl.when(pl.col(field).is_null()).then(pl.col(_known(field)))
    before, after = (rest.str.extract(patterns.MONEY, i) for i in (1, 3))
    other = (pl.coalesce(before, after) != pl.lit(reading.currency)) & (before.is_null() | after.is_null())
    return other.fill_null(False)


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
