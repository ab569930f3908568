"""Conditions that say nothing: they can never be false."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.lint.conditions import asked, asks, by_assumption, switches
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.source import Span

RULE = Rule(
    "L012",
    Text(
        "warning",
        "This always holds",
        "It can never be false{unless}, so it keeps nobody out.",
        "Look at the bounds; `and` may have been meant in place of `or`{instead}.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every condition outside tests."""
    yield from c.each(_of_block, reads="names", also=switches(c), where=asks)


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    for condition, span in asked(block).conditions:
        yield from _of(c, condition, span)


def _of(c: Context, condition: Expr, span: Span) -> Iterator[Diagnostic]:
    reasoner = c.reasoner
    if not reasoner.never_fails(condition) or by_assumption(c, condition):
        return
    if reasoner.possible(reasoner.unknown(condition)):
        instead = "; if this is meant, write `is known`"
        yield RULE.at(span, unless=" (only unknown, where something it reads is missing)", instead=instead)
    else:
        yield RULE.at(span, unless="", instead="")
