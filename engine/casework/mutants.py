"""Strategies with one small mistake each: would a test of the strategy notice?

In: a strategy. Out: `Mutant`s, in the order of the text: a threshold raised or lowered, a condition or one of its
parts dropped, two actions that stand next to each other swapped, the two preferred channels of an action swapped,
one contact more or less allowed. Only what decides about one customer is changed; metrics, goals and resources are
for populations, and tests do not speak of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.speak import speak, value_text
from stratagem.dsl.expressions.types import YES_NO, Kind
from stratagem.dsl.model.actions import Action, Decide, Rest
from stratagem.dsl.model.base import Formula, Part, literal_text
from stratagem.dsl.model.data import Customer, Source
from stratagem.dsl.model.facts import Metric, Tier
from stratagem.dsl.model.journey import Hurdle, Move
from stratagem.dsl.model.means import Channel, Limit, Offer
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.record import names, replace
from stratagem.dsl.source import Span
from stratagem.dsl.values import Duration, Number, Rate

CHANGED = (
    "customer", "sources", "measures", "values", "tiers", "segments", "offers", "journey", "channels", "policies",
    "decide", "actions",
)  # fmt: skip
"""The parts of a strategy that decide about one customer."""
STEP = Decimal("0.1")
"""A threshold moves by a tenth, whole numbers by one at least."""
_UNIT = {Kind.DURATION: {"days": 86_400.0, "months": 1.0}}
YES, NO = (tree.Constant(type=YES_NO, value=value) for value in (True, False))
Put = Callable[[Any], Strategy]


@dataclass(frozen=True)
class Mutant:
    """A strategy with one change. `what`: the change in words; `at`: its place in the text."""

    at: Span
    what: str
    strategy: Strategy
    drops: bool = False
    """Was something left out: then a reason that a test names may no longer be read."""


def mutants(strategy: Strategy) -> Iterator[Mutant]:
    """Every mutant, in the order of the text."""
    found = [m for name in CHANGED for m in _of_field(strategy, name)]
    order = {name: n for n, name in enumerate(dict.fromkeys(m.at.file for m in found))}
    yield from sorted(found, key=lambda m: (order[m.at.file], m.at.line, m.at.column))


def _of_field(strategy: Strategy, name: str) -> Iterator[Mutant]:
    def put(value: Any) -> Strategy:
        return replace(strategy, **{name: value})

    value = getattr(strategy, name)
    yield from _below(value, put)
    if name == "actions":
        yield from _swapped(value, put)


def _below(value: Any, put: Put) -> Iterator[Mutant]:
    """The mutants of a part and all below it; `put` makes the strategy in which another stands in its place."""
    if isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _below(item, partial(_put_item, put, value, n))
    elif isinstance(value, Formula):
        yield from _formula(value, put)
    elif isinstance(value, Part) and not isinstance(value, Metric | Hurdle):
        yield from _own(value, put)
        for name in names(value):
            yield from _below(getattr(value, name), partial(_put_field, put, value, name))


def _put_item(put: Put, whole: tuple[Any, ...], n: int, new: Any) -> Strategy:
    return put((*whole[:n], new, *whole[n + 1 :]))


def _put_field(put: Put, part: Part, name: str, new: Any) -> Strategy:
    return put(replace(part, **{name: new}))


def _own(part: Part, put: Put) -> Iterator[Mutant]:
    """What is changed of a part itself, but for its formulas."""
    match part:
        case Tier() if part.threshold is not None and isinstance(part.threshold.expr, tree.Constant):
            for raised in _moved(part.threshold.expr):
                made = put(replace(part, threshold=replace(part.threshold, tree=raised)))
                yield Mutant(part.threshold.at, f"{part.name} {part.bound} {_figure(raised)}", made)
        case Limit():
            for rate in _other_rates(part.rate):
                yield Mutant(part.at, f"limit {literal_text(rate)}", put(replace(part, rate=rate)))
        case Decide() if part.at_most is not None:
            for most in (n for n in (part.at_most - 1, part.at_most + 1) if n > 0):
                what = f"at most {most} {'action' if most == 1 else 'actions'} per customer"
                yield Mutant(part.place("at_most"), what, put(replace(part, at_most=most)))
        case Rest() if isinstance(part.period, Duration):
            for count in _other_counts(part.period.count):
                period = Duration(count, part.period.unit)
                yield Mutant(part.at, f"rests {literal_text(period)}", put(replace(part, period=period)))
        case Customer() if part.excluded is not None:
            yield Mutant(part.excluded.at, "nobody excluded", put(replace(part, excluded=None)), True)
        case Source() if part.row_excluded is not None:
            yield Mutant(part.row_excluded.at, "no row excluded", put(replace(part, row_excluded=None)), True)
        case Move() if part.condition is not None:
            yield Mutant(part.condition.at, "without its `when`", put(replace(part, condition=None)), True)
        case Offer() if part.available is not None:
            yield Mutant(part.available.at, "always available", put(replace(part, available=None)), True)
        case Channel():
            for n, allowed in enumerate(part.allowed):
                kept = (*part.allowed[:n], *part.allowed[n + 1 :])
                yield Mutant(allowed.condition.at, "without this `allowed`", put(replace(part, allowed=kept)), True)
        case Action():
            yield from _conditions(part, put)
            if len(part.channels) > 1:
                first, second, *rest = part.channels
                made = put(replace(part, channels=(second, first, *rest)))
                yield Mutant(first.at, f"through {second.name} before {first.name}", made)


def _conditions(action: Action, put: Put) -> Iterator[Mutant]:
    """An action without its `when`, without one of its `unless`, for everyone, at all stages."""
    if action.when is not None:
        yield Mutant(action.when.at, "without its `when`", put(replace(action, when=None)), True)
    for n, unless in enumerate(action.unless):
        kept = (*action.unless[:n], *action.unless[n + 1 :])
        yield Mutant(unless.at, "without this `unless`", put(replace(action, unless=kept)), True)
    for name, words in (("segments", "for everyone"), ("stages", "at all stages")):
        if getattr(action, name):
            yield Mutant(action.place(name), words, put(replace(action, **{name: ()})), True)


def _swapped(actions: tuple[Action, ...], put: Put) -> Iterator[Mutant]:
    """Two neighbours swapped: each does what the other did."""
    for n, (one, other) in enumerate(pairwise(actions)):
        pair = (_called(other, one), _called(one, other))
        made = put((*actions[:n], *pair, *actions[n + 2 :]))
        yield Mutant(one.at, f"{one.name} and {other.name} swapped", made)


def _called(action: Action, other: Action) -> Action:
    """The action under the name of another."""
    return replace(action, name=other.name, label=other.label)


def _formula(formula: Formula, put: Put) -> Iterator[Mutant]:
    for expr, what, at, drops in _changed(formula.expr):
        yield Mutant(at, what, put(replace(formula, tree=expr)), drops)


def _changed(expr: tree.Expr) -> Iterator[tuple[tree.Expr, str, Span, bool]]:
    """The formula with one change in it: the changed formula, the change in words, its place, is something left out."""
    yield from _here(expr)
    for name in names(expr):
        value = getattr(expr, name)
        if isinstance(value, tree.Expr):
            for new, what, at, drops in _changed(value):
                yield replace(expr, **{name: new}), what, at, drops
        elif isinstance(value, tuple):
            for changed, what, at, drops in _in_tuple(value):
                yield replace(expr, **{name: changed}), what, at, drops


def _in_tuple(value: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str, Span, bool]]:
    for n, item in enumerate(value):
        found = _changed(item) if isinstance(item, tree.Expr) else _in_tuple(item) if isinstance(item, tuple) else ()
        for new, what, at, drops in found:
            yield (*value[:n], new, *value[n + 1 :]), what, at, drops


def _here(expr: tree.Expr) -> Iterator[tuple[tree.Expr, str, Span, bool]]:
    match expr:
        case tree.Compare():
            for name in ("left", "right"):
                side = getattr(expr, name)
                if isinstance(side, tree.Constant) and not isinstance(getattr(expr, _OTHER[name]), tree.Constant):
                    for moved in _moved(side):
                        new = replace(expr, **{name: moved})
                        yield new, speak(new), expr.span, False
        case tree.Between():
            for name in ("low", "high"):
                side = getattr(expr, name)
                for moved in _moved(side) if isinstance(side, tree.Constant) else ():
                    within = replace(expr, **{name: moved})
                    yield within, speak(within), expr.span, False
        case tree.And() | tree.Or():
            for n, part in enumerate(expr.parts):
                kept = (*expr.parts[:n], *expr.parts[n + 1 :])
                rest = replace(expr, parts=kept) if len(kept) > 1 else kept[0]
                yield rest, f"without {speak(part)}", part.span, True


_OTHER = {"left": "right", "right": "left"}


def _moved(constant: tree.Constant) -> Iterator[tree.Constant]:
    """A figure or date, a tenth higher and a tenth lower; a day for a date. Texts, yes/no and missing have none."""
    value, kind = constant.value, constant.type
    if isinstance(value, bool) or not isinstance(value, float | int):
        return
    if kind.kind is Kind.DATE:
        steps = [1]
    elif kind.kind is Kind.TIMESTAMP:
        steps = [86_400_000_000]
    else:
        unit = _UNIT.get(kind.kind, {}).get(str(kind.family), 1.0)
        count = Decimal(repr(float(value))) / Decimal(repr(unit))
        yield from (replace(constant, value=float(c) * unit) for c in _other_counts(count, kind.kind is Kind.SHARE))
        return
    yield from (replace(constant, value=value + step) for each in steps for step in (each, -each))


def _other_counts(count: Decimal, share: bool = False) -> Iterator[Decimal]:
    """A tenth more and less; of a whole number a whole one, one at least, and never below zero unless it was."""
    step = abs(count) * STEP
    if not share and count == count.to_integral_value():
        step = max(Decimal(1), step.to_integral_value())
    step = step or (STEP if share else Decimal(1))
    yield count + step
    if count - step >= 0 or count < 0:
        yield count - step


def _other_rates(rate: Any) -> Iterator[Rate]:
    if isinstance(rate, Rate) and isinstance(rate.amount, Number):
        for count in _other_counts(rate.amount.value):
            yield Rate(Number(count), rate.per)


def _figure(constant: tree.Constant) -> str:
    return value_text(constant.value, constant.type)
