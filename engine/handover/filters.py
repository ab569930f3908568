"""What the filters of a message do to a column of values; their list is the vocabulary's.

In: a column, a filter's name and its arguments, all of which the template's reader has let in. Out: a column. What is
missing stays missing, until `default` gives it a value.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import polars as pl

from stratagem.dsl.expressions.types import TEXT, Kind, Type
from stratagem.dsl.templates import kinds
from stratagem.dsl.templates.kinds import Literal_
from stratagem.engine.handover.values import DAY_SECONDS, Column, each, figure, rounded_text

Arguments = tuple[Literal_, ...]


def apply(name: str, column: Column, arguments: Arguments) -> Column:
    """The column after the filter."""
    if name == "default":
        return _default(column, arguments[0])
    if name == "abs":
        return Column(column.values.abs(), column.type, column.missing)
    if name in ("round", "number"):
        return column.as_text(each(column.values, lambda v: _measured(name, v, column.type, arguments), pl.String))
    if name == "date":
        return column.as_text(column.values.cast(pl.Datetime("us")).dt.strftime(str(arguments[0])))
    change = TEXTS[name]
    return column.as_text(each(column.texts(), lambda text: change(str(text), arguments), pl.String))


def _measured(name: str, value: object, kind: Type, arguments: Arguments) -> str:
    assert isinstance(value, int | float)
    if name == "number":
        return figure(float(value), kind)
    return rounded_text(float(value), kind, int(arguments[0]) if arguments else 0)


def _default(column: Column, value: Literal_) -> Column:
    """A literal in place of what is missing: of the column's type where it can be, else both as texts."""
    shown = kinds.written("", value)
    if kinds.misfit(kinds.Meant("", column.type), "==", shown) is None:
        return Column(column.values.fill_null(pl.lit(as_value(value, column.type))), column.type, column.missing)
    return column.as_text(column.texts().fill_null(Column(pl.Series([value]), shown.type or TEXT).texts()[0]))


def as_value(value: Literal_, kind: Type) -> object:
    """A literal as a value of this type: a bare number counts days (or months) of a duration, a text may be a date."""
    if kind.kind is Kind.DURATION and kind.family == "days" and isinstance(value, int | float):
        return float(value) * DAY_SECONDS
    if kind.is_numeric and isinstance(value, int | float):
        return float(value)
    if kind.kind is Kind.DATE:
        return date.fromisoformat(str(value))
    if kind.kind is Kind.TIMESTAMP:
        return datetime.fromisoformat(str(value))
    return value


def _truncate(text: str, arguments: Arguments) -> str:
    most = int(arguments[0])
    return text if len(text) <= most else text[: most - 1] + "…"


TEXTS: dict[str, Callable[[str, Arguments], str]] = {
    "upper": lambda text, _: text.upper(),
    "lower": lambda text, _: text.lower(),
    "title": lambda text, _: " ".join(word[:1].upper() + word[1:].lower() for word in text.split(" ")),
    "capitalize": lambda text, _: text.capitalize(),
    "trim": lambda text, _: text.strip(),
    "truncate": _truncate,
    "replace": lambda text, given: text.replace(str(given[0]), str(given[1])),
}
"""Filters that work on texts."""
