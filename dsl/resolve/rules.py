"""What two kinds make together: the algebra of units, as plain functions of types.

In: an operator and the types of its sides. Out: a `Made` (the result's type and how to bring both sides on one scale)
or None where they do not go together. No names, no places: see `arithmetic` and `comparisons` for those.
"""

from __future__ import annotations

from typing import Literal

from stratagem.dsl.expressions.types import DATE, DAYS, NUMBER, SHARE, TEXT, Kind, Type
from stratagem.dsl.record import record, replace
from stratagem.dsl.values import Family

SCALE: dict[Family, int] = {"days": 604_800, "months": 12}
"""Units of a duration (seconds, months) in the period a rate is kept per (week, year)."""

How = Literal["plain", "times scale", "over scale", "shift", "shift right", "difference"]
"""plain: as written. over scale: (left · right) / scale. times scale: (left · scale) / right. shift: date ± duration;
shift right: duration + date. difference: date − date."""

DATES = (Kind.DATE, Kind.TIMESTAMP)
PLAIN = (Kind.NUMBER, Kind.SHARE)
WORDS = (Kind.TEXT, Kind.CHOICE, Kind.CHANNEL)


@record
class Made:
    """A result: its type, how it is worked out, and the scale's family where one is needed."""

    type: Type
    how: How = "plain"
    scale: Family | None = None


def arithmetic(op: str, left: Type, right: Type) -> Made | None:
    """The result of `left op right`, or None when they do not mix. MISSING takes the other side's kind."""
    left, right = _fill(op, left, right)
    if op == "+":
        return _plus(left, right)
    if op == "-":
        return _minus(left, right)
    if op == "*":
        return _times(left, right)
    return _over(left, right)


def _fill(op: str, left: Type, right: Type) -> tuple[Type, Type]:
    """Give a bare `missing` the kind that makes sense beside the other side."""
    if left.kind is Kind.MISSING and right.kind is Kind.MISSING:
        return NUMBER, NUMBER
    if left.kind is Kind.MISSING:
        return _beside(op, right, on_left=True), right
    if right.kind is Kind.MISSING:
        return left, _beside(op, left, on_left=False)
    return left, right


def _beside(op: str, other: Type, *, on_left: bool) -> Type:
    if op in "*/":
        return NUMBER
    if other.kind in DATES:
        return other if on_left and op == "-" else DAYS
    return other


def _plus(left: Type, right: Type) -> Made | None:
    if left.kind in DATES and right.kind is Kind.DURATION and not right.is_rate:
        return Made(left, "shift")
    if right.kind in DATES and left.kind is Kind.DURATION and not left.is_rate:
        return Made(right, "shift right")
    return _sum(left, right)


def _minus(left: Type, right: Type) -> Made | None:
    if left.kind in DATES and right.kind is Kind.DURATION and not right.is_rate:
        return Made(left, "shift")
    if left.kind in DATES and right.kind in DATES:
        return Made(DAYS, "difference")
    return _sum(left, right)


def _sum(left: Type, right: Type) -> Made | None:
    common = same(left, right)
    return Made(common) if common is not None and common.is_numeric else None


def _times(left: Type, right: Type) -> Made | None:
    if not (left.is_numeric and right.is_numeric):
        return None
    if is_plain(left) and is_plain(right):
        return Made(SHARE if left.kind is right.kind is Kind.SHARE else NUMBER)
    if is_plain(left):
        return Made(right)
    if is_plain(right):
        return Made(left)
    rate, length = (left, right) if left.is_rate else (right, left)
    if rate.is_rate and _is_length(length) and rate.per == length.family:
        return Made(replace(rate, per=None), "over scale", rate.per)
    if _counts(rate) and length.kind is Kind.MONEY and not length.is_rate:
        return Made(replace(length, per=rate.per))
    return None


def _over(left: Type, right: Type) -> Made | None:
    if not (left.is_numeric and right.is_numeric):
        return None
    if is_plain(right):
        return Made(NUMBER if left.kind is right.kind is Kind.SHARE else left)
    if same(left, right) is not None:
        return Made(NUMBER)
    if _is_length(right) and not left.is_rate and (is_plain(left) or left.kind is Kind.MONEY):
        base = NUMBER if is_plain(left) else left
        return Made(replace(base, per=right.family), "times scale", right.family)
    if left.is_rate and left.kind is Kind.MONEY:
        return _money_rate_over(left, right)
    if right.is_rate and not left.is_rate and same(left, replace(right, per=None)) is not None:
        return Made(Type(Kind.DURATION, family=right.per), "times scale", right.per)
    return None


def _money_rate_over(left: Type, right: Type) -> Made | None:
    """Money per period: over so many per period it is money, over money it is so many per period."""
    if _counts(right) and right.per == left.per:
        return Made(replace(left, per=None))
    if not right.is_rate and same(replace(left, per=None), right) is not None:
        return Made(replace(NUMBER, per=left.per))
    return None


def _counts(t: Type) -> bool:
    """So many per period."""
    return t.is_rate and t.kind in PLAIN


def is_plain(t: Type) -> bool:
    """A number or a share, not a rate."""
    return t.kind in PLAIN and not t.is_rate


def _is_length(t: Type) -> bool:
    return t.kind is Kind.DURATION and not t.is_rate


def same(left: Type, right: Type) -> Type | None:
    """The type both sides are of, or None. Share beside number is number; a choice beside a choice has both options;
    a choice or channel beside text is text; a date beside a timestamp is a date; MISSING is anything."""
    if left.kind is Kind.MISSING:
        return right
    if right.kind is Kind.MISSING:
        return left
    if left.per != right.per:
        return None
    if left.kind in PLAIN and right.kind in PLAIN:
        return left if left.kind is right.kind else replace(NUMBER, per=left.per)
    if left.kind in WORDS and right.kind in WORDS:
        return _words(left, right)
    if left.kind in DATES and right.kind in DATES:
        return left if left.kind is right.kind else DATE
    if left.kind is not right.kind:
        return None
    if left.kind is Kind.MONEY:
        return _money(left, right)
    if left.kind is Kind.DURATION:
        return left if left.family == right.family else None
    return left


def _money(left: Type, right: Type) -> Type | None:
    if left.currency is None or right.currency is None:
        return right if left.currency is None else left
    return left if left.currency == right.currency else None


def _words(left: Type, right: Type) -> Type:
    if left.kind is Kind.CHOICE and right.kind is Kind.CHOICE:
        more = tuple(o for o in right.options if o not in left.options)
        return replace(left, options=left.options + more)
    return left if left.kind is right.kind else TEXT


def comparable(op: str, left: Type, right: Type) -> Type | None:
    """What both sides are compared as, or None. Order needs amounts, dates or texts; `is` takes every kind."""
    common = same(left, right)
    if common is None or common.kind is Kind.MISSING:
        return None
    if op in ("is", "is not"):
        return common
    ordered = common.is_numeric or common.kind in DATES or common.kind is Kind.TEXT
    return common if ordered and Kind.CHOICE not in (left.kind, right.kind) else None
