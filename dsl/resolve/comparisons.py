"""Comparisons of like with like: `<`, `is`, `is one of`, `between`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import (
    Between,
    Compare,
    Constant,
    Expr,
    InTier,
    Known,
    OneOf,
    TierRef,
)
from stratagem.dsl.expressions.types import YES_NO, Kind, choice
from stratagem.dsl.resolve import mends
from stratagem.dsl.resolve.arithmetic import as_date, refuse_units, typed
from stratagem.dsl.resolve.choices import has_values, option, sides
from stratagem.dsl.resolve.rules import DATES, comparable
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.wording import say

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver


def ordered(r: Resolver, syntax: s.Compare, scope: Scope) -> Expr | None:
    """`<`, `<=`, `>`, `>=`."""
    if _by_rank(r, syntax, scope):
        return None
    left, right = r.expr(syntax.left, scope), r.expr(syntax.right, scope)
    if left is None or right is None or not _alike(r, syntax, syntax.op, left, right):
        return None
    left, right = _level(left, right)
    return Compare(type=YES_NO, span=syntax.span, op=syntax.op, left=left, right=right)


def _by_rank(r: Resolver, syntax: s.Compare, scope: Scope) -> bool:
    """Is it `tier >= gold`: tiers are named, in the order in which they are declared."""
    if not isinstance(syntax.left, s.Name) or not isinstance(syntax.right, s.Name):
        return False
    (block, *more), (tier, *others) = syntax.left.path, syntax.right.path
    tiers = r.table.tiers_of(block)
    if more or others or tier not in tiers:
        return False
    at = tiers.index(tier)
    found = {">=": tiers[: at + 1], ">": tiers[:at], "<=": tiers[at:], "<": tiers[at + 1 :]}[syntax.op]
    new = f"{block} is {found[0]}" if len(found) == 1 else f"{block} is one of ({', '.join(found)})"
    fix = Fix(f"Write {new} (this assumes that the first tier is the highest)", (Edit(syntax.span, new),))
    fixes = [fix] if found else []
    r.findings.add("S308", syntax.span, fixes=fixes, left=say(choice(*tiers)), op=syntax.op)
    return True


def equal(r: Resolver, syntax: s.Is, scope: Scope) -> Expr | None:
    """`is`, `is not`; beside the word `missing` the same as `is missing`."""
    if isinstance(syntax.right, s.MissingWord):
        operand = r.expr(syntax.left, scope)
        return (
            None
            if operand is None
            else Known(type=YES_NO, span=syntax.span, operand=operand, negated=not syntax.negated)
        )
    left, right = sides(r, syntax.left, syntax.right, scope)
    if left is None or right is None:
        return None
    op: Literal["is", "is not"] = "is not" if syntax.negated else "is"
    if isinstance(right, TierRef):
        left, right = right, left
    if isinstance(left, TierRef) and isinstance(right, Constant) and isinstance(right.value, str):
        return _in_tiers(r, left, (right.value,), syntax.negated, syntax)
    if not _alike(r, syntax, op, left, right):
        return None
    left, right = _level(left, right)
    return Compare(type=YES_NO, span=syntax.span, op=op, left=left, right=right)


def _in_tiers(r: Resolver, tiers: TierRef, named: tuple[str, ...], negated: bool, at: s.Syntax) -> Expr:
    """A condition on the tier; `is not` names all the others, so that it is false outside the tiers' `when`."""
    chosen = tuple(t for t in r.table.tiers_of(tiers.tiers) if (t in named) is not negated)
    return InTier(type=YES_NO, span=at.span, tiers=tiers.tiers, names=chosen)


