"""Conditions of an action that everybody meets who gets that far: the group it is for, or its stages, say as much."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions.tree import And, Expr
from stratagem.dsl.lint.conditions import readable
from stratagem.dsl.lint.gates import Gate, beyond, days, fires, gates
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import Action
from stratagem.dsl.possible.reasoner import membership

RULE = Rule(
    "L018",
    Text(
        "note",
        "Everyone whom `{name}` is for meets this",
        "It follows from the lines shown, so it keeps nobody out.",
        "Delete it, or look at the bounds.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """The terms of every action's `when`, held against `for` and `at`."""
    yield from c.each(_of_block, reads="names", also=beyond(c), where=being(Action))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    action = block.part
    if not isinstance(action, Action) or action.when is None or not readable(action.when):
        return
    before = tuple(gate for gate in gates(c, action) if gate.name in ("for", "at"))
    expr = action.when.expr
    if not before or not fires(c, action):
        return
    said = _said_by(c, action)
    for term in expr.parts if isinstance(expr, And) else (expr,):
        if c.reasoner.naming(term, *said) and _met(c, action, before, term):
            labels = [gate.label for gate in _saying(c, action, before, term)]
            yield RULE.at(term.span, labels=labels, name=action.name)


def _said_by(c: Context, action: Action) -> list[Expr]:
    """The conditions behind `for` and `at`."""
    moves = c.strategy.journey.moves if action.stages and c.strategy.journey else ()
    found = [membership(c.strategy, ref.name) for ref in action.segments]
    return [*found, *(move.condition.expr for move in moves if move.condition is not None)]


def _met(c: Context, action: Action, before: tuple[Gate, ...], term: Expr) -> bool:
    r = c.reasoner
    failing = r.possible(*(gate.asks for gate in before), r.not_true(term), days=days(action))
    return not failing and r.possible(r.not_true(term))


def _saying(c: Context, action: Action, before: tuple[Gate, ...], term: Expr) -> tuple[Gate, ...]:
    """The gates that say it: a single one, if one alone does."""
    alone = next(((gate,) for gate in before if _met(c, action, (gate,), term)), None)
    return alone or before
