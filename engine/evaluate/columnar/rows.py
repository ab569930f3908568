"""Passes over rows and over groups: each works out all aggregates that can be worked out at the same time.

In: aggregates, and the customers' columns their conditions read. Out: a frame with one row per customer (or group) and
the totals, to be joined to the customers. Also `lower`: one formula over rows as a Polars expression.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from stratagem.dsl.expressions.tree import Aggregate, Constant, Expr, GroupAggregate, InTier, RowRef, Window
from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.columnar.layers import Layers, Lowered, combined, literal
from stratagem.engine.evaluate.columnar.lowering import Inline, Lowering
from stratagem.engine.evaluate.columnar.totals import Keyed, Taken, Totals
from stratagem.engine.evaluate.population import Dated
from stratagem.engine.evaluate.walk import EXCLUDED, IDENTITY, Shapes, reads_row
from stratagem.engine.evaluate.windows import as_of, bounds
from stratagem.engine.moment import Moment

ROW = "@row"
KEY = "@key"


def lower(expr: Expr, moment: Moment, source: str) -> pl.Expr:
    """A formula or filter over the rows of `source` (RowRef by field, `key.field` for a look-up's), as one expression.

    FactRefs are columns of that name. Missing is null; a filter takes the rows where the expression is true.
    """
    return _Own(moment, source).value(expr).expr


class _Own(Inline):
    """Formulas over the rows of one source, without anything of the customer."""

    def __init__(self, moment: Moment, source: str) -> None:
        super().__init__(moment)
        self.source = source

    def reference(self, expr: Expr) -> Lowered:
        """A field of the row, or an assumption's column."""
        if isinstance(expr, RowRef):
            return Lowered(pl.col(".".join(expr.path)))
        name = getattr(expr, "name", None)
        if not isinstance(name, str):
            raise ValueError(f"{type(expr).__name__} cannot stand in a formula over the rows of {self.source}")
        return Lowered(pl.col(name))

    def in_tier(self, expr: InTier) -> Lowered:
        """Rows know nothing of tiers."""
        return self.reference(expr)


class Pass:
    """One grouping of one frame by one key, after one round of the customers' columns."""

    key: str
    """The customers' column that the totals are joined on."""

    def __init__(self, layers: Layers, name: Callable[[], str]) -> None:
        self.layers = layers
        self.totals = Totals(layers, name)
        self.joined: dict[str, str] = {}
        """Columns of the customers that it reads, and what they are called within."""

    def build(self, customers: pl.LazyFrame) -> pl.LazyFrame:
        """The totals, from the customers with the columns they have by then."""
        raise NotImplementedError

    def total(self, frame: pl.LazyFrame, some_column: str) -> pl.LazyFrame:
        """The frame grouped by KEY, with every total."""
        frame = self.layers.apply(self.layers.start(frame, some_column))
        return frame.group_by(KEY).agg(self.totals.outputs)


class RowPass(Pass):
    """A pass over the rows of one source."""

    def __init__(
        self,
        rows: pl.LazyFrame,
        dated: Dated | None,
        moment: Moment,
        shapes: Shapes,
        name: Callable[[], str],
    ) -> None:
        columns = rows.collect_schema().names()
        super().__init__(Layers(columns), name)
        self.key = IDENTITY
        self.rows = rows
        self.dated = dated
        self.moment = moment
        self.lowering = _Rows(self.layers, moment, shapes, self.joined)

    def add(self, aggregate: Aggregate, outer: dict[int, str]) -> pl.Expr:
        """Work an aggregate out; `outer` gives the customers' column for each part that is the same for all rows."""
        self.lowering.outer |= outer
        field = aggregate.field
        value = Keyed(field.path, self.lowering.value(field)) if field is not None else None
        dated = self.dated
        order = [self.lowering.column(dated.field)] if dated is not None else []
        return self.totals.add(
            Taken(
                aggregate.kind,
                self._mask(aggregate),
                value,
                (*order, self.lowering.column(ROW)),
                dated is not None and field is not None and field.path == (dated.field,),
            )
        )

    def _mask(self, aggregate: Aggregate) -> Keyed | None:
        """Which rows are taken: by date, then by `where`; None for all."""
        key = aggregate.window, None if aggregate.where is None else self.lowering.shapes.of(aggregate.where)
        by_date = self._by_date(aggregate.window)
        if aggregate.where is None:
            return None if by_date is None else Keyed(key, by_date)
        where = self.lowering.value(aggregate.where)
        return Keyed(key, where if by_date is None else combined(by_date.expr & where.expr, by_date, where))

    def _by_date(self, window: Window | None) -> Lowered | None:
        if self.dated is None:
            return None if window is None else Lowered(literal(False, Kind.YES_NO))
        kind = self.dated.kind
        at = self.lowering.column(self.dated.field)
        if window is None:
            now = literal(as_of(self.moment, kind), kind)
            return combined(at.expr.is_null() | (at.expr <= now), at)
        low, high = bounds(window, self.moment, kind)
        # A bound may lie a day before the calendar's first; compared as a number it need not be a date.
        number = at.expr.to_physical().cast(pl.Int64)
        return combined((number > low) & (number <= high), at)

    def build(self, customers: pl.LazyFrame) -> pl.LazyFrame:
        """The totals by customer."""
        rows = self.rows
        if self.joined:
            wanted = [pl.col(IDENTITY), *(pl.col(name).alias(alias) for name, alias in self.joined.items())]
            rows = rows.join(customers.select(wanted), on=IDENTITY, how="inner")
        return self.total(rows.rename({IDENTITY: KEY}), KEY)


class _Rows(Lowering):
    """Formulas over rows; what does not depend on the row is read from the customers' columns."""

    def __init__(self, layers: Layers, moment: Moment, shapes: Shapes, joined: dict[str, str]) -> None:
        super().__init__(layers, moment, shapes)
        self.joined = joined
        self.outer: dict[int, str] = {}

    def value(self, expr: Expr) -> Lowered:
        """A value of the row, or of the customer."""
        if isinstance(expr, Constant) or reads_row(expr):
            return super().value(expr)
        name = self.outer[self.shapes.of(expr)]
        return Lowered(pl.col(self.joined.setdefault(name, f"@of:{name}")))

    def sum_of(self, expr: Expr) -> Lowered:
        """Part of arithmetic; what is the customer's has been worked out as a whole."""
        return super().sum_of(expr) if reads_row(expr) else self.value(expr)

    def column(self, name: str) -> Lowered:
        """A column of the rows; one that the frame lacks is missing everywhere."""
        return self.layers.column(name) or Lowered(literal(None, Kind.NUMBER))

    def reference(self, expr: Expr) -> Lowered:
        """A field of the row."""
        if not isinstance(expr, RowRef):
            raise ValueError(f"{type(expr).__name__} cannot stand in a condition on rows")
        return self.layers.column(".".join(expr.path)) or Lowered(literal(None, expr.type.kind))

    def in_tier(self, expr: InTier) -> Lowered:
        """Tiers are the customer's: they are read from its columns."""
        raise ValueError("a tier does not depend on the row")


class GroupPass(Pass):
    """A pass over customers, by the group they are in. The excluded do not count."""

    def __init__(self, key: str, name: Callable[[], str], excluded: bool) -> None:
        super().__init__(Layers(()), name)
        self.key = key
        self.excluded = excluded

    def add(self, aggregate: GroupAggregate, where: str | None, operand: str | None) -> pl.Expr:
        """Work an aggregate out; `where` and `operand` are the customers' columns that hold them."""
        mask, value = self._keyed(where), self._keyed(operand)
        if aggregate.kind in ("first", "latest", "share"):
            raise ValueError(f"{aggregate.kind} is not about a group")
        return self.totals.add(Taken(aggregate.kind, mask, value))

    def _keyed(self, name: str | None) -> Keyed | None:
        if name is None:
            return None
        return Keyed(name, Lowered(pl.col(self.joined.setdefault(name, f"@of:{name}"))))

    def build(self, customers: pl.LazyFrame) -> pl.LazyFrame:
        """The totals by group."""
        members = customers.filter(pl.col(self.key).is_not_null())
        if self.excluded:
            members = members.filter(~pl.col(EXCLUDED).fill_null(False))
        wanted = [pl.col(self.key).alias(KEY), *(pl.col(name).alias(alias) for name, alias in self.joined.items())]
        return self.total(members.select(wanted), KEY)
