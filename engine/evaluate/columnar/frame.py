"""Steps → columns of the customers' frame.

In: a population, steps in the plan's order, the moment and the fit. Out: a lazy frame with every step's columns.
Formulas are put into layers, one `with_columns` each, and layers into rounds; between rounds stand the passes over rows
and groups. Aggregates that need nothing computed share one pass per source, made before the first round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from stratagem.dsl.expressions.tree import (
    Aggregate,
    Expr,
    GroupAggregate,
    IdentityRef,
    InTier,
    PopulationAggregate,
    Rounded,
    ScorePart,
)
from stratagem.dsl.expressions.types import YES_NO, Kind
from stratagem.engine.evaluate.columnar.layers import ROUND, Layers, Lowered, combined, literal
from stratagem.engine.evaluate.columnar.lowering import Lowering
from stratagem.engine.evaluate.columnar.rows import KEY, GroupPass, Pass, RowPass
from stratagem.engine.evaluate.columnar.steps import staged, tiered
from stratagem.engine.evaluate.meaning import Value
from stratagem.engine.evaluate.population import Population
from stratagem.engine.evaluate.walk import (
    EXCLUDED,
    IDENTITY,
    Shapes,
    column_of,
    open_column,
    own_aggregates,
    row_free_parts,
    stands_alone,
    step_exprs,
    step_names,
)
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Staging, Step, Tiering

BEFORE = -1
"""The rank of passes that need nothing of the customers but what was given."""


def add_columns(population: Population, steps: Iterable[Step], moment: Moment, fit: Fit | None = None) -> pl.LazyFrame:
    """The customers' frame with a column for each step, in the plan's order; its rows and their order stay.

    MissingCutPoint when a step has a tier by population share and the fit does not state its cut-point.
    """
    columns = Columns(population, moment, fit)
    wanted = tuple(steps)
    columns.prepare(wanted)
    for step in wanted:
        columns.add(step)
    return columns.frame()


class Columns(Lowering):
    """The customers' columns under construction."""

    def __init__(self, population: Population, moment: Moment, fit: Fit | None) -> None:
        self.population = population
        self.given = population.customers.collect_schema().names()
        super().__init__(Layers(self.given), moment, Shapes())
        self.fit = fit
        self.names: list[str] = []
        self.passes: dict[tuple[str, str, int], Pass] = {}
        self._totals = 0

    # ---- steps ----

    def prepare(self, steps: Sequence[Step]) -> None:
        """Register the aggregates of all steps that need nothing computed, so that one pass per source does."""
        for step in steps:
            for expr in step_exprs(step):
                for aggregate in own_aggregates(expr):
                    if stands_alone(aggregate):
                        self.value(aggregate)

    def add(self, step: Step) -> None:
        """The columns of a step."""
        self.names += step_names(step)
        match step:
            case Compute():
                self.name(step.name, self.figure(step.expr))
            case Tiering():
                tiered(self, step)
            case Staging():
                staged(self, step)

    def name(self, name: str, low: Lowered) -> None:
        """Give a column its name."""
        self.layers.add(name, low)

    def figure(self, expr: Expr) -> Lowered:
        """A column's value; a negative zero leaves as a zero."""
        low = self.value(expr)
        if not expr.type.is_numeric or isinstance(expr, Rounded):
            return low
        return combined(low.expr + self.zero(low.expr), low)

    def frame(self) -> pl.LazyFrame:
        """The customers with all columns so far."""
        kept = [n for n in self.given if n not in self.names]
        return self.all_columns().select(*kept, *dict.fromkeys(self.names))

    def all_columns(self) -> pl.LazyFrame:
        """The customers with all columns, those in between included."""
        frame = self.layers.start(self.population.customers, IDENTITY)
        last = max([at // ROUND for at in self.layers.layers] + [rank for _, _, rank in self.passes], default=0)
        frame = self._joined(frame, BEFORE)
        for rank in range(last + 1):
            frame = self._joined(self.layers.apply(frame, rank), rank)
        return frame

    def _joined(self, frame: pl.LazyFrame, rank: int) -> pl.LazyFrame:
        """The customers with the totals of the passes after one round."""
        customers = frame
        for (_, _, when), made in self.passes.items():
            if when == rank:
                totals = made.build(customers)
                frame = frame.join(totals, left_on=made.key, right_on=KEY, how="left", maintain_order="left")
        return frame

    def collapse(self) -> pl.DataFrame:
        """Work out everything so far; what follows starts from the result."""
        frame = self.all_columns().collect(engine="streaming")
        self.population = self.population.with_customers(frame.lazy())
        self.layers.layers.clear()
        self.layers.needs_zero = False
        self.layers.ready = dict.fromkeys(frame.columns, 0)
        self._known = {s: Lowered(k.expr) for s, k in self._known.items() if k.depth == 0}
        self.passes.clear()
        return frame

    # ---- what formulas refer to ----

    def column(self, name: str, kind: Kind) -> Lowered:
        """A column by its name; one that is neither given nor computed is missing for everyone."""
        return self.layers.column(name) or Lowered(literal(None, kind))

    def reference(self, expr: Expr) -> Lowered:
        """A column, or an aggregate."""
        match expr:
            case Aggregate():
                return self._over_rows(expr)
            case GroupAggregate():
                return self._over_group(expr)
            case IdentityRef():
                return Lowered(pl.col(IDENTITY))
            case PopulationAggregate() | ScorePart():
                raise ValueError(f"{type(expr).__name__} is not about one customer")
        name = column_of(expr)
        if name is None:
            raise ValueError(f"{type(expr).__name__} cannot stand in a formula about a customer")
        return self.column(name, expr.type.kind)

    def in_tier(self, expr: InTier) -> Lowered:
        """True in one of the tiers, unknown where the tiers' formula is missing, else false."""
        tier = self.column(expr.tiers, Kind.CHOICE)
        undecided = self.column(open_column(expr.tiers), Kind.YES_NO)
        same = tier.expr.is_in(list(expr.names))
        none = pl.when(~undecided.expr).then(False)
        return combined(pl.when(tier.expr.is_null()).then(none).otherwise(same), tier, undecided)

    # ---- aggregates ----

    def total_name(self) -> str:
        """A new name for a total."""
        self._totals += 1
        return f"@a{self._totals}"

    def _over_rows(self, expr: Aggregate) -> Lowered:
        outer: dict[int, str] = {}
        for part in row_free_parts(expr.where) if expr.where is not None else ():
            outer[self.shapes.of(part)] = self.named(part)
        rows = self.population.rows.get(expr.source)
        if rows is None:
            return Lowered(literal(*_nothing(expr)))
        rank = self._rank(outer.values())
        key = "rows", expr.source, rank
        made = self.passes.get(key)
        if made is None:
            dated = self.population.dates.get(expr.source)
            made = self.passes[key] = RowPass(rows, dated, self.moment, self.shapes, self.total_name)
        assert isinstance(made, RowPass)
        return self.bind(Lowered(made.add(expr, outer), (rank + 1) * ROUND, 1))

    def _over_group(self, expr: GroupAggregate) -> Lowered:
        where, operand = (None if e is None else self.named(e) for e in (expr.where, expr.operand))
        column = self.population.groups.get(expr.group)
        if column is None:
            return Lowered(literal(*_nothing(expr)))
        excluded = self.layers.column(EXCLUDED)
        read = [n for n in (where, operand, column, EXCLUDED if excluded else None) if n is not None]
        rank = self._rank(read)
        key = "group", expr.group, rank
        made = self.passes.get(key)
        if made is None:
            made = self.passes[key] = GroupPass(column, self.total_name, excluded is not None)
        assert isinstance(made, GroupPass)
        return self.bind(Lowered(made.add(expr, where, operand), (rank + 1) * ROUND, 1))

    def _rank(self, columns: Iterable[str]) -> int:
        """The round after which all these columns are there; BEFORE the first when they were given."""
        latest = max((self.layers.ready[c] for c in columns), default=0)
        return latest // ROUND if latest else BEFORE

    def named(self, expr: Expr) -> str:
        """The name of a column that holds the formula (a literal too becomes one)."""
        low = self.atom(expr)
        if not low.expr.meta.root_names():
            low = self._known[self.shapes.of(expr)] = self.layers.add(self.layers.fresh(), low)
        return low.expr.meta.output_name()


def _nothing(expr: Aggregate | GroupAggregate) -> tuple[Value, Kind]:
    """An aggregate over nothing."""
    kind = YES_NO.kind if expr.kind == "any" else expr.type.kind
    values: dict[str, Value] = {"count": 0.0, "sum": 0.0, "different": 0.0, "any": False}
    return values.get(expr.kind), kind
