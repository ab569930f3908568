"""Aggregation on frames: the columns it needs before grouping, what is summed up, and the result afterwards.

In: which rows an aggregate takes and which value it reads, as columns. Out: expressions for `group_by(...).agg(...)`
and, over the joined result, the aggregate's value. Aggregates that take the same rows, or read the same value of them,
share what they can.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import polars as pl

from stratagem.engine.evaluate.columnar import exact
from stratagem.engine.evaluate.columnar.layers import Layers, Lowered, combined


@dataclass(frozen=True)
class Keyed:
    """A column before grouping, with a key that is equal for equal columns."""

    key: Hashable
    low: Lowered


@dataclass(frozen=True)
class Taken:
    """What an aggregate takes.

    mask: which rows (None: every one). value: what it reads of them. order: what orders `first` and `latest`; rows
    without it have no place. orders_itself: the value is the date that orders the rows.
    """

    kind: str
    mask: Keyed | None
    value: Keyed | None = None
    order: tuple[Lowered, ...] = ()
    orders_itself: bool = False

    @property
    def key(self) -> Hashable:
        """The same for the same values of the same rows."""
        return self.mask.key if self.mask else None, self.value.key if self.value else None


class Totals:
    """The aggregates of one pass over one frame. `name` gives new names for totals; they differ across passes."""

    def __init__(self, layers: Layers, name: Callable[[], str]) -> None:
        self.layers = layers
        self.outputs: list[pl.Expr] = []
        self._name = name
        self._columns: dict[Hashable, Lowered] = {}
        self._names: dict[Hashable, str] = {}

    def add(self, taken: Taken) -> pl.Expr:
        """Work an aggregate out; the result is an expression over the joined totals."""
        match taken.kind:
            case "count" | "any":
                count = pl.col(self._count(taken) if taken.value else self._rows(taken.mask)).fill_null(0)
                return count > 0 if taken.kind == "any" else count.cast(pl.Float64)
            case "sum" | "average":
                return self._sum(taken)
            case "smallest" | "largest":
                masked = self._masked(taken).expr
                low = taken.kind == "smallest"
                return pl.col(self._total((taken.kind, taken.key), masked.min() if low else masked.max()))
            case "first" | "latest":
                return self._ordered(taken)
            case "different":
                different = self._masked(taken).expr.drop_nulls().n_unique()
                return pl.col(self._total(("different", taken.key), different)).fill_null(0).cast(pl.Float64)
        raise ValueError(f"{taken.kind} is not about rows or members")

    def _column(self, key: Hashable, low: Lowered) -> Lowered:
        """A column before grouping, made once. A literal becomes one too: summed up by itself it would count once."""
        if key not in self._columns:
            is_column = low.depth == 0 and low.expr.meta.root_names()
            self._columns[key] = low if is_column else self.layers.add(self.layers.fresh(), low)
        return self._columns[key]

    def _total(self, key: Hashable, expr: pl.Expr) -> str:
        """The name of a total, worked out once."""
        if key not in self._names:
            self._names[key] = self._name()
            self.outputs.append(expr.alias(self._names[key]))
        return self._names[key]

    def _mask(self, mask: Keyed) -> Lowered:
        return self._column(("mask", mask.key), mask.low)

    def _rows(self, mask: Keyed | None) -> str:
        """The number of rows taken."""
        return self._total(("rows", mask.key if mask else None), self._mask(mask).expr.sum() if mask else pl.len())

    def _masked(self, taken: Taken) -> Lowered:
        """The value where the row is taken, else missing."""
        if taken.value is None:
            raise ValueError(f"{taken.kind} names no field")
        value = taken.value.low
        if taken.mask is None:
            return self._column(("value", taken.key), value)
        mask = self._mask(taken.mask)
        return self._column(("value", taken.key), combined(pl.when(mask.expr).then(value.expr), mask, value))

    def _count(self, taken: Taken) -> str:
        return self._total(("known", taken.key), self._masked(taken).expr.count())

    def _sum(self, taken: Taken) -> pl.Expr:
        masked = self._masked(taken)
        parts = self._column(("parts", taken.key), combined(exact.scaled(masked.expr), masked)).expr
        total = pl.col(self._total(("sum", taken.key), parts.sum()))
        known = pl.col(self._total(("parts", taken.key), parts.count())).fill_null(0)
        if taken.kind == "average":
            return pl.when(known > 0).then(exact.quotients(total, known.cast(pl.Int64)))
        rows = pl.col(self._rows(taken.mask)).fill_null(0)
        figure = exact.quotients(total, pl.lit(1, dtype=pl.Int64))
        return pl.when(known > 0).then(figure).when(rows == 0).then(0.0)

    def _ordered(self, taken: Taken) -> pl.Expr:
        """The value of the first or last row among those that are taken, have a value and have their date."""
        last = taken.kind == "latest"
        masked = self._masked(taken)
        if taken.orders_itself:
            ends = masked.expr.max() if last else masked.expr.min()
            return pl.col(self._total((taken.kind, taken.key), ends))
        counts = masked.expr.is_not_null()
        for part in taken.order:
            counts = counts & part.expr.is_not_null()
        kept = [combined(pl.when(counts).then(x.expr), masked, *taken.order) for x in (masked, *taken.order)]
        value, *keys = [self._column(("ordered", n, taken.key), k).expr for n, k in enumerate(kept)]
        ordered = value.sort_by(keys, nulls_last=not last)
        return pl.col(self._total((taken.kind, taken.key), ordered.last() if last else ordered.first()))
