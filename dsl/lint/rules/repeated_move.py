"""Moves between the same stages under the same condition."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.diagnostics.edits import line_gone
from stratagem.dsl.lint.normal import normal
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.journey import Move

RULE = Rule(
    "L003",
    Text(
        "warning",
        "The move from `{source}` to `{target}` stands twice",
        "Both lines have the same condition; the second changes nothing.",
        "Delete one of them.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every move that an earlier one makes superfluous."""
    seen: dict[tuple[str, str, object], Move] = {}
    for move in c.strategy.journey.moves if c.strategy.journey else ():
        condition = normal(move.condition.expr) if move.condition is not None else None
        first = seen.setdefault((move.source.name, move.target.name, condition), move)
        if first is not move:
            label = Label(first.at, "said here already")
            fixes = [] if move.hurdles else [line_gone(move.at, "that it says no more than the first")]
            yield RULE.at(move.at, labels=[label], fixes=fixes, source=move.source.name, target=move.target.name)
