"""Checked strategy and rule graph → frozen plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import NUMBER, YES_NO, Kind
from stratagem.dsl.model.actions import KINDS, Action
from stratagem.dsl.model.base import Formula
from stratagem.dsl.model.facts import Tiers
from stratagem.dsl.model.means import Channel
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.graph.build import Graph, build_graph
from stratagem.engine.graph.walks import evaluation_order, needed
from stratagem.engine.plan import conditions as c
from stratagem.engine.plan.plan import (
    ActionPlan,
    Bound,
    Compute,
    MetricPlan,
    Plan,
    SilencePlan,
    StageMove,
    Staging,
    Step,
    Tiering,
)

ASKED_FOR = frozenset(
    {"action", "tiers", "tier", "segment", "journey", "metric", "value", "channel", "policy", "message", "hurdle"}
    | {"rank"}
)
"""Kinds of node whose figures people and rules ask for; measures that none of them needs are pruned."""


def _rank_by_default() -> tree.Expr:
    """`chance * worth * weight - cost`, of a strategy that says nothing else."""
    chance, worth, weight, cost = (tree.ScorePart(type=NUMBER, part=p) for p in ("chance", "worth", "weight", "cost"))
    gain = tree.Arithmetic(type=NUMBER, op="*", left=chance, right=worth)
    gain = tree.Arithmetic(type=NUMBER, op="*", left=gain, right=weight)
    return tree.Arithmetic(type=NUMBER, op="-", left=gain, right=cost)


RANK_BY_DEFAULT = _rank_by_default()
BOUND_BY_DEFAULT = tuple(k for k in KINDS if k != "required")


@dataclass(frozen=True)
class Assumed:
    """What a test takes for granted: channels whose address counts as known though no field gives it. A test may ask
    for any fact: with `everything`, measures that no rule needs are not pruned."""

    addresses: frozenset[str] = frozenset()
    everything: bool = False


def rounded(expr: tree.Expr) -> tree.Expr:
    """Declared measures, values and scores are rounded where they are computed; dates, texts and yes/no are not."""
    return tree.Rounded(type=expr.type, operand=expr, span=expr.span) if expr.type.is_numeric else expr


def build_plan(strategy: Strategy, graph: Graph | None = None, assumed: Assumed = Assumed()) -> Plan:
    """The frozen plan. The strategy has no loop among its rules (the check refuses them)."""
    rules = graph if graph is not None else build_graph(strategy)
    actions = [_Candidate(strategy, number, action) for number, action in enumerate(strategy.actions)]
    silences = list(_silences(strategy))
    candidates: dict[str, Compute] = {}
    for step in (*_channel_gates(strategy, assumed), *(s for _, s in silences)):
        candidates[step.name] = step
    for action in actions:
        for step in action.steps():
            candidates[step.name] = step
    return Plan(
        strategy=strategy,
        facts=tuple(_facts(strategy, rules, assumed.everything)),
        candidates=tuple(candidates.values()),
        actions=tuple(a.plan(candidates) for a in actions),
        silences=tuple(s for s, _ in silences),
        hurdles=tuple(_hurdles(strategy)),
        metrics=tuple(_metrics(strategy)),
    )


def _facts(strategy: Strategy, graph: Graph, everything: bool) -> Iterator[Step]:
    wanted = needed(graph, [n for n, d in graph.nodes(data=True) if d.get("kind") in ASKED_FOR])
    makers = {
        "assumption": {a.name: Compute(a.name, a.formula.expr, "assumption") for a in strategy.assumptions},
        "measure": {m.name: Compute(m.name, rounded(m.formula.expr), "measure") for m in strategy.measures},
        "value": {v.name: Compute(v.name, rounded(v.formula.expr), "value") for v in strategy.values},
        "segment": {s.name: Compute(s.name, s.condition.expr, "segment") for s in strategy.segments},
        "tiers": {t.name: _tiering(t) for t in strategy.tiers},
        "journey": {"stage": _staging(strategy)} if strategy.journey else {},
        "customer": _excluded(strategy),
    }
    for node in evaluation_order(graph):
        kind, _, name = node.partition(":")
        step = makers.get(kind, {}).get(name)  # type: ignore[attr-defined]
        if step is not None and (everything or node in wanted or kind == "customer"):
            yield step


def _excluded(strategy: Strategy) -> dict[str, Compute]:
    customer = strategy.customer
    if customer is None:
        return {}
    condition = customer.excluded.expr if customer.excluded else c.NO
    known = tree.IfElse(type=YES_NO, then=c.YES, condition=condition, otherwise=c.NO)
    return {customer.name: Compute("@excluded", known, "excluded")}


def _tiering(tiers: Tiers) -> Tiering:
    bounds = tuple(
        Bound(
            t.name,
            t.bound,  # type: ignore[arg-type]
            t.threshold.expr if t.threshold else None,
            t.share.value if t.share is not None else None,
        )
        for t in tiers.tiers
    )
    when = tiers.condition.expr if tiers.condition else None
    return Tiering(tiers.name, tiers.formula.expr, when, bounds)


def _staging(strategy: Strategy) -> Staging:
    journey = strategy.journey
    assert journey is not None
    moves = tuple(
        StageMove(m.source.name, m.target.name, m.condition.expr if m.condition else None, journey.forward(m))
        for m in journey.moves
    )
    return Staging(tuple(s.name for s in journey.stages), _start(strategy), moves)


def _start(strategy: Strategy) -> tree.Expr | None:
    """The field that `starts in` names."""
    ref = strategy.journey.starts_in if strategy.journey else None
    if ref is None:
        return None
    owner, _, name = ref.name.rpartition(".")
    for source in strategy.sources:
        field = source.field(name)
        if field is not None and source.shape == "one" and owner in ("", source.name):
            return tree.FieldRef(type=field.type, source=source.name, field=name)
    return None


def _address(strategy: Strategy, channel: Channel) -> tree.Expr | None:
    """The channel's address field, read."""
    if channel.address is None:
        return None
    owner, _, name = channel.address.name.rpartition(".")
    for source in strategy.sources:
        field = source.field(name)
        if field is not None and source.shape == "one" and owner in ("", source.name):
            return tree.FieldRef(type=field.type, source=source.name, field=name)
    return None


