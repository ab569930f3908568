"""Expressions as written: no word is resolved, nothing has a type. Made by the grammar, read by the resolver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stratagem.dsl.source import Span
from stratagem.dsl.values import Duration, Value

AggregateKind = Literal[
    "count", "sum", "average", "smallest", "largest", "first", "latest", "different", "any", "share"
]


@dataclass(frozen=True, slots=True)
class Syntax:
    """Any expression, with the place it was written at."""

    span: Span


@dataclass(frozen=True, slots=True)
class Lit(Syntax):
    value: Value


@dataclass(frozen=True, slots=True)
class MissingWord(Syntax):
    """The word `missing` used as a value."""


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    """`spend`, `orders.amount`, `orders.product.category`: one to three words."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negative(Syntax):
    operand: Syntax


@dataclass(frozen=True, slots=True)
class Arithmetic(Syntax):
    op: Literal["+", "-", "*", "/"]
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Compare(Syntax):
    op: Literal["<", "<=", ">", ">="]
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Is(Syntax):
    """`A is B`, `A is not B`."""

    left: Syntax
    right: Syntax
    negated: bool


@dataclass(frozen=True, slots=True)
class OneOf(Syntax):
    """`A is one of (a, b)`, `A is not one of (a, b)`."""

    operand: Syntax
    options: tuple[Syntax, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Between(Syntax):
    operand: Syntax
    low: Syntax
    high: Syntax


@dataclass(frozen=True, slots=True)
class Known(Syntax):
    """`A is known`; negated: `A is missing`."""

    operand: Syntax
    negated: bool


@dataclass(frozen=True, slots=True)
class TextTest(Syntax):
    op: Literal["contains", "starts with", "matches"]
    operand: Syntax
    argument: Syntax


@dataclass(frozen=True, slots=True)
class Not(Syntax):
    operand: Syntax


@dataclass(frozen=True, slots=True)
class And(Syntax):
    """`a and b and c`, or the lines under `all of`."""

    parts: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Or(Syntax):
    """`a or b`, the lines under `any of`; `none of` is Not(Or(...))."""

    parts: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class IfElse(Syntax):
    """`A if CONDITION else B`."""

    then: Syntax
    condition: Syntax
    otherwise: Syntax


@dataclass(frozen=True, slots=True)
class Case(Syntax):
    """One line of a formula by cases: `VALUE when CONDITION`."""

    value: Syntax
    condition: Syntax


@dataclass(frozen=True, slots=True)
class Cases(Syntax):
    """A formula by cases; `otherwise` is None only when the last line is not `VALUE otherwise` (a diagnostic)."""

    cases: tuple[Case, ...]
    otherwise: Syntax | None


@dataclass(frozen=True, slots=True)
class Call(Syntax):
    function: str
    arguments: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """`in last P` (past) or `in next P`."""

    span: Span
    direction: Literal["last", "next"]
    period: Duration


@dataclass(frozen=True, slots=True)
class Aggregate(Syntax):
    """`sum of orders.amount in last 12 months where …`, `any orders where …`, `share of customers where …`.

    `subject` is what stands after `of`; `over` is the segment or tier after `over` (metrics only).
    """

    kind: AggregateKind
    subject: Name
    window: Window | None
    where: Syntax | None
    over: Name | None


@dataclass(frozen=True, slots=True)
class Since(Syntax):
    """`days since D`, `months since D`, `days until D`."""

    kind: Literal["days since", "months since", "days until"]
    operand: Syntax
