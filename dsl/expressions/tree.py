"""The typed expression tree: what every evaluator reads. Names are resolved, every node has a type and a place.

Meaning, for all nodes (language.md): a missing operand makes arithmetic missing and a comparison unknown; conditions
are three-valued (true, false, missing for unknown) and combine by Kleene's tables. A result that is not finite is
missing. `IfElse` and `Cases` take the first branch whose condition is known to be true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from stratagem.dsl.expressions.syntax import AggregateKind
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.record import fields, record, together
from stratagem.dsl.source import NOWHERE, Span
from stratagem.dsl.values import Duration

Scalar = float | int | str | bool | None
"""A constant in evaluated form (see types.py): None is missing."""


@record(kw_only=True)
class Expr:
    """Any typed expression."""

    type: Type
    span: Span = NOWHERE

    def children(self) -> Iterator[Expr]:
        """The expressions directly below, left to right."""
        return iter(_below(self))

    def walk(self) -> Iterator[Expr]:
        """This node and all below it, parents first."""
        found: list[Expr] = []
        waiting = [self]
        while waiting:
            expr = waiting.pop()
            found.append(expr)
            if _HELD.get(type(expr), _below) is not _nothing:
                below = _below(expr)
                below.reverse()
                waiting += below
        return iter(found)


_HELD: dict[type, Callable[[Expr], Any]] = {}
"""By kind of expression, what reads the fields that may hold others."""


def _nothing(_: Expr) -> tuple[()]:
    return ()


def _below(expr: Expr) -> list[Expr]:
    held = _HELD.get(type(expr)) or _held(expr)
    found: list[Expr] = []
    for value in held(expr):
        if isinstance(value, Expr):
            found.append(value)
        elif isinstance(value, tuple):
            for item in value:
                found.extend(item if isinstance(item, tuple) else (item,))
    return found


def _held(expr: Expr) -> Callable[[Expr], Any]:
    holding = ("Expr", "Constant", "RowRef")
    names = [f.name for f in fields(expr) if any(word in str(f.type) for word in holding)]
    found = _HELD[type(expr)] = together(names) if names else _nothing
    return found


@record(kw_only=True)
class Constant(Expr):
    """A literal in evaluated form; value None is the word `missing`."""

    value: Scalar


@record(kw_only=True)
class FieldRef(Expr):
    """A field of a one-per-customer source: one value per customer.

    `field` is `key.field` where a look-up is read through the source (`households.region.name`).
    """

    source: str
    field: str


@record(kw_only=True)
class IdentityRef(Expr):
    """The customer's own id (column `@id`): the `by FIELD` columns of all sources are this one identity. Text."""


@record(kw_only=True)
class RowRef(Expr):
    """A field of the row at hand, inside an aggregate's `where`, a row formula or a row filter.

    `path` is the field, or (key, field of the look-up on that key): `orders.product.category` is ("product",
    "category") where a source says `one per product`.
    """

    source: str
    path: tuple[str, ...]


@record(kw_only=True)
class FactRef(Expr):
    """A named fact of the customer: an assumption, measure, value, or a metric (in goals)."""

    name: str


@record(kw_only=True)
class SegmentRef(Expr):
    """Is the customer in this segment (yes_no; unknown where its condition is)."""

    segment: str


@record(kw_only=True)
class TierRef(Expr):
    """The tier a customer is in (a choice of `tiers`); outside the tiers' `when`: see `InTier`."""

    tiers: str


@record(kw_only=True)
class InTier(Expr):
    """Is the customer in one of these tiers: false outside the tiers' `when`, unknown where the formula is missing."""

    tiers: str
    names: tuple[str, ...]


@record(kw_only=True)
class StageRef(Expr):
    """The stage the customer is in (a choice)."""


@record(kw_only=True)
class ScorePart(Expr):
    """`chance`, `worth`, `cost` or `weight` in `rank by`."""

    part: Literal["chance", "worth", "cost", "weight"]


@record(kw_only=True)
class Negative(Expr):
    operand: Expr


@record(kw_only=True)
class Arithmetic(Expr):
    """Float arithmetic. The resolver has put both sides on one scale; date arithmetic has its own nodes."""

    op: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr


