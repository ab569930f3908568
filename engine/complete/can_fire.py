"""Can an action fire, for a customer who stands in a given place? The no is certain, a yes is a maybe.

What is looked at: dates, stance, `for`, `at`, `when`, `unless`, the offers' availability and stock, the channels that
are allowed, the technology that is paid for, holdouts, and whether the score can be above zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import NUMBER, YES_NO
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.base import Ref
from stratagem.dsl.model.means import Channel, Offer, Resource
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.possible.formulas import (
    ANYTHING,
    Formula,
    every,
    some,
)
from stratagem.dsl.possible.interval import Interval
from stratagem.dsl.possible.meaning import Meaning
from stratagem.dsl.possible.search import Search
from stratagem.dsl.possible.standing import Standing
from stratagem.dsl.possible.terms import Definitions, key, number, replaced
from stratagem.engine.plan.conditions import member_of, membership

EPOCH = date(1970, 1, 1)
UNSCORED = ("required",)
SERVING = ("service", "required")
"""Kinds that reach customers whom the strategy does not serve."""


@dataclass(frozen=True)
class Place:
    """Who and where the customer is: member of all these segments and tiers, at one of these stages, meeting these
    conditions. `within_days`: counted from today; `paid_technology`: only with technology that costs nothing more."""

    members: tuple[str, ...] = ()
    stages: tuple[str, ...] | None = None
    conditions: tuple[tree.Expr, ...] = ()
    within_days: int | None = None
    paid_technology: bool = False
    lasting: bool = False
    """Take for granted that what cannot be undone still shows in the data (see possible/standing.py)."""


ANYWHERE = Place()


@dataclass(frozen=True)
class Firing:
    """Can it; `blame` finds, when somebody asks, the gates (language.md's words) that shut it."""

    possible: bool
    blame: Callable[[], tuple[str, ...]] = tuple

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """The fewest gates that cannot hold together; none when it is possible."""
        return self.blame()

    def __bool__(self) -> bool:
        return self.possible

    @property
    def why(self) -> str:
        """`for and when never hold together`, for a sentence about the action."""
        if len(self.gates) == 1:
            return _ALONE.get(self.gates[0], f"its {self.gates[0]} never holds")
        return f"its {', '.join(self.gates[:-1])} and {self.gates[-1]} never hold together" if self.gates else ""


_ALONE = {
    "dates": "its dates leave no day",
    "stage": "no customer can be at its stages",
    "channel": "no channel can carry it",
    "offer": "what it offers is never available",
    "score": "its score is never above zero",
    "after": "the action it follows can never fire",
    "hold out": "everyone is held out of it",
    "rank": "no action may be recommended",
    "place": "no customer stands there",
    "technology": "it needs technology that is not paid for",
}


class CanFire:
    """Questions about the actions of one strategy on one day."""

    def __init__(self, strategy: Strategy, today: date) -> None:
        self.strategy = strategy
        self.today = today
        self.definitions = Definitions(strategy)
        self.meaning = Meaning(self.definitions)
        self.standing = Standing(strategy.journey, self.meaning, self.possible)
        self._asked: dict[object, Firing] = {}

    def possible(self, formula: Formula, within_days: int | None = None) -> bool:
        """Can the formula hold for a customer who is not excluded, from today on."""
        first = (self.today - EPOCH).days
        days = Interval(float(first), math.inf if within_days is None else float(first + within_days))
        return Search(self.definitions, days).possible(every(self.included, formula))

    @cached_property
    def included(self) -> Formula:
        """Not one of the excluded."""
        customer = self.strategy.customer
        if customer is None or customer.excluded is None:
            return ANYTHING
        return self.meaning.not_true(customer.excluded.expr)

    def holds(self, condition: tree.Expr) -> bool:
        """Can the condition be true for anyone."""
        return self.possible(self.meaning.true(condition))

    def number(self, expr: tree.Expr) -> float | None:
        """The number an expression over literals and assumptions is."""
        return self.definitions.constant(self.definitions.opened(expr))

    def occupied(self, place: Place) -> bool:
        """Can anyone stand there."""
        return self.possible(self._place(place), place.within_days)

    def action(self, action: Action, place: Place = ANYWHERE) -> Firing:
        """Can the action fire for someone at the place."""
        asked = (action.name, replace(place, conditions=()), tuple(key(c) for c in place.conditions))
        if asked not in self._asked:
            self._asked[asked] = self._ask(action, place)
        return self._asked[asked]

    # --- Gates ------------------------------------------------------------------------------------------------

    def _ask(self, action: Action, place: Place) -> Firing:
        shut = next(self._shut(action, place), None)
        if shut is not None:
            return Firing(False, lambda: (shut,))
        gates = {name: formula for name, formula in self._gates(action, place) if formula != ANYTHING}
        if self.possible(every(*gates.values()), place.within_days):
            return Firing(True)
        return Firing(False, lambda: self._blame(gates, place.within_days))

    def _blame(self, gates: dict[str, Formula], within_days: int | None) -> tuple[str, ...]:
        """The fewest gates that cannot hold together."""
        for size in (1, 2, 3):
            for names in combinations(gates, size):
                if not self.possible(every(*(gates[n] for n in names)), within_days):
                    return names
        return tuple(gates)

    def _shut(self, action: Action, place: Place) -> Iterator[str]:
        """Gates that are shut whatever the customer's facts."""
        if self._no_day(action, place.within_days):
            yield "dates"
        if action.hold_out is not None and action.hold_out.value >= 1:
            yield "hold out"
        if action.kind not in UNSCORED and self.strategy.decide.at_most == 0:
            yield "rank"
        if any(o.stock is not None and o.stock.amount.value == 0 for o in self._offers(action)):
            yield "offer"
        if action.after is not None and not self._follows(action, frozenset()):
            yield "after"
        if place.paid_technology and any(not self.paid(r) for r in self.technology(action.uses)):
            yield "technology"

    def _no_day(self, action: Action, within_days: int | None) -> bool:
        first = max(self.today, action.starts.value if action.starts else self.today)
        last = date.max if within_days is None else self.today + timedelta(days=within_days)
        return first > min(last, action.ends.value if action.ends else last)

    def _follows(self, action: Action, passed: frozenset[str]) -> bool:
        """Can the action that this one comes after fire at some time; a ring of such actions is left undecided."""
        before = self.strategy.action(action.after.action.name) if action.after else None
        if before is None or before.name in passed:
            return True
        if before.after is not None and not self._follows(before, passed | {action.name}):
            return False
        return bool(self._ask(replace(before, after=None, starts=None, ends=None), ANYWHERE))

    def _gates(self, action: Action, place: Place) -> Iterator[tuple[str, Formula]]:
        yield "for", self._for(action)
        yield "stage", self._at(action, place)
        yield "when", self.meaning.true(action.when.expr) if action.when else ANYTHING
        yield "unless", every(*(self.meaning.false(u.expr) for u in action.unless))
        available = (o.available for o in self._offers(action) if o.available is not None)
        yield "offer", every(*(self.meaning.true(a.expr) for a in available))
        yield "channel", some(*(self._channel(action, c) for c in self._channels(action, place)))
        if action.kind not in UNSCORED:
            yield "score", some(*(self._score(action, c) for c in self._channels(action, place)))
        yield "place", self._place(replace(place, stages=None) if action.stages else place)

    def _for(self, action: Action) -> Formula:
        wanted = some(*(self.meaning.true(membership(self.strategy, r.name)) for r in action.segments))
        named = {r.name for r in action.segments}
        unserved = [g for g in self.strategy.treated if g.stance == "do_not_serve" and g.name not in named]
        shut = [] if action.kind in SERVING else [self.meaning.not_true(member_of(g)) for g in unserved]
        return every(wanted if action.segments else ANYTHING, *shut)

    def _at(self, action: Action, place: Place) -> Formula:
        if not action.stages:
            return ANYTHING
        wanted = frozenset(r.name for r in action.stages)
        return self._stages(wanted & frozenset(place.stages) if place.stages is not None else wanted, place.lasting)

    def _stages(self, stages: frozenset[str], lasting: bool) -> Formula:
        if not lasting:
            return self.standing.at_any(stages)
        return some(*(every(self.standing.at(s), self.standing.lasting(s)) for s in sorted(stages)))

    def _place(self, place: Place) -> Formula:
        members = (self.meaning.true(membership(self.strategy, name)) for name in place.members)
        conditions = (self.meaning.true(c) for c in place.conditions)
        stages = ANYTHING if place.stages is None else self._stages(frozenset(place.stages), place.lasting)
        return every(*members, *conditions, stages)

    # --- Means ------------------------------------------------------------------------------------------------

    def _offers(self, action: Action) -> list[Offer]:
        found = (self.strategy.offer(r.name) for r in action.offers)
        return [o for o in found if o is not None]

    def _channels(self, action: Action, place: Place) -> list[Channel]:
        """Channels it may go through at all."""
        found = [self.strategy.channel(r.name) for r in action.channels]
        return [c for c in found if c is not None and not _closed(c) and self._ready(c, place)]

    def _ready(self, channel: Channel, place: Place) -> bool:
        return not place.paid_technology or all(self.paid(r) for r in self.technology(channel.uses))

    def technology(self, uses: tuple[Ref, ...]) -> list[Resource]:
        """The technology among the resources that are used."""
        names = {r.name for r in uses}
        return [r for r in self.strategy.resources.resources if r.name in names and r.kind == "technology"]

    def paid(self, resource: Resource) -> bool:
        """Nothing is left to pay once: there is no such cost, or its day of payment has come."""
        if resource.once is None or resource.once.amount == 0:
            return True
        return resource.paid is not None and bool(resource.paid.value <= self.today)

    def _channel(self, action: Action, channel: Channel) -> Formula:
        allowed = (a.condition.expr for a in channel.allowed if not a.kinds or action.kind in a.kinds)
        return every(*(self.meaning.true(a) for a in allowed), self._addressed(channel))

    def _addressed(self, channel: Channel) -> Formula:
        if channel.address is None:
            return ANYTHING
        owner, _, name = channel.address.name.rpartition(".")
        for source in self.strategy.sources:
            field = source.field(name)
            if field is not None and source.shape == "one" and owner in ("", source.name):
                return self.meaning.known(tree.FieldRef(type=field.type, source=source.name, field=name))
        return ANYTHING

    def _score(self, action: Action, channel: Channel) -> Formula:
        """The score through the channel is above zero, and the chance a chance."""
        rank = self.strategy.decide.rank
        if rank is None or action.chance is None or action.worth is None:
            return ANYTHING
        parts = {"chance": action.chance.expr, "worth": action.worth.expr}
        parts["weight"] = number(self._weight(action))
        parts["cost"] = cost_of(action, channel)
        score = replaced(rank.expr, lambda e: parts[e.part] if isinstance(e, tree.ScorePart) else None)
        chance = tree.Between(type=YES_NO, operand=action.chance.expr, low=number(0.0), high=number(1.0))
        above = tree.Compare(type=YES_NO, op=">", left=score, right=number(0.0))
        return every(self._channel(action, channel), self.meaning.true(chance), self.meaning.true(above))

    def _weight(self, action: Action) -> float:
        goals = (self.strategy.goal(r.name) for r in action.serves)
        weights = (float(g.weight.value) for g in goals if g is not None and g.weight is not None)
        return next(weights, 1.0)

    def exceeds(self, action: Action, place: Place = ANYWHERE) -> bool:
        """Can the action's worth be above its cost, through one of its channels, for someone at the place."""
        if action.worth is None:
            return False
        for channel in self._channels(action, place):
            cost = cost_of(action, channel)
            above = tree.Compare(type=YES_NO, op=">", left=action.worth.expr, right=cost)
            if self.possible(every(self._for(action), self._place(place), self.meaning.true(above))):
                return True
        return False


def cost_of(action: Action, channel: Channel) -> tree.Expr:
    """The action's own cost plus the channel's; 0 where neither says one."""
    parts = [f.expr for f in (action.costs, channel.costs) if f is not None]
    if not parts:
        return number(0.0)
    if len(parts) == 1:
        return parts[0]
    return tree.Arithmetic(type=NUMBER, op="+", left=parts[0], right=parts[1])


def _closed(channel: Channel) -> bool:
    """Nothing may ever go through it: a capacity or a limit of none."""
    rates = [channel.capacity, *(limit.rate for limit in channel.limits if not limit.kinds)]
    return any(r is not None and r.amount.value == 0 for r in rates)
