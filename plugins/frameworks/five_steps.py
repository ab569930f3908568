"""Five steps to loyalty: are they there, can customers take them, what holds them back, and who works on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.journey import STEPS, Hurdle, Move
from stratagem.engine.complete.can_fire import Place
from stratagem.engine.complete.facts import SHOWN, StrategyFacts
from stratagem.engine.complete.finding import Verdict, each, evidence, lack, met, missing, partly
from stratagem.engine.complete.framework import Framework, Judges
from stratagem.engine.graph.references import node_id
from stratagem.plugins.frameworks import five_steps_data

declared = Judges()

OVERCOMES = {
    "perception": ("communication",),
    "product": ("product", "service"),
    "process": ("channel", "process"),
}
"""What an action must improve to be of the fitting kind; a message also works on perception."""


def hurdles(facts: StrategyFacts) -> Iterator[tuple[Move, Hurdle]]:
    """Every hurdle with its move."""
    journey = facts.strategy.journey
    return ((m, h) for m in (journey.moves if journey else ()) for h in m.hurdles)


@declared("FIV1")
def steps(facts: StrategyFacts) -> Verdict:
    """Each of the five is a stage."""
    return each(STEPS, lambda step: _step(facts, step), missing())


def _step(facts: StrategyFacts, step: str) -> Verdict:
    stages = facts.stages_of(step)
    if not stages:
        return missing(lack("step", facts.strategy.journey, step=step))
    journey = facts.strategy.journey
    places = [s for s in (journey.stages if journey else ()) if s.step == step]
    return met(*(evidence(f"stage {s.name} is {step}", s) for s in places))


@declared("FIV2")
def moves(facts: StrategyFacts) -> Verdict:
    """From each step a way leads on to the next, by moves whose conditions can be true."""
    pairs = list(pairwise(STEPS))
    return each(pairs, lambda pair: _way(facts, *pair), missing())


def _way(facts: StrategyFacts, before: str, after: str) -> Verdict:
    starts, ends = facts.stages_of(before), facts.stages_of(after)
    if not starts or not ends:
        return missing(lack("stages", facts.strategy.journey, before=before, after=after))
    between = {s.name for s in facts.strategy.journey.stages if s.step is None} if facts.strategy.journey else set()
    reached, found = set(starts), set(starts)
    while found:
        onward = {m.target.name for m in facts.can.standing.moves if m.source.name in found}
        if onward & set(ends):
            return met(evidence(f"a way leads from {before} to {after}"))
        found = (onward & between) - reached
        reached |= found
    return missing(lack("move", facts.strategy.journey, node_id("stage", ends[0]), before=starts[-1], after=ends[0]))


@declared("FIV3")
def held_back(facts: StrategyFacts) -> Verdict:
    """Every move forward names a hurdle."""
    journey = facts.strategy.journey
    forward = [m for m in (journey.moves if journey else ()) if journey and journey.forward(m)]
    return each(forward, _hurdle_named, missing(lack("moves")))


def _hurdle_named(move: Move) -> Verdict:
    if not move.hurdles:
        node = node_id("move", f"{move.source.name}-{move.target.name}")
        return missing(lack("hurdle", move, node, before=move.source.name, after=move.target.name))
    return met(*(evidence(f"{h.name}, a matter of {h.kind}, holds back at {move.source}", h) for h in move.hurdles))


@declared("FIV4")
def measured_hurdles(facts: StrategyFacts) -> Verdict:
    """Each hurdle has a condition that a customer at its stage can meet."""
    return each(hurdles(facts), lambda pair: _measured(facts, *pair), missing(lack("none")))


def _measured(facts: StrategyFacts, move: Move, hurdle: Hurdle) -> Verdict:
    words = {"before": move.source.name, "after": move.target.name, "kind": hurdle.kind}
    node = node_id("hurdle", hurdle.name)
    if hurdle.condition is None:
        return missing(lack("condition", hurdle, node, **words))
    if not facts.can.occupied(before(move, hurdle)):
        return partly(lack("never", hurdle, node, **words))
    return met(evidence(f"{hurdle.name} is known by a condition", hurdle))


def before(move: Move, hurdle: Hurdle) -> Place:
    """Where a customer stands who is held back by the hurdle."""
    conditions = (hurdle.condition.expr,) if hurdle.condition else ()
    return Place(stages=(move.source.name,), conditions=conditions)


@declared("FIV5")
def worked_on(facts: StrategyFacts) -> Verdict:
    """An action of the fitting kind overcomes each hurdle, and can fire for who stands before it."""
    return each(hurdles(facts), lambda pair: _overcome(facts, *pair), missing(lack("none")))


def _overcome(facts: StrategyFacts, move: Move, hurdle: Hurdle) -> Verdict:
    improves = OVERCOMES[hurdle.kind]
    node = node_id("hurdle", hurdle.name)
    working = [a for a in facts.strategy.actions if any(r.name == hurdle.name for r in a.overcomes)]
    if not working:
        return missing(lack("nobody", hurdle, node, kind=hurdle.kind, improves=improves[0]))
    fitting = [a for a in working if _fits(a, hurdle)]
    if not fitting:
        return partly(lack("kind", hurdle, node, kind=hurdle.kind, improves=improves[0], action=working[0].name))
    firing = facts.firing(fitting, before(move, hurdle), at_most=SHOWN)
    if firing:
        return met(*(evidence(f"action {a.name} works on {hurdle.name}", a) for a in firing))
    first = fitting[0]
    why = facts.fires(first, before(move, hurdle)).why
    return partly(lack("never", hurdle, node_id("action", first.name), action=first.name, why=why))


def _fits(action: Action, hurdle: Hurdle) -> bool:
    said = hurdle.kind == "perception" and bool(action.messages)
    return said or action.improves in OVERCOMES[hurdle.kind]


framework = Framework.from_toml(__package__ or "", "five_steps.toml", [declared], [five_steps_data.measured])
