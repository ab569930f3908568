"""Channels that nothing goes through."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.uses import uses

RULE = Rule(
    "L047",
    Text(
        "warning",
        "Nothing goes through `{name}`",
        "No action, touchpoint or question uses this channel.",
        "Write below an action: through {name}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every channel."""
    used = uses(c)
    for channel in c.strategy.channels:
        if ("channel", channel.name) not in used:
            yield RULE.at(channel.at, name=channel.name)