def one_of(r: Resolver, syntax: s.OneOf, scope: Scope) -> Expr | None:
    """`is one of (…)`, `is not one of (…)`; the options are values, not formulas."""
    operand = r.expr(syntax.operand, scope)
    options = [_option(r, each, operand, scope) for each in syntax.options]
    kept = tuple(o for o in options if o is not None)
    if operand is None or len(kept) < len(options):
        return None
    if isinstance(operand, TierRef):
        return _in_tiers(r, operand, tuple(str(o.value) for o in kept), syntax.negated, syntax)
    if operand.type.kind is Kind.TIMESTAMP and all(o.type.kind is Kind.DATE for o in kept):
        operand = as_date(operand)
    if any(o.type.kind in DATES and o.type.kind is not operand.type.kind for o in kept):
        r.findings.add(
            "S307", syntax.span, labels=r.sides(operand, kept[0]), left=say(operand.type), right=say(kept[0].type)
        )
        return None
    return OneOf(type=YES_NO, span=syntax.span, operand=operand, options=kept, negated=syntax.negated)


def _option(r: Resolver, syntax: s.Syntax, operand: Expr | None, scope: Scope) -> Constant | None:
    if operand is None:
        return None
    made = option(r, syntax, operand.type, scope, operand) if has_values(operand.type) else r.expr(syntax, scope)
    if made is None:
        return None
    if not isinstance(made, Constant) or made.value is None:
        r.findings.add("S322", syntax.span)
        return None
    return made if _alike(r, syntax, "is", operand, made) else None


def between(r: Resolver, syntax: s.Between, scope: Scope) -> Expr | None:
    """`between low and high`, both ends in."""
    parts = [r.expr(x, scope) for x in (syntax.operand, syntax.low, syntax.high)]
    operand, low, high = parts
    if operand is None or low is None or high is None:
        return None
    if not (_alike(r, syntax, "<=", low, operand) and _alike(r, syntax, "<=", operand, high)):
        return None
    operand, low = _level(operand, low)
    operand, high = _level(operand, high)
    low = as_date(low) if operand.type.kind is Kind.DATE else low
    _in_order(r, low, high)
    return Between(type=YES_NO, span=syntax.span, operand=operand, low=low, high=high)


def _in_order(r: Resolver, low: Expr, high: Expr) -> None:
    """Two bounds written out: the smaller one comes first, or nothing ever lies between them."""
    if not isinstance(low, Constant) or not isinstance(high, Constant) or low.type.kind is not high.type.kind:
        return
    if isinstance(low.value, (int, float)) and isinstance(high.value, (int, float)) and low.value > high.value:
        fix = mends.exchanged(low, high)
        r.findings.add("S293", low.span.to(high.span), fixes=[fix])


def _level(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both sides in one representation: a bare `missing` typed, a timestamp beside a date as its day."""
    left, right = typed(left, right.type), typed(right, left.type)
    if left.type.kind in DATES and right.type.kind in DATES and left.type.kind is not right.type.kind:
        return as_date(left), as_date(right)
    return left, right


def _alike(r: Resolver, syntax: s.Syntax, op: str, left: Expr, right: Expr) -> bool:
    """Do both sides compare; if not, a finding says what each is."""
    if comparable(op, left.type, right.type) is not None:
        return True
    if refuse_units(r, syntax, left, right, "compared"):
        return False
    fix = _date_fix(left, right) or _date_fix(right, left)
    fixes = [fix] if fix is not None else mends.meeting(left, right)
    orderless = left.type.kind is right.type.kind and not left.type.is_numeric
    code = "S305" if fix is not None else "S308" if orderless else "S307"
    r.findings.add(
        code, syntax.span, labels=r.sides(left, right), fixes=fixes, left=say(left.type), right=say(right.type), op=op
    )
    return False


def _date_fix(day: Expr, text: Expr) -> Fix | None:
    """A date in quotes beside a date: the quotes are one too many."""
    if day.type.kind not in DATES or not isinstance(text, Constant) or text.type.kind is not Kind.TEXT:
        return None
    if not str(text.value).strip():
        return Fix("Write missing (this assumes that no date is meant)", (Edit(text.span, "missing"),))
    return Fix("Write the date without quotes, as 2026-10-01", (Edit(text.span, str(text.value)),))
