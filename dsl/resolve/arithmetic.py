"""Arithmetic with units: `+ - * /` and unary minus, rates brought on one scale exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import (
    Arithmetic,
    Constant,
    DateDifference,
    DateOf,
    DateShift,
    Expr,
    Negative,
)
from stratagem.dsl.expressions.types import DATE, DAYS, NUMBER, Kind, Type
from stratagem.dsl.expressions.write import write
from stratagem.dsl.record import replace
from stratagem.dsl.resolve import mends
from stratagem.dsl.resolve.rules import SCALE, Made, arithmetic, is_plain
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.unknown import visible
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.source import Span

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver

MICROS_A_DAY = 86_400_000_000


def resolve(r: Resolver, syntax: s.Arithmetic, scope: Scope) -> Expr | None:
    """`left op right` as a typed tree."""
    if syntax.op == "-" and (_hyphened(r, syntax, scope) or _from_today(r, syntax, scope)):
        return None
    left, right = r.expr(syntax.left, scope), r.expr(syntax.right, scope)
    if left is None or right is None:
        return None
    made = arithmetic(syntax.op, left.type, right.type)
    if made is None:
        _refuse(r, syntax, left, right)
        return None
    return _build(syntax, made, left, right)


def _hyphened(r: Resolver, syntax: s.Arithmetic, scope: Scope) -> bool:
    """Is it no subtraction but a name with a hyphen in it: the two sides touch, and it is a name with `_`."""
    left, right = syntax.left, syntax.right
    if not (isinstance(left, s.Name) and isinstance(right, s.Name) and len(left.path) == len(right.path) == 1):
        return False
    span = left.span.to(right.span)
    name = f"{left.path[0]}_{right.path[0]}"
    if span.line != span.end_line or span.end_column - span.column != len(name):
        return False
    known = visible(r, scope).names
    if name not in known or (left.path[0] in known and right.path[0] in known):
        return False
    seen = f"{left.path[0]}-{right.path[0]}"
    r.findings.add("S139", span, fixes=[Fix(f"Write {name}", (Edit(span, name),))], seen=seen, name=name)
    return True


_TODAY = ("today", "now")


def _from_today(r: Resolver, syntax: s.Arithmetic, scope: Scope) -> bool:
    """Is it the way from a day to today, or from today to a day, as spreadsheets write it."""
    for side, other, words in ((syntax.left, syntax.right, "days since"), (syntax.right, syntax.left, "days until")):
        called = isinstance(side, s.Call) and side.function in _TODAY and not side.arguments
        named = isinstance(side, s.Name) and side.path[0] in _TODAY and side.path[0] not in visible(r, scope).names
        if (called or named) and not isinstance(other, s.Lit):
            new = f"{words} {write(other)}"
            fix = Fix(f"Write {new}", (Edit(syntax.span, new),))
            r.findings.add("S153", syntax.span, fixes=[fix], written=write(syntax), instead=new)
            return True
    return False


def _build(syntax: s.Arithmetic, made: Made, left: Expr, right: Expr) -> Expr:
    span = syntax.span
    if made.how in ("shift", "shift right"):
        day, length = (left, right) if made.how == "shift" else (right, left)
        sign: Literal[1, -1] = -1 if syntax.op == "-" else 1
        return DateShift(type=made.type, span=span, date=typed(day, made.type), duration=typed(length, DAYS), sign=sign)
    if made.how == "difference":
        left, right = _same_clock(left, right)
        return DateDifference(type=made.type, span=span, left=left, right=right)
    left, right = _fill(syntax.op, left, right)
    if made.how == "plain":
        return Arithmetic(type=made.type, span=span, op=syntax.op, left=left, right=right)
    assert made.scale is not None
    scale = Constant(type=NUMBER, span=span, value=float(SCALE[made.scale]))
    if made.how == "over scale":
        product = Arithmetic(type=made.type, span=span, op="*", left=left, right=right)
        return Arithmetic(type=made.type, span=span, op="/", left=product, right=scale)
    scaled = Arithmetic(type=left.type, span=left.span, op="*", left=left, right=scale)
    return Arithmetic(type=made.type, span=span, op="/", left=scaled, right=right)


def _fill(op: str, left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """A bare `missing` takes the other side's kind; beside `*` and `/` it is a number."""
    beside = NUMBER if op in "*/" else None
    filled = typed(left, beside or right.type), typed(right, beside or left.type)
    return typed(filled[0], NUMBER), typed(filled[1], NUMBER)


