"""What the tests of a strategy have tried: each condition seen true and seen false, each tier, stage, move, action.

In: a strategy and the outcomes of its tests. Out: `Coverage`. Conditions are those that decide about one customer:
of measures, values, tiers, segments, moves, channels and actions, clause by clause. A fact that a test fixes under
`given` is not worked out there, so the test says nothing of its conditions. What stands inside an aggregate's `where`
is about rows, and metrics are about populations: neither is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.source import Span
from stratagem.engine.casework.expect import Outcome
from stratagem.engine.evaluate.row.observe import clauses
from stratagem.engine.evaluate.walk import path_column, step_exprs
from stratagem.engine.plan.build import Assumed, build_plan


@dataclass
class Condition:
    """One clause, and in how many tests it was true, false and unknown."""

    clause: Expr
    true: int = 0
    false: int = 0
    unknown: int = 0

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.clause.span

    @property
    def sides(self) -> int:
        """How many of its two sides were seen."""
        return (self.true > 0) + (self.false > 0)


@dataclass
class Reached:
    """Declared things of one kind (tiers, stages, moves, actions), and those that some test came to."""

    kind: str
    declared: dict[str, Span]
    """Name → where it is declared."""
    seen: set[str] = field(default_factory=set)

    @property
    def missing(self) -> list[str]:
        """Those that no test came to, as declared."""
        return [name for name in self.declared if name not in self.seen]


@dataclass
class Coverage:
    """`conditions` in the order of the text."""

    conditions: list[Condition]
    reached: tuple[Reached, ...]

    @property
    def share(self) -> float:
        """Sides of conditions that were seen, of all there are, from 0 to 1; 1 where there is no condition."""
        sides = 2 * len(self.conditions)
        return sum(c.sides for c in self.conditions) / sides if sides else 1.0


def coverage(strategy: Strategy, outcomes: Iterable[Outcome]) -> Coverage:
    """What the tests with these outcomes have tried."""
    found = {clause.span: Condition(clause) for clause in _all_clauses(strategy)}
    reached = tuple(_declared(strategy))
    for outcome in outcomes:
        _count(outcome, found)
        for one in reached:
            one.seen |= _seen(one.kind, outcome)
    order = {name: n for n, name in enumerate(dict.fromkeys(span.file for span in found))}
    conditions = sorted(found.values(), key=lambda c: (order[c.span.file], c.span.line, c.span.column))
    return Coverage(conditions, reached)


def _all_clauses(strategy: Strategy) -> Iterator[Expr]:
    """Every clause that stands in a file; gates that the plan makes itself (`for`, `at`, dates) stand in none."""
    reachable = frozenset(channel.name for channel in strategy.channels)
    plan = build_plan(strategy, assumed=Assumed(reachable, everything=True))
    for step in (*plan.facts, *plan.candidates):
        for expr in step_exprs(step):
            yield from (c for c in clauses(expr, expr.type.kind is Kind.YES_NO) if c.span.file)


def _count(outcome: Outcome, found: dict[Span, Condition]) -> None:
    """Adds one test; a clause that stands behind several columns counts once, and not where its fact was given."""
    seen: dict[Span, bool | None] = {}
    for column, observations in outcome.observed.observations.items():
        if column not in outcome.world.fixed:
            seen.update({o.span: o.truth for o in observations if o.span in found})
    for span, truth in seen.items():
        condition = found[span]
        condition.true += truth is True
        condition.false += truth is False
        condition.unknown += truth is None


def _declared(strategy: Strategy) -> Iterator[Reached]:
    yield Reached("tier", {tier.name: tier.at for tier in strategy.all_tiers})
    if strategy.journey:
        yield Reached("stage", {stage.name: stage.at for stage in strategy.journey.stages})
        yield Reached("move", {_move(m.source.name, m.target.name): m.at for m in strategy.journey.moves})
    yield Reached("action", {action.name: action.at for action in strategy.actions})


def _seen(kind: str, outcome: Outcome) -> set[str]:
    values = outcome.observed.values
    path = values.get(path_column()) or []
    match kind:
        case "tier":
            return {values[block.name] for block in outcome.plan.strategy.tiers if values.get(block.name)}
        case "stage":
            return set(path)
        case "move":
            return {_move(source, target) for source, target in pairwise(path)}
    return {action.action for action in outcome.listed}


def _move(source: str, target: str) -> str:
    return f"{source} to {target}"
