"""Quantities: what expressions stand for, with all that a search asks of them, worked out once.

In: an expression of opened conditions. Out: its quantity, the same one for every expression of its type that says the
same. Nothing here depends on a question: what is known along one line of search is kept in the `Store`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.possible.interval import EVERYTHING, Interval, exactly
from stratagem.dsl.possible.terms import COUNTED, Today, grid, is_leaf, on_days

if TYPE_CHECKING:
    from stratagem.dsl.possible.terms import Definitions


class Quantity:
    """A figure, date, choice or yes/no that is asked about, or a whole that is worked out from others.

    `number`: the same for equal quantities. `leaf`: not worked out from others here. `how` it is worked out from its
    `parts`: a sign of arithmetic, "negative", "days" between two days, "min", "max"; "" where nothing is known of it.
    `value`: the one number it is, of a constant. `step`: of one that is counted in whole steps. `nature`: what it can
    be whoever the customer is; `options`: the values it can take, if they are few.
    """

    def __init__(self, expr: tree.Expr, number: int, value: float | None, all_: Quantities) -> None:
        self.expr = expr
        self.number = number
        self.leaf = is_leaf(expr)
        self.how = "" if self.leaf else _how(expr)
        self.parts = tuple(all_.of(part) for part in _parts(expr)) if self.how else ()
        self.value = None if value is None else exactly(value)
        self.step = grid(expr) if self.leaf else None
        self.rows = expr if isinstance(expr, tree.Aggregate) else None
        self.today = isinstance(expr, Today)
        self.nature = _nature(expr)
        self.options = frozenset[str | bool]((True, False) if expr.type.kind == Kind.YES_NO else expr.type.options)
        self._all = all_

    @cached_property
    def leaves(self) -> frozenset[int]:
        """The numbers of the quantities it is worked out from, and its own."""
        inner = () if self.leaf else (self._all.of(child).leaves for child in self.expr.children())
        return frozenset((self.number,)).union(*inner)

    @cached_property
    def needed(self) -> tuple[Quantity, ...]:
        """The quantities without which it is not there."""
        return tuple(self._all.of(part) for part in self._all.definitions.needed(self.expr))

    @cached_property
    def definition(self) -> Quantity | None:
        """What it is tied to: the formula of a fact, or the two days that a `days since` lies between."""
        found = self._all.definitions.definition(self.expr)
        return None if found is None else self._all.of(found)

    @cached_property
    def latest(self) -> bool:
        """Is it the date of the latest of all rows of a source."""
        rows = self.rows
        if rows is None or rows.kind not in ("latest", "largest") or rows.field is None:
            return False
        plain = rows.where is None and rows.window is None
        return plain and rows.field.path == (self._all.definitions.dates.get(rows.source, ""),)

    @cached_property
    def day(self) -> Quantity:
        """The calendar day of a date or timestamp."""
        return self._all.of(self._all.definitions.day_of(self.expr))

    @cached_property
    def since(self) -> Quantity:
        """The days since a date or timestamp."""
        return self._all.of(self._all.definitions.since(self.expr))


class Quantities:
    """The quantities of one strategy."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._of: dict[int, Quantity] = {}
        """By the identity of expressions; `Definitions.key` keeps them."""
        self._made: dict[int, list[Quantity]] = {}
        """By number; several where expressions that say the same are of different types."""

    def of(self, expr: tree.Expr) -> Quantity:
        """What an expression stands for."""
        found = self._of.get(id(expr))
        if found is None:
            found = self._of[id(expr)] = self._find(expr)
        return found

    def _find(self, expr: tree.Expr) -> Quantity:
        number = self.definitions.key(expr)
        made = self._made.setdefault(number, [])
        for known in made:
            if known.expr.type is expr.type or known.expr.type == expr.type:
                return known
        made.append(Quantity(expr, number, self.definitions.constant(expr), self))
        return made[-1]


def _how(expr: tree.Expr) -> str:
    match expr:
        case tree.Arithmetic(op=op):
            return op
        case tree.Negative():
            return "negative"
        case tree.Rounded():
            return "rounded"
        case tree.DateDifference(left=left, right=right) if on_days(left) and on_days(right):
            return "days"
        case tree.Call(function="min" | "max" as function):
            return function
    return ""


def _parts(expr: tree.Expr) -> tuple[tree.Expr, ...]:
    match expr:
        case tree.Arithmetic(left=left, right=right) | tree.DateDifference(left=left, right=right):
            return left, right
        case tree.Negative(operand=operand) | tree.Rounded(operand=operand):
            return (operand,)
        case tree.Call(arguments=arguments):
            return arguments
    return ()


_COUNT = Interval(0.0)


def _nature(expr: tree.Expr) -> Interval:
    counted = isinstance(expr, (tree.Aggregate, tree.GroupAggregate)) and expr.kind in COUNTED
    return _COUNT if counted else EVERYTHING
