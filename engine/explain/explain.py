"""One customer's columns, observations, list and gates → `Explanation`.

Nothing is decided here: the gates are those the decision was made by, the clauses those the row evaluator saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stratagem.dsl.expressions.speak import speak, value_text
from stratagem.dsl.expressions.tree import Expr, InTier, SegmentRef
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.decision import Decision
from stratagem.engine.evaluate.row.observe import Observation, Observed
from stratagem.engine.explain.binding import in_the_way
from stratagem.engine.explain.explanation import ActionTold, Clause, Explanation, GateTold, Read, Standing, Truth
from stratagem.engine.plan.plan import ActionPlan, Plan

NOTES = {
    "policy": "what this run gave the customer, or the group, before leaves no room within the contact limits",
    "rank": "other actions with a better score fill the list, or may not stand beside it",
    "budget": "what is left of a budget, a capacity or a stock does not suffice",
    "holdout": "the customer is in a group that is held out, to measure what the action does",
}
TRUTHS: dict[bool | None, Truth] = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True)
class Settled:
    """How the decision went for one customer: the list, and each action's gates as `gates.truth` tells them."""

    customer: str
    list: Sequence[Decision]
    gates: Mapping[str, Mapping[str, Standing]]
    ledger: str = ""
    policy: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By action: what of the contact policy stands in its way, in words."""


def explain(plan: Plan, observed: Observed, settled: Settled, as_of: str) -> Explanation:
    """The explanation of one decision."""
    teller = _Teller(plan, observed, as_of)
    values = observed.values
    return Explanation(
        customer=settled.customer,
        as_of=as_of,
        ledger=settled.ledger,
        stage=values.get("stage") or "",
        path=tuple(values.get("stage@path") or ()),
        tiers=tuple(Read(name=t.name, value=values.get(t.name) or "missing") for t in plan.strategy.tiers),
        segments=tuple(s.name for s in plan.strategy.segments if values.get(s.name)),
        facts=tuple(teller.facts()),
        actions=tuple(teller.action(a, settled) for a in plan.actions),
    )


class _Teller:
    """Puts the columns of one customer into words."""

    def __init__(self, plan: Plan, observed: Observed, as_of: str) -> None:
        self.plan = plan
        self.as_of = as_of
        self.strategy: Strategy = plan.strategy
        self.values = observed.values
        self.observations = observed.observations
        self.types = kinds_of(plan)

    def facts(self) -> Iterator[Read]:
        """Measures and values that the plan worked out."""
        kinds = [(m.name, m.type) for m in self.strategy.measures] + [(v.name, v.type) for v in self.strategy.values]
        for name, kind in kinds:
            if name in self.values:
                yield Read(name=name, value=value_text(self.values[name], kind))

    def action(self, plan: ActionPlan, settled: Settled) -> ActionTold:
        """One action, with every gate that was looked at."""
        mine = next((d for d in settled.list if d.action == plan.action.name), None)
        standings = settled.gates.get(plan.action.name, {})
        said = "; ".join(settled.policy.get(plan.action.name, ()))
        parts = tuple(self._parts(plan, mine.channel if mine else _first(plan.channels)))
        notes = {**NOTES, "score": _score_note(parts)} | ({"policy": said} if said else {})
        gates = tuple(self._gate(plan, gate, standing, notes) for gate, standing in standings.items())
        at = plan.action.at
        return ActionTold(
            action=plan.action.name,
            label=plan.action.title,
            at=f"{at.file}:{at.line}",
            status=mine.status if mine else "not chosen",
            position=mine.position if mine else None,
            channel=mine.channel if mine else "",
            parts=parts,
            gates=gates,
            reason=mine.reason if mine else _why_not(gates),
        )

    def _gate(self, plan: ActionPlan, gate: str, standing: Standing, notes: Mapping[str, str]) -> GateTold:
        shut = _shut_out(self.strategy, plan) if gate == "segment" else frozenset()
        clauses = tuple(c for column in gate_columns(plan, gate) for c in self._clauses(column, shut))
        note = "" if standing == "passed" else notes.get(gate, "")
        if note and note == NOTES["policy"]:
            # Nothing is certain: the few statements of which this run itself used one up.
            note = in_the_way(self.plan, plan, self.values, self.as_of) or note
        return GateTold(gate=gate, standing=standing, clauses=clauses, note=note)

    def _clauses(self, column: str, shut: frozenset[str]) -> Iterator[Clause]:
        """The conditions of a column. Of segments that shut the action out, only those the customer is in are told."""
        for seen in self.observations.get(column, ()):
            if seen.truth is not True and shut and shut & _memberships(seen.clause):
                continue
            span = seen.span
            yield Clause(
                text=speak(seen.clause),
                at=f"{span.file}:{span.line}" if span.file else "",
                truth=TRUTHS[seen.truth],
                reads=tuple(self._reads(seen)),
                missing=seen.missing,
            )

    def _reads(self, seen: Observation) -> Iterator[Read]:
        for name, value in seen.reads:
            yield Read(name=name, value=self._shown(name, value))

    def _shown(self, name: str, value: Any) -> str:
        kind, personal = self.types.get(name, (None, False))
        if personal and value is not None:
            return "known"
        return value_text(value, kind) if kind else value_text(value, _PLAIN)

    def _parts(self, plan: ActionPlan, channel: str) -> Iterator[Read]:
        money = Type(Kind.MONEY, currency=self.strategy.header.currency)
        number = _PLAIN
        columns = (
            ("chance", plan.chance, number),
            ("worth", plan.worth, money),
            ("cost", _of(plan.cost, plan, channel), money),
            ("weight", plan.weight, number),
            ("score", _of(plan.score, plan, channel), number),
        )
        for part, column, kind in columns:
            if column is not None and column in self.values:
                yield Read(name=part, value=value_text(self.values[column], kind))


_PLAIN = Type(Kind.NUMBER)


def _score_note(parts: Sequence[Read]) -> str:
    """Why a score lets nobody pass: it is not above zero, or a part of it is missing."""
    shown = {part.name: part.value for part in parts}
    if shown.get("score", "missing") != "missing":
        return f"a score of {shown['score']} is not above zero"
    missing = [name for name in ("chance", "worth", "cost") if shown.get(name) == "missing"]
    return f"no score: {' and '.join(missing) or 'a part of it'} is missing"


def _shut_out(strategy: Strategy, plan: ActionPlan) -> frozenset[str]:
    """Segments and tiers that we do not serve, and that the action does not name."""
    named = {ref.name for ref in plan.action.segments}
    return frozenset(g.name for g in strategy.treated if g.stance == "do_not_serve") - named


def _memberships(clause: Expr) -> frozenset[str]:
    if isinstance(clause, InTier):
        return frozenset(clause.names)
    return frozenset([clause.segment]) if isinstance(clause, SegmentRef) else frozenset()


def kinds_of(plan: Plan) -> dict[str, tuple[Type, bool]]:
    """By what a clause may read (`source.field`, a fact's name): its type, and whether it is personal."""
    strategy = plan.strategy
    found = {a.name: (a.type, False) for a in strategy.assumptions}
    found |= {m.name: (m.type, False) for m in strategy.measures}
    found |= {v.name: (v.type, False) for v in strategy.values}
    for source in strategy.sources:
        for declared in source.fields:
            found[f"{source.name}.{declared.name}"] = (declared.type, declared.personal_for is not None)
    return found


def gate_columns(plan: ActionPlan, gate: str) -> Sequence[str]:
    """The columns whose conditions make up a gate."""
    single = {"segment": plan.segment, "stage": plan.stage, "dates": plan.dates, "when": plan.when}
    if gate in single:
        column = single[gate]
        return (column,) if column else ()
    if gate == "unless":
        return plan.unless
    return tuple(a for a in plan.allowed if a) if gate == "channel" else ()


def _of(columns: Sequence[str | None], plan: ActionPlan, channel: str) -> str | None:
    return columns[plan.channels.index(channel)] if channel in plan.channels else None


def _first(channels: Sequence[str]) -> str:
    return channels[0] if channels else ""


def _why_not(gates: Sequence[GateTold]) -> str:
    """The gates that stopped it, each with its first condition that did not hold."""
    said = []
    for gate in gates:
        if gate.standing == "passed":
            continue
        wanted = "true" if gate.gate == "unless" else "false"
        clause = next((c for c in gate.clauses if c.truth in (wanted, "unknown")), None)
        what = f"{clause.text} is {clause.truth}" if clause else gate.note
        said.append(f"{gate.gate}: {what}" if what else gate.gate)
    return "; ".join(said)