def typed(expr: Expr, kind: Type) -> Expr:
    """The expression, a bare `missing` in it taking this kind."""
    if expr.type.kind is not Kind.MISSING or kind.kind is Kind.MISSING:
        return expr
    return replace(expr, type=kind)


def _same_clock(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    left, right = typed(left, right.type), typed(right, left.type)
    if left.type.kind is right.type.kind:
        return left, right
    return as_date(left), as_date(right)


def as_date(expr: Expr) -> Expr:
    """A timestamp's calendar day; anything else as it is."""
    if expr.type.kind is not Kind.TIMESTAMP:
        return expr
    if isinstance(expr, Constant) and isinstance(expr.value, int):
        return Constant(type=DATE, span=expr.span, value=expr.value // MICROS_A_DAY)
    return DateOf(type=DATE, span=expr.span, operand=expr)


def negative(r: Resolver, syntax: s.Negative, scope: Scope) -> Expr | None:
    """`-x`; a negative literal is a constant."""
    operand = r.expr(syntax.operand, scope)
    if operand is None:
        return None
    if operand.type.kind is not Kind.MISSING and not operand.type.is_numeric:
        r.findings.add("S324", syntax.span, labels=r.sides(operand), kind=say(operand.type))
        return None
    operand = typed(operand, NUMBER)
    if isinstance(operand, Constant) and isinstance(operand.value, float):
        return Constant(type=operand.type, span=syntax.span, value=-operand.value)
    return Negative(type=operand.type, span=syntax.span, operand=operand)


_VERBS = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided"}
_BESIDE = {
    "added": "is added to",
    "subtracted": "stands in a subtraction with",
    "compared": "is compared with",
    "put in one formula": "stands beside",
    "put in one place": "stands where there should be",
}
"""How a bare number comes to meet a unit, by the verb of what was tried."""


def _refuse(r: Resolver, syntax: s.Arithmetic, left: Expr, right: Expr) -> None:
    verb = _VERBS[syntax.op]
    if syntax.op in "+-" and refuse_units(r, syntax, left, right, verb):
        return
    if syntax.op == "/" and _currencies(r, syntax.span, left, right, verb):
        return
    if syntax.op in "*/" and _families(left.type, right.type, syntax.op):
        _say_families(r, syntax.span, left, right, syntax.op)
        return
    r.findings.add(
        "S306",
        syntax.span,
        labels=r.sides(left, right),
        fixes=mends.reckoned(left, right, syntax.op),
        left=say(left.type),
        right=say(right.type),
        verb=verb,
    )


def refuse_units(r: Resolver, syntax: s.Syntax, left: Expr, right: Expr, verb: str) -> bool:
    """Say what is wrong where two amounts differ in unit only; False when they differ in more than that."""
    if _currencies(r, syntax.span, left, right, verb):
        return True
    if _families(left.type, right.type):
        _say_families(r, syntax.span, left, right)
        return True
    return _say_unitless(r, left, right, verb)


def _currencies(r: Resolver, span: Span, left: Expr, right: Expr, verb: str) -> bool:
    a, b = left.type, right.type
    if not (a.kind is b.kind is Kind.MONEY) or a.per != b.per or a.currency == b.currency:
        return False
    fixes = [mends.currency(right, a.currency), mends.currency(left, b.currency)]
    r.findings.add("S302", span, labels=r.sides(left, right), fixes=fixes, left=a.currency, right=b.currency, verb=verb)
    return True


def _families(a: Type, b: Type, op: str = "+") -> bool:
    """Would the two go together, were not one measured in days and the other in months."""
    if a.kind is b.kind is Kind.DURATION:
        return op != "*" and a.family != b.family
    if a.is_rate and b.is_rate:
        return op != "*" and a.kind is b.kind and a.per != b.per
    rate, length = (a, b) if a.is_rate else (b, a)
    return op == "*" and rate.is_rate and length.kind is Kind.DURATION and rate.per != length.family


def _say_families(r: Resolver, span: Span, left: Expr, right: Expr, op: str = "+") -> None:
    fixes = mends.families(left, right, op)
    r.findings.add("S304", span, labels=r.sides(left, right), fixes=fixes, left=say(left.type), right=say(right.type))


def _say_unitless(r: Resolver, left: Expr, right: Expr, verb: str) -> bool:
    for unit, bare in ((left, right), (right, left)):
        if not is_plain(bare.type) or unit.type.is_rate:
            continue
        if unit.type.kind is Kind.MONEY:
            word, code = unit.type.currency or r.currency or "EUR", "S301"
        elif unit.type.kind is Kind.DURATION:
            word, code = ("days" if unit.type.family == "days" else "months"), "S303"
        else:
            continue
        number = _as_written(bare)
        fixes: list[Fix | None]
        if number:
            fixes = [_unit_fix(bare, word)]
        else:
            fixes = [mends.rewritten(unit, bare.type), mends.rewritten(bare, unit.type) or _times_one(bare, word)]
        r.findings.add(
            code,
            bare.span,
            labels=r.sides(unit, bare),
            fixes=fixes,
            kind=say(unit.type),
            bare=_bare(bare),
            write=f"{number} {word}" if number else _put_right(unit, bare, word),
            how=_BESIDE[verb],
        )
        return True
    return False


def _bare(expr: Expr) -> str:
    """What stands without a unit, as a sentence begins with it."""
    return "A share" if expr.type.kind is Kind.SHARE else "A bare number"


def _put_right(unit: Expr, bare: Expr, word: str) -> str:
    """What to write where the number is worked out, or is a share: no amount is known that could be named."""
    if isinstance(bare, Constant):
        return f"AMOUNT {word} in place of the percentage"
    if isinstance(unit, Constant) and unit.value is not None:
        return f"a number without unit on the other side; or multiply this one by what each is worth: … * AMOUNT {word}"
    return f"… * AMOUNT {word}, with what each one of it is worth"


def refuse_wanted(r: Resolver, made: Expr, want: Type) -> bool:
    """Say so where a value lacks only its unit, or has another one; False when it differs in more than that."""
    if made.type.kind is want.kind is Kind.MONEY and made.type.per == want.per:
        r.findings.add(
            "S302",
            made.span,
            labels=r.sides(made),
            left=made.type.currency,
            right=want.currency,
            verb="put in one place",
        )
        return True
    asked = Constant(type=want, value=None)
    return is_plain(made.type) and _say_unitless(r, asked, made, "put in one place")


def _as_written(expr: Expr) -> str:
    """A literal number as it may be written again; empty for anything else."""
    if not isinstance(expr, Constant) or not isinstance(expr.value, float) or expr.type.kind is not Kind.NUMBER:
        return ""
    whole = int(expr.value)
    return f"{whole:,}" if whole == expr.value else repr(expr.value)


def _times_one(expr: Expr, word: str) -> Fix:
    """A worked-out number as so many of the unit."""
    one = word if word.isupper() else word.removesuffix("s")
    closed = isinstance(expr, Arithmetic) and expr.op in "+-"
    edits = (Edit(expr.span.after(), f"{')' if closed else ''} * 1 {one}"),)
    return Fix(f"Write `* 1 {one}` after it", (Edit(expr.span.start(0), "("), *edits) if closed else edits)


def _unit_fix(expr: Expr, word: str) -> Fix:
    return Fix(f"Write the unit: {_as_written(expr)} {word}", (Edit(expr.span.after(), f" {word}"),))
