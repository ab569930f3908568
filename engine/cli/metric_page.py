"""Metrics and goals: what each comes to for the customers there are, beside what is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.base import literal_text
from stratagem.engine.present.blocks import Block, Column, Heading, Table
from stratagem.engine.present.figures import count, figure, money, percent

if TYPE_CHECKING:
    from stratagem.dsl.model.facts import Metric
    from stratagem.dsl.model.means import Goal
    from stratagem.engine.evaluate.columnar import MetricValue
    from stratagem.engine.pipeline import Run


def metric_section(run: Run, values: dict[str, MetricValue]) -> Iterator[Block]:
    """Every metric with its value, for how many customers it is known, and its target."""
    rows = tuple(_metric_row(m.metric, values[m.name]) for m in run.plan.metrics)
    if not rows:
        return
    yield Heading("Metrics")
    titles = ("now", "of customers", "unknown", "target")
    yield Table((Column("metric"), Column("over"), *(Column(t, right=True) for t in titles)), rows)


def _metric_row(metric: Metric, value: MetricValue) -> tuple[str, ...]:
    unknown = count(value.unknown) if value.unknown else ""
    now = value_text(value.value, metric.type)
    return (metric.name, _over(metric), now, count(value.known), unknown, _target(metric))


def _over(metric: Metric) -> str:
    return metric.owner.rpartition(".")[2] if metric.owner_kind in ("segment", "tier") else f"goal {metric.owner}"


def _target(metric: Metric) -> str:
    if metric.target is None:
        return ""
    words = "at most " if metric.target.at_most else ""
    by = f" by {literal_text(metric.target.by)}" if metric.target.by is not None else ""
    return f"{words}{literal_text(metric.target.value)}{by}"


def goal_section(run: Run, values: dict[str, MetricValue]) -> Iterator[Block]:
    """Every goal: where it began, where it is, where it is to be, and the next milepost."""
    goals = run.strategy.goals
    if not goals:
        return
    yield Heading("Goals")
    titles = ("from", "now", "next milepost", "to")
    rows = tuple(_goal_row(run, goal, values) for goal in goals)
    yield Table((Column("goal"), Column("measured by"), *(Column(t, right=True) for t in titles)), rows)


def _goal_row(run: Run, goal: Goal, values: dict[str, MetricValue]) -> tuple[str, ...]:
    name = goal.measured_by.name if goal.measured_by else ""
    metric = next((m.metric for m in run.plan.metrics if m.name == name), None)
    now = value_text(values[name].value, metric.type) if metric is not None else "unknown"
    return (goal.name, name, _shown(goal.baseline), now, _next_milepost(run, goal), _dated(goal.target, goal.by))


def _next_milepost(run: Run, goal: Goal) -> str:
    ahead = [m for m in goal.mileposts if m.by is not None and m.by.value >= run.moment.date]
    return _dated(ahead[0].value, ahead[0].by) if ahead else ""


def _dated(value: Any, by: Any) -> str:
    return " by ".join(_shown(part) for part in (value, by) if part is not None)


def _shown(value: Any) -> str:
    return "" if value is None else literal_text(value)


def value_text(value: Any, kind: Type) -> str:
    """A metric's value with its unit; shares to a hundredth of a percent, so that small ones can be told apart."""
    if value is None:
        return "unknown"
    if kind.kind is Kind.SHARE:
        return percent(value, 2)
    if kind.kind is Kind.MONEY:
        return money(value, kind.currency)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return figure(value, 3)


def metric_records(run: Run, values: dict[str, MetricValue]) -> list[dict[str, Any]]:
    """The metrics for programs, with their full values."""
    return [
        {
            "metric": m.name,
            "over": m.metric.owner,
            "over_kind": m.metric.owner_kind,
            "value": values[m.name].value,
            "known": values[m.name].known,
            "unknown": values[m.name].unknown,
            "target": _target(m.metric) or None,
        }
        for m in run.plan.metrics
    ]
