"""Segments that nothing names, and that say nothing on their own."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.lint.uses import acts, uses

RULE = Rule(
    "L040",
    Text(
        "warning",
        "Nobody uses the segment `{name}`",
        "No action, goal, question or condition names it, so it makes no difference who is in it.",
        "Write below an action: for {name}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every segment without metrics of its own, a role (prospect, unhappy, lapsed) or the stance `do_not_serve`."""
    used = uses(c)
    for segment in c.strategy.segments:
        if ("group of customers", segment.name) not in used and not acts(segment):
            yield RULE.at(segment.at, name=segment.name)
