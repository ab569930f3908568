"""What was expected beside what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stratagem.dsl.currencies import places
from stratagem.dsl.expressions.speak import value_text
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.learning import Expectation, StrategyTest
from stratagem.engine.casework.results import Failure
from stratagem.engine.casework.world import World
from stratagem.engine.evaluate.row.observe import Observation, Observed, leaves
from stratagem.engine.evaluate.walk import column_of, step_exprs, step_names
from stratagem.engine.explain.explanation import ActionTold, Explanation, GateTold
from stratagem.engine.plan.plan import ActionPlan, Plan

EXPECTED = "@expect:"


@dataclass(frozen=True)
class Outcome:
    """What came of a test's world."""

    plan: Plan
    observed: Observed
    told: Explanation
    world: World

    @property
    def listed(self) -> list[ActionTold]:
        """Actions that go out to the customer, in order."""
        found = [a for a in self.told.actions if a.goes_out]
        return sorted(found, key=lambda a: a.position or 0)


def failures(test: StrategyTest, outcome: Outcome) -> Iterator[Failure]:
    """One for each expectation that did not come true."""
    checks = {
        "condition": _condition,
        "equals": _equals,
        "first_action": _first_action,
        "first_channel": _first_channel,
        "no_action": _no_action,
    }
    for number, expectation in enumerate(test.expectations):
        found = checks[expectation.kind](number, expectation, outcome)
        if found is not None:
            got, why = found
            yield Failure(expectation.at, expectation.text, got, tuple(why))


Found = tuple[str, list[str]] | None


def _condition(number: int, expectation: Expectation, outcome: Outcome) -> Found:
    value = outcome.observed.values[f"{EXPECTED}{number}"]
    if value is True:
        return None
    seen = outcome.observed.observations.get(f"{EXPECTED}{number}", ())
    return ("it does not hold" if value is False else "it is unknown"), [_seen(o, outcome) for o in seen]


def _equals(number: int, expectation: Expectation, outcome: Outcome) -> Found:
    """Money after `=` is compared as it is shown, rounded to the currency's places."""
    assert expectation.value is not None
    kind = expectation.value.expr.type
    got = _value_of(expectation.name, outcome)
    wanted = outcome.observed.values[f"{EXPECTED}{number}:value"]
    if got == wanted or (_shown(got, kind) == _shown(wanted, kind) and kind.kind is Kind.MONEY):
        return None
    return value_text(got, kind), _how(expectation.name[-1], outcome)


def _how(name: str, outcome: Outcome, called: str = "", told: frozenset[str] = frozenset()) -> list[str]:
    """How a column was worked out: its formula, and the facts and fields it read with their values; of those that are
    missing, the same. `told`: facts of which it is said already."""
    from stratagem.dsl.expressions.speak import speak
    from stratagem.engine.explain.explain import kinds_of

    if name in outcome.world.fixed:
        return [f"{name} is given in the test"]
    steps = (*outcome.plan.facts, *outcome.plan.candidates)
    step = next((s for s in steps if step_names(s)[0] == name), None)
    if step is None:
        return []
    kinds = kinds_of(outcome.plan)
    formulas = list(step_exprs(step))
    read = dict.fromkeys(column for expr in formulas for leaf in leaves(expr) if (column := column_of(leaf)))
    found = [f"{called or name} is {speak(formulas[0])}"]
    values = {column: _read(column, outcome) for column in read if column in kinds}
    found += [f"{c} = {value_text(value, kinds[c][0])}" for c, value in values.items() if c not in told]
    for column in (column for column, value in values.items() if value is None and column not in told):
        found += _how(column, outcome, told=told | values.keys())
    return found


def _read(column: str, outcome: Outcome) -> Any:
    """The value of a fact or of a field of the customer."""
    source, _, name = column.partition(".")
    held = outcome.world.record.get(source)
    return held.get(name) if name and isinstance(held, dict) else outcome.observed.values.get(column)


def _value_of(path: tuple[str, ...], outcome: Outcome) -> Any:
    """A fact, segment or `segments` block by its name, or a field by its source and name."""
    if len(path) == 1:
        return outcome.observed.values.get(path[0])
    held = outcome.world.record.get(path[0], {})
    return held.get(path[1]) if isinstance(held, dict) else None


def _shown(value: Any, kind: Type) -> Any:
    if value is None or kind.kind is not Kind.MONEY:
        return value
    return f"{value:.{places(kind.currency)}f}"


