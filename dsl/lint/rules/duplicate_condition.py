"""Segments that are one and the same group, and actions that are for the same customers at the same moment."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.expressions.tree import And, Or
from stratagem.dsl.lint.conditions import readable
from stratagem.dsl.lint.normal import normal
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.facts import Segment

RULE = Rule(
    "L016",
    Text("warning", "`{name}` has the condition of `{first}`", "{why}.", "{help}"),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """All segments, and all actions whose `when` has two terms or more."""
    yield from _segments(c)
    yield from _actions(c)


def _segments(c: Context) -> Iterator[Diagnostic]:
    seen: dict[Hashable, Segment] = {}
    for segment in c.strategy.segments:
        if not readable(segment.condition):
            continue
        first = seen.setdefault(normal(segment.condition.expr), segment)
        if first is not segment:
            yield RULE.at(
                segment.condition.at,
                labels=[Label(first.condition.at, f"`{first.name}`")],
                name=segment.name,
                first=first.name,
                why="Whoever is in one of them is in the other",
                help="Delete one of them, or correct its condition.",
            )


def _actions(c: Context) -> Iterator[Diagnostic]:
    seen: dict[Hashable, Action] = {}
    for action in c.strategy.actions:
        if action.when is None or not readable(action.when) or not isinstance(action.when.expr, (And, Or)):
            continue
        first = seen.setdefault(_moment(action), action)
        if first is not action and first.when is not None:
            yield RULE.at(
                action.when.at,
                labels=[Label(first.when.at, f"`{first.name}`")],
                name=action.name,
                first=first.name,
                why="Both are for the same customers, at the same stages, under the same conditions",
                help="Make one action of them, or correct the condition that was copied.",
            )


def _moment(action: Action) -> Hashable:
    """For whom and when it is, channel and content aside."""
    assert action.when is not None
    unless = frozenset(repr(normal(formula.expr)) for formula in action.unless)
    groups, stages = frozenset(r.name for r in action.segments), frozenset(r.name for r in action.stages)
    return groups, stages, normal(action.when.expr), unless, action.starts, action.ends, action.after, action.kind
