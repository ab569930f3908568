"""Conditions that nobody can ever meet."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.tree import And, Between, Constant, Expr
from stratagem.dsl.lint.conditions import asked, asks, switches
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.resolve.mends import reworded
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
    yield from c.each(_of_block, reads="names", also=switches(c), where=asks)


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    for condition, span in asked(block).conditions:
        yield from _of(c, condition, span)


def _of(c: Context, condition: Expr, span: Span) -> Iterator[Diagnostic]:
    if c.reasoner.never(condition):
        why = "Its parts contradict each other" if isinstance(condition, And) else "What it reads can never be so"
        yield RULE.at(span, fixes=[_exchanged(condition), _either(c, condition)], why=why)


def _either(c: Context, condition: Expr) -> Fix | None:
    """`or` in place of `and`, between two conditions of one line."""
    if not isinstance(condition, And) or len(condition.parts) != 2:
        return None
    left, right = condition.parts
    source = c.built.sources.get(left.span.file)
    if source is None or left.span.end_line != right.span.line:
        return None
    between = left.span.after().to(right.span.start(0))
    if source.slice(between) != " and ":
        return None
    return Fix("Write or (this assumes that either of the two is enough)", (Edit(between, " or "),))


def _exchanged(condition: Expr) -> Fix | None:
    """The two ends of a `between` whose lower end is the greater one, each in the other's place."""
    if not isinstance(condition, Between):
        return None
    low, high = condition.low, condition.high
    if not isinstance(low, Constant) or not isinstance(high, Constant) or low.type != high.type:
        return None
    words = reworded(low, low.type), reworded(high, high.type)
    if not all(words):
        return None
    return Fix("Exchange the two ends", (Edit(low.span, words[1]), Edit(high.span, words[0])), safe=False)
