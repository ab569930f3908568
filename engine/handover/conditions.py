"""A condition of a template as a Polars expression over the columns of its slots: true, false, or null for unknown.

Only for conditions without filters; the same meaning as `compared`, `against` and `holds` in words.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import polars as pl

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.templates.kinds import Literal_
from stratagem.engine.handover.sandbox import MIRRORED, is_literal
from stratagem.engine.handover.slots import Slot
from stratagem.engine.handover.templates import Among, Both, Compare, Condition, IsKnown, Not, Value
from stratagem.engine.handover.words import DAY_MICROS, raw_of

UNKNOWN = pl.lit(None, pl.Boolean)
_COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def expression(found: Condition) -> pl.Expr:
    """The condition, for every row."""
    if isinstance(found, Not):
        return ~expression(found.part)
    if isinstance(found, Both):
        left, right = expression(found.left), expression(found.right)
        return left | right if found.any_ else left & right
    if isinstance(found, Compare):
        return _compare(found)
    slot = _slot(found.value)
    if isinstance(found, Among):
        options = [_against(slot, "==", option) for option in found.options]
        return reduce(lambda one, other: one | other, options, pl.lit(False))
    if isinstance(found, IsKnown):
        return pl.col(slot.column).is_not_null()
    return pl.col(slot.column) if slot.type.kind is Kind.YES_NO else pl.col(slot.column).is_not_null()


def _compare(found: Compare) -> pl.Expr:
    left, right, op = found.left, found.right, found.op
    if is_literal(left):
        left, right, op = right, left, MIRRORED[op]
    if right.literal is not None:
        return _against(_slot(left), op, right.literal)
    one, other = _slot(left), _slot(right)
    if _sort(one.type.kind) != _sort(other.type.kind):
        return UNKNOWN
    return _COMPARE[op](_column(one), _column(other))


def _against(slot: Slot, op: str, value: Literal_) -> pl.Expr:
    """A slot compared with a literal; a timestamp is compared by its day."""
    try:
        raw = raw_of(value, slot.type)
    except ValueError:
        return UNKNOWN
    if (isinstance(raw, bool), isinstance(raw, str)) != _sort(slot.type.kind):
        return UNKNOWN
    column = _column(slot)
    if slot.type.kind is Kind.TIMESTAMP and isinstance(value, str):
        column = column // DAY_MICROS * DAY_MICROS
    return _COMPARE[op](column, pl.lit(raw))


def _sort(kind: Kind) -> tuple[bool, bool]:
    """Is it kept as yes or no, and as text."""
    return kind is Kind.YES_NO, kind in (Kind.TEXT, Kind.CHOICE, Kind.CHANNEL)


def _column(slot: Slot) -> pl.Expr:
    """The column in evaluated form: whole days, whole microseconds."""
    column = pl.col(slot.column)
    return column.to_physical().cast(pl.Int64) if slot.type.kind in (Kind.DATE, Kind.TIMESTAMP) else column


def _slot(value: Value) -> Slot:
    assert value.slot is not None  # `simple` has looked
    return value.slot
