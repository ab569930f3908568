"""Values, beside the customer value, that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.uses import uses

RULE = Rule(
    "L044",
    Text(
        "warning",
        "Nothing reads the value `{name}`",
        "It is not the strategy's customer value, and no formula, condition, goal or message uses it.",
        'Delete the line, use it, or mark it: value {name} "…" main = …',
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every value but the main one."""
    used = uses(c)
    for value in c.strategy.values:
        if ("fact", value.name) not in used and value is not c.strategy.main_value:
            yield RULE.at(value.at, name=value.name)
