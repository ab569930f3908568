"""A typed expression in a strategist's words: `quiet_days between 76 days and 240 days`.

Typed tree in, one line of text out. Used wherever the tool shows a condition that no single line of the file holds,
or shows a value with its unit.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import singledispatch

from stratagem.dsl.currencies import places
from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.base import literal_text

EPOCH = date(1970, 1, 1)
SPANS = (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60))

_TIGHT = (
    tree.Constant,
    tree.FieldRef,
    tree.RowRef,
    tree.FactRef,
    tree.SegmentRef,
    tree.TierRef,
    tree.StageRef,
    tree.ScorePart,
    tree.IdentityRef,
    tree.Call,
    tree.Rounded,
)


def number_text(value: float) -> str:
    """`1,200`, `0.25`, without a trailing `.0`."""
    return f"{int(value):,}" if value == int(value) and abs(value) < 1e15 else f"{value:,.6f}".rstrip("0").rstrip(".")


def share_text(value: float) -> str:
    """A fraction as percent: 0.385 is `38.5%`; also one so large that a hundred times it is no float."""
    if abs(value) >= 1e13:
        return f"{Decimal(repr(value)) * 100:,.0f}%"
    return f"{number_text(round(value * 100, 6))}%"


def plural(count: float, unit: str) -> str:
    """`1 day`, `42 days`."""
    return f"{number_text(count)} {unit}" if count == 1 else f"{number_text(count)} {unit}s"


def duration_text(value: float, kind: Type) -> str:
    """Seconds or months in the unit people use: days from a day on, years only when whole."""
    if kind.family == "months":
        return plural(value / 12, "year") if value and value % 12 == 0 else plural(value, "month")
    for unit, seconds in SPANS[1:]:
        if value % seconds == 0:
            return plural(value / seconds, unit)
    return plural(value / 60, "minute")


def value_text(value: object, kind: Type) -> str:
    """A value in evaluated form (see types.py), as a strategist writes it; `missing` for None."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    match kind.kind:
        case Kind.MONEY if isinstance(value, int | float):
            per = f" per {'year' if kind.per == 'months' else 'week'}" if kind.per else ""
            return f"{value:,.{places(kind.currency)}f} {kind.currency or ''}".strip() + per
        case Kind.SHARE if isinstance(value, int | float):
            return share_text(float(value))
        case Kind.DURATION if isinstance(value, int | float):
            return duration_text(float(value), kind)
        case Kind.DATE if isinstance(value, int):
            return (EPOCH + timedelta(days=value)).isoformat()
        case Kind.TIMESTAMP if isinstance(value, int):
            return (datetime(1970, 1, 1) + timedelta(microseconds=value)).isoformat(" ", "minutes")
        case _:
            return number_text(float(value)) if isinstance(value, int | float) else str(value)


def speak(expr: tree.Expr) -> str:
    """The expression as one line of the language, as near as can be to how it would be written."""
    return _speak(expr)


def _tight(expr: tree.Expr) -> str:
    """In brackets, unless it binds tightest anyway."""
    text = _speak(expr)
    return text if isinstance(expr, _TIGHT) else f"({text})"


@singledispatch
def _speak(expr: tree.Expr) -> str:
    raise TypeError(f"no words for {type(expr).__name__}")


@_speak.register
def _(expr: tree.Constant) -> str:
    text = value_text(expr.value, expr.type)
    return f'"{text}"' if expr.type.kind == Kind.TEXT and expr.value is not None else text


@_speak.register
def _(expr: tree.FieldRef) -> str:
    return expr.field


@_speak.register
def _(expr: tree.IdentityRef) -> str:
    return "customer id"


@_speak.register
def _(expr: tree.RowRef) -> str:
    return ".".join(expr.path)


@_speak.register
def _(expr: tree.FactRef) -> str:
    return expr.name


@_speak.register
def _(expr: tree.SegmentRef) -> str:
    return expr.segment


@_speak.register
def _(expr: tree.TierRef) -> str:
    return expr.tiers


@_speak.register
def _(expr: tree.InTier) -> str:
    if len(expr.names) == 1:
        return f"{expr.tiers} is {expr.names[0]}"
    return f"{expr.tiers} is one of ({', '.join(expr.names)})"


