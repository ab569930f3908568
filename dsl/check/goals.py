"""Goals, objectives and metrics: figures of one kind, on the way from where we are to where we want to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.check.lengths import size
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.expressions.tree import Constant, PopulationAggregate
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.business import Objective
from stratagem.dsl.model.facts import Metric
from stratagem.dsl.model.means import Goal, Milepost
from stratagem.dsl.resolve.literals import evaluated
from stratagem.dsl.resolve.mends import reworded, rewritten
from stratagem.dsl.resolve.rules import is_plain, same
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.source import Span
from stratagem.dsl.values import Date

MEASURES = 2
"""Metrics of which each is offered to a goal without one."""


def goals(c: Context) -> None:
    """Every goal by itself."""
    for goal in c.strategy.goals:
        metric = _metric(c, goal)
        fit = metric is None or _kinds(c, goal, metric)
        _standing(c, goal, goal.name)
        if goal.measured_by is None and goal.target is not None:
            label = Label(goal.place("target"), "the figure to be reached")
            c.findings.add("S459", goal.at, labels=[label], fixes=_measures(c, goal), name=goal.name)
        if fit:
            _mileposts(c, goal)
        weight = size(goal.weight)
        if weight is not None and weight <= 0:
            c.findings.add("S458", goal.place("weight"), name=goal.name)
    for objective in c.strategy.business.objectives:
        _standing(c, objective, objective.name)
        _one_kind(c, objective)
    for metric in c.strategy.metrics:
        if metric.target is not None:
            _fitting(c, [(metric.target.value, metric.target.place("value"))], metric)
            _after_start(c, metric.target.by, metric.target.place("by"), metric.name)


def _measures(c: Context, goal: Goal) -> list[Fix]:
    """Metrics that no goal is measured by yet, and that its figure fits; else one that is still to be written."""
    taken = {other.measured_by.name for other in c.strategy.goals if other.measured_by is not None}
    found = evaluated(goal.target) if goal.target is not None else None
    free = [metric for metric in c.strategy.metrics if metric.name not in taken]
    fitting = [metric for metric in free if found is not None and not _unfit(found[1], goal.target, metric)]
    ways = [(metric.name, "that it is the figure meant") for metric in fitting[:MEASURES]]
    ways.append((f"{goal.name}_now = missing", "a figure that is to be replaced by your own"))
    at = goal.at.below()
    return [
        Fix(f"Write below it: measured by {way} (this assumes {assumed})", (Edit(at, f"  measured by {way}\n"),))
        for way, assumed in ways
    ]


def _metric(c: Context, goal: Goal) -> Metric | None:
    return c.metrics.get(goal.measured_by.name) if goal.measured_by else None


def _kinds(c: Context, goal: Goal, metric: Metric) -> bool:
    """Whether every figure of a goal is of its metric's kind."""
    ends = [(goal.baseline, goal.place("baseline")), (goal.target, goal.place("target"))]
    fit = _fitting(c, ends, metric)
    for milepost in goal.mileposts:
        fit = _fitting(c, [(milepost.value, milepost.place("value"))], metric) and fit
    return fit


def _fitting(c: Context, figures: list[tuple[Any, Span]], metric: Metric) -> bool:
    """Whether figures are of the metric's kind. Those that are not, for one reason, are one finding."""
    wrong: dict[str, list[tuple[Constant, Span]]] = {}
    for value, span in figures:
        found = evaluated(value) if value is not None else None
        code = "" if found is None else _unfit(found[1], value, metric)
        if found is not None and code:
            wrong.setdefault(code, []).append((Constant(type=found[1], span=span, value=found[0]), span))
    for code, places in wrong.items():
        (first, span), *further = places
        labels = [Label(metric.at, f"`{metric.name}` is {say(metric.type)}")]
        labels += [Label(place, "this one too") for _, place in further]
        c.findings.add(
            code, span, labels=labels, fixes=[_as_share(metric) if _counts(metric) else _as_metric(places, metric)],
            metric=metric.name, kind=say(first.type), wanted=say(metric.type), against="the metric gives",
        )  # fmt: skip
    return not wrong


def _unfit(kind: Type, value: Any, metric: Metric) -> str:
    if metric.type.kind is Kind.MISSING:
        return ""
    if same(kind, metric.type) is None or not (kind.kind is metric.type.kind or is_plain(metric.type)):
        return "S455"
    if kind.kind is Kind.SHARE and _counts(metric):
        return "S455"
    beyond = metric.type.kind is Kind.SHARE and not 0 <= (size(value) or Decimal(0)) <= 1
    return "S456" if beyond else ""


def _counts(metric: Metric) -> bool:
    """Does it give a number of customers."""
    expr = metric.formula.expr
    return isinstance(expr, PopulationAggregate) and expr.kind == "count"


