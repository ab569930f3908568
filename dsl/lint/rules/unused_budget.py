"""Budgets that no action is paid from."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L048",
    Text(
        "warning",
        "Nothing is paid from `{name}`",
        "No action says `paid from {name}`, so nothing is ever taken out of it.",
        "Write below an action: paid from {name}",
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every budget; blamed where it is to be shared out, if it is."""
    paying = {action.paid_from.name for action in c.strategy.actions if action.paid_from}
    shared = {ref.name: ref for ref in c.strategy.decide.allocate}
    for budget in c.strategy.resources.budgets:
        if budget.name not in paying:
            labels = [Label(shared[budget.name].at, "to be shared out here")] if budget.name in shared else []
            yield RULE.at(budget.at, labels=labels, name=budget.name)
