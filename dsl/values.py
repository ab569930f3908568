"""Literal values as written: exact decimals, with their units. Shared by phrase slots and expressions."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from stratagem.dsl.record import record

Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
Family = Literal["days", "months"]

SECONDS: dict[str, int] = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@record
class Number:
    """A bare number, `12,000` or `0.5`."""

    value: Decimal


@record
class Share:
    """A percentage, kept as its fraction: `38%` is 0.38."""

    value: Decimal


@record
class Money:
    """An amount with its ISO 4217 currency code."""

    amount: Decimal
    currency: str


@record
class Duration:
    """`36 months`: minutes to weeks are one family, months to years the other; the two do not mix."""

    count: Decimal
    unit: Unit

    @property
    def family(self) -> Family:
        return "days" if self.unit in SECONDS else "months"

    @property
    def seconds(self) -> Decimal:
        """Length in seconds (days family only)."""
        return self.count * SECONDS[self.unit]

    @property
    def months(self) -> Decimal:
        """Length in calendar months (months family only)."""
        return self.count * MONTHS[self.unit]


@record
class Rate:
    """An amount per period: `6,000 EUR per month`, `2 per 7 days` (the period is then 7 days)."""

    amount: Number | Money
    per: Duration


@record
class Text:
    """Quoted text, without its quotes; long text without its common indent."""

    value: str


@record
class YesNo:
    """`yes` or `no`."""

    value: bool


@record
class Date:
    value: date


@record
class Timestamp:
    """`2026-10-01 14:30`: wall-clock time in the strategy's time zone."""

    value: datetime


@record
class TimeOfDay:
    value: time


Value = Number | Share | Money | Duration | Rate | Text | YesNo | Date | Timestamp | TimeOfDay
