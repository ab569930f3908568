"""Hurdles that no action overcomes."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L031",
    Text(
        "warning",
        "No action overcomes `{name}`",
        "A hurdle that nobody works on stays.",
        "Write below an action: overcomes {name}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every hurdle of the journey."""
    worked_on = {ref.name for action in c.strategy.actions for ref in action.overcomes}
    for hurdle in c.strategy.hurdles:
        if hurdle.name not in worked_on:
            yield RULE.at(hurdle.at, name=hurdle.name)
