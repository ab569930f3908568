"""Figures in words: counts with their thousands, money with its currency's places, shares as percent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from stratagem.dsl.currencies import places
from stratagem.dsl.values import Duration

UNKNOWN = "unknown"


def _rounded(value: float | Decimal, digits: int) -> str:
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    shown = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{abs(shown) if shown == 0 else shown:,}"  # zero has no sign


def count(value: int) -> str:
    """`12,000`."""
    return f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """`1 customer`, `12,000 customers`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def money(value: float | Decimal | None, currency: str | None) -> str:
    """`1,234.50 EUR`, rounded to the currency's places; `unknown` for none."""
    if value is None:
        return UNKNOWN
    return f"{_rounded(value, places(currency))} {currency or ''}".rstrip()


def percent(value: float | Decimal | None, digits: int = 1) -> str:
    """A fraction as percent: 0.385 is `38.5%`; `unknown` for none."""
    if value is None:
        return UNKNOWN
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    shown = _rounded(exact * 100, digits)
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"


def figure(value: float | Decimal | None, digits: int = 2) -> str:
    """A bare number with at most `digits` places and its thousands; `unknown` for none."""
    if value is None:
        return UNKNOWN
    shown = _rounded(value, digits)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def duration_text(value: Duration) -> str:
    """`1 day`, `36 months`."""
    return f"{value.count.normalize():f} {value.unit}{'' if value.count == 1 else 's'}"