def _channel_gates(strategy: Strategy, assumed: Assumed) -> Iterator[Compute]:
    """One column a channel and kind of action that goes through it, where anything can forbid it."""
    pairs = dict.fromkeys((ref.name, a.kind) for a in strategy.actions for ref in a.channels)
    for name, kind in pairs:
        channel = strategy.channel(name)
        if channel is None:
            continue
        parts = [a.condition.expr for a in channel.allowed if not a.kinds or kind in a.kinds]
        address = None if name in assumed.addresses else _address(strategy, channel)
        if address is not None:
            parts.append(tree.Known(type=YES_NO, operand=address, negated=False))
        condition = c.both(parts)
        if condition is not None:
            yield Compute(f"{name}@allowed:{kind}", condition, "channel")


def _silences(strategy: Strategy) -> Iterator[tuple[SilencePlan, Compute]]:
    found = [s for p in strategy.policies for s in p.silences]
    for number, silence in enumerate(found, 1):
        column = f"policy@silence:{number}"
        plan = SilencePlan(column, silence.period, silence.kinds or BOUND_BY_DEFAULT)
        yield plan, Compute(column, silence.after.expr, "policy")


def _hurdles(strategy: Strategy) -> Iterator[Compute]:
    for hurdle in strategy.hurdles:
        if hurdle.condition:
            yield Compute(f"{hurdle.name}@hurdle", hurdle.condition.expr, "hurdle")


def _metrics(strategy: Strategy) -> Iterator[MetricPlan]:
    for metric in strategy.metrics:
        owner = c.owner_condition(strategy, metric.owner_kind, metric.owner)
        yield MetricPlan(metric.name, _over(metric.formula.expr, owner), metric)


def _over(expr: tree.Expr, owner: tree.Expr | None) -> tree.Expr:
    """Each population aggregate in the metric, counting only the owner's customers."""

    def narrowed(part: tree.Expr) -> tree.Expr | None:
        if not isinstance(part, tree.PopulationAggregate) or owner is None:
            return None
        over = c.both([owner] if part.over is None else [owner, part.over])
        return tree.PopulationAggregate(
            type=part.type, span=part.span, kind=part.kind, operand=part.operand, where=part.where, over=over
        )

    return c.rewrite(expr, narrowed)


