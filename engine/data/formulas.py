"""Row formulas and row filters: what is worked out from the other fields of one row, its look-ups and assumptions.

In: a source. Out: Polars expressions over a frame of its rows, or, for single records, values. Both go through the
evaluators, so a row formula means what any formula means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from graphlib import TopologicalSorter
from typing import Any

import polars as pl

from stratagem.dsl.expressions.tree import Expr, FactRef, RowRef
from stratagem.dsl.model.base import Formula
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.columns import EVALUATED
from stratagem.engine.evaluate.columnar import lower
from stratagem.engine.moment import Moment


def formula_fields(source: Source) -> tuple[SourceField, ...]:
    """The fields with a formula, each after those it reads; the checker has seen to it that there is no circle."""
    with_formula = {f.name: f for f in source.fields if f.formula is not None}
    reads = {name: _reads(f.formula, source) & set(with_formula) for name, f in with_formula.items()}
    return tuple(with_formula[name] for name in TopologicalSorter(reads).static_order())


def _reads(formula: Formula | None, source: Source) -> set[str]:
    refs = (n for n in formula.expr.walk() if isinstance(n, RowRef)) if formula else iter(())
    return {ref.path[0] for ref in refs if ref.source == source.name and len(ref.path) == 1}


def read_through(source: Source) -> set[tuple[str, str]]:
    """What its row formulas and its filter read of look-ups: key and field of each."""
    formulas = [*(f.formula for f in source.fields), source.row_excluded]
    refs = (n for formula in formulas if formula for n in formula.expr.walk() if isinstance(n, RowRef))
    return {(ref.path[0], ref.path[1]) for ref in refs if ref.source == source.name and len(ref.path) == 2}


def tree(formula: Formula, strategy: Strategy) -> Expr:
    """The formula's tree, with assumptions in place of their names: it then reads nothing but the row."""
    assumed = {a.name: a.formula.expr for a in strategy.assumptions}
    made: Expr = _with(formula.expr, assumed)
    return made


def _with(node: Any, assumed: dict[str, Expr]) -> Any:
    if isinstance(node, FactRef) and node.name in assumed:
        return _with(assumed[node.name], assumed)
    if isinstance(node, tuple):
        return tuple(_with(item, assumed) for item in node)
    if not isinstance(node, Expr):
        return node
    changes = {}
    for field in fields(node):
        value = getattr(node, field.name)
        changed = _with(value, assumed) if isinstance(value, (Expr, tuple)) else value
        if changed is not value and changed != value:
            changes[field.name] = changed
    return replace(node, **changes) if changes else node


def formula_columns(source: Source, strategy: Strategy, moment: Moment) -> Iterator[tuple[str, pl.Expr]]:
    """Each formula field with its expression, in an order in which each may read those before it."""
    for field in formula_fields(source):
        assert field.formula is not None
        value = lower(tree(field.formula, strategy), moment, source.name)
        yield field.name, value.cast(EVALUATED[field.type.kind])


def is_excluded(source: Source, strategy: Strategy, moment: Moment) -> pl.Expr | None:
    """`row excluded when …` as a condition, or None."""
    return None if source.row_excluded is None else lower(tree(source.row_excluded, strategy), moment, source.name)
