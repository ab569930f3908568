"""Terms of `and`, `or`, `all of`, `any of` that change nothing: said already, following from the rest, or always so."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.expressions.tree import And, Expr, Or
from stratagem.dsl.lint.conditions import asked, by_assumption, switches
from stratagem.dsl.lint.normal import normal
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.possible.formulas import every

RULE = Rule(
    "L015",
    Text("warning", "This term adds nothing", "{why}.", "Delete it, or correct the one that was meant differently."),
)
MOST_TERMS = 12
"""Of one condition, for which it is asked whether a term follows from the others."""


def find(c: Context) -> Iterator[Diagnostic]:
    """Every condition outside tests."""
    yield from c.each(_of_block, reads="names", also=switches(c), where=_joins)


def _joins(block: Block) -> bool:
    return bool(asked(block).joined)


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    for expr in asked(block).joined:
        yield from _of_terms(c, expr)


def _of_terms(c: Context, expr: And | Or) -> Iterator[Diagnostic]:
    seen: dict[Hashable, Expr] = {}
    repeated = False
    for term in expr.parts:
        first = seen.setdefault(normal(term), term)
        if first is not term:
            repeated = True
            yield RULE.at(term.span, labels=[Label(first.span, "said here")], why="It is said already")
    if not repeated and len(expr.parts) <= MOST_TERMS and not c.reasoner.plain(expr):
        yield from _alone(c, expr) or _following(c, expr)


def _alone(c: Context, expr: And | Or) -> list[Diagnostic]:
    """The terms that can turn out in one way only, where the condition itself can go either way."""
    idle = [term for term in expr.parts if _idle(c, term, isinstance(expr, And)) and not by_assumption(c, term)]
    if not idle or c.reasoner.never(expr) or c.reasoner.never_fails(expr):
        return []
    why = "It always holds" if isinstance(expr, And) else "It can never hold"
    return [RULE.at(term.span, why=why) for term in idle]


def _idle(c: Context, term: Expr, all_of: bool) -> bool:
    r = c.reasoner
    return r.never_fails(term) and not r.possible(r.unknown(term)) if all_of else r.never(term)


def _following(c: Context, expr: And | Or) -> Iterator[Diagnostic]:
    """The first term that the others settle, where the condition itself can go either way."""
    for place, term in enumerate(expr.parts):
        others = (*expr.parts[:place], *expr.parts[place + 1 :])
        if c.reasoner.touching(term, *others) and _settled(c, term, others, isinstance(expr, And)):
            if c.reasoner.never(expr) or c.reasoner.never_fails(expr):
                return  # the condition as a whole is to blame, and is
            labels = [Label(other.span, "this says it") for other in others]
            yield RULE.at(term.span, labels=labels[:3], why="It follows from the rest of the condition")
            return


def _settled(c: Context, term: Expr, others: tuple[Expr, ...], all_of: bool) -> bool:
    """Is the outcome (true, false, unknown) the same without the term, for everybody."""
    r = c.reasoner
    if all_of:  # it must hold wherever the rest does, and never fail where the rest is unknown
        rest = every(*(r.true(other) for other in others))
        return not r.possible(rest, r.not_true(term)) and not _unknown_rest(c, others, term, all_of)
    rest = every(*(r.false(other) for other in others))
    return not r.possible(rest, r.not_false(term)) and not _unknown_rest(c, others, term, all_of)


def _unknown_rest(c: Context, others: tuple[Expr, ...], term: Expr, all_of: bool) -> bool:
    """Can the rest be unknown while the term settles the whole."""
    rest = And(type=term.type, parts=others) if all_of else Or(type=term.type, parts=others)
    whole = others[0] if len(others) == 1 else rest
    settles = c.reasoner.false(term) if all_of else c.reasoner.true(term)
    return c.reasoner.possible(c.reasoner.unknown(whole), settles)