@_speak.register
def _(expr: tree.StageRef) -> str:
    return "stage"


@_speak.register
def _(expr: tree.ScorePart) -> str:
    return expr.part


@_speak.register
def _(expr: tree.Negative) -> str:
    return f"-{_tight(expr.operand)}"


@_speak.register
def _(expr: tree.Arithmetic) -> str:
    return f"{_tight(expr.left)} {expr.op} {_tight(expr.right)}"


@_speak.register
def _(expr: tree.DateShift) -> str:
    return f"{_tight(expr.date)} {'+' if expr.sign == 1 else '-'} {_tight(expr.duration)}"


@_speak.register
def _(expr: tree.DateDifference) -> str:
    return f"{_tight(expr.left)} - {_tight(expr.right)}"


@_speak.register
def _(expr: tree.Since) -> str:
    return f"{expr.kind} {_speak(expr.operand)}"


@_speak.register
def _(expr: tree.Compare) -> str:
    return f"{_tight(expr.left)} {expr.op} {_tight(expr.right)}"


@_speak.register
def _(expr: tree.DateOf) -> str:
    return _speak(expr.operand)


@_speak.register
def _(expr: tree.OneOf) -> str:
    options = ", ".join(value_text(o.value, o.type) for o in expr.options)
    word = "is not one of" if expr.negated else "is one of"
    return f"{_tight(expr.operand)} {word} ({options})"


@_speak.register
def _(expr: tree.Between) -> str:
    return f"{_tight(expr.operand)} between {_tight(expr.low)} and {_tight(expr.high)}"


@_speak.register
def _(expr: tree.Known) -> str:
    return f"{_tight(expr.operand)} is {'missing' if expr.negated else 'known'}"


@_speak.register
def _(expr: tree.TextTest) -> str:
    return f"{_tight(expr.operand)} {expr.op} {_speak(expr.argument)}"


@_speak.register
def _(expr: tree.Not) -> str:
    return f"not {_tight(expr.operand)}"


@_speak.register
def _(expr: tree.And) -> str:
    return " and ".join(_tight(p) if isinstance(p, tree.Or | tree.IfElse) else _speak(p) for p in expr.parts)


@_speak.register
def _(expr: tree.Or) -> str:
    return " or ".join(_tight(p) if isinstance(p, tree.IfElse) else _speak(p) for p in expr.parts)


@_speak.register
def _(expr: tree.IfElse) -> str:
    return f"{_tight(expr.then)} if {_speak(expr.condition)} else {_tight(expr.otherwise)}"


@_speak.register
def _(expr: tree.Cases) -> str:
    lines = [f"{_speak(value)} when {_speak(condition)}" for value, condition in expr.cases]
    return "; ".join([*lines, f"{_speak(expr.otherwise)} otherwise"])


@_speak.register
def _(expr: tree.Call) -> str:
    return f"{expr.function}({', '.join(_speak(a) for a in expr.arguments)})"


_HEADS = {"different": "number of different", "any": "any"}


def _over_rows(kind: str, subject: str, rest: str) -> str:
    return f"{_HEADS.get(kind, f'{kind} of')} {subject}{rest}"


@_speak.register
def _(expr: tree.Aggregate) -> str:
    subject = expr.source if expr.field is None else f"{expr.source}.{_speak(expr.field)}"
    window = f" in {expr.window.direction} {literal_text(expr.window.period)}" if expr.window else ""
    where = f" where {_speak(expr.where)}" if expr.where is not None else ""
    return _over_rows(expr.kind, subject, window + where)


@_speak.register
def _(expr: tree.GroupAggregate) -> str:
    subject = expr.group if expr.operand is None else f"{expr.group}.{_speak(expr.operand)}"
    return _over_rows(expr.kind, subject, f" where {_speak(expr.where)}" if expr.where is not None else "")


@_speak.register
def _(expr: tree.PopulationAggregate) -> str:
    subject = "customers" if expr.operand is None else _speak(expr.operand)
    where = f" where {_speak(expr.where)}" if expr.where is not None else ""
    over = f" over {_speak(expr.over)}" if expr.over is not None else ""
    return _over_rows(expr.kind, subject, where + over)


@_speak.register
def _(expr: tree.Rounded) -> str:
    return _speak(expr.operand)
