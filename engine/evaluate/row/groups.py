"""Aggregates over the group a customer belongs to: each member is worked out first, then the members are added up.

In: the group aggregates of a program. Out: one call for all those over one group; it runs a smaller program, only what
the operands need, on every member's record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from stratagem.dsl.expressions.tree import Aggregate, Constant, Expr, GroupAggregate
from stratagem.dsl.expressions.types import YES_NO
from stratagem.engine.evaluate.meaning import Value, quotient, scaled
from stratagem.engine.evaluate.row.rows import Rows
from stratagem.engine.evaluate.row.writer import Atom
from stratagem.engine.evaluate.walk import EXCLUDED, needed_steps
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Step

MemberProgram = Callable[[Mapping[str, Any], Moment, Fit | None], dict[str, Any]]
Compile = Callable[[Sequence[Step]], MemberProgram]

GROUPS = "@groups"
TAKEN = "@taken:"
OPERAND = "@operand:"


class Groups(Rows):
    """The part of the emitter that knows groups."""

    steps: Sequence[Step]
    compile_members: Compile
    by_group: dict[str, list[GroupAggregate]]

    def plan_groups(self, exprs: Iterable[Expr]) -> None:
        """Note the group aggregates of the whole program."""
        self.by_group = {}
        seen: set[int] = set()
        for expr in exprs:
            for aggregate in _outermost(expr):
                if self.shapes.of(aggregate) not in seen:
                    seen.add(self.shapes.of(aggregate))
                    self.by_group.setdefault(aggregate.group, []).append(aggregate)

    def aggregate(self, expr: Aggregate | GroupAggregate) -> Atom:
        """The aggregate's value, over rows or over a group."""
        if isinstance(expr, Aggregate):
            return super().aggregate(expr)
        members = self.by_group.get(expr.group, [])
        if all(self.shapes.of(expr) != self.shapes.of(m) for m in members):
            members = [expr]
        totals = self.helper(GroupTotals(members, self.steps, self.compile_members))
        names = [self.fresh("g") for _ in members]
        self.put(f"{', '.join(names)}, = {totals}(c, {self.constant(expr.group)}, m, fit)")
        for name, aggregate in zip(names, members, strict=True):
            self.remember(self.shapes.of(aggregate), Atom(name, True), everywhere=True)
        made = self.recall(self.shapes.of(expr))
        assert made is not None
        return made


class GroupTotals:
    """Works out aggregates over one group: for a customer's record, the group's name, the moment and the fit."""

    def __init__(self, aggregates: Sequence[GroupAggregate], steps: Sequence[Step], compile_members: Compile) -> None:
        self.aggregates = tuple(aggregates)
        parts = list(_parts(self.aggregates))
        needed = needed_steps(steps, [p.expr for p in parts])
        self._steps = (*needed, *parts)
        self._compile = compile_members
        self._program: MemberProgram | None = None

    def __call__(self, customer: Mapping[str, Any], group: str, moment: Moment, fit: Fit | None) -> tuple[Value, ...]:
        """The aggregates' values, in order. A customer in no group has no members; members whose record does not say
        who is in their groups are in this one with the others, and in no other."""
        if self._program is None:
            self._program = self._compile(self._steps)
        members = (customer.get(GROUPS) or {}).get(group) or ()
        mates = (m if GROUPS in m else {**m, GROUPS: {group: members}} for m in members)
        worked = [(m, self._program(m, moment, fit)) for m in mates]
        counted = [v for m, v in worked if v.get(EXCLUDED, m.get(EXCLUDED)) is not True]
        return tuple(_total(a, n, counted) for n, a in enumerate(self.aggregates))


def _outermost(expr: Expr) -> Iterator[GroupAggregate]:
    if isinstance(expr, GroupAggregate):
        yield expr
        return
    for child in expr.children():
        yield from _outermost(child)


def _parts(aggregates: Sequence[GroupAggregate]) -> Iterator[Compute]:
    """What is worked out for each member: whether it is taken, and the figure."""
    yes = Constant(type=YES_NO, value=True)
    for n, aggregate in enumerate(aggregates):
        yield Compute(f"{TAKEN}{n}", aggregate.where if aggregate.where is not None else yes, "group")
        if aggregate.operand is not None:
            yield Compute(f"{OPERAND}{n}", aggregate.operand, "group")


def _total(aggregate: GroupAggregate, n: int, members: Sequence[Mapping[str, Any]]) -> Value:
    taken = [m for m in members if m[f"{TAKEN}{n}"] is True]
    if aggregate.kind == "any":
        return len(taken) > 0
    if aggregate.operand is None:
        return float(len(taken))
    known = [m[f"{OPERAND}{n}"] for m in taken if m[f"{OPERAND}{n}"] is not None]
    match aggregate.kind:
        case "count":
            return float(len(known))
        case "different":
            return float(len(set(known)))
        case "smallest":
            return min(known, default=None)
        case "largest":
            return max(known, default=None)
        case "sum" | "average":
            return _sum(aggregate.kind == "average", len(taken), known)
    raise ValueError(f"{aggregate.kind} is not about a group")


def _sum(average: bool, taken: int, known: Sequence[float]) -> Value:
    parts = [s for s in (scaled(v) for v in known) if s is not None]
    if not parts:
        return None if average or taken else 0.0
    return quotient(sum(parts), len(parts) if average else 1)
