"""Columns of values as people read them: `12.50 EUR`, `42 days`, `25%`, `2026-11-02`, `yes`.

In: a column as the evaluators give it, with its type. Out: a column of texts, missing where the value is. Each
different value is put into words once, however often it stands in the column.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from stratagem.dsl.expressions.speak import EPOCH, number_text, plural, value_text
from stratagem.dsl.expressions.types import TEXT, Kind, Type

START = datetime(1970, 1, 1)
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Column:
    """Values by row, of one type. `missing`: where the name the values come from has none (None: nowhere)."""

    values: pl.Series
    type: Type
    missing: pl.Series | None = None

    def texts(self) -> pl.Series:
        """In words; missing where there is no value."""
        if self.values.dtype == pl.String:
            return self.values
        return each(self.values, lambda value: value_text(evaluated(value), self.type), pl.String)

    def as_text(self, values: pl.Series) -> Column:
        """Texts in place of these values, from the same name."""
        return Column(values, TEXT, self.missing)


def each(values: pl.Series, change: Callable[[object], object], dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    """The column with every value changed; the missing stay missing. `change` is asked once for each value."""
    known = values.unique().drop_nulls()
    changed = pl.Series([change(value) for value in known.to_list()], dtype=dtype)
    table = pl.DataFrame({"value": known, "changed": changed})
    return pl.DataFrame({"value": values}).join(table, on="value", how="left", maintain_order="left")["changed"]


def evaluated(value: object) -> object:
    """A value of a frame in the form the language works with: days and microseconds since 1970."""
    if isinstance(value, datetime):
        since = value.replace(tzinfo=None) - START
        return (since.days * DAY_SECONDS + since.seconds) * 1_000_000 + since.microseconds
    if isinstance(value, date):
        return (value - EPOCH).days
    return value


def rounded(value: float, places: int) -> float:
    """Half away from zero."""
    scale = 10.0**places
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value) + 0.0


def rounded_text(value: float, kind: Type, places: int) -> str:
    """A rounded value in its unit: durations in days (or months), shares in per cent."""
    if kind.kind is Kind.MONEY:
        return f"{_figure(value, places)} {kind.currency or ''}".strip()
    if kind.kind is Kind.SHARE:
        return f"{_figure(value * 100, places)}%"
    if kind.kind is Kind.DURATION:
        count = rounded(value / DAY_SECONDS if kind.family == "days" else value, places)
        return plural(count, "day" if kind.family == "days" else "month")
    return _figure(value, places)


def _figure(value: float, places: int) -> str:
    return f"{rounded(value, places):,.{places}f}"


def figure(value: float, kind: Type) -> str:
    """The figure without its unit: days or months of a duration, per cent of a share."""
    if kind.kind is Kind.MONEY:
        return f"{value:,.2f}"
    if kind.kind is Kind.SHARE:
        return number_text(round(value * 100, 6))
    if kind.kind is Kind.DURATION and kind.family == "days":
        return number_text(round(value / DAY_SECONDS, 6))
    return number_text(value)
