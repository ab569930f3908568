"""Facts about a strategy that the checks ask for: what reads what, who is served, what can fire, what day it is."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

import networkx as nx

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.business import Objective
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.facts import Plan_, Segment, Tier, Tiers
from stratagem.dsl.model.learning import Question
from stratagem.dsl.model.means import Goal, Resource
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.values import Duration, Money, Rate
from stratagem.engine.complete.can_fire import ANYWHERE, CanFire, Firing, Place
from stratagem.engine.complete.figures import PopulationFacts
from stratagem.engine.graph.build import Graph, build_graph
from stratagem.engine.graph.references import node_id

RULES = frozenset(
    {"action", "segment", "tiers", "tier", "move", "hurdle", "offer", "channel", "policy", "rank", "group", "customer"}
)
"""Kinds of node that decide something about a customer."""
USES = RULES | {"message", "goal", "metric", "value", "journey", "question"}
"""Kinds of node that make the reading of a field worth its keeping."""
NO_READING = frozenset({"asks", "decides", "says", "carries", "pays", "used by", "is offered by", "holds"})
"""Edges along which nothing is read: links that are declared, not followed by a rule."""
DAYS_A_YEAR = 365
SHOWN = 3
"""So many actions are evidence enough that there is one."""
SELLING = ("selling",)
MARKETING = ("marketing", "newsletter")
SERVICE = ("service",)


class StrategyFacts:
    """One strategy on one day."""

    def __init__(self, strategy: Strategy, today: date, graph: Graph | None = None) -> None:
        self.strategy = strategy
        self.today = today
        self.graph = graph if graph is not None else build_graph(strategy)
        self.can = CanFire(strategy, today)

    # --- What reads what --------------------------------------------------------------------------------------

    @cached_property
    def reading(self) -> Graph:
        """The rule graph with only those edges along which values are read."""
        edges = [(a, b) for a, b, more in self.graph.edges(data=True) if more.get("why") not in NO_READING]
        return self.graph.edge_subgraph(edges)

    def readers(self, node: str) -> set[str]:
        """Everything whose outcome can change with the node's value."""
        return nx.descendants(self.reading, node) if node in self.reading else set()

    def read_by(self, node: str) -> set[str]:
        """Everything whose value can change the node's outcome."""
        return nx.ancestors(self.reading, node) if node in self.reading else set()

    def kinds(self, nodes: Iterable[str]) -> set[str]:
        return {self.graph.nodes[n].get("kind", "") for n in nodes}

    def feeds_a_rule(self, node: str) -> bool:
        """Does a rule about customers read it, at first or at last."""
        return bool(self.kinds(self.readers(node)) & RULES)

    def fields_of(self, kinds: Iterable[str], nodes: Iterable[str]) -> Iterator[tuple[Source, SourceField]]:
        """The declared fields among the nodes whose source holds one of these kinds of data."""
        wanted, found = set(kinds), set(nodes)
        for source in self.strategy.sources:
            for field in source.fields:
                if wanted & set(source.holds) and self.field_id(source, field) in found:
                    yield source, field

    def field_id(self, source: Source, field: SourceField) -> str:
        return node_id("field", f"{source.name}.{field.name}")

    def group_id(self, group: Plan_) -> str:
        """A segment's or a tier's node."""
        if isinstance(group, Tier):
            return node_id("tier", f"{group.tiers}.{group.name}")
        return node_id("segment", group.name)

    def used(self, source: Source, field: SourceField) -> bool:
        """Is the field used by a rule, message, goal, learning item, identity, match, group, date or address."""
        if source.key is not None and source.key.name == field.name:
            return True
        if source.dated_by is not None and source.dated_by.name == field.name:
            return True
        found = self.field_id(source, field)
        asked = any(
            q.answers is not None and node_id("field", q.answers.name) == found for q in self.strategy.questions
        )
        return asked or bool(self.kinds(self.readers(found)) & USES) or self._joins(source, field)

    def _joins(self, source: Source, field: SourceField) -> bool:
        """Is the field the key by which rules that are in use look something up."""
        looked_up = [s for s in self.strategy.sources if s.shape == "lookup" and s is not source]
        keys = [s for s in looked_up if s.key is not None and s.key.name == field.name]
        return any(self.used(s, f) for s in keys for f in s.fields if s.key and f.name != s.key.name)

    def needed(self) -> Iterator[tuple[Source, SourceField]]:
        """Declared fields that something uses."""
        return ((s, f) for s in self.strategy.sources for f in s.fields if self.used(s, f))

    def answer_id(self, question: Question) -> str | None:
        """The node of the field that holds the answers."""
        return None if question.answers is None else node_id("field", question.answers.name)

    def learnt(self) -> set[str]:
        """Fields that hold what customers told us: answers, what is `asked as`, feedback and complaints."""
        found = {a for q in self.strategy.questions if (a := self.answer_id(q))}
        for source in self.strategy.sources:
            told = bool({"feedback", "complaints"} & set(source.holds))
            found |= {self.field_id(source, f) for f in source.fields if told or f.asked_as}
        return found

    # --- Who --------------------------------------------------------------------------------------------------

    @cached_property
    def served(self) -> tuple[Plan_, ...]:
        return self.strategy.served

    @cached_property
    def ideal(self) -> tuple[Plan_, ...]:
        return tuple(g for g in self.strategy.treated if g.ideal)

    def empty(self, people: PopulationFacts) -> list[Plan_]:
        """Served segments and tiers that nobody is in."""
        return [g for g in self.served if people.group(g.name) == 0]

    def is_a(self, kind: str) -> tuple[Plan_, ...]:
        """Segments and tiers that are prospect, unhappy or lapsed."""
        return tuple(g for g in self.strategy.treated if kind in g.is_a)

    def reads_value(self, tiers: Tiers) -> bool:
        """Are the tiers made by what a customer is worth: do they read a declared value."""
        return "value" in self.kinds(self.read_by(node_id("tiers", tiers.name)))

    @cached_property
    def value_tiers(self) -> tuple[Tiers, ...]:
        return tuple(t for t in self.strategy.tiers if self.reads_value(t))

    def admits(self, action: Action, group: Plan_) -> bool:
        """Does the action's `for` admit members of the group: it names it, or no one."""
        return not action.segments or any(r.name == group.name for r in action.segments)

    def kind_of(self, group: Plan_) -> str:
        return "segment" if isinstance(group, Segment) else "tier"

    # --- What can happen --------------------------------------------------------------------------------------

    def fires(self, action: Action, place: Place = ANYWHERE) -> Firing:
        return self.can.action(action, place)

    def firing(self, actions: Iterable[Action], place: Place = ANYWHERE, at_most: int | None = None) -> list[Action]:
        """Those of the actions that can fire there, the first so many."""
        return list(islice((a for a in actions if self.fires(a, place)), at_most))

    def of_kind(self, *kinds: str) -> list[Action]:
        return [a for a in self.strategy.actions if a.kind in kinds]

    def serving(self, goal: Goal) -> list[Action]:
        return [a for a in self.strategy.actions if any(r.name == goal.name for r in a.serves)]

    def aiming(self, *aims: str) -> list[Goal]:
        return [g for g in self.strategy.goals if set(aims) & set(g.aims_at)]

    def stages_of(self, *steps: str) -> tuple[str, ...]:
        """Stages that are one of these steps, in the journey's order."""
        journey = self.strategy.journey
        return tuple(s.name for s in journey.stages if s.step in steps) if journey else ()

    def before_purchase(self) -> tuple[str, ...]:
        """Stages that come before the first one that is a purchase; none when no stage is one."""
        journey = self.strategy.journey
        bought = ("purchase", "multiple_purchase", "loyalty")
        places = [n for n, s in enumerate(journey.stages) if s.step in bought] if journey else []
        return tuple(s.name for s in journey.stages[: places[0]]) if journey and places else ()

    def supporting(self, objective: Objective) -> list[Goal]:
        return [g for g in self.strategy.goals if any(r.name == objective.name for r in g.supports)]

    def users_of(self, resource: Resource) -> list[str]:
        """Names of the actions, channels and changes that use the resource."""
        used = [(a.name, a.uses) for a in self.strategy.actions]
        used += [(c.name, c.uses) for c in self.strategy.channels]
        used += [(c.name, c.uses) for c in self.strategy.resources.changes]
        return [name for name, uses in used if any(r.name == resource.name for r in uses)]

    # --- When -------------------------------------------------------------------------------------------------

    @property
    def quarter_end(self) -> date:
        """The last day of the calendar quarter that holds today."""
        month = (self.today.month - 1) // 3 * 3 + 3
        following = date(self.today.year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def quarter_start(self) -> date:
        return date(self.today.year, (self.today.month - 1) // 3 * 3 + 1, 1)

    @property
    def year_end(self) -> date:
        return date(self.today.year, 12, 31)

    @property
    def next_year(self) -> date:
        """The last day of the coming calendar year, for snippets that need a day."""
        return date(self.today.year + 1, 12, 31)

    def money_fields(self, nodes: Iterable[str]) -> list[str]:
        """Money fields of sources that hold transactions, among the nodes."""
        found = self.fields_of(("transactions",), nodes)
        return [f"{s.name}.{f.name}" for s, f in found if f.type.kind == Kind.MONEY]

    def per_year(self, rate: Rate) -> float:
        """A rate's amount a year, days counted as 365 a year."""
        amount = rate.amount.amount if isinstance(rate.amount, Money) else rate.amount.value
        if rate.per.family == "months":
            return float(amount * 12 / rate.per.months)
        return float(amount * DAYS_A_YEAR * 86_400 / rate.per.seconds)

    def later(self, day: date, period: Duration) -> date:
        """The day a period after another; calendar months are clamped to the month's end."""
        if period.family == "days":
            return day + timedelta(days=float(period.seconds) / 86_400)
        months = day.year * 12 + day.month - 1 + int(period.months)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
