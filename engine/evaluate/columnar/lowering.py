"""Typed tree → Polars expressions, the part that is the same for customers and for rows.

In: a typed tree. Out: `Lowered`: the expression and the layer from which it can be worked out. Conditions are Polars'
own three-valued booleans (null is unknown). A figure that is not finite becomes null at the end of the arithmetic it
arises in: it stays infinite or NaN through + - * and as a dividend; a divisor is checked by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from stratagem.dsl.expressions.tree import (
    And,
    Arithmetic,
    Between,
    Call,
    Cases,
    Compare,
    Constant,
    DateDifference,
    DateOf,
    DateShift,
    Expr,
    IfElse,
    InTier,
    Known,
    Negative,
    Not,
    OneOf,
    Or,
    Rounded,
    Since,
    TextTest,
)
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.functions import FUNCTIONS
from stratagem.engine.evaluate.columnar import exact
from stratagem.engine.evaluate.columnar.layers import DEEP, DTYPES, Layers, Lowered, combined, literal
from stratagem.engine.evaluate.functions import ColumnCall, each_value, form_of
from stratagem.engine.evaluate.regex import for_polars, searcher
from stratagem.engine.evaluate.walk import Shapes
from stratagem.engine.moment import Moment

BRANCHES = 12
"""Cases in one expression; more are worked out from the last to the first in pieces."""

_OPS: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "is": lambda a, b: a == b,
    "is not": lambda a, b: a != b,
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SHIFTS = {
    (False, "days"): exact.shift_day,
    (False, "months"): exact.shift_day_months,
    (True, "days"): exact.shift_micros,
    (True, "months"): exact.shift_micros_months,
}


class Lowering:
    """Lowers formulas into the layers of one frame."""

    def __init__(self, layers: Layers, moment: Moment, shapes: Shapes) -> None:
        self.layers = layers
        self.moment = moment
        self.shapes = shapes
        self._known: dict[int, Lowered] = {}

    def reference(self, expr: Expr) -> Lowered:
        """What a reference or an aggregate stands for."""
        raise NotImplementedError

    def in_tier(self, expr: InTier) -> Lowered:
        """Membership in tiers."""
        raise NotImplementedError

    def zero(self, of: pl.Expr) -> pl.Expr:
        """Zeros, as many as the column `of` is long."""
        return self.layers.zero().expr

    def spread(self, literal_: Lowered) -> Lowered:
        """A literal as a column, to stand before another column."""
        return self.layers.add(self.layers.fresh(), literal_)

    def bind(self, low: Lowered) -> Lowered:
        """The same value, fit to be written more than once."""
        return self.layers.bind(low)

    def value(self, expr: Expr) -> Lowered:
        """The formula's value."""
        if isinstance(expr, Constant):
            return Lowered(literal(expr.value, expr.type.kind))
        shape = self.shapes.of(expr)
        known = self._known.get(shape)
        if known is None:
            known = self._value(expr)
            known = self._known[shape] = self.bind(known) if known.depth > DEEP else known
        return known

    def atom(self, expr: Expr) -> Lowered:
        """The formula's value as a column or literal."""
        low = self.bind(self.value(expr))
        if not isinstance(expr, Constant):
            self._known[self.shapes.of(expr)] = low
        return low

    def _value(self, expr: Expr) -> Lowered:
        match expr:
            case Negative() | Arithmetic():
                return self._finite(self.sum_of(expr))
            case Rounded():
                return self._rounded(expr)
            case DateShift() | DateDifference() | DateOf() | Since():
                return self._dates(expr)
            case IfElse():
                return self._branches([(expr.then, expr.condition)], expr.otherwise)
            case Cases():
                return self._branches(expr.cases, expr.otherwise)
            case Call():
                return self._call(expr)
            case Not() | And() | Or() | Known():
                return self._logic(expr)
            case Compare() | Between() | OneOf() | TextTest():
                return self._test(expr)
            case InTier():
                return self.in_tier(expr)
            case _:
                return self.reference(expr)

    # ---- arithmetic ----

    def sum_of(self, expr: Expr) -> Lowered:
        """The formula as part of arithmetic: it may be infinite or NaN."""
        match expr:
            case Negative():
                inner = self.sum_of(expr.operand)
                made = combined(-inner.expr, inner)
            case Arithmetic(op="/"):
                left, right = self.sum_of(expr.left), self.value(expr.right)
                made = combined(left.expr / (right.expr + self.zero(left.expr)), left, right)
            case Arithmetic():
                left, right = self.sum_of(expr.left), self.sum_of(expr.right)
                made = _paired(expr.op, left, right)
            case _:
                return self.value(expr)
        return self.bind(made) if made.depth > DEEP else made

    def _finite(self, low: Lowered) -> Lowered:
        low = self.bind(low)
        return combined(pl.when(low.expr.is_finite()).then(low.expr), low)

    def _rounded(self, expr: Rounded) -> Lowered:
        if not expr.type.is_numeric:
            return self.value(expr.operand)
        low = self.bind(self.sum_of(expr.operand))
        return combined(exact.rounded(low.expr, self.zero(low.expr.abs())), low)

    # ---- dates ----

    def as_day(self, expr: Expr) -> Lowered:
        """The calendar day of a date or timestamp."""
        low = self.value(expr)
        return combined(low.expr.dt.date(), low) if expr.type.kind is Kind.TIMESTAMP else low

    def _dates(self, expr: DateShift | DateDifference | DateOf | Since) -> Lowered:
        match expr:
            case DateOf():
                return self.as_day(expr.operand)
            case Since():
                return self._since(expr)
            case DateDifference():
                return self._difference(expr)
            case DateShift():
                date, length = self.atom(expr.date), self.atom(expr.duration)
                stamp = expr.date.type.kind is Kind.TIMESTAMP
                shift = _SHIFTS[stamp, expr.duration.type.family or "days"]
                return combined(shift(date.expr, length.expr, expr.sign), date, length)

    def _difference(self, expr: DateDifference) -> Lowered:
        if expr.left.type.kind is expr.right.type.kind is Kind.TIMESTAMP:
            left, right = self.value(expr.left), self.value(expr.right)
            whole = exact.micros(left.expr) - exact.micros(right.expr)
            apart = self.bind(combined(whole.cast(pl.Float64), left, right))
            return combined(apart.expr / (self.zero(apart.expr) + 1e6), apart)
        left, right = self.as_day(expr.left), self.as_day(expr.right)
        whole = exact.days(left.expr) - exact.days(right.expr)
        return combined(whole.cast(pl.Float64) * 86400.0, left, right)

    def _since(self, expr: Since) -> Lowered:
        day = self.bind(self.as_day(expr.operand))
        if expr.kind == "months since":
            return combined(exact.months_since(day.expr, self.moment.day), day)
        sign = 1 if expr.kind == "days since" else -1
        apart = (exact.days(day.expr) - self.moment.day) * -sign
        return combined(apart.cast(pl.Float64) * 86400.0, day)

    # ---- branches and functions ----

    def _branches(self, cases: Sequence[tuple[Expr, Expr]], otherwise: Expr) -> Lowered:
        worked = [(self.value(v), self.value(c)) for v, c in cases]
        result = self.value(otherwise)
        for end in range(len(worked), 0, -BRANCHES):
            piece = worked[max(0, end - BRANCHES) : end]
            chain = result.expr
            for v, c in reversed(piece):
                chain = pl.when(c.expr).then(v.expr).otherwise(chain)
            made = combined(chain, result, *(x for pair in piece for x in pair))
            result = self.bind(made) if end > BRANCHES else made
        return result

    def _call(self, expr: Call) -> Lowered:
        form = form_of(expr.function)
        days = form.days or expr.type.kind is Kind.DATE
        arguments = [self.bind(self.as_day(a)) if days else self.atom(a) for a in expr.arguments]
        if not all(map(_is_literal, arguments)):
            arguments = [self.spread(a) if _is_literal(a) else a for a in arguments]
        columns = tuple(a.expr for a in arguments)
        if form.columnar is None:
            skip = FUNCTIONS[expr.function].missing == "any"
            made = each_value(form.row, *columns, dtype=DTYPES[expr.type.kind], skip_missing=skip)
        else:
            numeric = expr.arguments[0].type.is_numeric
            made = form.columnar(ColumnCall(expr, columns, self.zero(columns[0].abs()) if numeric else columns[0]))
        return combined(made, *arguments)

    # ---- conditions ----

    def _logic(self, expr: Not | And | Or | Known) -> Lowered:
        match expr:
            case Not():
                inner = self.value(expr.operand)
                return combined(~inner.expr, inner)
            case Known():
                inner = self.value(expr.operand)
                return combined(inner.expr.is_null() if expr.negated else inner.expr.is_not_null(), inner)
            case And() | Or():
                return _balanced([self.value(p) for p in expr.parts], isinstance(expr, And))

    def _sides(self, left: Expr, right: Expr) -> tuple[Lowered, Lowered]:
        if {left.type.kind, right.type.kind} == {Kind.DATE, Kind.TIMESTAMP}:
            return self.as_day(left), self.as_day(right)
        return self.value(left), self.value(right)

    def _test(self, expr: Compare | Between | OneOf | TextTest) -> Lowered:
        match expr:
            case Compare():
                left, right = self._sides(expr.left, expr.right)
                return _paired(expr.op, left, right)
            case Between():
                low_side = Compare(type=expr.type, op="<=", left=expr.low, right=expr.operand)
                high_side = Compare(type=expr.type, op="<=", left=expr.operand, right=expr.high)
                self.atom(expr.operand)
                return _balanced([self._test(low_side), self._test(high_side)], True)
            case OneOf():
                return self._one_of(expr)
            case TextTest():
                return self._text(expr)

    def _one_of(self, expr: OneOf) -> Lowered:
        operand = self.atom(expr.operand)
        kind = expr.operand.type.kind
        same = [combined(operand.expr == literal(o.value, kind), operand) for o in expr.options]
        if len(same) > 4:
            dated = kind in (Kind.DATE, Kind.TIMESTAMP)
            plain = operand.expr.to_physical().cast(pl.Int64) if dated else operand.expr
            same = [combined(plain.is_in([o.value for o in expr.options]), operand)]
        either = _balanced(same, False)
        return combined(~either.expr, either) if expr.negated else either

    def _text(self, expr: TextTest) -> Lowered:
        operand, argument = self.value(expr.operand), self.value(expr.argument)
        if _is_literal(operand) and not _is_literal(argument):
            operand = self.spread(operand)
        if expr.op == "contains":
            return combined(operand.expr.str.contains(argument.expr, literal=True), operand, argument)
        if expr.op == "starts with":
            return combined(operand.expr.str.starts_with(argument.expr), operand, argument)
        if not isinstance(expr.argument, Constant) or not isinstance(expr.argument.value, str):
            raise ValueError("matches needs a written pattern")
        pattern = for_polars(expr.argument.value)
        if pattern is not None:
            return combined(operand.expr.str.contains(pattern), operand)
        search = searcher(expr.argument.value)
        return combined(each_value(lambda t: search(t) is not None, operand.expr, dtype=pl.Boolean), operand)


