"""Conditions and choices between values: `and or not`, `is known`, text tests, `if else`, formulas by cases."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import (
    And,
    Cases,
    Constant,
    Expr,
    IfElse,
    Known,
    Not,
    Or,
    TextTest,
)
from stratagem.dsl.expressions.types import MISSING, TEXT, YES_NO, Kind, Type
from stratagem.dsl.expressions.write import quoted
from stratagem.dsl.resolve import mends
from stratagem.dsl.resolve.arithmetic import as_date, refuse_units, typed
from stratagem.dsl.resolve.rules import WORDS, same
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.values import Text

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver


def as_condition(made: Expr | None) -> Expr | None:
    """A bare `missing` as a condition is unknown."""
    return None if made is None else typed(made, YES_NO)


def known(r: Resolver, syntax: s.Known, scope: Scope) -> Expr | None:
    """`is known`, `is missing`."""
    operand = r.expr(syntax.operand, scope)
    if operand is None:
        return None
    return Known(type=YES_NO, span=syntax.span, operand=typed(operand, TEXT), negated=syntax.negated)


def text_test(r: Resolver, syntax: s.TextTest, scope: Scope) -> Expr | None:
    """`contains`, `starts with`, `matches`."""
    operand, argument = r.expr(syntax.operand, scope), r.expr(syntax.argument, scope)
    for side in (operand, argument):
        if side is not None and side.type.kind not in (*WORDS, Kind.MISSING):
            fixes = [] if operand is None or argument is None else mends.compared(operand, argument)
            r.findings.add("S321", side.span, labels=r.sides(side), fixes=fixes, kind=say(side.type), op=syntax.op)
            return None
    if operand is None or argument is None:
        return None
    if syntax.op == "matches" and not _is_regex(r, argument):
        return None
    return TextTest(
        type=YES_NO,
        span=syntax.span,
        op=syntax.op,
        operand=typed(operand, TEXT),
        argument=typed(argument, TEXT),
    )


def _is_regex(r: Resolver, argument: Expr) -> bool:
    if not isinstance(argument, Constant) or not isinstance(argument.value, str):
        r.findings.add("S320", argument.span, reason="it must be written out in quotes")
        return False
    from stratagem.dsl.resolve.regex import fault  # few strategies have one: start-up time

    reason = fault(argument.value)
    if reason is not None:
        r.findings.add("S320", argument.span, reason=reason)
    return reason is None


def negated(r: Resolver, syntax: s.Not, scope: Scope) -> Expr | None:
    """`not A`."""
    operand = r.condition(syntax.operand, scope)
    return None if operand is None else Not(type=YES_NO, span=syntax.span, operand=operand)


def every(r: Resolver, syntax: s.And, scope: Scope) -> Expr | None:
    """`A and B`, the lines of `all of`."""
    parts = _parts(r, syntax.parts, scope)
    return None if parts is None else And(type=YES_NO, span=syntax.span, parts=parts)


def some(r: Resolver, syntax: s.Or, scope: Scope) -> Expr | None:
    """`A or B`, the lines of `any of`."""
    parts = _parts(r, syntax.parts, scope)
    return None if parts is None else Or(type=YES_NO, span=syntax.span, parts=parts)


def _texts_apart(r: Resolver, parts: tuple[s.Syntax, ...]) -> bool:
    """`country is "DE" or "AT"`: texts that no field stands before are further values of the comparison before them."""
    for at, part in enumerate(parts[:-1]):
        further = list(takewhile(lambda other: _text(other) is not None, parts[at + 1 :]))
        first = _text(part.right) if isinstance(part, s.Is) else None
        if isinstance(part, s.Is) and first is not None and further:
            texts = ", ".join(quoted(text) for text in (first, *map(_text, further)) if text is not None)
            instead = f"is{' not' * part.negated} one of ({texts})"
            edit = Edit(part.left.span.after().to(further[-1].span), f" {instead}")
            fix = Fix(f"Write {instead} (this assumes that they are values of one thing)", (edit,))
            r.findings.add("S309", further[0].span, fixes=[fix], kind=say(TEXT))
            return True
    return False


def _text(syntax: s.Syntax) -> str | None:
    """What stands in quotes."""
    return syntax.value.value if isinstance(syntax, s.Lit) and isinstance(syntax.value, Text) else None


def _parts(r: Resolver, parts: tuple[s.Syntax, ...], scope: Scope) -> tuple[Expr, ...] | None:
    if _texts_apart(r, parts):
        return None
    made = [r.condition(part, scope) for part in parts]
    kept = tuple(part for part in made if part is not None)
    return kept if len(kept) == len(made) else None


def if_else(r: Resolver, syntax: s.IfElse, scope: Scope) -> Expr | None:
    """`A if CONDITION else B`."""
    then, condition = r.expr(syntax.then, scope), r.condition(syntax.condition, scope)
    otherwise = r.expr(syntax.otherwise, scope)
    if then is None or condition is None or otherwise is None:
        return None
    values = common(r, syntax, [then, otherwise])
    if values is None:
        return None
    kind, (then, otherwise) = values
    return IfElse(type=kind, span=syntax.span, then=then, condition=condition, otherwise=otherwise)


def cases(r: Resolver, syntax: s.Cases, scope: Scope) -> Expr | None:
    """A formula by cases; without `otherwise` (said elsewhere) what no case takes is missing."""
    values = [r.expr(case.value, scope) for case in syntax.cases]
    conditions = [r.condition(case.condition, scope) for case in syntax.cases]
    last: Expr | None = Constant(type=MISSING, span=syntax.span, value=None)
    if syntax.otherwise is not None:
        last = r.expr(syntax.otherwise, scope)
    kept = [v for v in [*values, last] if v is not None]
    tests = [c for c in conditions if c is not None]
    if len(kept) <= len(values) or len(tests) < len(conditions):
        return None
    found = common(r, syntax, kept)
    if found is None:
        return None
    kind, filled = found
    pairs = tuple(zip(filled[:-1], tests, strict=True))
    return Cases(type=kind, span=syntax.span, cases=pairs, otherwise=filled[-1])


def common(r: Resolver, at: s.Syntax, values: list[Expr], units: bool = False) -> tuple[Type, list[Expr]] | None:
    """The one type all values have, each brought to it; a finding at the first that does not fit.

    `units`: say it in terms of units where only those differ.
    """
    kind, giver = values[0].type, values[0]
    for value in values[1:]:
        both = same(kind, value.type)
        if both is None:
            if not units or not refuse_units(r, at, giver, value, "put in one formula"):
                fixes = [mends.rewritten(value, kind)]
                sides = r.sides(giver, value)
                r.findings.add("S318", value.span, labels=sides, fixes=fixes, left=say(kind), right=say(value.type))
            return None
        if kind.kind is Kind.MISSING:
            giver = value
        kind = both
    level = [as_date(v) if kind.kind is Kind.DATE else v for v in values]
    return kind, [typed(v, kind) for v in level]