def _first_action(number: int, expectation: Expectation, outcome: Outcome) -> Found:
    assert expectation.action is not None
    wanted = expectation.action.name
    listed = outcome.listed
    if listed and listed[0].action == wanted:
        return None
    got = f"the first action is {listed[0].action}" if listed else "no action"
    return got, _why_lost(outcome.told.of(wanted), outcome) + [f"{a.action} scores {_score(a)}" for a in listed]


def _first_channel(number: int, expectation: Expectation, outcome: Outcome) -> Found:
    assert expectation.channel is not None
    listed = outcome.listed
    if listed and listed[0].channel == expectation.channel.name:
        return None
    wanted = expectation.channel.name
    if not listed:
        return "no action", []
    first = listed[0]
    got = f"{first.action} goes through {first.channel}"
    plan = next(a for a in outcome.plan.actions if a.action.name == first.action)
    if wanted not in plan.channels:
        return got, [f"{first.action} does not go through {wanted}"]
    if plan.channels.index(first.channel) < plan.channels.index(wanted):
        return got, [f"{first.action} prefers {first.channel} to {wanted}"]
    return got, _why_closed(plan, wanted, outcome)


def _why_closed(plan: ActionPlan, channel: str, outcome: Outcome) -> list[str]:
    """Why a channel that is preferred was passed over: what its `allowed when` came to, or a limit."""
    allowed = plan.allowed[plan.channels.index(channel)]
    if allowed is None or outcome.observed.values.get(allowed) is True:
        return [f"{channel} is allowed, but the contact policy has no room for it"]
    seen = outcome.observed.observations.get(allowed, ())
    return [f"{channel} is not allowed", *(_seen(o, outcome) for o in seen if o.truth is not True)]


def _no_action(number: int, expectation: Expectation, outcome: Outcome) -> Found:
    """The reason is a gate that stopped it, or a name that a condition of a stopping gate read."""
    assert expectation.action is not None
    told = outcome.told.of(expectation.action.name)
    assert told is not None
    if told.goes_out:
        return f"{told.action} is number {told.position} on the list", []
    because = expectation.because.name if expectation.because else None
    if because is None or because in told.stopped_by or because in _read_by_stopping(told, outcome.plan):
        return None
    return f"{told.action} is stopped by {', '.join(told.stopped_by) or 'nothing'}", _why_lost(told, outcome)


def _read_by_stopping(told: ActionTold, plan: Plan) -> set[str]:
    """Names that the conditions behind its stopping gates read: fields also without their source, and where a
    `segments` block was read, its tiers too."""
    found: set[str] = set()
    for gate in told.gates:
        for clause in gate.clauses if gate.standing != "passed" else ():
            for name in (*(r.name for r in clause.reads), *clause.missing):
                found |= {name, name.rpartition(".")[2]}
    return found | {t.name for t in plan.strategy.all_tiers if t.tiers in found}


def _why_lost(told: ActionTold | None, outcome: Outcome) -> list[str]:
    """The gates that stopped it; of a score that did, its parts, and where its worth and a missing chance come from."""
    if told is None or told.goes_out:
        return []
    said = [f"{told.action}: {_gate(g)}" for g in told.gates if g.standing != "passed"]
    if "score" not in told.stopped_by:
        return said
    parts = ", ".join(f"{p.name} {p.value}" for p in told.parts if p.name != "score")
    plan = next(a for a in outcome.plan.actions if a.action.name == told.action)
    said.append(f"{told.action} has {parts}")
    if plan.chance and outcome.observed.values.get(plan.chance) is None:
        said += _how(plan.chance, outcome, "chance")
    return [*said, *(_how(plan.worth, outcome, "worth") if plan.worth else ())]


def _gate(gate: GateTold) -> str:
    clauses = "; ".join(f"{c.text} is {c.truth}{_values(c.reads)}" for c in gate.clauses)
    return f"{gate.gate} {gate.standing}{f' ({clauses})' if clauses else f': {gate.note}' if gate.note else ''}"


def _values(reads: Any) -> str:
    shown = ", ".join(f"{r.name} = {r.value}" for r in reads)
    return f" [{shown}]" if shown else ""


def _score(told: ActionTold) -> str:
    return next((p.value for p in told.parts if p.name == "score"), "nothing")


def _seen(seen: Observation, outcome: Outcome) -> str:
    from stratagem.dsl.expressions.speak import speak
    from stratagem.engine.explain.explain import kinds_of

    kinds = kinds_of(outcome.plan)
    truth = {True: "true", False: "false", None: "unknown"}[seen.truth]
    values = ", ".join(
        f"{name} = {value_text(value, kinds[name][0] if name in kinds else Type(Kind.NUMBER))}"
        for name, value in seen.reads
    )
    return f"{speak(seen.clause)} is {truth}{f' [{values}]' if values else ''}"
