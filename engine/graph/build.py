"""Strategy → rule graph. One small function a block; `build_graph` shows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

import networkx as nx

from stratagem.dsl.model.actions import Message
from stratagem.dsl.model.base import Declared, Formula, Ref, literal_text
from stratagem.dsl.model.facts import Metric, Plan_
from stratagem.dsl.model.journey import Move, Touchpoint
from stratagem.dsl.model.means import ContactPolicy, Milepost, Tactic
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.templates.names import meanings
from stratagem.engine.graph.references import Names, node_id, references
from stratagem.engine.graph.templates import message_reads

if TYPE_CHECKING:
    Graph = nx.DiGraph[str]
else:  # networkx is generic for type checkers only
    Graph = nx.DiGraph


SIDEWAYS: Final = "leads to"
"""Why an edge stands that nothing is worked out by; where one thing reads the other too, that is what counts."""


def title(item: object) -> str:
    """What people call a part of a strategy: its label, its text, or what it leads to; "" when it has no words."""
    match item:
        case Declared():
            return item.title
        case Move():
            return f"{item.source} to {item.target}"
        case Milepost():
            return f"{literal_text(item.value)} by {literal_text(item.by)}"
        case Tactic() if item.nothing:
            return f"nothing: {item.because}"
        case Message():
            return f"message by {item.channel}"
        case Tactic() | Touchpoint():
            return item.text
        case ContactPolicy():
            return item.label
    return ""


class Builder:
    """Collects nodes and edges; every edge says why."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self.graph: Graph = nx.DiGraph()
        self.names = Names(strategy)
        self.shown = meanings(strategy)
        self.segments = {s.name for s in strategy.segments}
        self.tier_ids = {t.name: node_id("tier", f"{t.tiers}.{t.name}") for t in strategy.all_tiers}

    def node(self, kind: str, name: str, item: object = None, **more: object) -> str:
        found = node_id(kind, name)
        label = title(item) or name
        self.graph.add_node(found, kind=kind, name=name, label=label, at=getattr(item, "at", None), **more)
        return found

    def edge(self, source: str, target: str, why: str) -> None:
        if source not in self.graph:
            kind, _, name = source.partition(":")
            self.node(kind, name)
        if why != SIDEWAYS or not self.graph.has_edge(source, target):
            self.graph.add_edge(source, target, why=why)

    def reads(self, target: str, formula: Formula | None, why: str = "reads") -> None:
        if formula is not None:
            for source in sorted(references(formula.expr, self.names)):
                self.edge(source, target, why)

    def refs(self, kind: str, found: Iterable[Ref | None], target: str, why: str) -> None:
        for ref in found:
            if ref is not None:
                self.edge(node_id(kind, ref.name), target, why)

    def fields(self, name: str) -> list[str]:
        """The one-per-customer fields that `name` or `source.name` may mean."""
        owner, _, field = name.rpartition(".")
        wanted = [s for s in self.strategy.sources if s.shape == "one" and owner in ("", s.name)]
        return [node_id("field", f"{s.name}.{field}") for s in wanted if s.field(field)]

    def group_id(self, name: str) -> str:
        """A segment or a tier, by its bare name."""
        return node_id("segment", name) if name in self.segments else self.tier_ids.get(name, node_id("segment", name))


def _sources(b: Builder) -> None:
    for source in b.strategy.sources:
        at = b.node("source", source.name, source)
        for field in source.fields:
            name = f"{source.name}.{field.name}"
            b.edge(at, b.node("field", name, field, personal=field.personal_for is not None), "holds")
            b.reads(node_id("field", name), field.formula)
        b.reads(at, source.row_excluded, "filters")


def _customer(b: Builder) -> None:
    customer = b.strategy.customer
    if customer is None:
        return
    at = b.node("customer", customer.name, customer)
    b.reads(at, customer.excluded, "excludes")
    for source in b.strategy.sources:
        if source.shape in ("one", "many") and source.key:
            b.edge(node_id("field", f"{source.name}.{source.key.name}"), at, "identifies")
        for ref in customer.matched_on:
            if source.field(ref.name):
                b.edge(node_id("field", f"{source.name}.{ref.name}"), at, "matches")
    for group in customer.groups:
        found = b.node("group", group.name, group)
        b.edge(at, found, "makes up")
        for source in b.strategy.sources:
            if source.shape == "one" and source.field(group.field.name):
                b.edge(node_id("field", f"{source.name}.{group.field.name}"), found, "groups")


