"""Choices that a field lists twice."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text

RULE = Rule(
    "L017",
    Text("warning", "`{name}` stands twice among the choices", "The second one changes nothing.", "Delete it."),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `one of (…)` of a field, as written: its type has lost the repeats."""
    for node in c.nodes_of("field"):
        written = node.value("type")
        seen: set[str] = set()
        for option in written.options if written is not None else ():
            if option.text in seen:
                yield RULE.at(option.span, name=option.text)
            seen.add(option.text)
