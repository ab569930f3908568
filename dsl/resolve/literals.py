"""Literals in evaluated form: what `38%`, `14 EUR per year` or `2026-10-01` is while a formula runs (see `types`)."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from stratagem.dsl.expressions.tree import Scalar
from stratagem.dsl.expressions.types import DATE, NUMBER, SHARE, TEXT, TIMESTAMP, YES_NO, Kind, Type, money
from stratagem.dsl.values import (
    MONTHS,
    SECONDS,
    Date,
    Duration,
    Money,
    Number,
    Rate,
    Share,
    Text,
    TimeOfDay,
    Timestamp,
    Value,
    YesNo,
)

if TYPE_CHECKING:
    from fractions import Fraction

EPOCH = datetime(1970, 1, 1)
PER_WEEK, PER_YEAR = SECONDS["week"], MONTHS["year"]


def evaluated(value: Value) -> tuple[Scalar, Type] | None:
    """A literal's constant and its type; None for a time of day (no formula holds one) and for a number too large."""
    scalar, kind = _scalar(value)
    if kind is None or (isinstance(scalar, float) and not math.isfinite(scalar)):
        return None
    return scalar, kind


def _scalar(value: Value) -> tuple[Scalar, Type | None]:
    match value:
        case Number(v):
            return as_float(v), NUMBER
        case Share(v):
            return as_float(v), SHARE
        case Money(amount, currency):
            return as_float(amount), money(currency)
        case Duration():
            return as_float(_length(value)), Type(Kind.DURATION, family=value.family)
        case Rate():
            return _rate(value)
        case Text(v):
            return v, TEXT
        case YesNo(v):
            return v, YES_NO
        case Date(v):
            return day_number(v), DATE
        case Timestamp(v):
            return microseconds(v), TIMESTAMP
        case TimeOfDay():
            return None, None


def as_float(value: Decimal | Fraction) -> float:
    """The nearest float; infinity where there is none."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def day_number(day: date) -> int:
    """Whole days since 1970-01-01."""
    return (day - EPOCH.date()).days


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01 00:00 on the wall clock."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _length(value: Duration) -> Decimal:
    return value.seconds if value.family == "days" else value.months


def _rate(rate: Rate) -> tuple[float, Type | None]:
    """Amount per week or per year; worked out exactly, rounded once. None for a period of no length."""
    from fractions import Fraction  # only where there is a rate: it takes a while to import

    period = Fraction(_length(rate.per))
    if period == 0:
        return math.inf, None
    amount = rate.amount.amount if isinstance(rate.amount, Money) else rate.amount.value
    scale = PER_WEEK if rate.per.family == "days" else PER_YEAR
    currency = rate.amount.currency if isinstance(rate.amount, Money) else None
    kind = Kind.NUMBER if currency is None else Kind.MONEY
    return as_float(Fraction(amount) * scale / period), Type(kind, currency=currency, per=rate.per.family)
