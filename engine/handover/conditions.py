"""Conditions of a message, for all customers at once: three-valued, as everywhere in the language.

In: a part of a template's syntax tree, and a way to work out its values. Out: a column of true, false and missing
(unknown). A name that stands alone holds when it is yes, or, where it is not yes or no, when it is known.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from jinja2 import nodes

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.templates.kinds import Literal_
from stratagem.engine.handover.filters import as_value
from stratagem.engine.handover.values import Column

Value = Column | Literal_
ValueOf = Callable[[nodes.Expr], Value]
COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "lteq": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gteq": lambda a, b: a >= b,
}
SWAPPED = {"eq": "eq", "ne": "ne", "lt": "gt", "lteq": "gteq", "gt": "lt", "gteq": "lteq"}


class NotAllowed(ValueError):
    """The template holds something that messages may not hold."""


def truth(node: nodes.Expr, value_of: ValueOf, size: int) -> pl.Series:
    """True, false or missing by row."""
    if isinstance(node, nodes.And | nodes.Or):
        left, right = truth(node.left, value_of, size), truth(node.right, value_of, size)
        both = pl.col("a") & pl.col("b") if isinstance(node, nodes.And) else pl.col("a") | pl.col("b")
        return _of(left, right, both)
    if isinstance(node, nodes.Not):
        return ~truth(node.node, value_of, size)
    if isinstance(node, nodes.Test):
        return _known(node, value_of, size)
    if isinstance(node, nodes.Compare):
        return _compared(node, value_of, size)
    return _holds(value_of(node), size)


def _holds(value: Value, size: int) -> pl.Series:
    if isinstance(value, Column):
        return value.values if value.type.kind is Kind.YES_NO else value.values.is_not_null()
    return pl.repeat(value if isinstance(value, bool) else True, size, eager=True)


def _known(node: nodes.Test, value_of: ValueOf, size: int) -> pl.Series:
    if node.name not in ("known", "missing", "defined") or node.args or node.kwargs:
        raise NotAllowed(f"messages have no test `{node.name}`")
    value = value_of(node.node)
    found = value.values.is_not_null() if isinstance(value, Column) else pl.repeat(True, size, eager=True)
    return ~found if node.name == "missing" else found


def _compared(node: nodes.Compare, value_of: ValueOf, size: int) -> pl.Series:
    if len(node.ops) != 1:
        raise NotAllowed("one comparison at a time")
    left, op, other = value_of(node.expr), node.ops[0].op, node.ops[0].expr
    if op in ("in", "notin"):
        if not isinstance(other, nodes.Tuple):
            raise NotAllowed("`in` stands before a list in brackets")
        options = [_compare(left, "eq", value_of(item), size) for item in other.items]
        found = options[0]
        for option in options[1:]:
            found = _of(found, option, pl.col("a") | pl.col("b"))
        return ~found if op == "notin" else found
    if op not in COMPARE:
        raise NotAllowed(f"messages have no comparison `{op}`")
    return _compare(left, op, value_of(other), size)


def _compare(left: Value, op: str, right: Value, size: int) -> pl.Series:
    if not isinstance(left, Column) and isinstance(right, Column):
        return _compare(right, SWAPPED[op], left, size)
    if not isinstance(left, Column):
        raise NotAllowed("a comparison is with something of the customer")
    values = left.values
    if isinstance(right, Column):
        return _of(values, right.values, COMPARE[op](pl.col("a"), pl.col("b")))
    wanted = as_value(right, left.type)
    if left.type.kind is Kind.TIMESTAMP:  # compared with a day: by days, as a date beside a timestamp is
        values, wanted = values.cast(pl.Date), as_value(str(right)[:10], left.type)
        return _of(values, values, COMPARE[op](pl.col("a"), pl.lit(wanted).cast(pl.Date)))
    return _of(values, values, COMPARE[op](pl.col("a"), pl.lit(wanted)))


def _of(left: pl.Series, right: pl.Series, expression: pl.Expr) -> pl.Series:
    return pl.DataFrame([left.alias("a"), right.alias("b")]).select(expression.alias("a")).to_series()
