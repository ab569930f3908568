"""Offers that no action offers."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.uses import uses

RULE = Rule(
    "L046",
    Text(
        "warning",
        "No action offers `{name}`",
        "It is declared, and nobody is ever told of it.",
        "Write below an action: offers {name}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every offer."""
    used = uses(c)
    for offer in c.strategy.offers:
        if ("offer", offer.name) not in used:
            yield RULE.at(offer.at, name=offer.name)
