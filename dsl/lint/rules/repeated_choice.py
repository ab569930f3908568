"""Choices that a field lists twice."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.source import Span

RULE = Rule(
    "L017",
    Text("warning", "`{name}` stands twice among the choices", "The second one changes nothing.", "Delete it."),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `one of (…)` of a field, as written: its type has lost the repeats."""
    for node in c.nodes_of("field"):
        written = node.value("type")
        seen: set[str] = set()
        before = node.span
        for option in written.options if written is not None else ():
            if option.text in seen:
                yield RULE.at(option.span, fixes=[_without(option.span, before)], name=option.text)
            seen.add(option.text)
            before = option.span


def _without(span: Span, before: Span) -> Fix:
    """The choice gone with the comma before it."""
    return Fix("Leave it out", (Edit(before.after().to(span), ""),), True)
