"""Makes `Rules` from a plan: numbers the limits and supplies, and works out which of them bind what."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.base import Ref, literal_text
from stratagem.dsl.model.means import Channel
from stratagem.dsl.model.means import Limit as DeclaredLimit
from stratagem.dsl.values import Duration, Money, Rate
from stratagem.engine.decide.holdout import EVERYONE, Holdout, holdout_of
from stratagem.engine.decide.rules import (
    BOUND_BY_DEFAULT,
    HELD_BY_DEFAULT,
    MILLION,
    ActionRule,
    Limit,
    Minimum,
    Option,
    Rules,
    Supply,
)
from stratagem.engine.plan.plan import ActionPlan, Plan

HOUR = 3_600 * MILLION


class _Same:
    """A plan as a key: the same object, whatever it holds."""

    __slots__ = ("plan",)

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.plan is self.plan


def rules_of(plan: Plan) -> Rules:
    """The rules of a plan; made once, however often it is asked for."""
    return _rules_of(_Same(plan))


@lru_cache(maxsize=64)
def _rules_of(key: _Same) -> Rules:
    return _Compiler(key.plan).rules()


def money_units(amount: Decimal) -> int:
    """Money in millionths, rounded half away from zero."""
    return int((amount * MILLION).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def time_units(period: Duration | None) -> int:
    """A duration of the days family in millionths of a second; 0 for none."""
    return 0 if period is None else int(period.seconds * MILLION)


def _count(rate: Rate) -> Decimal:
    """The number of a rate, whatever its unit."""
    return rate.amount.amount if isinstance(rate.amount, Money) else rate.amount.value


class _Compiler:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.strategy = plan.strategy
        self.channels = {c.name: c for c in self.strategy.channels}
        self.number = {a.action.name: a.index for a in plan.actions}
        limits = list(self._declared_limits())
        self.limits = tuple(limit for limit in limits if limit.group is None)
        self.group_limits = tuple(limit for limit in limits if limit.group is not None)
        self.supplies = tuple(self._supplies())
        self.at = {(s.kind, s.subject): i for i, s in enumerate(self.supplies) if s.kind != "cap"}

    def rules(self) -> Rules:
        decide = self.strategy.decide
        slots = tuple(s.name for s in decide.slots for _ in range(s.takes))
        return Rules(
            strategy=self.strategy,
            actions=tuple(self._action(a) for a in self.plan.actions),
            limits=self.limits,
            group_limits=self.group_limits,
            supplies=self.supplies,
            silences=self.plan.silences,
            silence_kinds=self._silence_kinds(),
            tier_of={t.name: t.tiers for t in self.strategy.all_tiers},
            minimums=tuple(Minimum(m.channel.name, int(m.count.value)) for m in decide.minimums),
            at_most=decide.at_most if decide.at_most is not None else len(slots) or None,
            slots=slots,
            holdout=holdout_of(self.strategy.header, EVERYONE, decide.hold_out.share) if decide.hold_out else None,
            times=self._times(),
            prices=bool(decide.allocate) and not decide.greedily,
            renamed={
                old: item.name for item in (*self.strategy.actions, *self.strategy.channels) for old in item.once_called
            },
        )

    def _silence_kinds(self) -> tuple[str, ...]:
        kinds = {step.name: step.expr.type.kind.value for step in self.plan.candidates}
        return tuple(kinds.get(s.column, "date") for s in self.plan.silences)

    def _declared_limits(self) -> Iterator[Limit]:
        for channel in self.strategy.channels:
            for limit in channel.limits if channel.outbound else ():
                yield self._limit(limit, channel.name)
        for policy in self.strategy.policies:
            for limit in policy.limits:
                yield self._limit(limit, None)

    def _limit(self, limit: DeclaredLimit, channel: str | None) -> Limit:
        rate: Rate = limit.rate
        where = channel or (f"per {limit.group.name}" if limit.group else "across all")
        text = f"{literal_text(rate)} {where}" + (f" for {', '.join(limit.kinds)}" if limit.kinds else "")
        kinds = frozenset(limit.kinds) or BOUND_BY_DEFAULT
        return Limit(text, int(_count(rate)), rate.per, kinds, channel, limit.group.name if limit.group else None)

    def _supplies(self) -> Iterator[Supply]:
        resources, currency = self.strategy.resources, self.strategy.header.currency or ""
        for budget in resources.budgets:
            rate: Rate = budget.amount
            assert isinstance(rate.amount, Money)
            amount = money_units(rate.amount.amount)
            yield Supply(budget.name, "budget", budget.name, amount, MILLION, currency, rate.per)
        for channel in self.strategy.channels:
            if channel.capacity is not None:
                rate, name = channel.capacity, channel.name
                yield Supply(f"capacity of {name}", "capacity", name, int(_count(rate)), 1, "contacts", rate.per)
        for people in resources.resources:
            if people.hours is not None:
                rate, name = people.hours, people.name
                amount = int(_count(rate) * HOUR)
                yield Supply(f"hours of {name}", "hours", name, amount, HOUR, "hours", rate.per)
        for offer in self.strategy.offers:
            if offer.stock is not None:
                rate, name = offer.stock, offer.name
                yield Supply(f"stock of {name}", "stock", name, int(_count(rate)), 1, "items", rate.per)
        yield from self._caps(currency)

    def _caps(self, currency: str) -> Iterator[Supply]:
        """A share of the whole period's budget, for the customers in any of these segments."""
        budgets = {b.name: b.amount for b in self.strategy.resources.budgets}
        for cap in self.strategy.decide.spend_caps:
            rate = budgets[cap.budget.name]
            amount = money_units(rate.amount.amount * cap.share.value)
            names = tuple(ref.name for ref in cap.segments)
            text = f"{literal_text(cap.share)} of {cap.budget.name} on {', '.join(names)}"
            yield Supply(text, "cap", cap.budget.name, amount, MILLION, currency, rate.per, names)

    def _action(self, plan: ActionPlan) -> ActionRule:
        action, decide = plan.action, self.strategy.decide
        kinds = frozenset(decide.hold_out.kinds if decide.hold_out else ()) or HELD_BY_DEFAULT
        paid = action.paid_from.name if action.paid_from else None
        return ActionRule(
            plan=plan,
            options=tuple(self._option(plan, k) for k in range(len(plan.channels))),
            budget=self.at.get(("budget", paid), -1) if paid else -1,
            caps=tuple(i for i, s in enumerate(self.supplies) if s.kind == "cap" and s.subject == paid),
            not_with=self._not_with(action),
            holdout=self._holdout(action),
            held_with_customer=decide.hold_out is not None and action.kind in kinds,
        )

    def _holdout(self, action: Action) -> Holdout | None:
        if action.hold_out is None:
            return None
        return holdout_of(self.strategy.header, action, action.hold_out)

    def _not_with(self, action: Action) -> frozenset[int]:
        """Both ways: it suffices that one of the two says so."""
        own = {self.number[ref.name] for ref in action.not_with if ref.name in self.number}
        theirs = {self.number[a.name] for a in self.strategy.actions if action.name in (r.name for r in a.not_with)}
        return frozenset(own | theirs) - {self.number[action.name]}

    def _option(self, plan: ActionPlan, k: int) -> Option:
        name, action = plan.channels[k], plan.action
        channel = self.channels[name]
        return Option(
            channel=name,
            outbound=channel.outbound,
            allowed=plan.allowed[k],
            cost=plan.cost[k],
            score=plan.score[k],
            limits=self._binding(self.limits, channel, action.kind),
            group_limits=self._binding(self.group_limits, channel, action.kind),
            needs=tuple(self._needs(action, channel)),
            silences=tuple(i for i, s in enumerate(self.plan.silences) if channel.outbound and action.kind in s.kinds),
            quiet=tuple(self._quiet(channel, action.kind)),
        )

    def _binding(self, limits: tuple[Limit, ...], channel: Channel, kind: str) -> tuple[int, ...]:
        if not channel.outbound:
            return ()
        return tuple(
            i for i, limit in enumerate(limits) if kind in limit.kinds and limit.channel in (None, channel.name)
        )

    def _quiet(self, channel: Channel, kind: str) -> Iterator[tuple[int, int]]:
        for policy in self.strategy.policies:
            for quiet in policy.quiet if channel.outbound else ():
                if kind in (frozenset(quiet.kinds) or BOUND_BY_DEFAULT):
                    start, end = quiet.start.value, quiet.end.value
                    yield start.hour * 3600 + start.minute * 60, end.hour * 3600 + end.minute * 60

    def _needs(self, action: Action, channel: Channel) -> Iterator[tuple[int, int]]:
        if ("capacity", channel.name) in self.at:
            yield self.at["capacity", channel.name], 1
        for ref in action.offers:
            if ("stock", ref.name) in self.at:
                yield self.at["stock", ref.name], 1
        yield from self._time(action, channel).items()

    def _time(self, action: Action | None, channel: Channel | None) -> dict[int, int]:
        """Time by supply: the action's goes to the people it uses, the channel's to its own.

        Where only one of the two uses people, these spend all of it.
        """
        of_action = self._people(action.uses if action else ())
        of_channel = self._people(channel.uses if channel else ())
        spent: dict[int, int] = {}
        for people in of_action or of_channel:
            spent[people] = time_units(action.takes) if action else 0
        for people in of_channel or of_action:
            spent[people] = spent.get(people, 0) + (time_units(channel.takes) if channel else 0)
        return {people: time for people, time in spent.items() if time}

    def _people(self, uses: tuple[Ref, ...]) -> list[int]:
        return [self.at["hours", ref.name] for ref in uses if ("hours", ref.name) in self.at]

    def _times(self) -> dict[tuple[str, str], dict[int, int]]:
        """Time that any action took through any channel; an action or channel that is gone goes by ""."""
        return {
            (action.name if action else "", channel.name if channel else ""): self._time(action, channel)
            for action in (*self.strategy.actions, None)
            for channel in (*self.strategy.channels, None)
        }