class _Candidate:
    """The columns of one action."""

    def __init__(self, strategy: Strategy, index: int, action: Action) -> None:
        self.strategy = strategy
        self.index = index
        self.action = action
        self.scored = action.kind != "required"

    def steps(self) -> Iterator[Compute]:
        """Gates first, then the parts of the score, then a cost and a score for each channel."""
        gates = {"segment": self._segment(), "stage": self._stage(), "when": self._when(), "dates": self._dates()}
        for name, condition in gates.items():
            if condition is not None:
                yield Compute(self._column(name), condition, name)
        for number, unless in enumerate(self.action.unless, 1):
            yield Compute(self._column(f"unless:{number}"), unless.expr, "unless")
        for name, part in (("chance", self._chance()), ("worth", self._formula(self.action.worth))):
            if part is not None:
                yield Compute(self._column(name), part, name)
        if self.scored:
            yield Compute(self._column("weight"), c.number(self._weight()), "weight")
        for ref in self.action.channels:
            yield Compute(self._column(f"cost:{ref.name}"), self._cost(ref.name), "cost")
            if self.scored:
                yield Compute(self._column(f"score:{ref.name}"), self._score(ref.name), "score")

    def plan(self, columns: dict[str, Compute]) -> ActionPlan:
        def column(part: str) -> str | None:
            return name if (name := self._column(part)) in columns else None

        channels = tuple(ref.name for ref in self.action.channels)
        allowed = (f"{name}@allowed:{self.action.kind}" for name in channels)
        return ActionPlan(
            index=self.index,
            action=self.action,
            segment=column("segment"),
            stage=column("stage"),
            dates=column("dates"),
            when=column("when"),
            unless=tuple(self._column(f"unless:{n}") for n in range(1, len(self.action.unless) + 1)),
            chance=column("chance"),
            worth=column("worth"),
            weight=column("weight"),
            channels=channels,
            allowed=tuple(a if a in columns else None for a in allowed),
            cost=tuple(self._column(f"cost:{name}") for name in channels),
            score=tuple(column(f"score:{name}") for name in channels),
        )

    def _column(self, part: str) -> str:
        return f"{self.action.name}@{part}"

    def _segment(self) -> tree.Expr | None:
        named = frozenset(ref.name for ref in self.action.segments)
        wanted = c.either(c.membership(self.strategy, ref.name) for ref in self.action.segments)
        shut = [] if self.action.kind in ("service", "required") else c.unserved_gate(self.strategy, named)
        return c.both([*([wanted] if wanted is not None else []), *shut])

    def _stage(self) -> tree.Expr | None:
        journey = self.strategy.journey
        return c.stage_gate(self.action.stages, tuple(s.name for s in journey.stages) if journey else ())

    def _when(self) -> tree.Expr | None:
        """`when`, and `available when` of what it offers."""
        offers = [self.strategy.offer(ref.name) for ref in self.action.offers]
        parts = [self.action.when, *(o.available for o in offers if o)]
        return c.both(p.expr for p in parts if p is not None)

    def _dates(self) -> tree.Expr | None:
        return c.date_gate(self.action.starts, self.action.ends)

    def _formula(self, formula: Formula | None) -> tree.Expr | None:
        return formula.expr if formula else None

    def _chance(self) -> tree.Expr | None:
        """A chance outside 0–1 is missing."""
        chance = self._formula(self.action.chance)
        if chance is None or isinstance(chance, tree.Constant):
            return chance
        inside = tree.Between(type=YES_NO, operand=chance, low=c.number(0), high=c.number(1))
        nothing = tree.Constant(type=chance.type, value=None)
        return tree.IfElse(type=chance.type, then=chance, condition=inside, otherwise=nothing, span=chance.span)

    def _weight(self) -> float:
        goals = [self.strategy.goal(ref.name) for ref in self.action.serves]
        weights = [float(g.weight.value) for g in goals if g and g.weight is not None]
        return weights[0] if weights else 1.0

    def _cost(self, channel: str) -> tree.Expr:
        found = self.strategy.channel(channel)
        parts = [f.expr for f in (self.action.costs, found.costs if found else None) if f is not None]
        if not parts:
            return c.number(0)
        total = parts[0]
        for part in parts[1:]:
            total = tree.Arithmetic(type=total.type, op="+", left=total, right=part)
        return total

    def _score(self, channel: str) -> tree.Expr:
        """`rank by` with the parts of this action through this channel in their places."""
        declared = self.strategy.decide.rank
        rank = declared.expr if declared is not None else RANK_BY_DEFAULT

        def part(expr: tree.Expr) -> tree.Expr | None:
            if not isinstance(expr, tree.ScorePart):
                return None
            name = f"cost:{channel}" if expr.part == "cost" else expr.part
            return c.fact(self._column(name), expr.type if expr.type.kind != Kind.MISSING else NUMBER)

        return tree.Rounded(type=rank.type, operand=c.rewrite(rank, part))
