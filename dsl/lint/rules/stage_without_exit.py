"""Stages, but for the last, that no move leads away from."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L002",
    Text(
        "warning",
        "Nobody leaves `{name}`",
        "No move leads away from it, and it is not the last stage.",
        "Write a move: move {name} to STAGE when …",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every stage but the last."""
    journey = c.strategy.journey
    if journey is None:
        return
    left = {move.source.name for move in journey.moves}
    for stage in journey.stages[:-1]:
        if stage.name not in left:
            yield RULE.at(stage.at, name=stage.name)
