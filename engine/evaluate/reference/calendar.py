"""Dates and windows for the reference interpreter, with `datetime` and fractions."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.values import Duration
from stratagem.engine.moment import Moment

EPOCH = datetime(1970, 1, 1)
MILLION = 1_000_000


def day_of(x: int, e: t.Expr) -> int:
    """The day of a date or timestamp that `e` gave."""
    return (EPOCH + timedelta(microseconds=x) - EPOCH).days if e.type.kind is Kind.TIMESTAMP else x


def as_date(day: int) -> date:
    """The date of a day number."""
    return (EPOCH + timedelta(days=day)).date()


def add_months(day: date, months: int) -> date | None:
    """Calendar months later, on the last day there is; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=min(last, day.day))
        except (ValueError, OverflowError):
            continue
    return None


def shift(e: t.DateShift, x: int, length: float) -> int | None:
    """A date or timestamp moved by a duration."""
    stamp = e.date.type.kind is Kind.TIMESTAMP
    at = EPOCH + (timedelta(microseconds=x) if stamp else timedelta(days=x))
    whole = e.sign * math.trunc(length)
    try:
        if e.duration.type.family == "months":
            day = add_months(at.date(), whole)
            moved = None if day is None else datetime.combine(day, at.time())
        elif stamp:
            moved = at + timedelta(seconds=whole)
        else:
            moved = at + timedelta(days=math.trunc(Fraction(whole, 86_400)))
    except OverflowError:
        return None
    if moved is None:
        return None
    return (moved - EPOCH) // timedelta(microseconds=1) if stamp else (moved - EPOCH).days


def since(kind: str, day: int, moment: Moment) -> float:
    """`days since`, `days until` in seconds; `months since` in months."""
    if kind != "months since":
        return (moment.day - day) * 86400.0 * (1 if kind == "days since" else -1)
    first, last = sorted([as_date(day), moment.date])
    months = max(0, (last.year - first.year) * 12 + last.month - first.month - 2)
    while (reached := add_months(first, months + 1)) is not None and reached <= last:
        months += 1
    return float(months if day <= moment.day else -months)


def in_window(window: t.Window | None, at: int | None, kind: Kind, moment: Moment) -> bool:
    """Does a row of this date count? Timestamps beside a moment without a time are taken by their day."""
    by_day = kind is Kind.DATE or moment.time is None
    now = moment.day if by_day else moment.micros
    place = at // (86_400 * MILLION) if at is not None and by_day and kind is Kind.TIMESTAMP else at
    if window is None or place is None:
        return window is None and (place is None or place <= now)
    if window.direction == "last":
        bound = _moved(now, window.period, by_day, -1)
        return place <= now and (bound is None or place > bound)
    bound = _moved(now, window.period, by_day, 1)
    return place > now and (bound is None or place <= bound)


@lru_cache(maxsize=256)
def _moved(now: int, period: Duration, by_day: bool, sign: int) -> Fraction | None:
    """As-of plus or minus P, in days or microseconds; None outside the calendar."""
    if period.family == "days":
        return now + sign * Fraction(period.seconds) * (Fraction(1, 86_400) if by_day else MILLION)
    at = EPOCH + (timedelta(days=now) if by_day else timedelta(microseconds=now))
    day = add_months(at.date(), sign * int(period.months))
    if day is None:
        return None
    apart = datetime.combine(day, at.time()) - EPOCH
    return Fraction(apart.days if by_day else apart // timedelta(microseconds=1))
