"""Layers of columns: what is worked out after what, so that no expression is nested deeply or written twice.

In: expressions with the layer in which all they read is there. Out: `with_columns` calls, one for each layer. A column
added in layer n can be read from layer n + 1 on. Layers come in rounds: layer 0 starts the first, ROUND the second, and
so on. Between two rounds stand the passes over rows and groups that read what the round before worked out; there are
few of them, because each makes the plan read its customers once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl

from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.meaning import Value

ROUND = 100_000
"""The layer at which the second round begins, the third at twice that, …"""
ZERO = "@zero"
"""A column of zeros, when something asked for it."""
DEEP = 24
"""Nesting from which an expression gets a column of its own."""

DTYPES: dict[Kind, Any] = {
    Kind.NUMBER: pl.Float64,
    Kind.SHARE: pl.Float64,
    Kind.MONEY: pl.Float64,
    Kind.DURATION: pl.Float64,
    Kind.DATE: pl.Date,
    Kind.TIMESTAMP: pl.Datetime("us"),
    Kind.TEXT: pl.String,
    Kind.CHOICE: pl.String,
    Kind.CHANNEL: pl.String,
    Kind.YES_NO: pl.Boolean,
    Kind.MISSING: pl.Null,
}


class Lowered(NamedTuple):
    """An expression, the layer from which it can be worked out, and how deeply it nests (0: a column or literal)."""

    expr: pl.Expr
    at: int = 0
    depth: int = 0


def literal(value: Value, kind: Kind) -> pl.Expr:
    """A constant in evaluated form as a Polars literal of its kind."""
    dtype = DTYPES[kind]
    if value is None:
        return pl.lit(None, dtype=dtype)
    if kind is Kind.DATE:
        return pl.lit(value, dtype=pl.Int32).cast(pl.Date)
    if kind is Kind.TIMESTAMP:
        return pl.lit(value, dtype=pl.Int64).cast(pl.Datetime("us"))
    return pl.lit(value, dtype=dtype)


class Layers:
    """The columns of one frame, and those to be added to it."""

    def __init__(self, columns: Iterable[str], prefix: str = "@t") -> None:
        self.ready = dict.fromkeys(columns, 0)
        self.layers: dict[int, list[pl.Expr]] = {}
        self.needs_zero = False
        self._prefix = prefix
        self._count = 0

    def fresh(self) -> str:
        """A column name that was not used before."""
        self._count += 1
        return f"{self._prefix}{self._count}"

    def add(self, name: str, low: Lowered) -> Lowered:
        """A column that holds the expression."""
        self.layers.setdefault(low.at, []).append(low.expr.alias(name))
        self.ready[name] = low.at + 1
        return Lowered(pl.col(name), low.at + 1)

    def bind(self, low: Lowered) -> Lowered:
        """The same value as something that can be written more than once: a column or a literal."""
        return low if low.depth == 0 else self.add(self.fresh(), low)

    def column(self, name: str) -> Lowered | None:
        """A column by its name, None when there is none."""
        at = self.ready.get(name)
        return None if at is None else Lowered(pl.col(name), at)

    def zero(self) -> Lowered:
        """A column of zeros. Polars divides by a constant through its reciprocal; by a column it divides."""
        self.needs_zero = True
        return Lowered(pl.col(ZERO))

    def start(self, frame: pl.LazyFrame, some_column: str) -> pl.LazyFrame:
        """The frame with its column of zeros; `some_column` is any column that is there."""
        if not self.needs_zero:
            return frame
        return frame.with_columns((pl.col(some_column).is_null().cast(pl.Float64) * 0.0).alias(ZERO))

    def apply(self, frame: pl.LazyFrame, rank: int = 0) -> pl.LazyFrame:
        """The frame with the columns of one round."""
        for layer in sorted(at for at in self.layers if at // ROUND == rank):
            frame = frame.with_columns(self.layers[layer])
        return frame


def combined(expr: pl.Expr, *parts: Lowered) -> Lowered:
    """An expression made of others."""
    return Lowered(expr, max((p.at for p in parts), default=0), max((p.depth for p in parts), default=0) + 1)
