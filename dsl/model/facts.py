"""Facts about a customer, what a customer is worth, and the segments and tiers that follow."""

from __future__ import annotations

from stratagem.dsl.expressions.types import Type
from stratagem.dsl.model.base import Declared, Formula, Literal_, Part, Ref


class Assumption(Declared):
    """`assume NAME = …`."""

    formula: Formula
    type: Type


class Measure(Declared):
    formula: Formula
    type: Type


class CustomerValue(Declared):
    """`value NAME "…" main = …`."""

    formula: Formula
    type: Type
    main: bool = False


class Target(Part):
    """`target at least 90% by DATE`; `at_most` for `target at most`."""

    value: Literal_
    at_most: bool = False
    by: Literal_ = None


class Metric(Declared):
    """A figure over customers. `owner_kind`: "segment", "tier" or "goal"; `owner` its name (tier: TIERS.TIER)."""

    formula: Formula
    type: Type
    target: Target | None = None
    owner_kind: str = ""
    owner: str = ""


class Need(Declared):
    pass


class Portrait(Part):
    demographics: str = ""
    social_grade: str = ""
    attitudes: str = ""
    perceptions: str = ""
    behaviour: str = ""
    motivation: str = ""
    places: str = ""
    associates: str = ""
    technologies: str = ""
    spending: str = ""
    needs: tuple[Need, ...] = ()


class Competitor(Part):
    text: str
    because: str = ""
    attracts_by: str = ""


class Market(Part):
    population: Literal_ = None
    frequency: Literal_ = None
    price: Literal_ = None
    share_aimed_at: Literal_ = None
    as_of: Literal_ = None
    competitors: tuple[Competitor, ...] = ()
    selling_points: tuple[str, ...] = ()


class StageProposition(Part):
    stage: Ref
    text: str


class Customisation(Part):
    level: str
    cost: Literal_ = None


class SegmentObjective(Part):
    text: str
    supports: Ref | None = None


class Plan_(Declared):
    """What a segment and a tier both may say: who they are, how they are treated, what is wanted of them."""

    ideal: bool = False
    is_a: tuple[str, ...] = ()
    """prospect, unhappy, lapsed."""
    leads_to: tuple[Ref, ...] = ()
    stance: str | None = None
    """invest, grow, keep, harvest, do_not_serve."""
    priority: int | None = None
    portrait: Portrait | None = None
    market: Market | None = None
    proposition: str = ""
    stage_propositions: tuple[StageProposition, ...] = ()
    earns_loyalty_by: tuple[str, ...] = ()
    customisation: Customisation | None = None
    objectives: tuple[SegmentObjective, ...] = ()
    metrics: tuple[Metric, ...] = ()

    @property
    def served(self) -> bool:
        """States a stance other than `do_not_serve`."""
        return self.stance is not None and self.stance != "do_not_serve"


class Segment(Plan_):
    condition: Formula


class Tier(Plan_):
    """One line under `segments`. `bound`: "from" or "below" (with `threshold`), "top" or "next" (with `share`),
    "otherwise"."""

    tiers: str
    bound: str
    threshold: Formula | None = None
    share: Literal_ = None


class Tiers(Declared):
    """`segments NAME "…" by FORMULA when CONDITION`."""

    formula: Formula
    type: Type
    condition: Formula | None = None
    tiers: tuple[Tier, ...] = ()

    @property
    def needs_fit(self) -> bool:
        """Has a tier whose cut-point comes from the population."""
        return any(t.bound in ("top", "next") for t in self.tiers)
