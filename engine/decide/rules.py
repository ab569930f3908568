"""What a strategy's deciding rules come to: its actions with their channels, its limits, and what a run may use up.

In: a plan. Out: `Rules`, read by the batch and by single decisions alike, so that both decide by the same rules
(`compile_rules.py` makes them). All amounts are whole numbers: money in millionths, time in millionths of a second,
contacts and items by count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stratagem.dsl.model.actions import KINDS, Action
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.values import Duration
from stratagem.engine.decide.holdout import Holdout
from stratagem.engine.plan.plan import ActionPlan, SilencePlan

MILLION = 1_000_000
PLENTY = 2**62
"""Left of a supply that nothing limits, in its own units. No single amount is as large."""
BOUND_BY_DEFAULT = frozenset(k for k in KINDS if k != "required")
"""Kinds that contact limits, quiet hours and silences bind when they name none."""
HELD_BY_DEFAULT = frozenset(k for k in KINDS if k not in ("service", "required"))
"""Kinds that the holdout under `decide` withholds when it names none."""

SupplyKind = Literal["budget", "capacity", "hours", "stock", "cap"]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` contacts in any window of `period`, of these kinds: through one channel, or through all."""

    text: str
    count: int
    period: Duration
    kinds: frozenset[str]
    channel: str | None = None
    group: str | None = None
    """The customers who share a value of this group are counted together."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What a run may use up: a budget, a channel's capacity, people's hours, an offer's stock, a spend cap.

    `amount` is for one calendar period; divided by `scale` it is in the unit people read.
    """

    name: str
    kind: SupplyKind
    subject: str
    """What it is of: the budget, the channel, the people, the offer."""
    amount: int
    scale: int
    unit: str
    per: Duration
    segments: tuple[str, ...] = ()
    """Of a spend cap: whom it counts, by segment or tier."""


@dataclass(frozen=True, slots=True)
class Option:
    """An action through one of its channels."""

    channel: str
    outbound: bool
    allowed: str | None
    cost: str
    score: str | None
    limits: tuple[int, ...]
    """Limits per customer that bind it, by number."""
    group_limits: tuple[int, ...]
    needs: tuple[tuple[int, int], ...]
    """What it uses of each supply but money: (number of the supply, amount)."""
    silences: tuple[int, ...]
    quiet: tuple[tuple[int, int], ...]
    """Quiet hours that bind it: from and to, in seconds of the day."""


@dataclass(frozen=True, slots=True)
class ActionRule:
    """An action, ready to be decided on."""

    plan: ActionPlan
    options: tuple[Option, ...]
    budget: int
    """The supply that pays for it, or -1."""
    caps: tuple[int, ...]
    """Spend caps on that budget."""
    not_with: frozenset[int]
    """Actions that may not stand in the same list, by number."""
    holdout: Holdout | None
    held_with_customer: bool
    """Does the holdout under `decide` withhold it."""

    @property
    def action(self) -> Action:
        return self.plan.action

    @property
    def required(self) -> bool:
        return self.plan.action.kind == "required"


@dataclass(frozen=True, slots=True)
class Minimum:
    """`at least 200 through phone`, in one run."""

    channel: str
    count: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it. `at_most` None: no ceiling on a customer's list."""

    strategy: Strategy
    actions: tuple[ActionRule, ...]
    limits: tuple[Limit, ...]
    group_limits: tuple[Limit, ...]
    supplies: tuple[Supply, ...]
    silences: tuple[SilencePlan, ...]
    silence_kinds: tuple[str, ...]
    """Of each silence's column: `date` or `timestamp`."""
    tier_of: dict[str, str]
    """By tier: the `segments` block it belongs to, which is its column."""
    minimums: tuple[Minimum, ...]
    at_most: int | None
    slots: tuple[str, ...]
    """Named places of a customer's list, in order, one name a place."""
    holdout: Holdout | None
    times: dict[tuple[str, str], dict[int, int]]
    """By action and channel ("" for one that is gone): time by supply, for what history says was done."""
    prices: bool
    """Is the whole population one problem (`allocate` and not `greedily`)."""
    renamed: dict[str, str]
    """Former names of actions and channels, with the present one."""

    @property
    def widest(self) -> int:
        """The largest number of channels of any action."""
        return max((len(a.options) for a in self.actions), default=0)
