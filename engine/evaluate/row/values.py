"""Emits the values of formulas: references, arithmetic, dates, functions, branches.

In: a typed tree. Out: a name that holds its value. Arithmetic between references is one Python expression: an
infinite or undefined figure stays one through + - * and shows at the end, so it is looked for once, there and in
divisors. Values that may be missing are guarded by one condition in front.
"""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.expressions.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Cases,
    Constant,
    DateDifference,
    DateOf,
    DateShift,
    Expr,
    GroupAggregate,
    IfElse,
    InTier,
    Negative,
    PopulationAggregate,
    Rounded,
    RowRef,
    ScorePart,
    Since,
)
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.functions import FUNCTIONS
from stratagem.engine.evaluate import meaning
from stratagem.engine.evaluate.functions import form_of
from stratagem.engine.evaluate.row.writer import DEEP, NOTHING, Atom, Writer
from stratagem.engine.evaluate.walk import column_of

BRANCHES = 20
"""Cases on one line; more are worked out from the last to the first in pieces."""
_SHIFTS = {
    (False, "days"): meaning.shift_day,
    (False, "months"): meaning.shift_day_months,
    (True, "days"): meaning.shift_micros,
    (True, "months"): meaning.shift_micros_months,
}
_ROUND = (
    "((int({x} * 1000000.0 + 0.5) / 1000000 if {x} >= 0.0 else 0.0 - int(0.5 - {x} * 1000000.0) / 1000000)"
    " if -1e300 < ({x} := {text}) < 1e300 else {slow}({x}))"
)


class Sum:
    """An arithmetic expression under construction: its text, how deeply it nests, and what must hold before it."""

    def __init__(self, text: str, depth: int = 0, guards: Sequence[str] = (), safe: bool = True) -> None:
        self.text = text
        self.depth = depth
        self.guards = list(dict.fromkeys(guards))
        self.safe = safe

    def guarded(self, text: str) -> str:
        """`text`, or None where a guard does not hold."""
        return f"{text} if {' and '.join(self.guards)} else None" if self.guards else text


