"""Dates and times of a column, taken apart by the same patterns as single values and put together as whole numbers."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from stratagem.engine.data import patterns
from stratagem.engine.data.reading import ZONED_YEARS, Reading

SECOND = 1_000_000
DAY = 86_400 * SECOND
STAMP = pl.Datetime("us")
_Part = Callable[[str], pl.Expr]


def wall_clock(value: pl.Expr, dtype: pl.DataType, zone: str) -> pl.Expr:
    """A Datetime column in µs on the wall clock of `zone`; one without a zone is on that clock already."""
    at = value.dt.cast_time_unit("us")
    if getattr(dtype, "time_zone", None) is None:
        return at
    return _moved(at, zone)


def _moved(at: pl.Expr, zone: str) -> pl.Expr:
    """From one zone to the wall clock of another, in the years for which every table of zones has rules."""
    utc = at.dt.convert_time_zone("UTC")
    local = utc.dt.convert_time_zone(zone).dt.replace_time_zone(None)
    return pl.when(utc.dt.year().is_between(*ZONED_YEARS)).then(local)


def date_of(reading: Reading, known: pl.Expr, dtype: pl.DataType, text: pl.Expr) -> pl.Expr:
    """The column as Date: the calendar day of a time, the day written in a text."""
    if dtype == pl.Datetime:
        return wall_clock(known, dtype, reading.zone).dt.date()
    assert reading.dates is not None  # every reading of a date has a pattern
    text = _writable(dtype, text)
    if reading.dates != patterns.ANY_ISO:
        return _stamp(reading, text).dt.date()
    # The common case first; the patterns see only what is longer.
    short = _day(pl.when(text.str.contains(patterns.ISO_DATE)).then(text))
    return pl.coalesce(short, _stamp(reading, pl.when(text.str.len_bytes() > 10).then(text)).dt.date())


def datetime_of(reading: Reading, known: pl.Expr, dtype: pl.DataType, text: pl.Expr) -> pl.Expr:
    """The column as Datetime on the strategy's wall clock; a day alone is its midnight."""
    if dtype == pl.Datetime:
        return wall_clock(known, dtype, reading.zone)
    return known.cast(STAMP) if dtype == pl.Date else _stamp(reading, _writable(dtype, text))


def _writable(dtype: pl.DataType, text: pl.Expr) -> pl.Expr:
    """Truth values and decimals are never dates, whatever their digits."""
    return pl.lit(None, pl.String) if dtype == pl.Boolean or dtype.is_decimal() else text


def _day(iso: pl.Expr) -> pl.Expr:
    """`2026-10-01` as Date; there is no year 0."""
    return pl.when(~iso.str.starts_with("0000")).then(iso.str.to_date("%Y-%m-%d", strict=False, cache=False))


def _stamp(reading: Reading, text: pl.Expr) -> pl.Expr:
    assert reading.dates is not None
    has, part = reading.dates.parts, text.str.extract_groups(reading.dates.regex).struct.field

    def number(name: str, otherwise: int = 0) -> pl.Expr:
        return part(name).cast(pl.Int64).fill_null(otherwise) if name in has else pl.lit(otherwise, pl.Int64)

    iso = pl.concat_str(_year(part, has), pl.lit("-"), _month(part, has), pl.lit("-"), part("day").str.zfill(2))
    seconds = (_hour(part, has) * 60 + number("minute")) * 60 + number("second")
    micros = _day(iso).cast(pl.Int64) * DAY + seconds * SECOND
    if "fraction" in has:
        micros = micros + part("fraction").str.slice(0, 6).str.pad_end(6, "0").cast(pl.Int64).fill_null(0)
    return _on_wall_clock(micros, part("zone"), reading.zone) if "zone" in has else micros.cast(STAMP)


def _year(part: _Part, has: frozenset[str]) -> pl.Expr:
    if "year" in has:
        return part("year")
    short = part("short_year").cast(pl.Int64)
    return (short + pl.when(short >= 69).then(1900).otherwise(2000)).cast(pl.String)


def _month(part: _Part, has: frozenset[str]) -> pl.Expr:
    if "month" in has:
        return part("month").str.zfill(2)
    numbers = {name: f"{n:02}" for name, n in patterns.MONTH_NUMBERS.items()}
    return part("month_name").str.to_lowercase().replace_strict(numbers, default=None, return_dtype=pl.String)


def _hour(part: _Part, has: frozenset[str]) -> pl.Expr:
    hour = part("hour").cast(pl.Int64).fill_null(0) if "hour" in has else pl.lit(0, pl.Int64)
    if "half" not in has:
        return hour
    return hour % 12 + pl.when(part("half").str.to_lowercase() == "pm").then(12).otherwise(0)


def _on_wall_clock(micros: pl.Expr, written: pl.Expr, zone: str) -> pl.Expr:
    """Times with a zone are moved to the strategy's; those without stay."""
    digits = written.str.slice(1).str.replace(":", "", literal=True)
    hours, minutes = (digits.str.slice(start, 2).cast(pl.Int64, strict=False) for start in (0, 2))
    offset = hours.fill_null(0) * 60 + minutes.fill_null(0)
    signed = pl.when(written.str.starts_with("-")).then(-offset).otherwise(offset)
    utc = (micros - signed * 60 * SECOND).cast(STAMP).dt.replace_time_zone("UTC")
    return pl.when(written.is_null()).then(micros.cast(STAMP)).otherwise(_moved(utc, zone))
