"""One value of the data → the value evaluators work with: the same meaning as `columns`, for single records.

In: a Reading and a Python value (text as in a file, or a number, date, truth value …). Out: a float, whole days,
microseconds, text, a truth value, None for missing; or `Failed`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.values import MONTHS as MONTHS_IN
from stratagem.dsl.values import SECONDS
from stratagem.engine.data import patterns
from stratagem.engine.data.reading import FLOATS, TEXTS, ZONED_YEARS, Reading
from stratagem.engine.moment import EPOCH

Evaluated = float | int | str | bool | None
DAY = 86_400_000_000
_START = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Failed:
    """The value does not fit the field. `currency`: it is money of another currency."""

    currency: bool = False


FAILED: Final = Failed()
Read = Evaluated | Failed


def read(reading: Reading, value: object) -> Read:
    """What the field makes of the value."""
    raw = plain(value)
    clean = _cleaned(raw) if isinstance(raw, str) else raw
    if clean is None or (reading.missing and as_text(clean, reading.zone) in reading.missing):
        return None
    found = _converted(reading, clean)
    return None if not isinstance(found, Failed) and found in missing_values(reading) else found


@lru_cache(maxsize=4096)
def missing_values(reading: Reading) -> tuple[Evaluated, ...]:
    """The values that `missing as` names, as far as they fit the field."""
    if reading.kind in TEXTS or reading.kind is Kind.YES_NO:
        return ()
    found = (_converted(reading, text) for text in reading.missing if text)
    return tuple(v for v in found if not isinstance(v, Failed) and v is not None)


def plain(value: object) -> object:
    """A value of numpy or pandas as Python's own; missing ones as None."""
    if value is None or isinstance(value, (str, bool, int, float, date, Decimal, timedelta)):
        return value
    item = getattr(value, "item", None)
    return item() if callable(item) else value


def _cleaned(text: str) -> str | None:
    return text.strip(patterns.BLANKS) or None


def _converted(reading: Reading, value: object) -> Read:
    if reading.kind in FLOATS:
        found = _as_float(reading, value)
        return found if isinstance(found, Failed) else _finite(found * reading.scale + 0.0)
    if reading.kind is Kind.DATE:
        found = _as_micros(reading, value)
        return found if isinstance(found, Failed) else found // DAY
    if reading.kind is Kind.TIMESTAMP:
        return _as_micros(reading, value)
    if reading.kind is Kind.YES_NO and isinstance(value, bool):
        return value
    text = as_text(value, reading.zone)
    if text is None:
        return FAILED
    if reading.kind is Kind.YES_NO:
        low = text.lower()
        return True if low in reading.yes else False if low in reading.no else FAILED
    return text if reading.kind is Kind.TEXT or text in reading.options else FAILED


# ---- numbers ----


def _as_float(reading: Reading, value: object) -> float | Failed:
    if isinstance(value, timedelta) and reading.kind is Kind.DURATION:
        return _finite(value.total_seconds()) if reading.family == "days" else FAILED
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return FAILED if reading.kind is Kind.DURATION else _finite(_float(value))
    text = as_text(value, reading.zone)
    return FAILED if text is None else _float_of_text(reading, text)