class Values(Writer):
    """The part of the emitter that knows values."""

    def reference(self, expr: Expr) -> Atom:
        """The value behind a reference (see `Steps` and `Rows`)."""
        raise NotImplementedError

    def aggregate(self, expr: Aggregate | GroupAggregate) -> Atom:
        """The value of an aggregate (see `Rows` and `Groups`)."""
        raise NotImplementedError

    def three_valued(self, expr: Expr) -> Atom:
        """A condition's value (see `Conditions`)."""
        raise NotImplementedError

    def now(self, kind: Kind) -> str:
        """The name of the as-of day or microsecond."""
        raise NotImplementedError

    def value(self, expr: Expr) -> Atom:
        """The formula's value, worked out once."""
        if isinstance(expr, Constant):
            return self.literal(expr.value)
        shape = self.shapes.of(expr)
        known = self.recall(shape)
        return known if known is not None else self.remember(shape, self._value(expr))

    def _value(self, expr: Expr) -> Atom:
        if isinstance(expr, RowRef) or (column_of(expr) is not None and not isinstance(expr, InTier)):
            return self.reference(expr)
        match expr:
            case Arithmetic() | Negative():
                return self._arithmetic(expr)
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
            case Aggregate() | GroupAggregate():
                return self.aggregate(expr)
            case PopulationAggregate() | ScorePart():
                raise ValueError(f"{type(expr).__name__} is not about one customer")
            case _:
                return self.three_valued(expr)

    # ---- arithmetic ----

    def sum_of(self, expr: Expr) -> Sum:
        """The formula as part of an arithmetic expression."""
        known = self.recall(self.shapes.of(expr))
        if known is not None:
            return self.sum_of_atom(known)
        match expr:
            case Negative():
                inner = self.sum_of(expr.operand)
                made = Sum(f"(-{inner.text})", inner.depth + 1, inner.guards, inner.safe)
            case Arithmetic(op="/"):
                made = self._over(expr)
            case Arithmetic():
                left, right = self.sum_of(expr.left), self.sum_of(expr.right)
                depth = max(left.depth, right.depth) + 1
                text = f"({left.text} {expr.op} {right.text})"
                made = Sum(text, depth, [*left.guards, *right.guards], False)
            case _:
                return self.sum_of_atom(self.value(expr))
        if made.depth > DEEP:
            return self.sum_of_atom(self.value(expr))
        return made

    @staticmethod
    def sum_of_atom(atom: Atom) -> Sum:
        """A value that has a name already, as part of arithmetic."""
        return Sum(atom.text, 0, [atom.known] if atom.nullable else [])

    def _over(self, expr: Arithmetic) -> Sum:
        """A division: the divisor is worked out first, so that an infinite one does not make a zero."""
        left, right = self.sum_of(expr.left), self.value(expr.right)
        guards = [*left.guards, *([right.known] if right.nullable else []), f"{right.text} != 0.0"]
        if isinstance(expr.right, Constant) and expr.right.value:
            guards = list(left.guards)
        if right is NOTHING:
            return Sum("0.0", 0, ["False"])
        return Sum(f"({left.text} / {right.text})", left.depth + 1, guards, False)

    def _arithmetic(self, expr: Arithmetic | Negative) -> Atom:
        made = self._top(expr)
        if made.safe:
            return self.assign(made.guarded(made.text), bool(made.guards))
        x = self.fresh("x")
        return self.assign(made.guarded(f"({x} if ({x} := {made.text}) - {x} == 0.0 else None)"), True)

    def _top(self, expr: Arithmetic | Negative) -> Sum:
        """Like `sum_of`, for the node that is about to get a name (so it must not ask for its own)."""
        if isinstance(expr, Negative):
            inner = self.sum_of(expr.operand)
            return Sum(f"(-{inner.text})", 0, inner.guards, inner.safe)
        if expr.op == "/":
            return self._over(expr)
        left, right = self.sum_of(expr.left), self.sum_of(expr.right)
        return Sum(f"{left.text} {expr.op} {right.text}", 0, [*left.guards, *right.guards], False)

    def _rounded(self, expr: Rounded) -> Atom:
        if not expr.type.is_numeric:
            return self.value(expr.operand)
        made = self.sum_of(expr.operand)
        x = self.fresh("x")
        text = _ROUND.format(x=x, text=made.text, slow=self.helper(meaning.rounded))
        return self.assign(made.guarded(text), True)

    # ---- dates ----

    def as_day(self, expr: Expr) -> Atom:
        """The calendar day of a date or timestamp."""
        atom = self.value(expr)
        if expr.type.kind is not Kind.TIMESTAMP:
            return atom
        return self.guard([atom], f"{atom.text} // {meaning.DAY_MICROS}")

    def guard(self, atoms: Sequence[Atom], text: str, *, nullable: bool = False) -> Atom:
        """A name for `text`, missing where one of the values in it is."""
        guards = list(dict.fromkeys(a.known for a in atoms if a.nullable))
        if NOTHING in atoms:
            return NOTHING
        return self.assign(f"{text} if {' and '.join(guards)} else None" if guards else text, nullable or bool(guards))

    def _dates(self, expr: DateShift | DateDifference | DateOf | Since) -> Atom:
        match expr:
            case DateOf():
                return self.as_day(expr.operand)
            case Since():
                return self._since(expr)
            case DateDifference():
                return self._difference(expr)
            case DateShift():
                date, length = self.value(expr.date), self.value(expr.duration)
                stamp = expr.date.type.kind is Kind.TIMESTAMP
                shift = self.helper(_SHIFTS[stamp, expr.duration.type.family or "days"])
                text = f"{shift}({date.text}, {length.text}, {expr.sign})"
                return self.guard([date, length], text, nullable=True)

    def _difference(self, expr: DateDifference) -> Atom:
        if expr.left.type.kind is expr.right.type.kind is Kind.TIMESTAMP:
            left, right = self.value(expr.left), self.value(expr.right)
            return self.guard([left, right], f"({left.text} - {right.text}) / 1000000.0")
        left, right = self.as_day(expr.left), self.as_day(expr.right)
        return self.guard([left, right], f"({left.text} - {right.text}) * 86400.0")

    def _since(self, expr: Since) -> Atom:
        day, now = self.as_day(expr.operand), self.now(Kind.DATE)
        if expr.kind == "months since":
            return self.guard([day], f"{self.helper(meaning.months_since)}({day.text}, {now})")
        apart = f"{now} - {day.text}" if expr.kind == "days since" else f"{day.text} - {now}"
        return self.guard([day], f"({apart}) * 86400.0")

    # ---- branches and functions ----

    def _branches(self, cases: Sequence[tuple[Expr, Expr]], otherwise: Expr) -> Atom:
        worked = [(self.value(v), self.truth(c, True)) for v, c in cases]
        result = self.value(otherwise)
        for end in range(len(worked), 0, -BRANCHES):
            piece = worked[max(0, end - BRANCHES) : end]
            text = " else ".join(f"{v.text} if {c}" for v, c in piece) + f" else {result.text}"
            result = self.assign(text, result.nullable or any(v.nullable for v, _ in piece))
        return result

    def _call(self, expr: Call) -> Atom:
        form = form_of(expr.function)
        days = form.days or expr.type.kind is Kind.DATE
        arguments = [self.as_day(a) if days else self.value(a) for a in expr.arguments]
        text = f"{self.helper(form.row)}({', '.join(a.text for a in arguments)})"
        if FUNCTIONS[expr.function].missing == "all":
            return self.assign(text, True)
        return self.guard(arguments, text, nullable=True)
