"""Can a condition be known to hold for any customer: simple reasoning over intervals, sets and what is missing.

In: typed conditions. Out: the ways in which they can hold, as domains of the values they read; none when they
contradict each other. What is too involved counts as possible, so a finding is never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from stratagem.dsl.check.domain import COUNTED, OPPOSITE, TURNED, Domain, compared
from stratagem.dsl.expressions.tree import (
    Aggregate,
    And,
    Between,
    Compare,
    Constant,
    Expr,
    FactRef,
    InTier,
    Known,
    Not,
    OneOf,
    Or,
    SegmentRef,
    StageRef,
)
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.facts import Tiers
from stratagem.dsl.model.strategy import Strategy

Way = dict[object, Domain]
MOST_WAYS, DEEPEST = 200, 6
ANYHOW: list[Way] = [{}]
STAGE = "the stage"
_OUTSIDE = "outside all tiers"


def key(expr: Expr) -> object:
    """The expression without its places: equal keys always have equal values."""
    parts: list[object] = [type(expr).__name__]
    for field in fields(expr):
        if field.name not in ("span", "type"):
            parts.append(_part(getattr(expr, field.name)))
    return tuple(parts)


def _part(value: object) -> object:
    if isinstance(value, Expr):
        return key(value)
    return tuple(_part(item) for item in value) if isinstance(value, tuple) else value


def together(*sides: list[Way]) -> list[Way]:
    """The ways in which all sides hold at once."""
    found = ANYHOW
    for side in sides:
        if len(found) * len(side) > MOST_WAYS:
            continue
        found = [way for one in found for other in side if (way := _merge(one, other)) is not None]
    return found


def _merge(one: Way, other: Way) -> Way | None:
    merged = dict(one)
    for name, domain in other.items():
        both = domain if name not in merged else merged[name].both(domain)
        if both is None or both.empty:
            return None
        merged[name] = both
    return merged


def either(sides: Iterable[list[Way]]) -> list[Way]:
    """The ways in which any side holds."""
    found = [way for side in sides for way in side]
    return ANYHOW if len(found) > MOST_WAYS else found


class Possible:
    """Reasons about one strategy's conditions."""

    def __init__(self, strategy: Strategy) -> None:
        # Of two that are declared alike the first holds, so it is entered last.
        self.segments = {s.name: s.condition.expr for s in reversed(strategy.segments)}
        self.tiers = {block.name: block for block in reversed(strategy.tiers)}
        self.facts = {m.name: m.formula.expr for m in reversed(strategy.measures)}

    def ways(self, expr: Expr, truth: bool = True, depth: int = 0) -> list[Way]:
        """The ways in which the condition is known to be true, or known to be false."""
        match expr:
            case Constant(value=value, type=kind):
                return ANYHOW if value is truth or kind.kind is Kind.MISSING else []
            case Not(operand=operand):
                return self.ways(operand, not truth, depth)
            case And(parts=parts) | Or(parts=parts):
                sides = [self.ways(part, truth, depth) for part in parts]
                return together(*sides) if isinstance(expr, And) is truth else either(sides)
            case Compare():
                return self._compare(expr, truth)
            case Between(operand=operand, low=low, high=high):
                above = Compare(type=expr.type, op=">=", left=operand, right=low)
                below = Compare(type=expr.type, op="<=", left=operand, right=high)
                return self.ways(And(type=expr.type, parts=(above, below)), truth, depth)
            case OneOf(operand=operand, options=options, negated=negated):
                values = frozenset(o.value for o in options if o.value is not None)
                inside = truth is not negated
                domain = Domain(only=values, known=True) if inside else Domain(never=values, known=True)
                return [{self._name(operand): domain}]
            case Known(operand=operand, negated=negated):
                return [{self._name(operand): Domain(known=truth is not negated)}]
        return self._named(expr, truth, depth)

    def _named(self, expr: Expr, truth: bool, depth: int) -> list[Way]:
        """Conditions that a name stands for."""
        if depth < DEEPEST:
            if isinstance(expr, SegmentRef) and expr.segment in self.segments:
                return self.ways(self.segments[expr.segment], truth, depth + 1)
            if isinstance(expr, InTier) and expr.tiers in self.tiers:
                return self._in_tier(expr, self.tiers[expr.tiers], truth, depth + 1)
            if isinstance(expr, FactRef) and expr.type.kind is Kind.YES_NO and expr.name in self.facts:
                return self.ways(self.facts[expr.name], truth, depth + 1)
        return [{key(expr): Domain(only=frozenset([truth]), known=True)}]

    def _in_tier(self, expr: InTier, block: Tiers, truth: bool, depth: int) -> list[Way]:
        every = frozenset([*(t.name for t in block.tiers), _OUTSIDE])
        named = frozenset(expr.names)
        if not truth:
            return [{("tier", block.name): Domain(only=every - named)}]
        tiered = self.ways(block.condition.expr, True, depth) if block.condition else ANYHOW
        sides = [
            together([{("tier", block.name): Domain(only=frozenset([name]))}], self._bounds(block, name))
            for name in expr.names
        ]
        return together(either(sides), tiered)

    def _bounds(self, block: Tiers, name: str) -> list[Way]:
        """What being in a tier says of the figure, where all bounds up to its own are written out."""
        domain = Domain()
        if block.formula.expr.type.kind is Kind.MISSING:
            return ANYHOW
        for tier in block.tiers:
            bound = tier.threshold.expr if tier.threshold is not None else None
            figure = bound.value if isinstance(bound, Constant) else None
            here = tier.name == name
            if isinstance(figure, float) and tier.bound in ("from", "below"):
                op = ">=" if tier.bound == "from" else "<"
                side = domain.both(compared(op if here else OPPOSITE[op], figure))
                if side is None:
                    return []
                domain = side
            if here:
                break
        return [{self._name(block.formula.expr): domain}] if domain.narrowed else ANYHOW

    def _compare(self, expr: Compare, truth: bool) -> list[Way]:
        left, right, op = expr.left, expr.right, expr.op
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, right, op = right, left, TURNED[op]  # type: ignore[assignment]
        if not isinstance(right, Constant) or right.value is None:
            return [{key(expr): Domain(only=frozenset([truth]))}]
        wanted = op if truth else OPPOSITE[op]
        if isinstance(right.value, str) and wanted not in ("is", "is not"):
            return [{key(expr): Domain(only=frozenset([truth]))}]
        domain = compared(wanted, right.value)
        if isinstance(left, Constant):
            return ANYHOW if left.value is None else _holds(left, domain)
        counted = self._counts(left)
        both = domain.both(COUNTED) if counted else domain
        return [] if both is None else [{self._name(left): both}]

    def _name(self, expr: Expr) -> object:
        """The key of a value; that of the count behind a measure that only counts."""
        if isinstance(expr, StageRef):
            return STAGE
        if isinstance(expr, FactRef) and expr.name in self.facts and self._counts(expr):
            return key(self.facts[expr.name])
        return key(expr)

    def _counts(self, expr: Expr) -> bool:
        found = self.facts.get(expr.name) if isinstance(expr, FactRef) else expr
        return isinstance(found, Aggregate) and found.kind in ("count", "different")


def _holds(constant: Constant, domain: Domain) -> list[Way]:
    value = constant.value
    if isinstance(value, (str, bool)):
        alone = Domain(only=frozenset([value]))
    else:
        alone = Domain(low=value or 0, high=value or 0)
    return ANYHOW if domain.both(alone) is not None else []
