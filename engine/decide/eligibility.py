"""Step 4 on a whole population: which gates of the strategy stop which pair of customer and action.

In: the evaluator's frame, one row per customer, with the columns of the plan. Out: `Candidates`: the customers,
per action the bits of the gates that stopped it, and the columns that channels, costs and scores are read from.
Every gate is looked at, none is skipped because another has stopped the pair already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.gates import Gate, mark
from stratagem.engine.decide.rules import Rules
from stratagem.engine.plan.plan import ActionPlan, Plan

Bools = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint32]
NO, YES, UNKNOWN = 0, 1, 2


@dataclass
class Candidates:
    """One row per customer, in the order of their ids, whatever order they came in."""

    ids: pl.Series
    excluded: Bools
    bits: list[Bits]
    """By action: the gates of the strategy that stopped the customer, with their unknown marks."""
    frame: pl.DataFrame
    """Channel gates, scores, costs, silences, groups, memberships, tiers, stage."""
    groups: Mapping[str, str]
    """The column of each declared group."""

    def __len__(self) -> int:
        return len(self.ids)

    def truth(self, column: str | None) -> npt.NDArray[np.uint8]:
        """A channel's gate: no, yes or unknown; yes for everyone where nothing forbids it."""
        if column is None:
            return np.ones(len(self), np.uint8)
        return self.frame.get_column(column).cast(pl.UInt8).fill_null(UNKNOWN).to_numpy()

    def numbers(self, column: str) -> npt.NDArray[np.float64]:
        """A score or cost; not-a-number where it is missing."""
        return self.frame.get_column(column).to_numpy().astype(np.float64, copy=False)

    def members(self, segments: tuple[str, ...], strategy: Strategy) -> Bools:
        """Who is known to be in any of these segments or tiers."""
        tiers = {t.name: t.tiers for t in strategy.all_tiers}
        found = np.zeros(len(self), np.bool_)
        for name in segments:
            column = self.frame.get_column(tiers.get(name, name))
            inside = (column == name) if name in tiers else column
            found |= inside.fill_null(False).to_numpy()
        return found


def group_columns(strategy: Strategy) -> dict[str, str]:
    """The column that holds each declared group's value."""
    found: dict[str, str] = {}
    for group in strategy.customer.groups if strategy.customer else ():
        owner, _, name = group.field.name.rpartition(".")
        for source in strategy.sources:
            if source.shape == "one" and source.field(name) and owner in ("", source.name):
                found.setdefault(group.name, f"{source.name}.{name}")
    return found


def collect(
    plan: Plan,
    rules: Rules,
    population: pl.LazyFrame | pl.DataFrame,
    groups: Mapping[str, str] | None = None,
) -> Candidates:
    """Works the gates out, and brings in the columns that deciding reads. ValueError for a column that lacks."""
    lazy = population.lazy()
    present = lazy.collect_schema()
    groups = group_columns(rules.strategy) if groups is None else groups
    unplaced = [limit.group for limit in rules.group_limits if limit.group not in groups]
    if unplaced:
        raise ValueError(f"no column holds the group {unplaced[0]}")
    wanted = [*_wanted(rules, present, groups)]
    bits = [_gate_bits(a).alias(f"bits:{a.index}") for a in plan.actions]
    gates = list(dict.fromkeys(name for expr in bits for name in expr.meta.root_names()))
    lacking = sorted({*gates, *(name for expr in wanted for name in expr.meta.root_names())} - set(present))
    if lacking:
        raise ValueError(f"the population lacks the columns {', '.join(lacking)}")
    frame = lazy.select(*wanted, *gates).collect() if isinstance(population, pl.LazyFrame) else population
    if not frame.get_column("@id").cast(pl.String).is_sorted():
        frame = frame.sort(pl.col("@id").cast(pl.String))
    marked = frame.lazy().select(*bits).collect(engine="in-memory")
    frame = frame.lazy().select(*wanted).collect(engine="in-memory")
    ids = frame.get_column("@id").rechunk()
    _refuse_repeats(ids)
    return Candidates(
        ids=ids,
        excluded=frame.get_column("@excluded").to_numpy(),
        bits=[marked.get_column(f"bits:{a.index}").to_numpy() for a in plan.actions],
        frame=frame,
        groups=groups,
    )


def _refuse_repeats(ids: pl.Series) -> None:
    if ids.null_count():
        raise ValueError("a customer of the population has no id")
    if len(ids) > 1 and bool((ids.slice(1) == ids.slice(0, len(ids) - 1)).any()):
        raise ValueError("an id stands more than once in the population")


def _wanted(rules: Rules, present: pl.Schema, groups: Mapping[str, str]) -> Iterator[pl.Expr]:
    """The columns to keep, each once, in the form in which they are read."""
    strategy = rules.strategy
    yield pl.col("@id").cast(pl.String)
    yield pl.col("@excluded").fill_null(False) if "@excluded" in present else pl.lit(False).alias("@excluded")
    options = [o for a in rules.actions for o in a.options]
    for name in dict.fromkeys(o.allowed for o in options if o.allowed):
        yield pl.col(name)
    numeric = [n for o in options for n in (o.score, o.cost) if n]
    parts = [n for a in rules.actions for n in (a.plan.chance, a.plan.worth, a.plan.weight) if n]
    for name in dict.fromkeys((*numeric, *parts)):
        # As it is where it can be, so that nothing is copied.
        yield pl.col(name) if present.get(name) == pl.Float64 else pl.col(name).cast(pl.Float64)
    capped = {n for s in rules.supplies for n in s.segments}
    tiers = {t.name: t.tiers for t in strategy.all_tiers}
    plain = [s.column for s in rules.silences]
    plain += [groups[name] for name in dict.fromkeys(limit.group or "" for limit in rules.group_limits)]
    plain += [tiers.get(n, n) for n in sorted(capped)]
    plain += [name for name in (*(t.name for t in strategy.tiers), "stage") if name in present]
    for name in dict.fromkeys(plain):
        yield pl.col(name)


def _gate_bits(plan: ActionPlan) -> pl.Expr:
    """The strategic gates of one action as bits. A gate that is not known to be open has stopped the pair."""
    total = pl.lit(0, pl.UInt32)
    gates = ((Gate.SEGMENT, plan.segment), (Gate.STAGE, plan.stage), (Gate.DATES, plan.dates), (Gate.WHEN, plan.when))
    for gate, column in gates:
        if column is not None:
            shut = pl.lit(mark(gate), pl.UInt32)
            total = total + pl.when(pl.col(column)).then(0).when(pl.col(column).is_null()).then(
                pl.lit(mark(gate, True), pl.UInt32)
            ).otherwise(shut)
    if plan.unless:
        blocking = pl.any_horizontal(*plan.unless)
        total = total + pl.when(~blocking).then(0).when(blocking).then(pl.lit(mark(Gate.UNLESS), pl.UInt32)).otherwise(
            pl.lit(mark(Gate.UNLESS, True), pl.UInt32)
        )
    return total.cast(pl.UInt32)


def as_days(column: pl.Expr, dtype: Any, kind: str) -> pl.Expr:
    """A date or timestamp column, however it is kept, as Datetime (microseconds, no zone)."""
    if dtype.is_integer():
        if kind == "timestamp":
            return column.cast(pl.Int64).cast(pl.Datetime("us"))
        return column.cast(pl.Int32).cast(pl.Date).cast(pl.Datetime("us"))
    return column.cast(pl.Datetime("us"))
