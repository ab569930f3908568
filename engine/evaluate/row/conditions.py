"""Emits conditions: what is known to be true, and what is known to be false, without a third value at run time.

In: a typed condition. Out: a Python condition for "known to be true" or "known to be false"; `not` has been pushed
down to the comparisons, where each side that may be missing is guarded. Where the three-valued result itself is asked
for, it is put together from the two.
"""

from __future__ import annotations

from stratagem.dsl.expressions.tree import (
    And,
    Between,
    Compare,
    Constant,
    Expr,
    InTier,
    Known,
    Not,
    OneOf,
    Or,
    TextTest,
)
from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.regex import searcher
from stratagem.engine.evaluate.row.values import Values
from stratagem.engine.evaluate.row.writer import DEEP, NOTHING, Atom
from stratagem.engine.evaluate.walk import open_column

_PYTHON = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "==", "is not": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "is": "!=", "is not": "=="}


class Conditions(Values):
    """The part of the emitter that knows conditions."""

    def column(self, name: str) -> Atom:
        """The value of a computed column (see `Steps`)."""
        raise NotImplementedError

    def three_valued(self, expr: Expr) -> Atom:
        """True, False, or None for unknown, under a name."""
        is_true = self.truth(expr, True)
        if not self._may_be_unknown(expr):
            return self.assign(is_true, False)
        return self.assign(f"True if {is_true} else False if {self.truth(expr, False)} else None", True)

    def truth(self, expr: Expr, want: bool, depth: int = 0) -> str:
        """A Python condition that is true exactly when the formula is known to be `want`."""
        known = self.recall(self.shapes.of(expr))
        if known is not None:
            return _is(known, want)
        match expr:
            case Not():
                return self.truth(expr.operand, not want, depth)
            case And() | Or() if depth > DEEP:
                return _is(self.value(expr), want)
            case And() | Or():
                word = " and " if isinstance(expr, And) == want else " or "
                return "(" + word.join(self.truth(p, want, depth + 1) for p in expr.parts) + ")"
            case Compare() | Between() | OneOf() | Known() | TextTest() | InTier():
                return self._test(expr, want)
            case _:
                return _is(self.value(expr), want)

    def _test(self, expr: Expr, want: bool) -> str:
        match expr:
            case Compare():
                left, right = self._sides(expr.left, expr.right)
                op = (_PYTHON if want else _OPPOSITE)[expr.op]
                return _guarded([left, right], f"{left.text} {op} {right.text}")
            case Between():
                return self._between(expr, want)
            case OneOf():
                return self._one_of(expr, want)
            case Known():
                return self._known(expr.operand, want != expr.negated)
            case TextTest():
                return self._text(expr, want)
            case InTier():
                return self._in_tier(expr, want)
        raise TypeError(f"{type(expr).__name__} is no test")

    def _sides(self, left: Expr, right: Expr) -> tuple[Atom, Atom]:
        """Both sides of a comparison; a timestamp beside a date is taken by its day."""
        if {left.type.kind, right.type.kind} == {Kind.DATE, Kind.TIMESTAMP}:
            return self.as_day(left), self.as_day(right)
        return self.value(left), self.value(right)

    def _between(self, expr: Between, want: bool) -> str:
        x, low = self._sides(expr.operand, expr.low)
        y, high = self._sides(expr.operand, expr.high)
        if want:
            return _guarded([x, low, y, high], f"{low.text} <= {x.text} and {y.text} <= {high.text}")
        below = _guarded([x, low], f"{x.text} < {low.text}")
        return f"({below} or {_guarded([y, high], f'{y.text} > {high.text}')})"

    def _one_of(self, expr: OneOf, want: bool) -> str:
        operand = self.value(expr.operand)
        options = tuple(o.value for o in expr.options)
        text = f"{operand.text} {'in' if want != expr.negated else 'not in'} {self.constant(frozenset(options))}"
        return _guarded([operand], text)

    def _known(self, operand: Expr, want: bool) -> str:
        if operand.type.kind is Kind.YES_NO and not self._may_be_unknown(operand):
            return str(want)
        atom = self.value(operand)
        if not atom.nullable:
            return str(want)
        return f"{atom.text} is {'not ' if want else ''}None"

    def _text(self, expr: TextTest, want: bool) -> str:
        operand = self.value(expr.operand)
        if expr.op == "matches":
            if not isinstance(expr.argument, Constant) or not isinstance(expr.argument.value, str):
                raise ValueError("matches needs a written pattern")
            search = self.helper(searcher(expr.argument.value))
            return _guarded([operand], f"{search}({operand.text}) is {'not ' if want else ''}None")
        argument = self.value(expr.argument)
        if expr.op == "contains":
            test = f"{argument.text} {'in' if want else 'not in'} {operand.text}"
        else:
            test = f"{'' if want else 'not '}{operand.text}.startswith({argument.text})"
        return _guarded([operand, argument], test)

    def _in_tier(self, expr: InTier, want: bool) -> str:
        tier, undecided = self.column(expr.tiers), self.column(open_column(expr.tiers))
        names = self.constant(frozenset(expr.names))
        if want:
            return f"({tier.text} in {names})"
        return f"({_is(undecided, False)} and {tier.text} not in {names})"

    def _may_be_unknown(self, expr: Expr) -> bool:
        match expr:
            case Known():
                return False
            case Not() | And() | Or():
                return any(self._may_be_unknown(p) for p in expr.children())
            case Compare() | Between() | OneOf() | TextTest():
                return any(self.value(p).nullable for p in expr.children() if not isinstance(p, Constant)) or any(
                    isinstance(p, Constant) and self.literal(p.value) is NOTHING for p in expr.children()
                )
            case InTier():
                return True
            case _:
                return self.value(expr).nullable


def _is(atom: Atom, want: bool) -> str:
    """The condition that a yes/no value is known to be `want`."""
    if atom.text in ("True", "False", "None"):
        return str(atom.text == str(want))
    if want:
        return atom.text
    return f"{atom.text} is False" if atom.nullable else f"not {atom.text}"


def _guarded(atoms: list[Atom], test: str) -> str:
    """The test, false where one of the values in it is missing."""
    if NOTHING in atoms:
        return "False"
    guards = list(dict.fromkeys(a.known for a in atoms if a.nullable))
    return f"({' and '.join([*guards, test])})"
