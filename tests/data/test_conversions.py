"""What a value in a file becomes: a table to read, and the promise that columns and single values agree."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratagem.dsl.expressions.types import DATE, NUMBER, SHARE, TEXT, TIMESTAMP, YES_NO, Kind, Type, choice, money
from stratagem.dsl.model.data import SourceField
from stratagem.dsl.values import Duration
from stratagem.engine.data.columns import EVALUATED, Wanted, failed, other_currency, read_columns
from stratagem.engine.data.reading import Reading, reading_of
from stratagem.engine.data.single import Failed, read

ZONE = "Europe/Berlin"
BAD = "failed"
DAYS_FAMILY = Type(Kind.DURATION, family="days")


def field(kind: Type, **more: Any) -> Reading:
    return reading_of(SourceField(name="f", type=kind, **more), ZONE)


NUMBER_ = field(NUMBER)
MONEY = field(money("EUR"))
SHARE_ = field(SHARE)
YES = field(YES_NO)
KIND = field(choice("beans", "gear", "gift"))
DAY = field(DATE)
GERMAN_DAY = field(DATE, date_format="%d.%m.%Y")
US_TIME = field(TIMESTAMP, date_format="%b %e, %y %I:%M %p")
TIME = field(TIMESTAMP)
CODE = field(TEXT, missing_as=("n/a",))
SCORE = field(NUMBER, missing_as=("999", "unknown"))
SURVEY_DAY = field(DATE, missing_as=("9999-12-31", "0"))
SWITCHED = field(YES_NO, yes_no_as=("0", "1"))
WAIT = field(DAYS_FAMILY)
FEE = field(Type(Kind.MONEY, currency="EUR", per="months"), per=Duration(Decimal(1), "month"))
CALLS = field(Type(Kind.NUMBER, per="days"), per=Duration(Decimal(14), "day"))
READINGS = [FEE, CALLS, NUMBER_, MONEY, SHARE_, YES, KIND, DAY, GERMAN_DAY, US_TIME, TIME, CODE, SCORE, SURVEY_DAY]
READINGS += [SWITCHED, WAIT]

# field, text in the file, what it means (None is missing, BAD is missing and counted)
TABLE = [
    (NUMBER_, "12.50", 12.5),
    (NUMBER_, " -3 ", -3.0),
    (NUMBER_, "1e3", 1000.0),
    (NUMBER_, "", None),
    (NUMBER_, "\u00a0", None),
    (NUMBER_, "12,000", BAD),  # twelve thousand, or twelve? Not ours to guess
    (NUMBER_, "1,234.50", 1234.5),
    (NUMBER_, "1,234,567", 1234567.0),
    (NUMBER_, "12,50", BAD),
    (NUMBER_, "38%", BAD),
    (NUMBER_, "nan", BAD),
    (NUMBER_, "inf", BAD),
    (NUMBER_, "1e999", BAD),
    (NUMBER_, "-0", 0.0),
    (NUMBER_, "twelve", BAD),
    (NUMBER_, "٣", BAD),
    (MONEY, "12.50", 12.5),
    (MONEY, "12.50 EUR", 12.5),
    (MONEY, "EUR12.50", 12.5),
    (MONEY, "12.50 USD", BAD),
    (MONEY, "EUR 12.50 EUR", BAD),
    (MONEY, "€12.50", BAD),
    (SHARE_, "38%", 0.38),
    (SHARE_, "33.3 %", 0.333),
    (SHARE_, "0.38", 0.38),
    (YES, "YES", True),
    (YES, "True", True),
    (YES, "0", False),
    (YES, "maybe", BAD),
    (SWITCHED, "0", True),
    (SWITCHED, "1", False),
    (SWITCHED, "no", False),
    (KIND, "beans", "beans"),
    (KIND, "Beans", BAD),
    (KIND, "stale beans", BAD),
    (DAY, "2026-10-01", date(2026, 10, 1)),
    (DAY, "2026-10-01 23:30:00", date(2026, 10, 1)),
    (DAY, "2026-10-01T23:30:00Z", date(2026, 10, 2)),  # in Berlin it is past midnight
    (DAY, "2026-02-30", BAD),
    (DAY, "2026-1-5", BAD),
    (DAY, "0000-01-01", BAD),
    (DAY, "01.10.2026", BAD),
    (GERMAN_DAY, "1.10.2026", date(2026, 10, 1)),
    (GERMAN_DAY, "31.02.2026", BAD),
    (GERMAN_DAY, "2026-10-01", BAD),
    (US_TIME, "Nov 2, 26 12:05 am", datetime(2026, 11, 2, 0, 5)),
    (US_TIME, "nov 22, 69 01:05 PM", datetime(1969, 11, 22, 13, 5)),
    (TIME, "2026-10-01", datetime(2026, 10, 1)),
    (TIME, "2026-10-01 14:30", datetime(2026, 10, 1, 14, 30)),
    (TIME, "2026-10-01T14:30:05.25", datetime(2026, 10, 1, 14, 30, 5, 250000)),
    (TIME, "2026-07-01T14:30:05Z", datetime(2026, 7, 1, 16, 30, 5)),
    (TIME, "2026-01-01T00:30:00+09:00", datetime(2025, 12, 31, 16, 30)),
    (TIME, "2026-10-01 24:00", BAD),
    (TIME, "2026-10-01 10:60", BAD),
    (TIME, "9999-12-31T23:59:59-01:00", BAD),
    (TIME, "2026-03-29 02:30", datetime(2026, 3, 29, 2, 30)),  # the clock skips it, and it stays as written
    (TIME, "2026-03-29T01:30:00Z", datetime(2026, 3, 29, 3, 30)),
    (TIME, "2026-10-25T00:30:00Z", datetime(2026, 10, 25, 2, 30)),  # the clock shows it twice
    (TIME, "2026-10-25T01:30:00Z", datetime(2026, 10, 25, 2, 30)),
    (TIME, "2100-07-01T00:00:00Z", BAD),  # tables of time zones end in 2099
    (TIME, "2100-07-01 00:00:00", datetime(2100, 7, 1)),
    (CODE, "  as it is ", "as it is"),
    (CODE, "N/A", "N/A"),
    (CODE, "n/a", None),
    (SCORE, "999", None),
    (SCORE, "999.0", None),
    (SCORE, "unknown", None),
    (SCORE, "998", 998.0),
    (SURVEY_DAY, "9999-12-31", None),
    (SURVEY_DAY, "0", None),
    (WAIT, "3 days", 259200.0),
    (WAIT, "1 week", 604800.0),
    (WAIT, "2 months", BAD),
    (WAIT, "3", BAD),
    (FEE, "12.50 EUR", 150.0),  # a year, of 12.50 a month
    (CALLS, "3", 1.5),  # a week, of 3 in two
]


def of_columns(readings: list[Reading], values: list[Any], dtype: pl.DataType) -> list[list[Any]]:
    """For each field the values read as a column; BAD where one failed."""
    frame = pl.LazyFrame({"f": pl.Series(values, dtype=dtype)})
    named = [replace(r, field=f"f{i}") for i, r in enumerate(readings)]
    done = read_columns(frame, [Wanted(r, "f", dtype) for r in named])
    out = done.frame.collect()
    for reading in named:
        assert out.schema[reading.field] == EVALUATED[reading.kind]
    none = pl.Series([False] * len(values))
    flags = [out[failed(r.field)] if r.field in done.fallible else none for r in named]
    return [
        [BAD if bad else v for v, bad in zip(out[r.field], flag, strict=True)]
        for r, flag in zip(named, flags, strict=True)
    ]


def of_single(reading: Reading, value: Any) -> Any:
    """One value read for a single record, dates as dates."""
    found = read(reading, value)
    if isinstance(found, Failed):
        return BAD
    if found is None or isinstance(found, str):
        return found
    if reading.kind is Kind.DATE:
        return date(1970, 1, 1) + timedelta(days=int(found))
    return datetime(1970, 1, 1) + timedelta(microseconds=int(found)) if reading.kind is Kind.TIMESTAMP else found


@pytest.mark.parametrize(("reading", "text", "meaning"), TABLE, ids=[f"{r.kind} {t}" for r, t, _ in TABLE])
def test_what_a_text_means(reading: Reading, text: str, meaning: Any) -> None:
    assert of_columns([reading], [text], pl.String()) == [[meaning]]
    assert of_single(reading, text) == meaning


def test_money_of_another_currency_is_told_apart() -> None:
    frame = pl.LazyFrame({"a": ["12 USD", "12 EUR", "12", "dear", None]})
    done = read_columns(frame, [Wanted(MONEY, "a", pl.String())])
    assert done.monies == ("f",)
    assert done.frame.collect()[other_currency("f")].to_list() == [True, False, False, False, False]
    assert read(MONEY, "12 USD") == Failed(currency=True)
    assert read(MONEY, "dear") == Failed(currency=False)


digits = st.text("0123456789", min_size=1, max_size=4)
pieces = st.one_of(
    digits,
    st.sampled_from("+ - . , : T Z % EUR USD e E Nov am PM yes TRUE no".split()),  # noqa: SIM905
    st.sampled_from("2026-10-01 2026-02-30 31.12.2026 14:30 999".split()),  # noqa: SIM905
    st.sampled_from([" ", "", "\t", "\u00a0", "\n", "٣", "é", "ſ", "K"]),
    st.sampled_from(["day", "days", "month", "week", "hours", "beans", "n/a"]),
)
texts = st.one_of(
    st.lists(pieces, max_size=6).map("".join),
    st.text(max_size=8),
    st.decimals(allow_nan=True, allow_infinity=True, places=3).map(str),
    st.floats().map(repr),
    st.datetimes().map(str),
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7, minutes=-30))])).map(str),
    st.dates().map(lambda d: d.strftime("%d.%m.%Y")),
)


def column(value: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Few values, for a column of one is treated otherwise than others; or many, for each call takes its time."""
    return st.lists(value, min_size=1, max_size=3) | st.lists(value, min_size=20, max_size=60)


