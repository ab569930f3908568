"""Goals, and the means to reach them: resources, budgets, channels, contact policy, offers, the matrix."""

from __future__ import annotations

from stratagem.dsl.model.base import Declared, Formula, Literal_, Part, Ref
from stratagem.dsl.model.facts import Metric


class Milepost(Part):
    value: Literal_
    by: Literal_


class Goal(Declared):
    supports: tuple[Ref, ...] = ()
    aims_at: tuple[str, ...] = ()
    segments: tuple[Ref, ...] = ()
    cohort_at: Literal_ = None
    """`for gold as at DATE`: the cohort is fixed at this date."""
    measured_by: Ref | None = None
    """The metric's name, whether declared here (then also in `metric`) or elsewhere."""
    metric: Metric | None = None
    baseline: Literal_ = None
    target: Literal_ = None
    by: Literal_ = None
    mileposts: tuple[Milepost, ...] = ()
    weight: Literal_ = None


class Resource(Declared):
    """kind: people, process, technology; technology is software or hardware. Costs: once (paid on), ongoing rate."""

    kind: str
    technology: str | None = None
    once: Literal_ = None
    paid: Literal_ = None
    ongoing: Literal_ = None
    hours: Literal_ = None
    """A Rate of hours, `280 per month`."""


class Change(Declared):
    """kind: culture, organisation, process, skills."""

    kind: str
    owner: Ref | None = None
    by: Literal_ = None
    done: Literal_ = None
    uses: tuple[Ref, ...] = ()


class Budget(Declared):
    amount: Literal_
    """A Rate of money per calendar period."""


class Resources(Part):
    resources: tuple[Resource, ...] = ()
    changes: tuple[Change, ...] = ()
    budgets: tuple[Budget, ...] = ()


class Limit(Part):
    """At most so many contacts in a rolling window. scope: "channel" (under a channel), "all" (across all), "group"."""

    rate: Literal_
    scope: str
    group: Ref | None = None
    kinds: tuple[str, ...] = ()
    """Kinds of action it counts and binds; empty: every kind but `required`."""


class Allowed(Part):
    """`allowed when …`, `allowed for KINDS when …`."""

    condition: Formula
    kinds: tuple[str, ...] = ()


class Channel(Declared):
    direction: str
    """outbound or inbound."""
    medium: str | None = None
    address: Ref | None = None
    """A field `name` or `source.name`."""
    uses: tuple[Ref, ...] = ()
    costs: Formula | None = None
    takes: Literal_ = None
    limits: tuple[Limit, ...] = ()
    capacity: Literal_ = None
    allowed: tuple[Allowed, ...] = ()
    essential: bool = False
    managed: str | None = None
    remedy: str = ""

    @property
    def outbound(self) -> bool:
        return self.direction == "outbound"


class Quiet(Part):
    start: Literal_
    end: Literal_
    kinds: tuple[str, ...] = ()


class Silence(Part):
    period: Literal_
    after: Formula
    kinds: tuple[str, ...] = ()


class ContactPolicy(Part):
    label: str = ""
    doc: str = ""
    limits: tuple[Limit, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    silences: tuple[Silence, ...] = ()


class Feature(Part):
    text: str
    benefit: str = ""


class Offer(Declared):
    features: tuple[Feature, ...] = ()
    meets: tuple[Ref, ...] = ()
    price: Literal_ = None
    margin: Literal_ = None
    stock: Literal_ = None
    available: Formula | None = None


class Tactic(Part):
    """A cell: actions that fire there, or nothing with a reason."""

    row: Ref
    column: Ref
    text: str = ""
    actions: tuple[Ref, ...] = ()
    nothing: bool = False
    because: str = ""


class Matrix(Declared):
    rows: Ref
    columns: Ref
    tactics: tuple[Tactic, ...] = ()
