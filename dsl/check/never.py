"""Conditions that cannot hold, cases that cannot win, and actions that cannot fire for anyone."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context, below
from stratagem.dsl.check.domain import Domain
from stratagem.dsl.check.possible import ANYHOW, STAGE, Possible, Way, key, together
from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.tree import Aggregate, Cases, Expr, GroupAggregate, IfElse, InTier, PopulationAggregate
from stratagem.dsl.expressions.types import YES_NO, Kind
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.record import names
from stratagem.dsl.resolve.symbols import Of


def segments(c: Context) -> None:
    """Segments lead to others than themselves."""
    for treated in c.strategy.treated:
        for ref in treated.leads_to:
            if ref.name == treated.name:
                c.findings.add("S438", ref.at, name=treated.name)


def conditions(c: Context) -> None:
    """Every condition outside tests."""
    possible = Possible(c.strategy)
    for formula in _conditions(c):
        if readable(formula) and not possible.ways(formula.expr):
            c.findings.add("S436", formula.at)
    for formula in _outside_tests(c):
        for expr in formula.expr.walk():
            for inner in _inner(expr):
                if not possible.ways(inner):
                    c.findings.add("S436", inner.span)
            if isinstance(expr, Cases):
                _cases(c, expr)


def _outside_tests(c: Context) -> Iterator[Formula]:
    for name in names(c.strategy):
        value = getattr(c.strategy, name)
        if name == "tests":
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                yield from (part for part in below(item) if isinstance(part, Formula))


def _conditions(c: Context) -> Iterator[Formula]:
    s = c.strategy
    yield from (segment.condition for segment in s.segments)
    yield from (block.condition for block in s.tiers if block.condition)
    yield from (move.condition for move in (s.journey.moves if s.journey else ()) if move.condition)
    yield from (hurdle.condition for hurdle in s.hurdles if hurdle.condition)
    yield from (action.when for action in s.actions if action.when)
    yield from (allowed.condition for channel in s.channels for allowed in channel.allowed)
    yield from (offer.available for offer in s.offers if offer.available)
    yield from (source.row_excluded for source in s.sources if source.row_excluded)
    if s.customer is not None and s.customer.excluded is not None:
        yield s.customer.excluded


def _inner(expr: Expr) -> Iterator[Expr]:
    """Conditions within a formula."""
    match expr:
        case Aggregate(where=where) | GroupAggregate(where=where) | PopulationAggregate(where=where):
            if where is not None:
                yield where
        case Cases(cases=cases):
            yield from (condition for _, condition in cases)
        case IfElse(condition=condition):
            yield condition


def _cases(c: Context, expr: Cases) -> None:
    """A case whose condition stood before."""
    seen: dict[object, Expr] = {}
    for _, condition in expr.cases:
        earlier = seen.setdefault(key(condition), condition)
        if earlier is not condition:
            c.findings.add("S426", condition.span, labels=[Label(earlier.span, "the same condition wins first")])


def readable(formula: Formula) -> bool:
    """Was the condition read, so that something can be said of it."""
    return bool(formula.text) and formula.expr.type.kind is not Kind.MISSING


def actions(c: Context) -> None:
    """Whom an action is for, where, when and unless what: can all of that hold at once."""
    possible = Possible(c.strategy)
    for action in c.strategy.actions:
        alone = action.when is not None and readable(action.when) and not possible.ways(action.when.expr)
        same = action.when is not None and any(u.text == action.when.text for u in action.unless)
        if alone or same:
            continue
        sides = _sides(c, action, possible)
        if not together(*sides):
            labels = [Label(formula.at, "and this") for formula in (action.when, *action.unless) if formula]
            labels += [Label(ref.at, "for these") for ref in action.segments[:1]]
            c.findings.add("S479", action.at, labels=labels, name=action.name)


def _sides(c: Context, action: Action, possible: Possible) -> list[list[Way]]:
    sides: list[list[Way]] = []
    if action.segments:
        sides.append([way for ref in action.segments for way in _members(c, ref.name, possible)])
    if action.stages and action.stages[0].name in c.table.names(Of.STAGE):
        sides.append([{STAGE: Domain(only=frozenset(ref.name for ref in action.stages))}])
    if action.when is not None and readable(action.when):
        sides.append(possible.ways(action.when.expr))
    sides += [possible.ways(unless.expr, False) for unless in action.unless if readable(unless)]
    return sides


def _members(c: Context, name: str, possible: Possible) -> list[Way]:
    """The ways to be in a segment or tier."""
    symbol = c.table.shared(name)
    if symbol is not None and symbol.kind is Of.TIER:
        return possible.ways(InTier(type=YES_NO, tiers=symbol.owner, names=(name,)))
    condition = next((s.condition for s in c.strategy.segments if s.name == name), None)
    return ANYHOW if condition is None or not readable(condition) else possible.ways(condition.expr)
