"""One customer's columns → list and gates, by the very rules of the batch: a population of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions.types import Kind, Type
from stratagem.engine.explain.explain import Settled
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Plan, Staging, Tiering

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.decide.past import History


def settle(
    plan: Plan,
    record: Mapping[str, Any],
    values: Mapping[str, Any],
    moment: Moment,
    fit: Fit | None = None,
    history: History | None = None,
) -> Settled:
    """Decides for this customer alone, with all budgets and capacities as history leaves them."""
    from stratagem.engine.decide.batch import decide_batch
    from stratagem.engine.decide.gates import truth
    from stratagem.engine.decide.past import History as Past

    decisions = decide_batch(plan, frame_of(plan, record, values), moment, history or Past(), fit)
    gates = decisions.gates.row(0, named=True)
    return Settled(
        customer=str(record["@id"]),
        list=decisions.of(str(record["@id"])),
        gates={a.action.name: truth(gates[a.action.name]) for a in plan.actions},  # type: ignore[misc]
        ledger=str(decisions.customers.row(0, named=True)["ledger"]),
    )


def frame_of(plan: Plan, record: Mapping[str, Any], values: Mapping[str, Any]) -> pl.DataFrame:
    """The customer as a frame of one row, with the columns that deciding reads."""
    import polars as pl

    columns = {"@id": pl.Series([str(record["@id"])], dtype=pl.String)}
    for name, kind in _kinds(plan):
        columns[name] = _series(values.get(name), kind)
    for source in plan.strategy.sources:
        held = record.get(source.name)
        if not isinstance(held, Mapping):
            continue
        for field in source.fields:
            columns[f"{source.name}.{field.name}"] = _series(held.get(field.name), field.type)
    return pl.DataFrame({name: series.alias(name) for name, series in columns.items()})


def _kinds(plan: Plan) -> Iterator[tuple[str, Type]]:
    """Every column of the plan with its type."""
    for step in (*plan.facts, *plan.candidates):
        match step:
            case Compute():
                yield step.name, step.expr.type
            case Tiering():
                yield step.name, Type(Kind.TEXT)
            case Staging():
                yield "stage", Type(Kind.TEXT)


def _series(value: Any, kind: Type) -> pl.Series:
    import polars as pl

    if kind.is_numeric:
        return pl.Series([value], dtype=pl.Float64)
    if kind.kind is Kind.YES_NO:
        return pl.Series([value], dtype=pl.Boolean)
    if kind.kind is Kind.DATE:
        return pl.Series([value], dtype=pl.Int32).cast(pl.Date)
    if kind.kind is Kind.TIMESTAMP:
        return pl.Series([value], dtype=pl.Int64).cast(pl.Datetime("us"))
    return pl.Series([value], dtype=pl.String)
