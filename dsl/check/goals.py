"""Goals, objectives and metrics: figures of one kind, on the way from where we are to where we want to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.check.lengths import size
from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.business import Objective
from stratagem.dsl.model.facts import Metric
from stratagem.dsl.model.means import Goal, Milepost
from stratagem.dsl.resolve.literals import evaluated
from stratagem.dsl.resolve.rules import is_plain, same
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.source import Span
from stratagem.dsl.values import Date


def goals(c: Context) -> None:
    """Every goal by itself."""
    for goal in c.strategy.goals:
        metric = _metric(c, goal)
        if metric is not None:
            _kinds(c, goal, metric)
        _standing(c, goal, goal.name)
        _mileposts(c, goal)
        weight = size(goal.weight)
        if weight is not None and weight <= 0:
            c.findings.add("S458", goal.place("weight"), name=goal.name)
    for objective in c.strategy.business.objectives:
        _standing(c, objective, objective.name)
    for metric in c.strategy.metrics:
        if metric.target is not None:
            _kind(c, metric.target.value, metric.target.place("value"), metric)
            _after_start(c, metric.target.by, metric.target.place("by"), metric.name)


def _metric(c: Context, goal: Goal) -> Metric | None:
    return c.metrics.get(goal.measured_by.name) if goal.measured_by else None


def _kinds(c: Context, goal: Goal, metric: Metric) -> None:
    """Every figure of a goal is of its metric's kind."""
    _kind(c, goal.baseline, goal.place("baseline"), metric)
    _kind(c, goal.target, goal.place("target"), metric)
    for milepost in goal.mileposts:
        _kind(c, milepost.value, milepost.place("value"), metric)


def _kind(c: Context, value: Any, span: Span, metric: Metric) -> None:
    found = evaluated(value) if value is not None else None
    if found is None or metric.type.kind is Kind.MISSING:
        return
    kind: Type = found[1]
    fits = same(kind, metric.type) is not None and (kind.kind is metric.type.kind or is_plain(metric.type))
    label = Label(metric.at, f"`{metric.name}` is {say(metric.type)}")
    if not fits:
        c.findings.add("S455", span, labels=[label], kind=say(kind), metric=metric.name, wanted=say(metric.type))
    elif metric.type.kind is Kind.SHARE and not 0 <= (size(value) or Decimal(0)) <= 1:
        c.findings.add("S456", span, labels=[label], metric=metric.name)


def _standing(c: Context, thing: Goal | Objective, name: str) -> None:
    """From a baseline to another figure, by a day that is still to come when the strategy starts."""
    if thing.baseline is not None and thing.baseline == thing.target:
        label = Label(thing.place("baseline"), "where it stands")
        c.findings.add("S450", thing.place("target"), labels=[label], name=name)
    _after_start(c, thing.by, thing.place("by"), name)


def _after_start(c: Context, by: Any, span: Span, name: str) -> None:
    effective = c.strategy.header.effective
    if isinstance(by, Date) and isinstance(effective, Date) and by.value < effective.value:
        label = Label(c.strategy.header.place("effective"), "the strategy starts on this day")
        c.findings.add("S454", span, labels=[label], name=name)


def _mileposts(c: Context, goal: Goal) -> None:
    start, end = size(goal.baseline), size(goal.target)
    before: Milepost | None = None
    for milepost in sorted(goal.mileposts, key=_day):
        figure = size(milepost.value)
        if start is None or end is None or figure is None or start == end or not _alike(goal, milepost):
            continue
        label = Label(goal.place("target"), "the goal's figures")
        if isinstance(goal.by, Date) and _day(milepost) > goal.by.value:
            by = Label(goal.place("by"), "the goal ends here")
            c.findings.add("S452", milepost.place("by"), labels=[by], name=goal.name)
        elif not min(start, end) <= figure <= max(start, end):
            beyond = (figure - end) * (end - start) > 0
            side = "beyond the target" if beyond else "on the wrong side of where it stands"
            c.findings.add("S451", milepost.place("value"), labels=[label], name=goal.name, side=side)
        elif before is not None and _backwards(before, milepost, start, end):
            earlier = Label(before.place("value"), "the figure to be reached before that")
            c.findings.add("S453", milepost.place("value"), labels=[earlier], name=goal.name)
        before = milepost


def _alike(goal: Goal, milepost: Milepost) -> bool:
    """Are the figures of one kind, so that they can be compared."""
    kinds = [evaluated(value) for value in (goal.baseline, goal.target, milepost.value)]
    types = [found[1] for found in kinds if found is not None]
    return len(types) == 3 and all(same(types[0], kind) is not None for kind in types[1:])


def _day(milepost: Milepost) -> date:
    return milepost.by.value if isinstance(milepost.by, Date) else date.max


def _backwards(before: Milepost, after: Milepost, start: Decimal, end: Decimal) -> bool:
    """Does the later milepost lie further from the target than the earlier one, or on the same day."""
    one, two = size(before.value), size(after.value)
    if one is None or two is None:
        return False
    return (two - one) * (end - start) < 0 or _day(before) == _day(after)


def cohorts(c: Context) -> None:
    """Goals are for customers who do not come and go by the very figure that is measured."""
    c.through(_cohort, reads="names")


def _cohort(c: Context, block: Block) -> None:
    """A tier that customers enter and leave by the very figure the goal measures."""
    goal = block.part
    metric = _metric(c, goal) if isinstance(goal, Goal) and goal.cohort_at is None else None
    if metric is None or not isinstance(goal, Goal):
        return
    reads = c.reads
    measured = reads.facts(metric.formula.expr)
    for ref in goal.segments:
        symbol = c.table.get(Of.TIER, ref.name)
        tiers = next((b for b in c.strategy.tiers if symbol is not None and b.name == symbol.owner), None)
        if tiers is None:
            continue
        both = sorted(measured & reads.closure_of_tiers(tiers))
        if both:
            label = Label(tiers.formula.at, f"`{tiers.name}` is made by this")
            names = ", ".join(f"`{name}`" for name in both)
            c.findings.add("S457", ref.at, labels=[label], name=goal.name, tier=ref.name, reads=names)
