"""Measures that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.uses import uses

RULE = Rule(
    "L043",
    Text(
        "warning",
        "Nothing reads the measure `{name}`",
        "No other formula, condition, goal or message uses it.",
        "Delete the line, or use it.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every measure."""
    used = uses(c)
    for measure in c.strategy.measures:
        if ("fact", measure.name) not in used:
            yield RULE.at(measure.at, name=measure.name)
