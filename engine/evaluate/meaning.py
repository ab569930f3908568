"""The written meaning of formulas: what every evaluator must agree with, to the bit.

Values. number, share, money and duration are 64-bit floats, never infinite and never NaN; a result that would be is
missing. A negative zero is a zero: where a figure leaves an evaluator it is +0. A date is a whole number of days since
1970-01-01, a timestamp a whole number of microseconds since then on the wall clock; both lie within the years 1 to
9999, and a shift that leaves them is missing. Text is compared by code point.

Arithmetic. `+ - * /` are IEEE operations on both sides as they stand, `x / 0` is missing. A missing side makes the
result missing. r(x), `rounded`, is applied wherever a measure, value or score is declared.

Conditions. True, false or unknown (missing). A comparison with a missing side is unknown. `and`, `or`, `not` follow
Kleene: false and unknown is false, true or unknown is true. `if` and cases take the first branch whose condition is
known to be true; an aggregate takes the rows whose `where` is known to be true.

Sums. Each value becomes a whole number of millionths, rounded half away from zero (`scaled`); these are added exactly,
whatever their number and size; the sum, or the sum over the count, is turned into a float by one correct rounding
(`quotient`). A value of 10^20 or more either way has no such number: to sums and averages it is missing.

Windows. `in last P` is (as-of − P, as-of], `in next P` is (as-of, as-of + P]. Dates compare by the day: with P in
hours, a day counts when it is above (at most) the bound as a number of days. Timestamps compare by the day when the
as-of moment has no time, else by the instant. Months are calendar months, clamped to the month's end. Rows after the
as-of moment count under `in next P` only; a row without its date is in no window. `first of` and `latest of` leave out
rows without a date (of a source that has dates) and rows without a value.

Calendar. A date plus or minus a duration of the days family moves by its whole days, one of the months family by its
whole months (both cut off toward zero), a timestamp by whole seconds or whole months. `days since` and `days until`
count calendar days. `months since D` is the largest number of whole months that, added to D, does not pass the as-of
date; for a later D it is the negative of the months from the as-of date to D.
"""

from __future__ import annotations

from datetime import date
from typing import Final

Value = float | int | str | bool | None
"""A value in evaluated form; None is missing."""

SCALE: Final = 1_000_000
"""Parts of one in which sums are kept."""
SUM_LIMIT: Final = 1e20
"""Values of this size or more have no scaled integer."""
EXACT: Final = 2**53
"""Whole numbers up to this one are floats without loss."""
DAY_SECONDS: Final = 86_400
DAY_MICROS: Final = 86_400_000_000
_ORDINAL: Final = date(1970, 1, 1).toordinal()
FIRST_DAY: Final = date.min.toordinal() - _ORDINAL
LAST_DAY: Final = date.max.toordinal() - _ORDINAL
FIRST_MICRO: Final = FIRST_DAY * DAY_MICROS
LAST_MICRO: Final = (LAST_DAY + 1) * DAY_MICROS - 1


def finite(x: float) -> float | None:
    """x, or missing when it is infinite or NaN."""
    return x if x - x == 0.0 else None


def rounded(x: float) -> float | None:
    """r(x) = sign(x) · floor(|x| · 10^6 + 0.5) / 10^6; missing when |x| · 10^6 is beyond the floats."""
    y = abs(x) * 1e6 + 0.5
    if y - y != 0.0:
        return None
    whole = int(y) / SCALE
    return whole if x >= 0.0 else 0.0 - whole


def scaled(x: float) -> int | None:
    """x in millionths, rounded half away from zero; None for |x| >= 10^20."""
    if not -SUM_LIMIT < x < SUM_LIMIT:
        return None
    return int(x * 1e6 + 0.5) if x >= 0.0 else -int(0.5 - x * 1e6)


def quotient(total: int, count: int = 1) -> float:
    """A scaled sum as a figure: total / (count · 10^6), correctly rounded once (Python divides whole numbers so)."""
    return total / (count * SCALE)


def day_of(micros: int) -> int:
    """The calendar day of a timestamp."""
    return micros // DAY_MICROS


def calendar(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _ORDINAL)


def day_number(day: date) -> int:
    """The day number of a date."""
    return day.toordinal() - _ORDINAL


def shift_day(day: int, seconds: float, sign: int) -> int | None:
    """A date moved by a duration of the days family: by its whole days, cut off toward zero."""
    moved = day + sign * _toward_zero(int(seconds), DAY_SECONDS)
    return moved if FIRST_DAY <= moved <= LAST_DAY else None


def shift_micros(micros: int, seconds: float, sign: int) -> int | None:
    """A timestamp moved by a duration of the days family: by its whole seconds, cut off toward zero."""
    moved = micros + sign * int(seconds) * SCALE
    return moved if FIRST_MICRO <= moved <= LAST_MICRO else None


def shift_day_months(day: int, months: float, sign: int) -> int | None:
    """A date moved by whole calendar months (cut off toward zero), clamped to the month's end."""
    d = calendar(day)
    index = d.year * 12 + d.month - 1 + sign * int(months)
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return day_number(date(year, month, min(d.day, month_length(year, month))))


def shift_micros_months(micros: int, months: float, sign: int) -> int | None:
    """A timestamp moved by whole calendar months, its time of day kept."""
    day = shift_day_months(micros // DAY_MICROS, months, sign)
    return None if day is None else day * DAY_MICROS + micros % DAY_MICROS


def month_length(year: int, month: int) -> int:
    """Days in a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def months_since(day: int, as_of: int) -> float:
    """Whole calendar months completed from one day to another, negative when the first is the later."""
    if day > as_of:
        return -float(_months(calendar(as_of), calendar(day))) + 0.0
    return float(_months(calendar(day), calendar(as_of)))


def _months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    short = end.day < min(start.day, month_length(end.year, end.month))
    return months - short


def _toward_zero(n: int, by: int) -> int:
    return n // by if n >= 0 else -(-n // by)