@settings(max_examples=30, deadline=None)
@given(column(texts))
def test_columns_and_single_values_agree_on_text(values: list[str]) -> None:
    for reading, got in zip(READINGS, of_columns(READINGS, values, pl.String()), strict=True):
        assert got == [of_single(reading, v) for v in values], reading


near_now = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1))
NATIVE = {
    pl.Int64(): st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 1000),
    pl.UInt8(): st.integers(0, 255),
    pl.Float64(): st.floats() | st.integers(-(2**54), 2**54).map(float),
    pl.Boolean(): st.booleans(),
    pl.Date(): st.dates(),
    pl.Datetime("us"): near_now,
    pl.Datetime("us", "UTC"): near_now.map(lambda d: d.replace(tzinfo=UTC)),
    pl.Decimal(12, 2): st.decimals(min_value=-(10**8), max_value=10**8, places=2),
    pl.Duration("us"): st.timedeltas(timedelta(days=-1000), timedelta(days=1000)),
    pl.Categorical(): st.sampled_from(["beans", "yes", "12", "", "2026-10-01"]),
    pl.List(pl.Int64()): st.just([1]),
}


@settings(max_examples=7, deadline=None)
@given(st.data())
@pytest.mark.parametrize("dtype", NATIVE, ids=str)
def test_columns_and_single_values_agree_on_typed_data(dtype: pl.DataType, data: st.DataObject) -> None:
    values = data.draw(column(NATIVE[dtype] | st.none()))
    for reading, got in zip(READINGS, of_columns(READINGS, values, dtype), strict=True):
        want = [of_single(reading, v) for v in values]
        assert [_exact(v) for v in got] == [_exact(v) for v in want], reading


