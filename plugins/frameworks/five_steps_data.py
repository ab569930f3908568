"""Five steps to loyalty, with data: who stands before each hurdle, and how many get past each step."""

from __future__ import annotations

from stratagem.dsl.model.journey import Hurdle, Move
from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.figures import PopulationFacts, percent
from stratagem.engine.complete.finding import Figure, Verdict, each, lack, met, not_measured, partly
from stratagem.engine.complete.framework import DataJudges
from stratagem.engine.graph.references import node_id

measured = DataJudges()

MOSTLY = 0.5
"""A hurdle unknown for more than this share of the customers at its stage is not measured yet."""


@measured("FIV4")
def before_each_hurdle(facts: StrategyFacts, people: PopulationFacts) -> Verdict:
    """How many stand before each hurdle, and the step's conversion rate."""
    journey = facts.strategy.journey
    pairs = [(m, h) for m in (journey.moves if journey else ()) for h in m.hurdles if h.condition is not None]
    return each(pairs, lambda pair: _counted(facts, people, *pair), not_measured("customers before each hurdle"))


def _counted(facts: StrategyFacts, people: PopulationFacts, move: Move, hurdle: Hurdle) -> Verdict:
    journey = facts.strategy.journey
    assert journey is not None
    beyond = tuple(s.name for s in journey.stages[journey.position(move.source.name) + 1 :])
    found = people.hurdle(hurdle.name, move.source.name, beyond)
    if found is None:
        return not_measured(f"customers before {hurdle.name}")
    figures = (
        Figure(
            name=f"{hurdle.name}: before it",
            value=found.before,
            text=f"{found.before:,} of {found.at_stage:,} at {move.source}",
        ),
        Figure(
            name=f"{hurdle.name}: conversion",
            value=found.conversion,
            text=f"{percent(found.conversion)} got past {move.source}",
        ),
    )
    if found.at_stage and found.unknown > MOSTLY * found.at_stage:
        words = {"before": move.source.name, "after": move.target.name, "kind": hurdle.kind}
        return partly(lack("unknown", hurdle, node_id("hurdle", hurdle.name), **words)).measured(*figures)
    return met().measured(*figures)
