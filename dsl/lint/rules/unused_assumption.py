"""Assumptions that no formula reads."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.uses import uses

RULE = Rule(
    "L045",
    Text(
        "warning",
        "No formula reads `{name}`",
        "Whatever is assumed, nothing changes.",
        "Delete the line, or use it in the formula it was meant for.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `assume` line."""
    used = uses(c)
    for assumption in c.strategy.assumptions:
        if ("fact", assumption.name) not in used:
            yield RULE.at(assumption.at, name=assumption.name)
