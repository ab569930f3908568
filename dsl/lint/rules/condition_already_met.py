"""Conditions of an action that everybody meets who gets that far: the group it is for, or its stages, say as much."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions.tree import And, Expr
from stratagem.dsl.lint.conditions import readable
from stratagem.dsl.lint.gates import Gate, days, gates
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import Action

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
    yield from c.each(_of_block, reads="names")


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    action = block.part
    if not isinstance(action, Action) or action.when is None or not readable(action.when):
        return
    before = tuple(gate for gate in gates(c, action) if gate.name in ("for", "at"))
    expr = action.when.expr
    if not before or not c.reasoner.possible(*(gate.asks for gate in gates(c, action)), days=days(action)):
        return
    for term in expr.parts if isinstance(expr, And) else (expr,):
        if _met(c, action, before, term):
            labels = [gate.label for gate in _saying(c, action, before, term)]
            yield RULE.at(term.span, labels=labels, name=action.name)


def _met(c: Context, action: Action, before: tuple[Gate, ...], term: Expr) -> bool:
    r = c.reasoner
    failing = r.possible(*(gate.asks for gate in before), r.not_true(term), days=days(action))
    return not failing and r.possible(r.not_true(term))


def _saying(c: Context, action: Action, before: tuple[Gate, ...], term: Expr) -> tuple[Gate, ...]:
    """The gates that say it: a single one, if one alone does."""
    alone = next(((gate,) for gate in before if _met(c, action, (gate,), term)), None)
    return alone or before
