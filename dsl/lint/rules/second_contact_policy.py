"""Contact policies besides the first."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L056",
    Text(
        "warning",
        "This is a further contact policy",
        "Everything that all of them say holds for every customer, so the strictest limit counts; "
        "one does not take the place of another.",
        "Keep one, with all that is to hold; a limit for some kinds of action only says `for KINDS`.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every policy but the first."""
    policies = c.strategy.policies
    for policy in policies[1:]:
        yield RULE.at(policy.at, labels=[Label(policies[0].at, "the first one")])
