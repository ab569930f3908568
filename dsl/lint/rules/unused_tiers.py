"""`segments` blocks none of whose tiers anything reads."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.uses import acts, uses
from stratagem.dsl.model.facts import Tiers

RULE = Rule(
    "L041",
    Text(
        "warning",
        "Nobody uses the tiers of `{name}`",
        "No action, goal, matrix or condition names the block or one of its tiers.",
        "Write below an action: for {tier}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `segments` block."""
    used = uses(c)
    for block in c.strategy.tiers:
        named = ("tiers", block.name) in used or any(("group of customers", t.name) in used for t in block.tiers)
        if not named and not any(acts(tier) for tier in block.tiers):
            yield RULE.at(block.at, name=block.name, tier=_example(block))


def _example(block: Tiers) -> str:
    return block.tiers[0].name if block.tiers else "TIER"
