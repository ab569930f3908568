"""The frozen plan: named steps in an order in which each reads only what stands before it.

Column names. A field of a one-per-customer source is `source.field`. A fact, segment or `segments` block has the
column of its own name (they share one space of names); beside a `segments` block NAME stands `NAME@open`, true where
the customer is tiered by `when` but the formula is missing; beside `stage` stands `stage@path`. What belongs to an
action is `ACTION@part`: `@segment`, `@stage`, `@dates`, `@when` (conditions that must be known true to pass),
`@unless:N` (the blocking conditions themselves), `@chance`, `@worth`, `@weight`, `@cost:CHANNEL`, `@score:CHANNEL`.
A channel's is `CHANNEL@allowed:KIND` (by kind of action), a silence's `policy@silence:N` (its date), a hurdle's
`HURDLE@hurdle`.
The customer's id is `@id`; `@excluded` is true where `excluded when` is known true.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.facts import Metric
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.values import Duration


@dataclass(frozen=True, slots=True)
class Compute:
    """One column by one expression. `why` says what part of the strategy it is (measure, value, segment, …)."""

    name: str
    expr: Expr
    why: str


@dataclass(frozen=True, slots=True)
class Bound:
    """One tier's line: `from`/`below` with a threshold expression, `top`/`next` with a share, `otherwise`."""

    tier: str
    kind: Literal["from", "below", "top", "next", "otherwise"]
    threshold: Expr | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tiering:
    """Which tier a customer is in: columns `name` (the tier or missing) and `name@open`.

    `when` None tiers everyone. The bounds are tried in order, the first that holds wins; none: missing (and not open).
    `top`/`next` compare the formula with the fitted cut-point: at or above it is in.
    """

    name: str
    formula: Expr
    when: Expr | None
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class StageMove:
    source: str
    target: str
    condition: Expr | None
    forward: bool


@dataclass(frozen=True, slots=True)
class Staging:
    """The walk over the journey (language.md, step 3): columns `stage` and `stage@path` (list of stage names).

    `start` reads the field of `starts in`; `@stage_before` is the column in which history last put the customer
    (missing when it never did). Unknown names count as absent.
    """

    stages: tuple[str, ...]
    start: Expr | None
    moves: tuple[StageMove, ...]


Step = Compute | Tiering | Staging


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """An action with the columns that decide on it; a gate that needs no look is None.

    `channels`, `allowed`, `cost` and `score` run in step, by channel in order of preference.
    """

    index: int
    action: Action
    segment: str | None
    stage: str | None
    dates: str | None
    when: str | None
    unless: tuple[str, ...]
    chance: str | None
    worth: str | None
    weight: str | None
    channels: tuple[str, ...]
    allowed: tuple[str | None, ...]
    """Condition that must be known true for the channel (consent, address known); None where nothing forbids it."""
    cost: tuple[str, ...]
    """The action's own cost plus the channel's."""
    score: tuple[str | None, ...]
    """The score through the channel; None for an action of kind `required`."""


@dataclass(frozen=True)
class SilencePlan:
    """A silence of the contact policy: `column` holds the date it starts at (missing: no silence)."""

    column: str
    period: Duration
    kinds: tuple[str, ...]
    """Kinds it binds; never empty (the default, every kind but required, is written out)."""


@dataclass(frozen=True, slots=True)
class MetricPlan:
    """A metric with its owner's population worked into it."""

    name: str
    expr: Expr
    metric: Metric


@dataclass(frozen=True)
class Plan:
    """What an evaluator runs: `facts` (values, tiers, segments, stage), then `candidates` (gates and scores).

    `hurdles` and `metrics` are worked out only when a report asks.
    """

    strategy: Strategy
    facts: tuple[Step, ...]
    candidates: tuple[Compute, ...]
    actions: tuple[ActionPlan, ...]
    silences: tuple[SilencePlan, ...]
    hurdles: tuple[Compute, ...]
    metrics: tuple[MetricPlan, ...]