def _float(value: int | float | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _finite(value: float) -> float | Failed:
    return value if math.isfinite(value) else FAILED


def _float_of_text(reading: Reading, text: str) -> float | Failed:
    if reading.kind is Kind.SHARE and (found := _match(patterns.PERCENT, text)):
        return _finite(float(found["number"] + "e-2"))
    if reading.kind is Kind.MONEY:
        return _money(reading, text)
    if reading.kind is Kind.DURATION:
        return _duration(reading, text)
    found = _match(patterns.PLAIN_NUMBER, text)
    return _number(found) if found else FAILED


def _money(reading: Reading, text: str) -> float | Failed:
    found = _match(patterns.MONEY, text)
    if not found or (found["before"] and found["after"]):
        return FAILED
    code = found["before"] or found["after"]
    return Failed(currency=True) if code not in (None, reading.currency) else _number(found)


def _duration(reading: Reading, text: str) -> float | Failed:
    found = _match(patterns.DURATION, text)
    factors = SECONDS if reading.family == "days" else MONTHS_IN
    if not found or found["unit"] not in factors:
        return FAILED
    number = _number(found)
    return number if isinstance(number, Failed) else _finite(number * factors[found["unit"]])


def _number(found: re.Match[str]) -> float | Failed:
    return _finite(float(found["number"].replace(",", "")))


# ---- dates and times ----


def _as_micros(reading: Reading, value: object) -> int | Failed:
    """Microseconds since 1970 on the strategy's wall clock."""
    if isinstance(value, datetime):
        return _micros_of(value, reading.zone)
    if isinstance(value, date):
        return (value - EPOCH).days * DAY
    text = None if isinstance(value, (bool, Decimal)) else as_text(value, reading.zone)
    assert reading.dates is not None  # every reading of a date has a pattern
    found = None if text is None else _match(reading.dates.regex, text)
    return _assembled(found.groupdict(), reading.zone) if found else FAILED


def _micros_of(at: datetime, zone: str) -> int | Failed:
    if at.tzinfo is not None:
        try:
            utc = at.astimezone(UTC)
        except OverflowError:
            return FAILED
        if not ZONED_YEARS[0] <= utc.year <= ZONED_YEARS[1]:
            return FAILED
        at = utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (at - _START) // timedelta(microseconds=1)


def _assembled(parts: dict[str, Any], zone: str) -> int | Failed:
    try:
        at = datetime(
            _year(parts),
            patterns.MONTH_NUMBERS[parts["month_name"].lower()] if parts.get("month_name") else int(parts["month"]),
            int(parts["day"]),
            _hour(parts),
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            int((parts.get("fraction") or "0")[:6].ljust(6, "0")),
        )
    except ValueError:
        return FAILED
    offset = offset_minutes(parts.get("zone"))
    if offset is None:
        return _micros_of(at, zone)
    try:
        utc = at - timedelta(minutes=offset)
    except OverflowError:
        return FAILED
    return _micros_of(utc.replace(tzinfo=UTC), zone)


def _year(parts: dict[str, Any]) -> int:
    if parts.get("year"):
        return int(parts["year"])
    short = int(parts["short_year"])
    return short + (1900 if short >= 69 else 2000)


def _hour(parts: dict[str, Any]) -> int:
    hour, half = int(parts.get("hour") or 0), parts.get("half")
    return hour if half is None else hour % 12 + (12 if half.lower() == "pm" else 0)


def offset_minutes(zone: str | None) -> int | None:
    """`+02:00` is 120, `Z` 0; None where no zone is written."""
    if not zone:
        return None
    if zone == "Z":
        return 0
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -minutes if zone[0] == "-" else minutes


# ---- text ----


def as_text(value: object, zone: str) -> str | None:
    """A value as text, None when it has no text of its own (a list, bytes, a number beyond plain writing)."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _text_of_float(value)
        case Decimal():
            return f"{value:f}" if value.is_finite() else None
        case datetime():
            return _text_of_time(value, zone)
        case date():
            return value.isoformat()
        case _:
            return None


def _text_of_float(value: float) -> str | None:
    """Whole numbers without `.0`, as identities often come back from other tools; others in plain digits."""
    if value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return repr(value) if 1e-4 <= abs(value) < 1e15 else None


def _text_of_time(at: datetime, zone: str) -> str | None:
    micros = _micros_of(at, zone)
    return None if isinstance(micros, Failed) else (_START + timedelta(microseconds=micros)).isoformat(" ")


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.ASCII)


def _match(regex: str, text: str) -> re.Match[str] | None:
    # `$` also matches before a last line end in Python; fullmatch does not.
    return _compiled(regex).fullmatch(text)
