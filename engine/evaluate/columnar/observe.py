"""The observing form for columns: what became of every single condition, counted over all customers.

In: a population whose customers have the columns that the steps read, and the steps. Out: one `Tally` a clause. The
steps themselves are not touched: the clauses are further columns, and nothing is worked out unless somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.source import Span
from stratagem.engine.evaluate.columnar.frame import add_columns
from stratagem.engine.evaluate.population import Population
from stratagem.engine.evaluate.row.observe import clauses
from stratagem.engine.evaluate.walk import EXCLUDED, step_exprs, step_names
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Step


@dataclass(frozen=True, slots=True)
class Tally:
    """For how many customers (the excluded left out) a clause of a step was true, false and unknown."""

    column: str
    clause: Expr
    true: int
    false: int
    unknown: int

    @property
    def span(self) -> Span:
        """Where the clause stands in the strategy."""
        return self.clause.span


def tally(population: Population, steps: Iterable[Step], moment: Moment, fit: Fit | None = None) -> list[Tally]:
    """Each clause of each step, in the order written. The columns that steps make are read where the population has
    them already; a step may read only those."""
    found = list(_clauses(steps))
    if not found:
        return []
    extra = [Compute(f"@clause:{number}", clause, "clause") for number, (_, clause) in enumerate(found)]
    frame = add_columns(population, extra, moment, fit)
    if EXCLUDED in frame.collect_schema():
        frame = frame.filter(~pl.col(EXCLUDED).fill_null(False))
    names = [step.name for step in extra]
    trues = (pl.col(n).sum().alias(f"{n}:true") for n in names)
    unknowns = (pl.col(n).null_count().alias(f"{n}:unknown") for n in names)
    counts = frame.select(pl.len().alias("@all"), *trues, *unknowns).collect(engine="streaming").row(0, named=True)
    return [_told(column, clause, name, counts) for (column, clause), name in zip(found, names, strict=True)]


def _clauses(steps: Iterable[Step]) -> Iterator[tuple[str, Expr]]:
    for step in steps:
        for expr in step_exprs(step):
            for clause in clauses(expr, expr.type.kind is Kind.YES_NO):
                yield step_names(step)[0], clause


def _told(column: str, clause: Expr, name: str, counts: dict[str, int]) -> Tally:
    true, unknown = int(counts[f"{name}:true"]), int(counts[f"{name}:unknown"])
    return Tally(column, clause, true, int(counts["@all"]) - true - unknown, unknown)
