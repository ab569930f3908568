"""Metrics: figures over customers, with how many of them are known.

In: a population whose customers have their facts as columns, and metrics as typed trees. Out: one value each. What
stands around the aggregates (a share less a target, one metric over another) is worked out on their results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

import polars as pl

from stratagem.dsl.expressions.tree import Expr, FactRef, PopulationAggregate
from stratagem.engine.evaluate.columnar.frame import Columns
from stratagem.engine.evaluate.columnar.layers import Layers, Lowered
from stratagem.engine.evaluate.columnar.totals import Keyed, Taken, Totals
from stratagem.engine.evaluate.meaning import Value
from stratagem.engine.evaluate.population import Population
from stratagem.engine.evaluate.row.program import compile_program
from stratagem.engine.evaluate.walk import EXCLUDED
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.conditions import rewrite
from stratagem.engine.plan.plan import Compute


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A metric's value; of the customers it is about, for how many what it asks is known, and for how many not."""

    value: Value
    known: int
    unknown: int


def metric(population: Population, expr: Expr, moment: Moment, fit: Fit | None = None) -> MetricValue:
    """One metric's value over the population."""
    return metrics(population, {"metric": expr}, moment, fit)["metric"]


def metrics(
    population: Population, wanted: Mapping[str, Expr], moment: Moment, fit: Fit | None = None
) -> dict[str, MetricValue]:
    """The values of metrics, by name, in one pass over the population. A metric may read others of `wanted`, and
    columns that are the same for every customer (assumptions)."""
    counted = _Counted(population, moment, fit)
    trees = {name: counted.replaced(expr) for name, expr in wanted.items()}
    facts = counted.collect(_facts(trees) - wanted.keys())
    order = TopologicalSorter({n: sorted(_facts({n: e}) & wanted.keys()) for n, e in trees.items()})
    program = compile_program([Compute(n, trees[n], "metric") for n in order.static_order()])
    values = program(facts, moment, fit)
    return {n: MetricValue(values[n], *counted.known(trees[n], facts)) for n in wanted}


def _facts(trees: Mapping[str, Expr]) -> set[str]:
    return {p.name for e in trees.values() for p in e.walk() if isinstance(p, FactRef)}


class _Counted:
    """The aggregates of all metrics, each under a name of its own."""

    def __init__(self, population: Population, moment: Moment, fit: Fit | None) -> None:
        self.columns = Columns(population, moment, fit)
        self.totals = Totals(Layers(()), self.columns.total_name)
        self.results: list[pl.Expr] = []
        self.read: dict[str, str] = {}
        self._names: dict[int, str] = {}

    def replaced(self, expr: Expr) -> Expr:
        """The metric with each aggregate over customers replaced by the name of its result."""

        def name(part: Expr) -> Expr | None:
            if not isinstance(part, PopulationAggregate):
                return None
            return FactRef(type=part.type, name=self._named(part))

        return rewrite(expr, name)

    def _named(self, part: PopulationAggregate) -> str:
        shape = self.columns.shapes.of(part)
        if shape not in self._names:
            name = self._names[shape] = f"@p{len(self._names)}"
            self._add(name, part)
        return self._names[shape]

    def _add(self, name: str, part: PopulationAggregate) -> None:
        inside = self._true(part.over)
        where = self._column(part.where)
        takes = inside & where.fill_null(False)
        operand = self._column(part.operand) if part.operand is not None else pl.lit(True)
        known = inside & where.is_not_null() & (~where | operand.is_not_null())
        shape = self.columns.shapes.of(part)
        if part.kind == "share":
            value = _ratio(self._count(shape, takes), self._count((shape, "known"), known))
        else:
            read = Keyed(self.columns.shapes.of(part.operand), Lowered(operand)) if part.operand else None
            value = self.totals.add(Taken(part.kind, Keyed(shape, Lowered(takes, 0, 1)), read))
        counts = [self._count((shape, "known"), known), self._count((shape, "unknown"), inside & ~known)]
        self.results += [e.alias(n) for e, n in zip([value, *counts], _names(name), strict=True)]

    def _count(self, key: object, mask: pl.Expr) -> pl.Expr:
        return self.totals.add(Taken("count", Keyed(("mask", key), Lowered(mask, 0, 1))))

    def _column(self, expr: Expr | None) -> pl.Expr:
        """A formula as a column of the frame that the totals are taken of."""
        if expr is None:
            return pl.lit(True)
        name = self.columns.named(expr)
        return pl.col(self.read.setdefault(name, f"@of:{name}"))

    def _true(self, over: Expr | None) -> pl.Expr:
        """Whom the aggregate is about: never the excluded."""
        inside = self._column(over).fill_null(False) if over is not None else pl.lit(True)
        if self.columns.layers.column(EXCLUDED) is None:
            return inside
        excluded = pl.col(self.read.setdefault(EXCLUDED, f"@of:{EXCLUDED}"))
        return inside & ~excluded.fill_null(False)

    def collect(self, facts: Iterable[str]) -> dict[str, Value]:
        """Every result by its name, and the figures that are the same for all customers."""
        given = [f for f in sorted(facts) if not f.startswith("@p") and self.columns.layers.column(f)]
        frame = self.columns.all_columns()
        read = [pl.col(name).alias(alias) for name, alias in self.read.items()]
        frame = frame.select(pl.lit(True).alias("@all"), *read, *(pl.col(f).alias(f"@fact:{f}") for f in given))
        frame = self.totals.layers.apply(frame)
        firsts = [pl.col(f"@fact:{f}").first().alias(f) for f in given]
        totals = frame.select(*self.totals.outputs, *firsts)
        return totals.select(*self.results, *given).collect(engine="streaming").row(0, named=True)

    @staticmethod
    def known(expr: Expr, facts: Mapping[str, Value]) -> tuple[int, int]:
        """How many customers are known and unknown to the metric's least known aggregate."""
        names = [p.name for p in expr.walk() if isinstance(p, FactRef) and p.name.startswith("@p")]
        counts = [tuple(int(facts[n] or 0) for n in _names(name)[1:]) for name in names]
        return max(counts, key=lambda c: (c[1], -c[0]), default=(0, 0))  # type: ignore[return-value]


def _names(name: str) -> list[str]:
    return [name, f"{name}:known", f"{name}:unknown"]


def _ratio(part: pl.Expr, of: pl.Expr) -> pl.Expr:
    """One count over another; missing over nobody."""
    return pl.when(of > 0).then(part / of)
