"""Windows and retirement: which rows count at an as-of moment.

In: the moment, a period, and whether rows carry dates or timestamps. Out: bounds in the rows' own units (days or
microseconds): a row counts when low < at <= high.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from stratagem.dsl.expressions.tree import Window
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.values import Duration
from stratagem.engine.evaluate.meaning import (
    DAY_MICROS,
    DAY_SECONDS,
    FIRST_DAY,
    LAST_DAY,
    SCALE,
    shift_day_months,
    shift_micros_months,
)
from stratagem.engine.moment import Moment


def as_of(moment: Moment, kind: Kind) -> int:
    """The last day, or the last microsecond, that is not after the moment."""
    return moment.day if kind is Kind.DATE else moment.micros


def bounds(window: Window, moment: Moment, kind: Kind) -> tuple[int, int]:
    """(low, high) of a window."""
    now = as_of(moment, kind)
    if window.direction == "last":
        return low_bound(window.period, moment, kind), now
    return now, _moved(window.period, moment, kind, 1)


def low_bound(period: Duration, moment: Moment, kind: Kind) -> int:
    """What is at or before this lies before `in last P`, and is past `retired after P`."""
    return _moved(period, moment, kind, -1)


def _moved(period: Duration, moment: Moment, kind: Kind, sign: int) -> int:
    if kind is Kind.TIMESTAMP and moment.time is not None:
        return _moved_micros(period, moment.micros, sign)
    day = _moved_day(period, moment.day, sign)
    return day if kind is Kind.DATE else (day + 1) * DAY_MICROS - 1


def _moved_day(period: Duration, day: int, sign: int) -> int:
    if period.family == "months":
        moved = shift_day_months(day, float(int(period.months)), sign)
        return _edge(sign) if moved is None else moved
    return min(max(day + _whole(sign * period.seconds / DAY_SECONDS), FIRST_DAY - 1), LAST_DAY)


def _moved_micros(period: Duration, micros: int, sign: int) -> int:
    low, high = FIRST_DAY * DAY_MICROS - 1, (LAST_DAY + 1) * DAY_MICROS - 1
    if period.family == "months":
        moved = shift_micros_months(micros, float(int(period.months)), sign)
        return (low if sign < 0 else high) if moved is None else moved
    return min(max(micros + _whole(sign * period.seconds * SCALE), low), high)


def _edge(sign: int) -> int:
    return FIRST_DAY - 1 if sign < 0 else LAST_DAY


def _whole(x: Decimal) -> int:
    """The bound for whole numbers: d > as-of - p holds for the same whole d as d > floor(as-of - p)."""
    return int(x.to_integral_value(ROUND_FLOOR))
