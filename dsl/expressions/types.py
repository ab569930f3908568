"""Types of expressions, with their units.

How each kind is represented while it is evaluated (the one written meaning, shared by every evaluator):
number, share, money: 64-bit float; duration of the days family: float seconds, of the months family: float months;
rate of the days family: float amount per week, of the months family: per year; date: whole days since 1970-01-01;
timestamp: whole microseconds since 1970-01-01 00:00 on the wall clock of the strategy's time zone; text, choice,
channel: text; yes_no: true or false. Missing is a value of every kind.
"""

from __future__ import annotations

from enum import StrEnum

from stratagem.dsl.record import record
from stratagem.dsl.values import Family


class Kind(StrEnum):
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    DURATION = "duration"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TEXT = "text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHANNEL = "channel"
    MISSING = "missing"
    """Only of the bare word `missing`, before it takes the kind of what it stands beside."""


@record
class Type:
    """A kind and what goes with it.

    currency: of money (and of money per period). family: of a duration. per: the family of the period, for a rate
    (number or money per period). options: of a choice, in declared order.
    """

    kind: Kind
    currency: str | None = None
    family: Family | None = None
    per: Family | None = None
    options: tuple[str, ...] = ()

    @property
    def is_rate(self) -> bool:
        return self.per is not None

    @property
    def is_numeric(self) -> bool:
        """Kept as a float: number, share, money, duration."""
        return self.kind in (Kind.NUMBER, Kind.SHARE, Kind.MONEY, Kind.DURATION)


NUMBER = Type(Kind.NUMBER)
SHARE = Type(Kind.SHARE)
DATE = Type(Kind.DATE)
TIMESTAMP = Type(Kind.TIMESTAMP)
TEXT = Type(Kind.TEXT)
YES_NO = Type(Kind.YES_NO)
MISSING = Type(Kind.MISSING)
DAYS = Type(Kind.DURATION, family="days")
MONTHS = Type(Kind.DURATION, family="months")


def money(currency: str) -> Type:
    """Money in one currency."""
    return Type(Kind.MONEY, currency=currency)


def choice(*options: str) -> Type:
    """`one of (…)`, in declared order."""
    return Type(Kind.CHOICE, options=options)


def channel(*options: str) -> Type:
    """One of the declared channels."""
    return Type(Kind.CHANNEL, options=options)
