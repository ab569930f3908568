"""Tiers and stages as columns.

In: a `Tiering` or `Staging` step, and the columns so far. Out: the columns the step makes. The walk over the stages
goes through them once in order: forward moves only lead on, so whoever stands at a stage when its turn comes has
arrived there for good or leaves it then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.columnar.layers import Lowered, combined
from stratagem.engine.evaluate.cuts import MissingCutPoint, Unfitted, cut_of
from stratagem.engine.evaluate.walk import STAGE, STAGE_BEFORE, open_column, path_column
from stratagem.engine.plan.plan import Bound, StageMove, Staging, Tiering

if TYPE_CHECKING:
    from stratagem.engine.evaluate.columnar.frame import Columns


def tiered(columns: Columns, step: Tiering) -> None:
    """The tier, and whether it is open because the formula is missing."""
    value = columns.atom(step.formula)
    when = columns.value(step.when) if step.when is not None else Lowered(pl.lit(True))
    asked = columns.bind(combined(when.expr.fill_null(False), when))
    tests = [(b.tier, _holds(columns, step.name, b, value)) for b in step.bounds]
    chain: pl.Expr = pl.lit(None, dtype=pl.String)
    for tier, test in reversed(tests):
        if test is not None:
            chain = pl.when(test.expr).then(pl.lit(tier)).otherwise(chain)
    inside = asked.expr & value.expr.is_not_null()
    parts = [value, asked, *(t for _, t in tests if t is not None)]
    columns.name(step.name, combined(pl.when(inside).then(chain), *parts))
    columns.name(open_column(step.name), combined(asked.expr & value.expr.is_null(), value, asked))


def _holds(columns: Columns, tiers: str, bound: Bound, value: Lowered) -> Lowered | None:
    """The condition that a known value meets a bound; None when nobody does."""
    if bound.kind == "otherwise":
        return Lowered(pl.lit(True))
    if bound.threshold is not None:
        threshold = columns.value(bound.threshold)
        below = bound.kind == "below"
        return combined(value.expr < threshold.expr if below else value.expr >= threshold.expr, value, threshold)
    cut = cut_of(columns.fit, tiers, bound.tier)
    if isinstance(cut, Unfitted):
        raise MissingCutPoint(tiers, bound.tier)
    return None if cut is None else combined(value.expr >= cut, value)


def staged(columns: Columns, step: Staging) -> None:
    """The stage, and the path to it."""
    place = columns.bind(_start(columns, step))
    stops: list[Lowered] = []
    for number, name in enumerate(step.stages):
        here = columns.bind(combined(place.expr == number, place))
        stops.append(combined(pl.when(here.expr).then(pl.lit(name)), here))
        forward = [m for m in step.moves if m.source == name and m.forward]
        if forward:
            place = columns.bind(_moved(columns, step, forward, here, place.expr, place))
    fell: pl.Expr = pl.lit(None, dtype=pl.Int8)
    parts = [place]
    for number, name in enumerate(step.stages):
        falls = [m for m in step.moves if m.source == name and not m.forward]
        if falls:
            here = combined(place.expr == number, place)
            low = _moved(columns, step, falls, here, fell, place)
            fell, parts = low.expr, [*parts, low]
    fall = columns.bind(Lowered(fell, max(p.at for p in parts), 1))
    stops.append(combined(_named(step.stages, fall.expr), fall))
    columns.name(STAGE, combined(_named(step.stages, pl.coalesce(fall.expr, place.expr)), fall, place))
    columns.name(path_column(), combined(pl.concat_list([s.expr for s in stops]).list.drop_nulls(), *stops))


def _start(columns: Columns, step: Staging) -> Lowered:
    """The number of the stage the walk starts at."""
    said = columns.value(step.start) if step.start is not None else Lowered(pl.lit(None, dtype=pl.String))
    before = columns.column(STAGE_BEFORE, Kind.CHOICE)
    places = [_number(step.stages, low.expr) for low in (said, before)]
    return combined(pl.coalesce(*places, pl.lit(0, dtype=pl.Int8)), said, before)


def _moved(
    columns: Columns, step: Staging, moves: Sequence[StageMove], here: Lowered, stays: pl.Expr, place: Lowered
) -> Lowered:
    """Where those who stand `here` go by the first of the moves that is true."""
    chain = stays
    parts = [here, place]
    for move in reversed(moves):
        condition = columns.value(move.condition) if move.condition is not None else Lowered(pl.lit(True))
        target = pl.lit(step.stages.index(move.target), dtype=pl.Int8)
        chain = pl.when(here.expr & condition.expr).then(target).otherwise(chain)
        parts.append(condition)
    return combined(chain, *parts)


def _number(stages: Sequence[str], name: pl.Expr) -> pl.Expr:
    chain: pl.Expr = pl.lit(None, dtype=pl.Int8)
    for number, stage in enumerate(stages):
        chain = pl.when(name == stage).then(pl.lit(number, dtype=pl.Int8)).otherwise(chain)
    return chain


def _named(stages: Sequence[str], number: pl.Expr) -> pl.Expr:
    chain: pl.Expr = pl.lit(None, dtype=pl.String)
    for n, stage in enumerate(stages):
        chain = pl.when(number == n).then(pl.lit(stage)).otherwise(chain)
    return chain
