"""The observing form of a program: what became of every single condition, and which fields were missing.

In: the steps of a plan. Out: for a customer the values, and for each column its clauses: a comparison, a membership, a
yes/no, with true, false or unknown, the values read, and the fields that were missing behind them. It is the ordinary
program with the clauses as further columns, so it cannot come to another result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from stratagem.dsl.expressions.tree import (
    Aggregate,
    And,
    Cases,
    Constant,
    Expr,
    GroupAggregate,
    IfElse,
    InTier,
    Not,
    Or,
    TierRef,
)
from stratagem.dsl.expressions.types import TEXT, Kind
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.source import Span
from stratagem.engine.evaluate.meaning import Value
from stratagem.engine.evaluate.population import Dates
from stratagem.engine.evaluate.walk import Shapes, column_of, step_exprs, step_names
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Step

CLAUSE = "@clause:"
READ = "@read:"


class Observation(NamedTuple):
    """What became of one clause.

    clause: its tree. truth: true, false, or None for unknown. reads: names and values it read (`source.field`, a
    fact's name, or an aggregate such as `sum of orders.amount in last 12 months`). missing: the fields behind the
    values that were missing, through facts down to `source.field`; a fact that is missing though all its fields are
    known stands itself.
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


class _Leaf(NamedTuple):
    """A reference or aggregate: what it is called, under which column its value stands, and what it reads itself."""

    name: str
    column: str
    field: str
    step: str | None
    """The step that makes it, where one does."""


class Observer:
    """Compiled clauses of a plan's steps; called like a `Program`."""

    def __init__(self, steps: Sequence[Step], dates: Dates, fixed: frozenset[str]) -> None:
        from stratagem.engine.evaluate.row.program import Program

        self._makers = {name: step_names(s)[0] for s in steps for name in step_names(s) if name not in fixed}
        self._extra: dict[str, Compute] = {}
        self._shapes = Shapes()
        self._reads = {step_names(s)[0]: self._leaves(step_exprs(s)) for s in steps}
        self._clauses = {step_names(s)[0]: tuple(self._prepared(s)) for s in steps}
        self._names = [name for s in steps for name in step_names(s)]
        self._program = Program((*steps, *self._extra.values()), dates, fixed)

    def _prepared(self, step: Step) -> Iterator[tuple[Expr, str, tuple[_Leaf, ...]]]:
        """Each clause of a step, the column of its truth, and what it reads."""
        for expr in step_exprs(step):
            for clause in clauses(expr, expr.type.kind is Kind.YES_NO):
                yield clause, self._column(CLAUSE, clause), self._leaves([clause])

    def _leaves(self, exprs: Iterable[Expr]) -> tuple[_Leaf, ...]:
        found = {self._shapes.of(leaf): leaf for expr in exprs for leaf in leaves(expr)}
        return tuple(self._leaf(name_of(leaf), leaf) for leaf in found.values())

    def _leaf(self, name: str, leaf: Expr) -> _Leaf:
        maker = self._makers.get(column_of(leaf) or "")
        column = name if maker else self._column(READ, _plain(leaf))
        return _Leaf(name, column, field_of(leaf) if isinstance(leaf, Aggregate) else name, maker)

    def _column(self, prefix: str, expr: Expr) -> str:
        """The column of a formula; the same formula at several places has one."""
        name = f"{prefix}{self._shapes.of(expr)}"
        self._extra[name] = Compute(name, expr, "observed")
        return name

    def __call__(self, customer: Mapping[str, Any], moment: Moment, fit: Fit | None) -> Observed:
        """The customer's values and observations."""
        found = self._program(customer, moment, fit)
        observations = {
            column: tuple([self._observation(found, *clause) for clause in some])
            for column, some in self._clauses.items()
            if some
        }
        return Observed({name: found[name] for name in self._names}, observations)

    def _observation(self, found: Mapping[str, Any], clause: Expr, truth: str, read: Sequence[_Leaf]) -> Observation:
        values = tuple([(leaf.name, found[leaf.column]) for leaf in read])
        gaps = [g for leaf in read if found[leaf.column] is None for g in self._gaps(found, leaf)]
        return Observation(clause, found[truth], values, tuple(dict.fromkeys(gaps)) if gaps else ())

    def _gaps(self, found: Mapping[str, Any], leaf: _Leaf) -> list[str]:
        """The fields that are missing behind a missing value."""
        inner = self._reads[leaf.step] if leaf.step else ()
        behind = [g for part in inner if found[part.column] is None for g in self._gaps(found, part)]
        return behind or [leaf.field]


def _plain(leaf: Expr) -> Expr:
    """What a leaf's value is: of a membership the tier itself."""
    return TierRef(type=TEXT, tiers=leaf.tiers) if isinstance(leaf, InTier) else leaf


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
    """What a reference or aggregate is called: `crm.city`, `spend`, `sum of orders.amount in last 12 months`."""
    if isinstance(leaf, Aggregate):
        period = f" in {leaf.window.direction} {literal_text(leaf.window.period)}" if leaf.window else ""
        return f"{leaf.kind} of {field_of(leaf)}{period}{' where …' if leaf.where is not None else ''}"
    if isinstance(leaf, GroupAggregate):
        operand = column_of(leaf.operand) if leaf.operand is not None else None
        return f"{leaf.kind} of {leaf.group}{'.' + operand if operand else ''}"
    return column_of(leaf) or ""


def field_of(leaf: Aggregate) -> str:
    """The source and field an aggregate reads."""
    return ".".join((leaf.source, *(leaf.field.path if leaf.field is not None else ())))