def _as_share(metric: Metric) -> Fix:
    """Its own formula, as the share of customers that figures in per cent are about."""
    at = metric.formula.expr.span.start(len("count of"))
    return Fix("Write share of where it is worked out (this assumes that per cent are meant)", (Edit(at, "share of"),))


def _as_metric(places: list[tuple[Constant, Span]], metric: Metric) -> Fix | None:
    """The figures as the metric gives them; a share above all as all."""
    edits = []
    for made, span in places:
        share = made.type.kind is Kind.SHARE
        new = reworded(made, metric.type) if not share else "100%"
        edits.append(Edit(span, new))
    if not all(edit.text for edit in edits):
        return None
    title = f"Write {' and '.join(edit.text for edit in edits)} (this assumes that only the unit was wrong)"
    return Fix(title, tuple(edits))


def _standing(c: Context, thing: Goal | Objective, name: str) -> None:
    """From a baseline to another figure, by a day that is still to come when the strategy starts."""
    if thing.baseline is not None and thing.baseline == thing.target:
        label = Label(thing.place("baseline"), "where it stands")
        c.findings.add("S450", thing.place("target"), labels=[label], name=name)
    _after_start(c, thing.by, thing.place("by"), name)


def _one_kind(c: Context, objective: Objective) -> None:
    """Whether an objective goes from one figure to another of its kind."""
    start, end = (None if value is None else evaluated(value) for value in (objective.baseline, objective.target))
    if start is None or end is None or start[1].kind is end[1].kind:
        return
    place, label = objective.place("baseline"), Label(objective.place("target"), f"this is {say(end[1])}")
    fix = rewritten(Constant(type=start[1], span=place, value=start[0]), end[1])
    c.findings.add(
        "S455", place, labels=[label], fixes=[fix],
        metric=objective.name, kind=say(start[1]), wanted=say(end[1]), against="the other one is",
    )  # fmt: skip


def _after_start(c: Context, by: Any, span: Span, name: str) -> None:
    effective = c.strategy.header.effective
    if isinstance(by, Date) and isinstance(effective, Date) and by.value < effective.value:
        label = Label(c.strategy.header.place("effective"), "the strategy starts on this day")
        c.findings.add("S454", span, labels=[label], name=name)


def _figures_exchanged(one: Milepost, other: Milepost) -> Fix:
    """The figures of two mileposts exchanged."""
    pairs = ((one, other), (other, one))
    edits = tuple(Edit(a.place("value"), literal_text(b.value)) for a, b in pairs)
    return Fix("Exchange the two figures (this assumes that the dates are right)", edits)


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
            c.findings.add("S452", milepost.place("by"), labels=[by], fixes=_in_time(c, goal, milepost), name=goal.name)
        elif not min(start, end) <= figure <= max(start, end):
            beyond = (figure - end) * (end - start) > 0
            side = "beyond the target" if beyond else "on the wrong side of where it stands"
            c.findings.add("S451", milepost.place("value"), labels=[label], name=goal.name, side=side)
        elif before is not None and _backwards(before, milepost, start, end):
            earlier = Label(before.place("value"), "the figure to be reached before that")
            same = _day(before) == _day(milepost)
            fixes = [] if same else [_figures_exchanged(before, milepost)]
            how = "are two on one day" if same else "go back"
            why = (
                "On one day there is one figure to be reached."
                if same
                else "A later milepost is nearer to the target than an earlier one."
            )
            c.findings.add(
                "S453", milepost.place("value"), labels=[earlier], fixes=fixes, name=goal.name, how=how, why=why
            )
        before = milepost


def _in_time(c: Context, goal: Goal, milepost: Milepost) -> list[Fix]:
    """The milepost in an earlier year, the latest one before the end; or the two dates exchanged."""
    start = c.strategy.header.effective
    end, day = goal.by, milepost.by
    fixes = []
    if isinstance(end, Date) and isinstance(day, Date):
        earlier = (_in_year(day.value, year) for year in (end.value.year, end.value.year - 1))
        first = start.value if isinstance(start, Date) else date.min
        new = next((d for d in earlier if d is not None and first <= d < end.value), None)
        if new is not None:
            title = f"Write {new.isoformat()} (this assumes that only its year is wrong)"
            fixes.append(Fix(title, (Edit(milepost.place("by"), new.isoformat()),)))
    return [*fixes, *_exchanged(goal, milepost)]


def _in_year(day: date, year: int) -> date | None:
    """The same day of another year; none for 29 February of most."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _exchanged(goal: Goal, milepost: Milepost) -> list[Fix]:
    """The two dates in each other's place."""
    if not isinstance(goal.by, Date) or not isinstance(milepost.by, Date):
        return []
    edits = (Edit(goal.place("by"), literal_text(milepost.by)), Edit(milepost.place("by"), literal_text(goal.by)))
    return [Fix("Exchange the two dates", edits)]


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
