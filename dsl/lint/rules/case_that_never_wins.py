"""Cases of a formula that the cases above leave nobody for."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.expressions.tree import Cases, Expr
from stratagem.dsl.lint.conditions import asked, asks, switches
from stratagem.dsl.lint.normal import normal
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.possible.formulas import Formula

RULE = Rule(
    "L013",
    Text(
        "warning",
        "This case never wins",
        "{why}, and the first that holds wins.",
        "Change one of the two, or delete this line.",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every formula by cases outside tests."""
    yield from c.each(_of_block, reads="names", also=switches(c), where=asks)


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    for expr in asked(block).cases:
        yield from _of_cases(c, expr)


def _of_cases(c: Context, expr: Cases) -> Iterator[Diagnostic]:
    above: list[Expr] = []
    seen: dict[Hashable, Expr] = {}
    for _, condition in expr.cases:
        same = seen.setdefault(normal(condition), condition)
        if same is not condition:
            label = Label(same.span, "the same condition wins first")
            yield RULE.at(condition.span, labels=[label], why="A case above has the same condition")
        elif _taken(c, above, condition):
            labels = [Label(earlier.span, "tried first") for earlier in above]
            yield RULE.at(condition.span, labels=labels, why="Whoever meets it meets a case above")
        above.append(condition)


def _taken(c: Context, above: list[Expr], condition: Expr) -> bool:
    """Can it be met at all, but by nobody who meets none of the conditions above."""
    reasoner = c.reasoner
    if not above or reasoner.independent([*above, condition]):
        return False
    holds = reasoner.true(condition)
    left: list[Formula] = [reasoner.not_true(earlier) for earlier in above]
    return not reasoner.possible(holds, *left) and reasoner.possible(holds)
