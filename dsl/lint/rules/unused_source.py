"""Sources that nothing is read from."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.sources import idle_sources

RULE = Rule(
    "L051",
    Text(
        "warning",
        "Nothing is read from `{name}`",
        "No formula, message, goal or question uses any of its fields, and it does not list the customers.",
        "Delete the source, or write a measure that reads it.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every source, unless it is the only one."""
    idle = idle_sources(c)
    for source in c.strategy.sources:
        if source.name in idle:
            yield RULE.at(source.at, name=source.name)
