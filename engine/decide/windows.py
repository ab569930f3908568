"""Stretches of time: rolling windows from a contact or a date, and the calendar period that holds the as-of moment.

Times are wall-clock times in the strategy's time zone, without zone (`datetime`).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from stratagem.dsl.values import SECONDS, Duration
from stratagem.engine.moment import Moment

if TYPE_CHECKING:
    import polars as pl

MONDAY = datetime(1970, 1, 5)
"""Blocks of days and weeks are counted from this Monday, so that a week is an ISO week."""
MIDNIGHT = time(0)


def wall_clock(moment: Moment) -> datetime:
    """The moment as a time; the start of its day when it has no time of day."""
    return datetime.combine(moment.date, moment.time or MIDNIGHT)


def latest(moment: Moment) -> datetime:
    """The last instant that belongs to the moment: its day's last microsecond when it has no time of day."""
    if moment.time is not None:
        return wall_clock(moment)
    return datetime.combine(moment.date, MIDNIGHT) + timedelta(days=1, microseconds=-1)


def add_months(at: datetime, months: int) -> datetime:
    """Calendar months later, clamped to the month's end."""
    month = at.year * 12 + at.month - 1 + months
    year, month = divmod(month, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def shift(at: datetime, period: Duration) -> datetime:
    """The time one period later; the end of time when the calendar has no such date."""
    try:
        if period.family == "months":
            return add_months(at, int(period.months))
        return at + timedelta(microseconds=int(period.seconds * 1_000_000))
    except (OverflowError, ValueError):
        return datetime.max


def within(start: datetime, period: Duration, moment: Moment) -> bool:
    """Does the moment lie in the window of one period from `start`: start included, start + period excluded.

    For a moment without a time of day, days are compared: what happens later on its day counts as begun.
    """
    if moment.time is None:
        start = datetime.combine(start.date(), MIDNIGHT)
    now = wall_clock(moment)
    return start <= now < shift(start, period)


def within_column(start: pl.Expr, period: Duration, moment: Moment) -> pl.Expr:
    """`within` for a column of Datetime (microseconds, no zone); missing starts give missing."""
    import polars as pl

    if moment.time is None:
        start = start.dt.truncate("1d")
    now = wall_clock(moment)
    if period.family == "months":
        end = start.dt.offset_by(f"{int(period.months)}mo")
        return (start <= now) & (end > now)
    length = timedelta(microseconds=int(period.seconds * 1_000_000))
    return (start <= now) & (start > pl.lit(max(now - datetime.min, length) - length + datetime.min))


def as_datetime(value: int | date | datetime) -> datetime:
    """A date (or whole days since 1970) as its midnight; a timestamp (microseconds are datetimes) as it is."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, MIDNIGHT)
    return datetime(1970, 1, 1) + timedelta(days=value)


def calendar_period(moment: Moment, per: Duration) -> tuple[datetime, datetime]:
    """Start (included) and end (excluded) of the calendar period that holds the moment.

    Months, quarters and years are the calendar's; several of them are counted from January of the year 1970.
    Days and weeks are counted in blocks from a Monday, hours and minutes from midnight on 1970-01-01.
    """
    now = wall_clock(moment)
    if per.family == "months":
        length = max(1, int(per.months))
        first = (now.year - 1970) * 12 + now.month - 1
        start = add_months(datetime(1970, 1, 1), first - first % length)
        return start, add_months(start, length)
    seconds = max(1, int(per.seconds))
    origin = MONDAY if seconds % SECONDS["day"] == 0 else datetime(1970, 1, 1)
    gone = (now - origin) // timedelta(seconds=1)
    start = origin + timedelta(seconds=gone - gone % seconds)
    return start, start + timedelta(seconds=seconds)
