"""Objectives of the firm that nothing in the strategy supports."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L032",
    Text(
        "warning",
        "Nothing supports `{name}`",
        "No goal and no segment's objective names this objective of the firm.",
        "Write at a goal: supports {name}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every objective under `business`."""
    supported = {ref.name for goal in c.strategy.goals for ref in goal.supports}
    supported |= {o.supports.name for group in c.strategy.treated for o in group.objectives if o.supports}
    for objective in c.strategy.business.objectives:
        if objective.name not in supported:
            yield RULE.at(objective.at, name=objective.name)
