"""The observing form of a program: what became of every single condition, and which fields were missing.

In: the steps of a plan. Out: for a customer the values, and for each column its clauses: a comparison, a membership, a
yes/no, with true, false or unknown, the values read, and the fields that were missing behind them. It is the ordinary
program with the clauses as further columns, so it cannot come to another result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stratagem.dsl.expressions.tree import (
    Aggregate,
    And,
    Cases,
    Constant,
    Expr,
    FieldRef,
    GroupAggregate,
    IfElse,
    Not,
    Or,
)
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.source import Span
from stratagem.engine.evaluate.meaning import Value
from stratagem.engine.evaluate.population import Dates
from stratagem.engine.evaluate.walk import column_of, step_exprs, step_names
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Step

CLAUSE = "@clause:"
READ = "@read:"


@dataclass(frozen=True, slots=True)
class Observation:
    """What became of one clause.

    clause: its tree. truth: true, false, or None for unknown. reads: names and values it read (`source.field`, a
    fact's name, or an aggregate such as `sum of orders.amount`). missing: the fields behind the values that were
    missing, through facts down to `source.field`; a fact that is missing though all its fields are known stands itself.
    """

    clause: Expr
    truth: bool | None
    reads: tuple[tuple[str, Value], ...]
    missing: tuple[str, ...]

    @property
    def span(self) -> Span:
        """Where the clause stands in the strategy."""
        return self.clause.span


@dataclass(frozen=True, slots=True)
class Observed:
    """A customer's columns, and for each step (by its column) what became of its clauses, in the order written."""

    values: dict[str, Any]
    observations: dict[str, tuple[Observation, ...]]


class Observer:
    """Compiled clauses of a plan's steps; called like a `Program`."""

    def __init__(self, steps: Sequence[Step], dates: Dates, fixed: frozenset[str]) -> None:
        from stratagem.engine.evaluate.row.program import Program

        self.fixed = fixed
        self.by_column = {name: step for step in steps for name in step_names(step)}
        self.clauses: dict[str, list[Expr]] = {}
        extra: list[Compute] = []
        for step in steps:
            found = [c for e in step_exprs(step) for c in clauses(e, e.type.kind is Kind.YES_NO)]
            self.clauses[step_names(step)[0]] = found
            extra += [Compute(f"{CLAUSE}{id(c)}", c, "clause") for c in found]
            parts = (p for e in step_exprs(step) for p in leaves(e) if column_of(p) is None)
            extra += [Compute(f"{READ}{id(p)}", p, "read") for p in parts]
        self.program = Program((*steps, *extra), dates, fixed)

    def __call__(self, customer: Mapping[str, Any], moment: Moment, fit: Fit | None) -> Observed:
        """The customer's values and observations."""
        found = self.program(customer, moment, fit)
        reader = _Reader(customer, found, self)
        observations = {
            column: tuple(reader.observation(c) for c in some) for column, some in self.clauses.items() if some
        }
        return Observed({k: v for k, v in found.items() if not k.startswith((CLAUSE, READ))}, observations)


def clauses(expr: Expr, condition: bool) -> Iterator[Expr]:
    """The single conditions in a formula; `condition`: the formula itself stands as one."""
    match expr:
        case Constant():
            return
        case Not() | And() | Or():
            for part in expr.children():
                yield from clauses(part, True)
        case IfElse() | Cases():
            cases = expr.cases if isinstance(expr, Cases) else ((expr.then, expr.condition),)
            for value, when in cases:
                yield from clauses(when, True)
                yield from clauses(value, condition)
            yield from clauses(expr.otherwise, condition)
        case _ if condition:
            yield expr
        case Aggregate() | GroupAggregate():
            return
        case _:
            for part in expr.children():
                yield from clauses(part, part.type.kind is Kind.YES_NO)


def leaves(expr: Expr) -> Iterator[Expr]:
    """What a formula reads: references and aggregates."""
    if column_of(expr) is not None or isinstance(expr, Aggregate | GroupAggregate):
        yield expr
        return
    for child in expr.children():
        yield from leaves(child)


def name_of(leaf: Expr) -> str:
    """What a reference or aggregate is called: `crm.city`, `spend`, `sum of orders.amount`."""
    if isinstance(leaf, Aggregate):
        return f"{leaf.kind} of {field_of(leaf)}"
    if isinstance(leaf, GroupAggregate):
        operand = column_of(leaf.operand) if leaf.operand is not None else None
        return f"{leaf.kind} of {leaf.group}{'.' + operand if operand else ''}"
    return column_of(leaf) or ""


def field_of(leaf: Aggregate) -> str:
    """The source and field an aggregate reads."""
    return ".".join((leaf.source, *(leaf.field.path if leaf.field is not None else ())))


class _Reader:
    """Looks up what clauses read, for one customer."""

    def __init__(self, customer: Mapping[str, Any], found: Mapping[str, Any], observer: Observer) -> None:
        self.customer = customer
        self.found = found
        self.observer = observer

    def observation(self, clause: Expr) -> Observation:
        """What became of a clause."""
        read = {name_of(leaf): leaf for leaf in leaves(clause)}
        values = tuple((name, self.value(leaf)) for name, leaf in read.items())
        gaps = dict.fromkeys(gap for leaf in read.values() for gap in self.gaps(leaf))
        return Observation(clause, self.found[f"{CLAUSE}{id(clause)}"], values, tuple(gaps))

    def value(self, leaf: Expr) -> Value:
        """The value behind a reference or aggregate."""
        name = column_of(leaf)
        if name is None:
            return self.found[f"{READ}{id(leaf)}"]  # type: ignore[no-any-return]
        if name in self.found:
            return self.found[name]  # type: ignore[no-any-return]
        if isinstance(leaf, FieldRef):
            return (self.customer.get(leaf.source) or {}).get(leaf.field)  # type: ignore[no-any-return]
        fixed = self.customer.get("@fixed", {}) if name in self.observer.fixed else self.customer
        return fixed.get(name)  # type: ignore[no-any-return]

    def gaps(self, leaf: Expr, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """The fields that are missing behind a missing value."""
        name = name_of(leaf)
        if self.value(leaf) is not None or name in seen:
            return
        step = self.observer.by_column.get(name)
        if step is None or name in self.observer.fixed:
            yield field_of(leaf) if isinstance(leaf, Aggregate) else name
            return
        inner = [part for e in step_exprs(step) for part in leaves(e)]
        behind = list(dict.fromkeys(g for part in inner for g in self.gaps(part, seen | {name})))
        yield from behind or [name]
