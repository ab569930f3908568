"""Goals that no action serves."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L030",
    Text(
        "warning",
        "No action serves `{name}`",
        "A goal is reached by what is done for it.",
        "Write below an action: serves {name}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every goal."""
    served = {ref.name for action in c.strategy.actions for ref in action.serves}
    for goal in c.strategy.goals:
        if goal.name not in served:
            yield RULE.at(goal.at, name=goal.name)