def _is_literal(low: Lowered) -> bool:
    return not low.expr.meta.root_names()


def _paired(op: str, left: Lowered, right: Lowered) -> Lowered:
    """Two sides with an operation, a literal on the right: Polars takes the length of the result from the left, and a
    literal in front of a column that holds one value throughout would make it a single row."""
    if _is_literal(left) and not _is_literal(right):
        if op == "-":
            return combined(-right.expr + left.expr, left, right)
        left, right, op = right, left, _MIRRORED.get(op, op)
    return combined(_OPS[op](left.expr, right.expr), left, right)


def _balanced(parts: Sequence[Lowered], both: bool) -> Lowered:
    """`and` or `or` of many conditions, as a tree that is not deep."""
    if len(parts) == 1:
        return parts[0]
    parts = sorted(parts, key=_is_literal)
    half = len(parts) // 2
    left, right = _balanced(parts[:half], both), _balanced(parts[half:], both)
    return combined(left.expr & right.expr if both else left.expr | right.expr, left, right)


class _Inline(Layers):
    """No layers: what would get a column is written again where it is used."""

    def bind(self, low: Lowered) -> Lowered:
        """The expression itself."""
        return Lowered(low.expr, 0, 0)


_INLINE = _Inline(())


class Inline(Lowering):
    """Lowers a formula into one expression, for frames of rows that the data room works on."""

    def __init__(self, moment: Moment) -> None:
        super().__init__(_INLINE, moment, Shapes())

    def spread(self, literal_: Lowered) -> Lowered:
        """The literal itself: rows hold what was read, not one value throughout."""
        return literal_

    def zero(self, of: pl.Expr) -> pl.Expr:
        """Zeros made from the column itself; where it is infinite the result is none, as it must be."""
        return of.abs() * 0.0
