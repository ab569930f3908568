"""Walks over typed trees that both fast evaluators need: what is the same formula, and what does a formula read.

In: a typed tree or the steps of a plan. Out: numbers that are equal for equal formulas (wherever they were written),
the names read, and the parts that do not depend on the row at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from stratagem.dsl.expressions.tree import (
    Aggregate,
    Constant,
    Expr,
    FactRef,
    FieldRef,
    GroupAggregate,
    IdentityRef,
    InTier,
    RowRef,
    SegmentRef,
    StageRef,
    TierRef,
)
from stratagem.engine.plan.plan import Compute, Staging, Step, Tiering

EXCLUDED = "@excluded"
STAGE = "stage"
STAGE_BEFORE = "@stage_before"
IDENTITY = "@id"


class Shapes:
    """Gives every formula a number; two formulas have the same one exactly when they say the same, places aside."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._known: dict[int, tuple[Expr, int]] = {}

    def of(self, expr: Expr) -> int:
        """The formula's number."""
        seen = self._known.get(id(expr))
        if seen is not None:
            return seen[1]
        number = self.number(self._key(expr))
        # The expression is kept beside its number so that its id is not given to another one.
        self._known[id(expr)] = (expr, number)
        return number

    def number(self, key: object) -> int:
        """A number for any hashable key of the caller's own making."""
        return self._numbers.setdefault(key, len(self._numbers))

    def _key(self, expr: Expr) -> object:
        parts: list[object] = [type(expr).__name__, expr.type.kind]
        for f in fields(expr):
            if f.name not in ("type", "span"):
                parts.append(self._part(getattr(expr, f.name)))
        return tuple(parts)

    def _part(self, value: object) -> object:
        if isinstance(value, Expr):
            return self.of(value)
        if isinstance(value, tuple):
            return tuple(self._part(v) for v in value)
        # 1, 1.0 and True are equal in Python, and 0.0 equals -0.0; they are not the same constant.
        return (type(value).__name__, repr(value)) if isinstance(value, float | int) else value


def column_of(expr: Expr) -> str | None:
    """The customer's column that a reference reads, None for any other node."""
    match expr:
        case FieldRef():
            return f"{expr.source}.{expr.field}"
        case FactRef():
            return expr.name
        case SegmentRef():
            return expr.segment
        case TierRef() | InTier():
            return expr.tiers
        case StageRef():
            return STAGE
        case IdentityRef():
            return IDENTITY
        case _:
            return None


def open_column(tiers: str) -> str:
    """The column that is true where a customer is tiered but the tiers' formula is missing."""
    return f"{tiers}@open"


def path_column() -> str:
    """The column of the stages walked through."""
    return f"{STAGE}@path"


def columns_read(expr: Expr) -> set[str]:
    """The customer's columns that a formula reads, those inside its aggregates included."""
    return {name for part in expr.walk() if (name := column_of(part)) is not None}


def step_exprs(step: Step) -> Iterator[Expr]:
    """The formulas of a step."""
    match step:
        case Compute():
            yield step.expr
        case Tiering():
            yield step.formula
            yield from (e for e in (step.when, *(b.threshold for b in step.bounds)) if e is not None)
        case Staging():
            yield from (e for e in (step.start, *(m.condition for m in step.moves)) if e is not None)


def step_names(step: Step) -> tuple[str, ...]:
    """The columns a step makes."""
    match step:
        case Compute():
            return (step.name,)
        case Tiering():
            return (step.name, open_column(step.name))
        case Staging():
            return (STAGE, path_column())


def needed_steps(steps: Iterable[Step], exprs: Iterable[Expr]) -> tuple[Step, ...]:
    """Those of the steps that the formulas read, directly or through others, in their order."""
    wanted = set().union(*(columns_read(e) for e in exprs), {EXCLUDED})
    kept: list[Step] = []
    for step in reversed(tuple(steps)):
        if wanted.intersection(step_names(step)):
            kept.append(step)
            wanted.update(*(columns_read(e) for e in step_exprs(step)))
    return tuple(reversed(kept))


def own_aggregates(expr: Expr) -> Iterator[Aggregate]:
    """The aggregates over the customer's own rows that the customer's own value needs (not those of group members)."""
    if isinstance(expr, GroupAggregate):
        return
    if isinstance(expr, Aggregate):
        yield expr
    for child in expr.children():
        yield from own_aggregates(child)


def reads_row(expr: Expr) -> bool:
    """Does the value depend on the row at hand? (An aggregate inside brings its own rows.)"""
    if isinstance(expr, RowRef):
        return True
    if isinstance(expr, Aggregate | GroupAggregate):
        return False
    return any(reads_row(child) for child in expr.children())


def row_free_parts(expr: Expr) -> Iterator[Expr]:
    """The largest parts of a row's condition that are the same for all rows of a customer, constants left out."""
    if isinstance(expr, Constant):
        return
    if not reads_row(expr):
        yield expr
        return
    for child in expr.children():
        yield from row_free_parts(child)


def stands_alone(aggregate: Aggregate) -> bool:
    """Needs nothing that a step computes: it can be worked out first, together with others over its source."""
    where = aggregate.where
    if where is None:
        return True
    return not any(
        isinstance(p, FactRef | SegmentRef | TierRef | InTier | StageRef | Aggregate | GroupAggregate)
        for p in where.walk()
    )
