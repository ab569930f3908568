"""Expressions as written: no word is resolved, nothing has a type. Made by the grammar, read by the resolver."""

from __future__ import annotations

from typing import Literal

from stratagem.dsl.record import record
from stratagem.dsl.source import Span
from stratagem.dsl.values import Duration, Value

AggregateKind = Literal[
    "count", "sum", "average", "smallest", "largest", "first", "latest", "different", "any", "share"
]


@record
class Syntax:
    """Any expression, with the place it was written at."""

    span: Span


@record
class Lit(Syntax):
    value: Value


@record
class MissingWord(Syntax):
    """The word `missing` used as a value."""


@record
class Name(Syntax):
    """`spend`, `orders.amount`, `orders.product.category`: one to three words."""

    path: tuple[str, ...]


@record
class Negative(Syntax):
    operand: Syntax


@record
class Arithmetic(Syntax):
    op: Literal["+", "-", "*", "/"]
    left: Syntax
    right: Syntax


@record
class Compare(Syntax):
    op: Literal["<", "<=", ">", ">="]
    left: Syntax
    right: Syntax


@record
class Is(Syntax):
    """`A is B`, `A is not B`."""

    left: Syntax
    right: Syntax
    negated: bool


@record
class OneOf(Syntax):
    """`A is one of (a, b)`, `A is not one of (a, b)`."""

    operand: Syntax
    options: tuple[Syntax, ...]
    negated: bool


@record
class Between(Syntax):
    operand: Syntax
    low: Syntax
    high: Syntax


@record
class Known(Syntax):
    """`A is known`; negated: `A is missing`."""

    operand: Syntax
    negated: bool


@record
class TextTest(Syntax):
    op: Literal["contains", "starts with", "matches"]
    operand: Syntax
    argument: Syntax


@record
class Not(Syntax):
    operand: Syntax


@record
class And(Syntax):
    """`a and b and c`, or the lines under `all of`."""

    parts: tuple[Syntax, ...]


@record
class Or(Syntax):
    """`a or b`, the lines under `any of`; `none of` is Not(Or(...))."""

    parts: tuple[Syntax, ...]


@record
class IfElse(Syntax):
    """`A if CONDITION else B`."""

    then: Syntax
    condition: Syntax
    otherwise: Syntax


@record
class Case(Syntax):
    """One line of a formula by cases: `VALUE when CONDITION`."""

    value: Syntax
    condition: Syntax


@record
class Cases(Syntax):
    """A formula by cases; `otherwise` is None only when the last line is not `VALUE otherwise` (a diagnostic)."""

    cases: tuple[Case, ...]
    otherwise: Syntax | None


@record
class Call(Syntax):
    function: str
    arguments: tuple[Syntax, ...]


@record
class Window:
    """`in last P` (past) or `in next P`."""

    span: Span
    direction: Literal["last", "next"]
    period: Duration


@record
class Aggregate(Syntax):
    """`sum of orders.amount in last 12 months where …`, `any orders where …`, `share of customers where …`.

    `subject` is what stands after `of`; `over` is the segment or tier after `over` (metrics only).
    """

    kind: AggregateKind
    subject: Name
    window: Window | None
    where: Syntax | None
    over: Name | None


@record
class Since(Syntax):
    """`days since D`, `months since D`, `days until D`."""

    kind: Literal["days since", "months since", "days until"]
    operand: Syntax
