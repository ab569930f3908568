"""Fields of sources that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.sources import idle_fields, idle_sources

RULE = Rule(
    "L042",
    Text(
        "warning",
        "Nothing reads `{name}`",
        "No formula, message, goal or question uses this field of `{source}`, and it neither identifies, dates, joins, "
        "groups nor addresses anybody.",
        "Delete the line: columns that no field declares are left alone.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every field of every source that anything is read from."""
    idle = idle_sources(c)
    for source in c.strategy.sources:
        if source.name not in idle:
            for field in idle_fields(c, source):
                yield RULE.at(field.at, name=field.name, source=source.name)