@pytest.mark.parametrize("size", [1, 3, 40])
def test_a_negative_zero_is_a_zero_in_columns_of_any_length(size: int) -> None:
    """Polars leaves out the sum with 0.0 that would make it one, in columns of three values and more."""
    for reading, got in zip(READINGS, of_columns(READINGS, [-0.0] * size, pl.Float64()), strict=True):
        assert [_exact(v) for v in got] == [_exact(of_single(reading, -0.0))] * size, reading


def _exact(value: Any) -> Any:
    return (value, math.copysign(1, value)) if isinstance(value, float) else value


def test_a_fitting_type_costs_no_check() -> None:
    def fallible(reading: Reading, dtype: pl.DataType) -> bool:
        frame = pl.LazyFrame({"a": pl.Series([], dtype=dtype)})
        return bool(read_columns(frame, [Wanted(reading, "a", dtype)]).fallible)

    assert not fallible(NUMBER_, pl.Int32())
    assert not fallible(YES, pl.Boolean())
    assert not fallible(field(TEXT), pl.String())
    assert fallible(NUMBER_, pl.Float64())  # NaN and infinity


def test_decimals_become_the_nearest_float() -> None:
    assert of_single(NUMBER_, Decimal("0.1")) == 0.1
    assert of_columns([NUMBER_], [Decimal("0.10")], pl.Decimal(12, 2)) == [[0.1]]
