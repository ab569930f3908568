"""Conditions → what must hold. One function per way a three-valued condition may have to turn out.

`true` and `false` ask that it is known to be so; `not_true` and `not_false` also allow unknown. What is not understood
asks nothing, so a search over the result never refuses what could happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import YES_NO, Kind, Type
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.model.facts import Tier, Tiers
from stratagem.dsl.possible.formulas import (
    ANYTHING,
    NEVER,
    OPPOSITE,
    Choice,
    Formula,
    Order,
    Presence,
    Relation,
    every,
    some,
)
from stratagem.dsl.possible.terms import FIGURES, Definitions, branch_point, replaced

Outcome = Literal["true", "false", "not true", "not false"]

_NEGATED: dict[Outcome, Outcome] = {
    "true": "false",
    "false": "true",
    "not true": "not false",
    "not false": "not true",
}
_ORDERS: dict[str, Order] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "=", "is not": "!="}
NEVER_MISSING = ("count", "different", "any")
"""Aggregates over the customer's own rows that have a value whatever the rows."""


class Meaning:
    """Reads the conditions of one strategy."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._read: dict[tuple[int, Outcome], Formula] = {}

    def true(self, expr: tree.Expr) -> Formula:
        """The condition is known to hold."""
        return self._read_once(expr, "true")

    def false(self, expr: tree.Expr) -> Formula:
        """The condition is known not to hold."""
        return self._read_once(expr, "false")

    def not_false(self, expr: tree.Expr) -> Formula:
        """The condition holds, or it is unknown."""
        return self._read_once(expr, "not false")

    def not_true(self, expr: tree.Expr) -> Formula:
        """The condition does not hold, or it is unknown."""
        return self._read_once(expr, "not true")

    def _read_once(self, expr: tree.Expr, outcome: Outcome) -> Formula:
        asked = (self.definitions.key(expr), outcome)
        if asked not in self._read:
            self._read[asked] = self.read(self.definitions.opened(expr), outcome)
        return self._read[asked]

    def known(self, expr: tree.Expr) -> Formula:
        """The value is there."""
        return self.presence(self.definitions.opened(expr), True)

    def read(self, expr: tree.Expr, outcome: Outcome) -> Formula:
        """What an opened condition asks for."""
        lazy = outcome in ("not true", "not false")
        match expr:
            case tree.Not(operand=operand):
                return self.read(operand, _NEGATED[outcome])
            case tree.And(parts=parts):
                join = every if outcome in ("true", "not false") else some
                return join(*(self.read(p, outcome) for p in parts))
            case tree.Or(parts=parts):
                join = some if outcome in ("true", "not false") else every
                return join(*(self.read(p, outcome) for p in parts))
            case tree.IfElse() | tree.Cases():
                return some(*(every(c, self.read(v, outcome)) for c, v in self.branches(expr)))
            case tree.Known(operand=operand, negated=negated):
                holds = outcome in ("true", "not false")
                return self.presence(operand, holds != negated)
            case tree.Constant(value=value):
                meets = {"true": value is True, "false": value is False}
                return ANYTHING if (lazy and value is None) or meets[_plain(outcome)] else NEVER
            case tree.SegmentRef(segment=name) if name in self.definitions.conditions:
                return self.read(self.definitions.opened(self.definitions.conditions[name]), outcome)
            case tree.InTier(tiers=tiers, names=names):
                return self.in_tier(tiers, names, outcome)
            case tree.Between(operand=x, low=low, high=high):
                ends = (
                    tree.Compare(type=YES_NO, op=">=", left=x, right=low),
                    tree.Compare(type=YES_NO, op="<=", left=x, right=high),
                )
                return self.read(tree.And(type=YES_NO, parts=ends), outcome)
            case tree.Compare() | tree.OneOf():
                return self.comparison(expr, outcome)
            case tree.TextTest(operand=operand):
                return ANYTHING if lazy else self.presence(operand, True)
            case tree.Call() | tree.ScorePart() | tree.PopulationAggregate():
                return ANYTHING
        return self.flag(expr, outcome)

    def flag(self, expr: tree.Expr, outcome: Outcome) -> Formula:
        """A yes/no quantity: a field, or `any` of some rows."""
        says: Formula = Choice(expr, frozenset({_plain(outcome) == "true"}))
        if outcome in ("true", "false") or _always_known(expr):
            return says
        return some(says, Presence(expr, False))

    def comparison(self, expr: tree.Compare | tree.OneOf, outcome: Outcome) -> Formula:
        """A comparison; where a side chooses between values, one comparison for each of them."""
        chosen = branch_point(expr)
        if chosen is not None:
            found = []
            for condition, value in self.branches(chosen):
                resolved = replaced(expr, lambda e, v=value: v if e is chosen else None)  # type: ignore[misc]
                found.append(every(condition, self.read(resolved, outcome)))
            return some(*found)
        sides = (expr.operand,) if isinstance(expr, tree.OneOf) else (expr.left, expr.right)
        if any(isinstance(s, tree.Constant) and s.value is None for s in sides):
            return ANYTHING if outcome in ("not true", "not false") else NEVER
        if isinstance(expr, tree.OneOf):
            says = self._among(expr, _plain(outcome) == "true")
        else:
            says = self._compared(expr, _plain(outcome) == "true")
        if outcome in ("true", "false"):
            return says
        return some(says, *(self.presence(s, False) for s in sides))

    def _compared(self, expr: tree.Compare, holds: bool) -> Formula:
        left, right = expr.left, expr.right
        if left.type.kind in FIGURES:
            order = _ORDERS[expr.op]
            return Relation(order if holds else OPPOSITE[order], left, right)
        if expr.op not in ("is", "is not"):
            return every(self.presence(left, True), self.presence(right, True))
        same = holds == (expr.op == "is")
        if isinstance(left, tree.Constant):
            left, right = right, left
        if not isinstance(right, tree.Constant):
            return self._two_flags(left, right, same) if left.type.kind == Kind.YES_NO else ANYTHING
        if isinstance(right.value, bool):
            return self.read(left, "true" if right.value == same else "false")
        return self._one_of(left, frozenset({str(right.value)}), same)

    def _two_flags(self, left: tree.Expr, right: tree.Expr, same: bool) -> Formula:
        """Two yes/no values that are the same, or that are not."""
        pairs: list[tuple[Outcome, Outcome]] = [("true", "true"), ("false", "false")]
        if not same:
            pairs = [("true", "false"), ("false", "true")]
        return some(*(every(self.read(left, a), self.read(right, b)) for a, b in pairs))

    def _among(self, expr: tree.OneOf, holds: bool) -> Formula:
        among = holds != expr.negated
        if expr.operand.type.kind in FIGURES:
            order: Order = "=" if among else "!="
            join = some if among else every
            return join(*(Relation(order, expr.operand, option) for option in expr.options))
        if expr.operand.type.kind == Kind.YES_NO:
            flags: list[Formula] = [self.read(expr.operand, "true" if o.value else "false") for o in expr.options]
            return some(*flags) if among else ANYTHING
        return self._one_of(expr.operand, frozenset(str(o.value) for o in expr.options), among)

    def _one_of(self, term: tree.Expr, values: frozenset[str], among: bool) -> Formula:
        if isinstance(term, tree.Constant):
            return ANYTHING if (term.value in values) == among else NEVER
        if isinstance(term, tree.TierRef):
            tiers = self.definitions.tiers[term.tiers].tiers
            names = tuple(t.name for t in tiers if (t.name in values) == among)
            return self.in_tier(term.tiers, names, "true")
        if isinstance(term, (tree.Call, tree.ScorePart)):
            return ANYTHING
        return Choice(term, frozenset(values), among)

    def branches(self, expr: tree.IfElse | tree.Cases) -> Iterator[tuple[Formula, tree.Expr]]:
        """(what must hold for a value to be taken, the value), the first whose condition is known true wins."""
        cases = expr.cases if isinstance(expr, tree.Cases) else ((expr.then, expr.condition),)
        before: list[Formula] = []
        for value, condition in cases:
            yield every(*before, self.read(condition, "true")), value
            before.append(self.read(condition, "not true"))
        yield every(*before), expr.otherwise

    def in_tier(self, tiers: str, names: Iterable[str], outcome: Outcome) -> Formula:
        """In one of these tiers; false outside the tiers' `when`, unknown where their formula is missing."""
        block = self.definitions.tiers.get(tiers)
        if block is None:
            return ANYTHING
        wanted = frozenset(names)
        found = self._inside(block, wanted) if _plain(outcome) == "true" else self._outside(block, wanted)
        if outcome in ("true", "false"):
            return found
        return some(found, self.presence(self.definitions.opened(block.formula.expr), False))

    def _inside(self, block: Tiers, wanted: frozenset[str]) -> Formula:
        return some(*(self.tier(block.name, n) for n, t in enumerate(block.tiers) if t.name in wanted))

    def _outside(self, block: Tiers, wanted: frozenset[str]) -> Formula:
        """In another tier, in none of them, or not tiered at all."""
        outside = [self.tier(block.name, n) for n, t in enumerate(block.tiers) if t.name not in wanted]
        if all(t.bound != "otherwise" for t in block.tiers):
            outside.append(every(*self._not_earlier(block.name, len(block.tiers))))
        if block.condition is not None:
            outside.append(self.not_true(block.condition.expr))
        return some(*outside)

    def tier(self, tiers: str, place: int) -> Formula:
        """In the tier of that place: tiered, its own line holds and none before it."""
        block = self.definitions.tiers[tiers]
        tier = block.tiers[place]
        options = tuple(t.name for t in block.tiers)
        term = tree.TierRef(type=Type(Kind.CHOICE, options=options), tiers=tiers)
        parts = [Choice(term, frozenset({tier.name})), self.known(block.formula.expr), *self._not_earlier(tiers, place)]
        if block.condition is not None:
            parts.append(self.true(block.condition.expr))
        bound = self._bound(tiers, tier)
        return every(*parts, self.true(bound) if bound is not None else ANYTHING)

    def _not_earlier(self, tiers: str, place: int) -> Iterator[Formula]:
        for earlier in self.definitions.tiers[tiers].tiers[:place]:
            bound = self._bound(tiers, earlier)
            if bound is not None:
                yield self.not_true(bound)

    def _bound(self, tiers: str, tier: Tier) -> tree.Expr | None:
        """A tier's own line as a condition; None where only the population knows (`top 5%`) and for `otherwise`."""
        if tier.bound not in ("from", "below") or tier.threshold is None:
            return None
        formula = self.definitions.tiers[tiers].formula.expr
        return tree.Compare(
            type=YES_NO, op=">=" if tier.bound == "from" else "<", left=formula, right=tier.threshold.expr
        )

    def presence(self, expr: tree.Expr, known: bool) -> Formula:
        """An opened value that is there, or that is missing."""
        match expr:
            case tree.Constant(value=value):
                return ANYTHING if (value is not None) == known else NEVER
            case tree.IfElse() | tree.Cases():
                return some(*(every(c, self.presence(v, known)) for c, v in self.branches(expr)))
            case tree.FactRef():
                formula = self.definitions.definition(expr)
                itself = Presence(expr, known)
                return itself if formula is None else every(itself, self.presence(formula, known))
            case tree.Arithmetic(op="/") | tree.PopulationAggregate() | tree.ScorePart() if not known:
                return ANYTHING
            case tree.Call(function=name, arguments=arguments):
                strict = name in FUNCTIONS and FUNCTIONS[name].missing == "any"
                return every(*(self.presence(a, True) for a in arguments)) if known and strict else ANYTHING
            case tree.SegmentRef() | tree.InTier() | tree.Compare() | tree.And() | tree.Or() | tree.Not():
                return self._settled(expr, known)
            case tree.Known() | tree.IdentityRef():
                return ANYTHING if known else NEVER
        inner = list(expr.children()) if isinstance(expr, _STRICT) else []
        if inner:
            return (every if known else some)(*(self.presence(c, known) for c in inner))
        if not known and _always_known(expr):
            return NEVER
        return Presence(expr, known)

    def _settled(self, condition: tree.Expr, known: bool) -> Formula:
        """A condition that is known, or one that is unknown."""
        if known:
            return some(self.read(condition, "true"), self.read(condition, "false"))
        return every(self.read(condition, "not true"), self.read(condition, "not false"))


_STRICT = (
    tree.Arithmetic,
    tree.Negative,
    tree.Rounded,
    tree.Since,
    tree.DateShift,
    tree.DateDifference,
    tree.DateOf,
    tree.OneOf,
    tree.Between,
    tree.TextTest,
)
"""Missing as soon as a part is missing, and only then (a division aside)."""


def _plain(outcome: Outcome) -> Literal["true", "false"]:
    """`not true` is false or unknown, so what it asks of a known value is false."""
    return "true" if outcome in ("true", "not false") else "false"


def _always_known(expr: tree.Expr) -> bool:
    if isinstance(expr, (tree.Aggregate, tree.GroupAggregate)):
        return expr.kind in NEVER_MISSING
    return isinstance(expr, tree.StageRef)
