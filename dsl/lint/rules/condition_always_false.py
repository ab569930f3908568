"""Conditions that nobody can ever meet."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions.tree import And, Expr
from stratagem.dsl.lint.conditions import conditions, formulas, within
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.source import Span

RULE = Rule(
    "L011",
    Text(
        "warning",
        "This can never hold",
        "{why}, so nobody ever meets the condition.",
        "Look at the bounds; `or` may have been meant in place of `and`.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every condition outside tests."""
    yield from c.each(_of_block, reads="names")


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    for formula in conditions(block):
        yield from _of(c, formula.expr, formula.at)
    for formula in formulas(block):
        for condition in within(formula):
            yield from _of(c, condition, condition.span)


def _of(c: Context, condition: Expr, span: Span) -> Iterator[Diagnostic]:
    if c.reasoner.never(condition):
        why = "Its parts contradict each other" if isinstance(condition, And) else "What it reads can never be so"
        yield RULE.at(span, why=why)
