"""The whole strategy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from stratagem.dsl.model.actions import Action, Decide
from stratagem.dsl.model.base import Declared, Part
from stratagem.dsl.model.business import Business, Header
from stratagem.dsl.model.data import Customer, Source
from stratagem.dsl.model.facts import (
    Assumption,
    CustomerValue,
    Measure,
    Metric,
    Need,
    Plan_,
    Segment,
    Tier,
    Tiers,
)
from stratagem.dsl.model.journey import Hurdle, Journey
from stratagem.dsl.model.learning import Question, Scenario, StrategyTest, Waiver
from stratagem.dsl.model.means import Channel, ContactPolicy, Goal, Matrix, Offer, Resources
from stratagem.dsl.record import names


class Strategy(Part):
    """A checked strategy. `hash` identifies its meaning: the same for the same normalised statements."""

    language: int = 1
    header: Header
    business: Business = Business()
    customer: Customer | None = None
    sources: tuple[Source, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    measures: tuple[Measure, ...] = ()
    values: tuple[CustomerValue, ...] = ()
    tiers: tuple[Tiers, ...] = ()
    segments: tuple[Segment, ...] = ()
    offers: tuple[Offer, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    journey: Journey | None = None
    goals: tuple[Goal, ...] = ()
    resources: Resources = Resources()
    channels: tuple[Channel, ...] = ()
    policies: tuple[ContactPolicy, ...] = ()
    decide: Decide = Decide()
    actions: tuple[Action, ...] = ()
    questions: tuple[Question, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    tests: tuple[StrategyTest, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    hash: str = ""

    @property
    def name(self) -> str:
        return self.header.name

    @property
    def main_value(self) -> CustomerValue | None:
        """The strategy's customer value: the one marked main, else the first."""
        return next((v for v in self.values if v.main), self.values[0] if self.values else None)

    def source(self, name: str) -> Source | None:
        return next((s for s in self.sources if s.name == name), None)

    def action(self, name: str) -> Action | None:
        return next((a for a in self.actions if a.name == name), None)

    def channel(self, name: str) -> Channel | None:
        return next((c for c in self.channels if c.name == name), None)

    def goal(self, name: str) -> Goal | None:
        return next((g for g in self.goals if g.name == name), None)

    def offer(self, name: str) -> Offer | None:
        return next((o for o in self.offers if o.name == name), None)

    @cached_property
    def all_tiers(self) -> tuple[Tier, ...]:
        """Every tier of every `segments` block, in declared order."""
        return tuple(t for block in self.tiers for t in block.tiers)

    @cached_property
    def treated(self) -> tuple[Plan_, ...]:
        """Segments and tiers alike, tiers first, in declared order."""
        return (*self.all_tiers, *self.segments)

    @property
    def served(self) -> tuple[Plan_, ...]:
        """Segments and tiers with a stance other than do_not_serve."""
        return tuple(s for s in self.treated if s.served)

    @cached_property
    def hurdles(self) -> tuple[Hurdle, ...]:
        return tuple(h for m in (self.journey.moves if self.journey else ()) for h in m.hurdles)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        return tuple(n for s in self.treated if s.portrait for n in s.portrait.needs)

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """Every metric, of segments, tiers and goals; names are global."""
        of_segments = [m for s in self.treated for m in s.metrics]
        return (*of_segments, *(g.metric for g in self.goals if g.metric))

    def declared(self) -> Iterator[Declared]:
        """Every named thing at the top of the strategy, in the order of the model's fields."""
        for field in names(self):
            value = getattr(self, field)
            for item in value if isinstance(value, tuple) else ():
                if isinstance(item, Declared):
                    yield item