@record(kw_only=True)
class DateShift(Expr):
    """Date or timestamp plus (sign 1) or minus (sign -1) a duration.

    Days family: that many whole seconds later, a date taking whole days (rounded toward the date's own day, floor);
    months family: calendar months (whole, truncated toward zero), clamped to the month's end.
    """

    date: Expr
    duration: Expr
    sign: Literal[1, -1]


@record(kw_only=True)
class DateDifference(Expr):
    """left − right as a duration of the days family, in seconds (dates: a whole number of days)."""

    left: Expr
    right: Expr


@record(kw_only=True)
class Since(Expr):
    """`days since D` / `days until D`: whole calendar days between D's date and the as-of date, as seconds (days
    family; negative when D lies on the other side). `months since D`: whole calendar months completed (months family),
    truncated toward zero."""

    kind: Literal["days since", "months since", "days until"]
    operand: Expr


@record(kw_only=True)
class Compare(Expr):
    """Both sides of one representation: floats, days, microseconds, texts (by code point), or yes/no for is/is not.

    A date beside a timestamp is compared as dates (the resolver wraps the timestamp in `DateOf`).
    """

    op: Literal["<", "<=", ">", ">=", "is", "is not"]
    left: Expr
    right: Expr


@record(kw_only=True)
class DateOf(Expr):
    """The calendar day of a timestamp."""

    operand: Expr


@record(kw_only=True)
class OneOf(Expr):
    """Unknown when the operand is missing. Options are constants; never missing ones."""

    operand: Expr
    options: tuple[Constant, ...]
    negated: bool


@record(kw_only=True)
class Between(Expr):
    """low <= operand and operand <= high (Kleene and)."""

    operand: Expr
    low: Expr
    high: Expr


@record(kw_only=True)
class Known(Expr):
    """`is known`, negated `is missing`: always true or false. Of a condition: whether it is known."""

    operand: Expr
    negated: bool


@record(kw_only=True)
class TextTest(Expr):
    """contains, starts with: by code point, case counts. matches: RE2, anywhere; `argument` is then a constant."""

    op: Literal["contains", "starts with", "matches"]
    operand: Expr
    argument: Expr


@record(kw_only=True)
class Not(Expr):
    operand: Expr


@record(kw_only=True)
class And(Expr):
    parts: tuple[Expr, ...]


@record(kw_only=True)
class Or(Expr):
    parts: tuple[Expr, ...]


@record(kw_only=True)
class IfElse(Expr):
    then: Expr
    condition: Expr
    otherwise: Expr


@record(kw_only=True)
class Cases(Expr):
    """First (value, condition) whose condition is known true; else `otherwise`."""

    cases: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr


@record(kw_only=True)
class Call(Expr):
    """A function of the function table, by name; its meaning (missing rules included) stands in the table."""

    function: str
    arguments: tuple[Expr, ...]


@record
class Window:
    """`in last P`: after the day P before the as-of, up to and with it; `in next P`: after it, up to P on."""

    direction: Literal["last", "next"]
    period: Duration


@record(kw_only=True)
class Aggregate(Expr):
    """Over the customer's own rows of a many-per-customer source. `field` is None for count, any."""

    kind: AggregateKind
    source: str
    field: RowRef | None
    window: Window | None
    where: Expr | None


@record(kw_only=True)
class GroupAggregate(Expr):
    """Over the customers of one's group (oneself included, the excluded not). `operand` is None for count, any.

    A customer in no group: aggregates over nothing.
    """

    kind: AggregateKind
    group: str
    operand: Expr | None
    where: Expr | None


@record(kw_only=True)
class PopulationAggregate(Expr):
    """Over customers, in metrics only. `over`: a condition that picks them (segment, tier), evaluated per customer.

    share: customers whose `where` is known true over those whose `where` is known.
    """

    kind: AggregateKind
    operand: Expr | None
    where: Expr | None
    over: Expr | None


@record(kw_only=True)
class Rounded(Expr):
    """r(x) of language.md: sign(x) · floor(|x| · 10^6 + 0.5) / 10^6, at every declared measure, value and score."""

    operand: Expr
