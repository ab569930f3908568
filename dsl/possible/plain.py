"""Conditions that can plainly be met and can plainly fail, told without a search.

In: a condition. Out: what it reads, if it is built from comparisons with figures such that each can go either way and
no two of them read the same; None where that cannot be told at a glance. Most conditions are of this kind, so most
never come to the search.
"""

from __future__ import annotations

from math import ceil, floor
from typing import Literal

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.possible.terms import COUNTED, FIGURES, Definitions, constant

Range = Literal["any", "count", "length"]
"""What a quantity may come to: any figure, a count, or a length of time since something that has been."""
Reads = frozenset[str]
NOTHING: Reads = frozenset()
DEEPEST = 20


class Plain:
    """Reads the conditions of one strategy."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._named: dict[str, Reads | None] = {}
        self._facts: dict[str, tuple[Reads, Range] | None] = {}

    def open(self, expr: tree.Expr) -> Reads | None:
        """What a condition reads that can go either way; None for one that might not."""
        match expr:
            case tree.And(parts=parts) | tree.Or(parts=parts):
                return self._apart(parts)
            case tree.Not(operand=operand):
                return self.open(operand)
            case tree.Compare():
                return self._compared(expr)
            case tree.Between(operand=operand, low=low, high=high):
                return self._between(operand, constant(low), constant(high))
            case tree.OneOf(operand=operand, options=options):
                values = frozenset(option.value for option in options)
                return self._chosen(operand, values) if values else None
            case tree.Known(operand=tree.FieldRef() | tree.RowRef() as operand):
                return _field(operand)
            case tree.TextTest(operand=tree.FieldRef() | tree.RowRef() as operand, argument=tree.Constant()):
                return _field(operand)
            case tree.SegmentRef(segment=name):
                return self._by_name(f"segment {name}", self.definitions.conditions.get(name))
            case tree.FactRef(name=name) if name not in self.definitions.assumed:
                return self._by_name(name, self.definitions.formulas.get(name))
            case tree.FieldRef() | tree.RowRef():
                return _field(expr)
            case tree.Aggregate(kind="any"):
                return self._rows(expr)
        return None

    def _apart(self, parts: tuple[tree.Expr, ...]) -> Reads | None:
        """Parts that read different things."""
        found: set[str] = set()
        for part in parts:
            reads = self.open(part)
            if reads is None or found & reads:
                return None
            found |= reads
        return frozenset(found)

    def _by_name(self, name: str, formula: tree.Expr | None) -> Reads | None:
        if name not in self._named:
            self._named[name] = None  # what reads itself is an error, found elsewhere
            self._named[name] = None if formula is None else self.open(formula)
        return self._named[name]

    def _rows(self, expr: tree.Aggregate) -> Reads | None:
        """Rows of a source, of which there may be some or none."""
        if expr.where is not None and self.open(expr.where) is None:
            return None
        return frozenset((f"rows of {expr.source}",))

    def _compared(self, expr: tree.Compare) -> Reads | None:
        left, right, op = expr.left, expr.right, expr.op
        if isinstance(left, tree.Constant):
            left, right, op = right, left, _TURNED[op]
        if not isinstance(right, tree.Constant) or right.value is None:
            return None
        if left.type.kind not in FIGURES:
            return self._chosen(left, frozenset((right.value,))) if op in ("is", "is not") else None
        figure = constant(right)
        quantity = self.quantity(left)
        if quantity is None or figure is None:
            return None
        reads, range_ = quantity
        return reads if _either_way(range_, op, figure) else None

    def _between(self, operand: tree.Expr, low: float | None, high: float | None) -> Reads | None:
        quantity = self.quantity(operand)
        if quantity is None or low is None or high is None or low >= high:
            return None
        reads, range_ = quantity
        fits = {"any": True, "count": ceil(max(low, 0)) <= floor(high), "length": high > 0}[range_]
        return reads if fits else None

    def _chosen(self, operand: tree.Expr, values: frozenset[tree.Scalar]) -> Reads | None:
        """One of some values, where there are others."""
        if not isinstance(operand, (tree.FieldRef, tree.RowRef)):
            return None
        options: tuple[tree.Scalar, ...] = operand.type.options
        if operand.type.kind is Kind.YES_NO:
            options = (True, False)
        return _field(operand) if not options or 0 < len(values & frozenset(options)) < len(options) else None

    def quantity(self, expr: tree.Expr) -> tuple[Reads, Range] | None:
        """What a figure reads, and what it may come to."""
        match expr:
            case tree.FieldRef() | tree.RowRef():
                return _field(expr), "any"
            case tree.Rounded(operand=operand):
                return self.quantity(operand)
            case tree.FactRef(name=name) if name not in self.definitions.assumed:
                return self._fact(name)
            case tree.Aggregate():
                reads = self._rows(expr)
                return None if reads is None else (reads, "count" if expr.kind in COUNTED else "any")
            case tree.Since(operand=tree.FieldRef() | tree.RowRef() as operand):
                return _field(operand), "any"
            case tree.Since(kind="days since", operand=tree.Aggregate() as operand):
                reads = self._rows(operand)
                return None if reads is None else (reads, "length")
            case tree.Arithmetic(op="+" | "-", left=left, right=right):
                return self._shifted(left, right)
        return None

    def _fact(self, name: str) -> tuple[Reads, Range] | None:
        if name not in self._facts:
            formula = self.definitions.formulas.get(name)
            self._facts[name] = None
            self._facts[name] = None if formula is None else self.quantity(formula)
        return self._facts[name]

    def _shifted(self, left: tree.Expr, right: tree.Expr) -> tuple[Reads, Range] | None:
        """A figure that may be any, and a constant."""
        for side, other in ((left, right), (right, left)):
            quantity = self.quantity(side) if constant(other) is not None else None
            if quantity is not None and quantity[1] == "any":
                return quantity
        return None


_TURNED: dict[str, Literal["<", "<=", ">", ">=", "is", "is not"]] = {
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "is": "is", "is not": "is not",
}  # fmt: skip


def _field(expr: tree.FieldRef | tree.RowRef) -> Reads:
    if isinstance(expr, tree.FieldRef):
        return frozenset((f"{expr.source}.{expr.field}",))
    return frozenset((f"{expr.source}.{'.'.join(expr.path)}",))


def _either_way(range_: Range, op: str, figure: float) -> bool:
    """Are there figures in the range for which the comparison holds, and others for which it does not."""
    if range_ == "any":
        return True
    if range_ == "length":
        return figure > 0 and op in ("<", "<=", ">", ">=")
    tried = {0.0, *(float(max(n, 0)) for n in (floor(figure) - 1, floor(figure), ceil(figure), ceil(figure) + 1))}
    return len({_holds(op, count, figure) for count in tried}) == 2


def _holds(op: str, value: float, figure: float) -> bool:
    match op:
        case "<":
            return value < figure
        case "<=":
            return value <= figure
        case ">":
            return value > figure
        case ">=":
            return value >= figure
        case "is":
            return value == figure
    return value != figure
