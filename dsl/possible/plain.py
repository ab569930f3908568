"""Conditions that can plainly be met and can plainly fail, told without a search.

In: a condition. Out: what it reads, if it is built from comparisons each of which can go either way, and no two of
which touch; None where that cannot be told at a glance. Most conditions are of this kind, so most never come to the
search. A condition that is taken for one of these wrongly is only not found fault with.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Literal

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.possible.terms import COUNTED, FIGURES, Definitions, constant

Range = Literal["any", "count", "length"]
"""What a quantity may come to: any figure, a count, or a length of time since something that has been."""
Marks = frozenset[tuple[str, object]]
"""What is read: "is" this figure or field, "counts" rows of a source, "has" figures over rows of a source."""
Comparison = Literal["<", "<=", ">", ">=", "is", "is not"]


class Plain:
    """Reads the conditions of one strategy."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._named: dict[str, Marks | None] = {}
        self._facts: dict[str, tuple[Marks, Range] | None] = {}

    def open(self, expr: tree.Expr) -> Marks | None:
        """What a condition reads that can go either way; None for one that might not."""
        match expr:
            case tree.And(parts=parts):
                return self.apart(self._without_guards(parts))
            case tree.Or(parts=parts):
                return self.apart(parts)
            case tree.Not(operand=operand):
                return self.open(operand)
            case tree.Compare():
                return self._compared(expr)
            case tree.Between(operand=operand, low=low, high=high):
                return self._between(operand, constant(low), constant(high))
            case tree.OneOf(operand=operand, options=options):
                return self._chosen(operand, frozenset(option.value for option in options))
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

    def apart(self, parts: Sequence[tree.Expr]) -> Marks | None:
        """What conditions read that can go either way, none of which touches another."""
        found: Marks = frozenset()
        for part in parts:
            marks = self.open(part)
            if marks is None or touch(found, marks):
                return None
            found |= marks
        return found

    def _without_guards(self, parts: tuple[tree.Expr, ...]) -> list[tree.Expr]:
        """Without `X is known` beside another part that reads X."""
        guards = [part for part in parts if isinstance(part, tree.Known) and not part.negated]
        if not guards:
            return list(parts)
        key = self.definitions.key
        others = [part for part in parts if not (isinstance(part, tree.Known) and not part.negated)]
        read = {key(leaf) for part in others for leaf in part.walk() if isinstance(leaf, (tree.FieldRef, tree.FactRef))}
        return [*others, *(guard for guard in guards if key(guard.operand) not in read)]

    def _by_name(self, name: str, formula: tree.Expr | None) -> Marks | None:
        if name not in self._named:
            self._named[name] = None  # what reads itself is an error, found elsewhere
            self._named[name] = None if formula is None else self.open(formula)
        return self._named[name]

    def _rows(self, expr: tree.Aggregate) -> Marks | None:
        """Rows of a source, of which there may be some or none."""
        if expr.where is not None and self.open(expr.where) is None:
            return None
        counts = expr.kind in (*COUNTED, "any")
        return frozenset((("is", self.definitions.key(expr)), ("counts" if counts else "has", expr.source)))

    def _compared(self, expr: tree.Compare) -> Marks | None:
        left, right, op = expr.left, expr.right, expr.op
        if isinstance(left, tree.Constant):
            left, right, op = right, left, _TURNED[op]
        if not isinstance(right, tree.Constant) or right.value is None:
            return None
        if left.type.kind not in FIGURES:
            return self._chosen(left, frozenset((right.value,))) if op in ("is", "is not") else None
        figure = constant(right)
        if figure is None:
            return None
        steps = self._steps(left)
        if steps is not None:
            marks, values = steps
            return marks if len({_holds(op, value, figure) for value in values}) == 2 else None
        quantity = self.quantity(left)
        return quantity[0] if quantity is not None and _either_way(quantity[1], op, figure) else None

    def _steps(self, expr: tree.Expr) -> tuple[Marks, tuple[float, ...]] | None:
        """A figure by cases, each of which may come up: what the cases read, and the figures they give."""
        while isinstance(expr, (tree.FactRef, tree.Rounded)):
            inner = expr.operand if isinstance(expr, tree.Rounded) else self._formula(expr.name)
            if inner is None:
                return None
            expr = inner
        if not isinstance(expr, (tree.Cases, tree.IfElse)):
            return None
        cases = expr.cases if isinstance(expr, tree.Cases) else ((expr.then, expr.condition),)
        values = [constant(value) for value, _ in cases] + [constant(expr.otherwise)]
        marks = [self.open(condition) for _, condition in cases]
        if any(value is None for value in values) or any(found is None for found in marks):
            return None
        return frozenset().union(*(m for m in marks if m)), tuple(v for v in values if v is not None)

    def _formula(self, name: str) -> tree.Expr | None:
        return None if name in self.definitions.assumed else self.definitions.formulas.get(name)

    def _between(self, operand: tree.Expr, low: float | None, high: float | None) -> Marks | None:
        quantity = self.quantity(operand)
        if quantity is None or low is None or high is None or low >= high:
            return None
        marks, range_ = quantity
        fits = {"any": True, "count": ceil(max(low, 0)) <= floor(high), "length": high > 0}[range_]
        return marks if fits else None

    def _chosen(self, operand: tree.Expr, values: frozenset[tree.Scalar]) -> Marks | None:
        """One of some values, where there are others."""
        if not values or not isinstance(operand, (tree.FieldRef, tree.RowRef)):
            return None
        options: tuple[tree.Scalar, ...] = operand.type.options
        if operand.type.kind is Kind.YES_NO:
            options = (True, False)
        return _field(operand) if not options or 0 < len(values & frozenset(options)) < len(options) else None

    def quantity(self, expr: tree.Expr) -> tuple[Marks, Range] | None:
        """What a figure reads, and what it may come to."""
        match expr:
            case tree.FieldRef() | tree.RowRef():
                return _field(expr), "any"
            case tree.Rounded(operand=operand):
                return self.quantity(operand)
            case tree.FactRef(name=name) if name not in self.definitions.assumed:
                return self._fact(name)
            case tree.Aggregate():
                marks = self._rows(expr)
                return None if marks is None else (marks, "count" if expr.kind in COUNTED else "any")
            case tree.Since(operand=tree.FieldRef() | tree.RowRef() as operand):
                return _field(operand), "any"
            case tree.Since(kind="days since", operand=tree.Aggregate() as operand):
                marks = self._rows(operand)
                return None if marks is None else (marks, "length")
            case tree.Arithmetic(left=left, right=right):
                return self._worked_out(left, right)
        return None

    def _fact(self, name: str) -> tuple[Marks, Range] | None:
        if name not in self._facts:
            formula = self.definitions.formulas.get(name)
            self._facts[name] = None
            self._facts[name] = None if formula is None else self.quantity(formula)
        return self._facts[name]

    def _worked_out(self, left: tree.Expr, right: tree.Expr) -> tuple[Marks, Range] | None:
        """A figure that may be any, and a constant or another figure."""
        sides = [self.quantity(side) for side in (left, right) if self.definitions.constant(side) is None]
        known = [side for side in sides if side is not None]
        if not known or len(known) < len(sides) or all(range_ != "any" for _, range_ in known):
            return None
        if len(known) == 2 and known[0][0] & known[1][0] & frozenset(m for m in known[0][0] if m[0] == "is"):
            return None
        return frozenset().union(*(marks for marks, _ in known)), "any"


_TURNED: dict[str, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "is": "is", "is not": "is not"}


def touch(one: Marks, other: Marks) -> bool:
    """Do they read the same figure, or does one count rows over which the other has figures."""
    for kind, what in other:
        if kind == "is" and (kind, what) in one:
            return True
        if kind == "counts" and (("counts", what) in one or ("has", what) in one):
            return True
        if kind == "has" and ("counts", what) in one:
            return True
    return False


def _field(expr: tree.FieldRef | tree.RowRef) -> Marks:
    if isinstance(expr, tree.FieldRef):
        return frozenset((("is", f"{expr.source}.{expr.field}"),))
    return frozenset((("is", f"{expr.source}.{'.'.join(expr.path)}"),))


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
