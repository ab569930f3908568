"""Actions, and how the engine decides among them."""

from __future__ import annotations

from stratagem.dsl.model.base import Declared, Formula, Literal_, Part, Ref

KINDS = ("selling", "marketing", "service", "newsletter", "required")


class Message(Part):
    """Templates for one channel (Jinja2, allow-listed)."""

    channel: Ref
    subject: str = ""
    body: str = ""
    subject_at: object = None
    body_at: object = None


class After(Part):
    """`after ACTION within P`."""

    action: Ref
    within: Literal_


class Rest(Part):
    """`rests 90 days`; `after_declined`: the rest starts at a declined outcome."""

    period: Literal_
    after_declined: bool = False


class Action(Declared):
    kind: str = "marketing"
    offers: tuple[Ref, ...] = ()
    every: Literal_ = None
    after: After | None = None
    not_with: tuple[Ref, ...] = ()
    phase: int | None = None
    serves: tuple[Ref, ...] = ()
    overcomes: tuple[Ref, ...] = ()
    capability: str | None = None
    owner: Ref | None = None
    improves: str | None = None
    segments: tuple[Ref, ...] = ()
    stages: tuple[Ref, ...] = ()
    channels: tuple[Ref, ...] = ()
    when: Formula | None = None
    unless: tuple[Formula, ...] = ()
    chance: Formula | None = None
    worth: Formula | None = None
    costs: Formula | None = None
    takes: Literal_ = None
    paid_from: Ref | None = None
    uses: tuple[Ref, ...] = ()
    rests: tuple[Rest, ...] = ()
    starts: Literal_ = None
    ends: Literal_ = None
    hold_out: Literal_ = None
    messages: tuple[Message, ...] = ()


class PlanSlot(Part):
    """`slot NAME takes 1`: of the actions … a named place in the list."""

    name: str
    takes: int


class HoldOut(Part):
    share: Literal_
    kinds: tuple[str, ...] = ()


class Minimum(Part):
    """`at least 200 through phone`."""

    count: Literal_
    channel: Ref


class SpendCap(Part):
    """`at most 30% of BUDGET on SEGMENTS`."""

    share: Literal_
    budget: Ref
    segments: tuple[Ref, ...] = ()


class Decide(Part):
    at_most: int | None = None
    slots: tuple[PlanSlot, ...] = ()
    rank: Formula | None = None
    hold_out: HoldOut | None = None
    allocate: tuple[Ref, ...] = ()
    """Budgets of `allocate within …`."""
    greedily: bool = False
    minimums: tuple[Minimum, ...] = ()
    spend_caps: tuple[SpendCap, ...] = ()
