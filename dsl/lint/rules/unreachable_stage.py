"""Stages that no chain of moves leads to."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.journey import Journey

RULE = Rule(
    "L001",
    Text(
        "warning",
        "Nobody reaches `{name}`",
        "No chain of moves leads there from `{first}`, where customers start.",
        "Write a move to it: move STAGE to {name} when …",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """From the first stage on; where a field says the stage (`starts in`), every stage can be reached."""
    journey = c.strategy.journey
    if journey is None or not journey.stages or journey.starts_in is not None:
        return
    reached = _reached(journey)
    for stage in journey.stages:
        if stage.name not in reached:
            yield RULE.at(stage.at, name=stage.name, first=journey.stages[0].name)


def _reached(journey: Journey) -> set[str]:
    reached = {journey.stages[0].name}
    waiting = [journey.stages[0].name]
    while waiting:
        place = waiting.pop()
        for move in journey.moves:
            if move.source.name == place and move.target.name not in reached:
                reached.add(move.target.name)
                waiting.append(move.target.name)
    return reached
