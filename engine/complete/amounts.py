"""Figures for snippets: of the kind that a metric has, and on the way that a goal has declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.facts import Metric
from stratagem.dsl.model.means import Goal
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.values import Duration, Money, Number, Rate, Share, Value

DEFAULT_CURRENCY = "EUR"
"""What snippets say where the strategy names no currency; one has to stand there."""
EXAMPLES = {Kind.SHARE: ("0.32", "0.24"), Kind.MONEY: ("100", "120"), Kind.DURATION: ("30", "20")}
"""From what to what an example goes, by the kind of its metric; a bare number goes from 200 to 260."""
BARE = ("200", "260")


def currency_of(strategy: Strategy) -> str:
    """The currency that snippets are written in."""
    return strategy.header.currency or DEFAULT_CURRENCY


def way(strategy: Strategy, goal: Goal) -> tuple[str, str]:
    """From what to what a goal goes, as it is written: its own figures, and examples for those it lacks."""
    first, last = _ends(strategy, goal)
    return literal_text(first), literal_text(last)


def between(strategy: Strategy, goal: Goal, until: date) -> str:
    """A figure for a milepost by a day: half way from what is declared before it to what is declared after it."""
    dated = sorted(((m.by.value, m.value) for m in goal.mileposts if m.by is not None), key=lambda pair: pair[0])
    first, last = _ends(strategy, goal)
    first = next((value for day, value in reversed(dated) if day <= until), first)
    last = next((value for day, value in dated if day > until), last)
    return literal_text(_half_way(first, last))


def target(strategy: Strategy, metric: Metric) -> str:
    """A target that a metric of this kind can have."""
    return literal_text(_examples(metric.type, currency_of(strategy))[0])


def _ends(strategy: Strategy, goal: Goal) -> tuple[Value, Value]:
    kind = _kind(strategy, goal)
    examples = _examples(kind, currency_of(strategy))
    first: Any = goal.baseline if goal.baseline is not None else examples[0]
    if goal.target is not None and goal.target != goal.baseline:
        return first, goal.target
    if goal.baseline is None:
        return examples
    return first, _other(first, examples)


def _kind(strategy: Strategy, goal: Goal) -> Type:
    """The kind of the goal's metric; a share, as the snippets say it, for a goal that nothing measures."""
    metrics = [goal.metric] if goal.metric is not None else []
    if not metrics and goal.measured_by is not None:
        metrics = [m for m in strategy.metrics if m.name == goal.measured_by.name]
    return metrics[0].type if metrics else Type(Kind.SHARE)


def _examples(kind: Type, currency: str) -> tuple[Value, Value]:
    first, last = (Decimal(text) for text in EXAMPLES.get(kind.kind, BARE))
    return _value(first, kind, currency), _value(last, kind, currency)


def _value(amount: Decimal, kind: Type, currency: str) -> Value:
    """An amount of this kind."""
    if kind.is_rate:
        found = Money(amount, currency) if kind.kind is Kind.MONEY else Number(amount)
        return Rate(found, Duration(Decimal(1), "month" if kind.per == "months" else "week"))
    if kind.kind is Kind.MONEY:
        return Money(amount, currency)
    if kind.kind is Kind.DURATION:
        return Duration(amount, "month" if kind.family == "months" else "day")
    return Share(amount) if kind.kind is Kind.SHARE else Number(amount)


def _other(value: Value, examples: tuple[Value, Value]) -> Value:
    """Another figure than this one: three quarters of it, or an example beside nothing."""
    amount = _amount(value)
    return examples[0] if not amount else _with(value, amount * 3 / 4)


def _half_way(first: Value, last: Value) -> Value:
    """The middle of two figures in one unit; the later one where their units differ."""
    one, other = _amount(first), _amount(last)
    if one is None or other is None or _with(first, other) != last:
        return last
    middle = (one + other) / 2
    whole = isinstance(first, Number) and one == int(one) and other == int(other)
    return _with(first, Decimal(int(middle)) if whole else middle)


def _amount(value: Value) -> Decimal | None:
    match value:
        case Number(amount) | Share(amount) | Money(amount=amount) | Duration(count=amount):
            return amount
        case Rate(amount=inner):
            return _amount(inner)
    return None


def _with(value: Value, amount: Decimal) -> Value:
    """The same unit with another amount."""
    match value:
        case Number():
            return Number(amount)
        case Share():
            return Share(amount)
        case Money():
            return replace(value, amount=amount)
        case Duration():
            return replace(value, count=amount)
        case Rate(amount=Money() as inner):
            return replace(value, amount=replace(inner, amount=amount))
        case Rate():
            return replace(value, amount=Number(amount))
    return value
