"""Population cut-points: what `top 5%` means for the customers there are.

In: a population, and steps with tiers by population share. Out: `CutPoint`s, and the columns of all steps.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from stratagem.engine.evaluate.columnar.frame import Columns
from stratagem.engine.evaluate.columnar.layers import Lowered
from stratagem.engine.evaluate.population import Population
from stratagem.engine.evaluate.walk import EXCLUDED
from stratagem.engine.fit import CutPoint, Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Step, Tiering

BY_SHARE = ("top", "next")
Cuts = dict[str, CutPoint]


@dataclass(frozen=True)
class Placed:
    """Customers with every column worked out, and the cut-points that were fitted on the way, by block and tier."""

    frame: pl.LazyFrame
    cuts: dict[str, Cuts]


def run_steps(population: Population, steps: Iterable[Step], moment: Moment, fit: Fit | None = None) -> Placed:
    """All steps in order. Cut-points come from `fit`; without one they are fitted afresh on this population.

    Each block of tiers that is fitted makes one halt, at which everything before it is worked out and kept.
    """
    wanted = tuple(steps)
    columns = Columns(population, moment, fit or Fit(strategy="", strategy_hash="", as_of=str(moment)))
    columns.prepare(wanted)
    cuts: dict[str, Cuts] = {}
    for step in wanted:
        if fit is None and isinstance(step, Tiering) and _by_share(step):
            cuts[step.name] = _fit(columns, step)
            assert columns.fit is not None
            columns.fit = columns.fit.model_copy(update={"cuts": cuts})
        columns.add(step)
    return Placed(columns.frame(), cuts)


def fit_tiers(population: Population, step: Tiering, moment: Moment, fit: Fit | None = None) -> Cuts:
    """The cut-points of one block's `top` and `next` tiers, by tier. The population's customers have the columns that
    the block's formula and `when` read. Of n customers that are tiered, known and not excluded, the cut-point of
    `top p` is the value of number ceil(p · n), the largest being number 1; `next q` counts on from p."""
    return _fit(Columns(population, moment, fit), step)


def _by_share(step: Tiering) -> bool:
    return any(b.kind in BY_SHARE for b in step.bounds)


def _fit(columns: Columns, step: Tiering) -> Cuts:
    value = columns.atom(step.formula)
    asked = columns.atom(step.when) if step.when is not None else Lowered(pl.lit(True))
    if columns.layers.layers or columns.passes:
        frame = columns.collapse().lazy()
    else:
        frame = columns.population.customers
    excluded = pl.col(EXCLUDED).fill_null(False) if EXCLUDED in columns.layers.ready else pl.lit(False)
    counted = frame.filter(asked.expr & ~excluded & value.expr.is_not_null())
    values = counted.select((value.expr + 0.0).alias("value")).sort("value", descending=True).collect()["value"]
    return dict(_cuts(step, values))


def _cuts(step: Tiering, values: pl.Series) -> Iterable[tuple[str, CutPoint]]:
    share = Fraction(0)
    for bound in step.bounds:
        if bound.kind in BY_SHARE:
            share += Fraction(bound.share or 0)
            rank = min(math.ceil(share * len(values)), len(values))
            value = float(values[rank - 1]) + 0.0 if rank else None
            yield bound.tier, CutPoint(value=value, customers=len(values), rank=rank)