def _facts(b: Builder) -> None:
    for kind, items in (("assumption", b.strategy.assumptions), ("measure", b.strategy.measures)):
        for item in items:
            b.reads(b.node(kind, item.name, item), item.formula)
    for value in b.strategy.values:
        b.reads(b.node("value", value.name, value, main=value is b.strategy.main_value), value.formula)


def _segments(b: Builder) -> None:
    for tiers in b.strategy.tiers:
        at = b.node("tiers", tiers.name, tiers)
        b.reads(at, tiers.formula)
        b.reads(at, tiers.condition, "gates")
        if tiers.needs_fit and b.strategy.customer:
            b.edge(node_id("customer", b.strategy.customer.name), at, "makes up")
        for tier in tiers.tiers:
            found = b.node("tier", f"{tiers.name}.{tier.name}", tier)
            b.edge(at, found, "splits")
            b.reads(found, tier.threshold)
            _treatment(b, found, tier)
    for segment in b.strategy.segments:
        found = b.node("segment", segment.name, segment)
        b.reads(found, segment.condition)
        _treatment(b, found, segment)


def _treatment(b: Builder, at: str, plan: Plan_) -> None:
    for ref in plan.leads_to:
        b.edge(at, b.group_id(ref.name), SIDEWAYS)
    for need in plan.portrait.needs if plan.portrait else ():
        b.edge(at, b.node("need", need.name, need), "has")
    for metric in plan.metrics:
        b.edge(at, _metric(b, metric), "measured over")


def _metric(b: Builder, metric: Metric) -> str:
    at = b.node("metric", metric.name, metric)
    b.reads(at, metric.formula)
    return at


def _business(b: Builder) -> None:
    for objective in b.strategy.business.objectives:
        b.node("objective", objective.name, objective)
    if b.strategy.business.vision:
        vision = b.node("vision", "vision")
        b.refs("objective", b.strategy.business.vision.objectives, vision, "names")


def _journey(b: Builder) -> None:
    journey = b.strategy.journey
    if journey is None:
        return
    place = b.node("journey", "stage", journey)
    for stage in journey.stages:
        b.edge(b.node("stage", stage.name, stage, step=stage.step), place, "orders")
    for move in journey.moves:
        at = b.node("move", f"{move.source.name}-{move.target.name}", move)
        b.reads(at, move.condition, "gates")
        b.edge(node_id("stage", move.source.name), at, "leaves")
        b.edge(at, place, "places")
        for hurdle in move.hurdles:
            found = b.node("hurdle", hurdle.name, hurdle)
            b.reads(found, hurdle.condition)
            b.edge(at, found, "is held back by")
    for touch in journey.touchpoints:
        found = b.node("touchpoint", f"{touch.stage.name}.{touch.when}.{touch.at.line}", touch)
        b.edge(node_id("stage", touch.stage.name), found, "met at")
        b.edge(node_id("channel", touch.channel.name), found, "carries")
    if journey.starts_in:
        name = journey.starts_in.name
        for source in b.strategy.sources:
            if ("." in name and name.startswith(f"{source.name}.")) or ("." not in name and source.field(name)):
                b.edge(node_id("field", name if "." in name else f"{source.name}.{name}"), place, "starts")


def _goals(b: Builder) -> None:
    for goal in b.strategy.goals:
        at = b.node("goal", goal.name, goal)
        for ref in goal.supports:
            b.edge(at, node_id("objective", ref.name), "supports")
        if goal.metric:
            _metric(b, goal.metric)
        b.refs("metric", [goal.measured_by], at, "measures")
        for ref in goal.segments:
            b.edge(b.group_id(ref.name), at, "is for")
        for number, milepost in enumerate(goal.mileposts):
            b.edge(b.node("milepost", f"{goal.name}.{number + 1}", milepost), at, "leads to")


