"""Durations and amounts compared, also across the two families where only the order of size matters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from stratagem.dsl.values import Duration, Money, Number, Rate, Share

DAYS_A_MONTH = (28, 31)
"""The least and the greatest number of days of a month."""


def longer(one: Duration, other: Duration) -> bool:
    """Is `one` longer than `other` for certain, whatever months it falls in."""
    return _days(one, DAYS_A_MONTH[0]) > _days(other, DAYS_A_MONTH[1])


def _days(length: Duration, a_month: int) -> Decimal:
    return length.seconds / 86_400 if length.family == "days" else length.months * a_month


def size(value: Any) -> Decimal | None:
    """The bare figure of a number, share, amount, duration or rate; None for anything else."""
    match value:
        case Number(v) | Share(v):
            return v
        case Money(amount, _):
            return amount
        case Duration():
            return value.seconds if value.family == "days" else value.months
        case Rate(amount, _):
            return size(amount)
    return None