def _means(b: Builder) -> None:
    found = b.strategy.resources
    for resource in found.resources:
        b.node("resource", resource.name, resource)
    for budget in found.budgets:
        b.node("budget", budget.name, budget)
    for change in found.changes:
        b.refs("resource", change.uses, b.node("change", change.name, change), "used by")
    for channel in b.strategy.channels:
        at = b.node("channel", channel.name, channel)
        b.refs("resource", channel.uses, at, "used by")
        b.reads(at, channel.costs)
        for allowed in channel.allowed:
            b.reads(at, allowed.condition, "gates")
        if channel.address:
            for node in b.fields(channel.address.name):
                b.edge(node, at, "addresses")
    for offer in b.strategy.offers:
        at = b.node("offer", offer.name, offer)
        b.reads(at, offer.available, "gates")
        for ref in offer.meets:
            b.edge(at, node_id("need", ref.name), "meets")


def _policies(b: Builder) -> None:
    for number, policy in enumerate(b.strategy.policies):
        at = b.node("policy", str(number + 1), policy)
        for silence in policy.silences:
            b.reads(at, silence.after, "silences")
        for limit in policy.limits:
            b.refs("group", [limit.group], at, "limits")


def _actions(b: Builder) -> None:
    for action in b.strategy.actions:
        at = b.node("action", action.name, action, action_kind=action.kind)
        for ref in action.segments:
            b.edge(b.group_id(ref.name), at, "gates")
        b.refs("stage", action.stages, at, "gates")
        if action.stages:
            b.edge("journey:stage", at, "gates")
        b.reads(at, action.when, "gates")
        for unless in action.unless:
            b.reads(at, unless, "blocks")
        for part in (action.chance, action.worth, action.costs):
            b.reads(at, part, "scores")
        b.refs("channel", action.channels, at, "carries")
        b.refs("budget", [action.paid_from], at, "pays")
        b.refs("resource", action.uses, at, "used by")
        b.refs("offer", action.offers, at, "is offered by")
        for kind, refs, why in (("goal", action.serves, "serves"), ("hurdle", action.overcomes, "overcomes")):
            for ref in refs:
                b.edge(at, node_id(kind, ref.name), why)
        for message in action.messages:
            said = b.node("message", f"{action.name}.{message.channel.name}", message)
            b.edge(said, at, "says")
            for source in sorted(message_reads(f"{message.subject}\n{message.body}", b.shown, b.names)):
                b.edge(source, said, "fills")
    rank = b.node("rank", "rank", b.strategy.decide)
    b.reads(rank, b.strategy.decide.rank, "ranks")


def _learning(b: Builder) -> None:
    for question in b.strategy.questions:
        at = b.node("question", question.name, question)
        b.refs("channel", [question.channel], at, "asks")
        if question.answers:
            b.edge(at, node_id("field", question.answers.name), "asks")
        for ref in question.decides:
            target = node_id("action", ref.name) if b.strategy.action(ref.name) else b.group_id(ref.name)
            b.edge(at, target, "decides")


def _matrices(b: Builder) -> None:
    for matrix in b.strategy.matrices:
        at = b.node("matrix", matrix.name, matrix)
        b.refs("tiers", [matrix.rows, matrix.columns], at, "spans")
        for tactic in matrix.tactics:
            cell = b.node("tactic", f"{matrix.name}.{tactic.row.name}.{tactic.column.name}", tactic)
            b.edge(cell, at, "is a cell of")
            b.refs("action", tactic.actions, cell, "is the tactic of")


BLOCKS: tuple[Callable[[Builder], None], ...] = (
    _business,
    _sources,
    _customer,
    _facts,
    _segments,
    _journey,
    _means,
    _policies,
    _goals,
    _actions,
    _learning,
    _matrices,
)


def build_graph(strategy: Strategy) -> Graph:
    """The rule graph of a checked strategy. Node attributes: kind, name, label, at (Span); edge attribute: why."""
    builder = Builder(strategy)
    for block in BLOCKS:
        block(builder)
    return builder.graph
