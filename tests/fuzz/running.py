"""An accepted strategy at work: what it decides for generated customers, and whether every value is of its type.

In: a checked strategy and a seed. Out: the complaints, in words; an exception is one. `row_by_row` decides for single
customers, `in_batch` for all of them at once and compares every column with the row evaluator's.
"""

from __future__ import annotations

import math
import random
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Plan, Staging, Tiering
from stratagem.engine.single import Single
from tests.fuzz.customers import Values, customer, fit_of, moment_of, row

CUSTOMERS = 5
_PYTHON = {Kind.DATE: int, Kind.TIMESTAMP: int, Kind.YES_NO: bool}


def row_by_row(strategy: Strategy, seed: int, count: int = CUSTOMERS) -> list[str]:
    """Decide for so many customers, one at a time; explain one of them, and run the strategy's own tests."""
    chance = random.Random(f"customers {seed}")
    moment = moment_of(chance, strategy)
    complaints: list[str] = []
    try:
        single = Single(strategy, fit_of(chance, strategy))
        for number in range(count):
            complaints += _one(single, customer(chance, strategy, number), moment)
        single.explain(customer(chance, strategy, count), moment)
        complaints += _own_tests(strategy, moment)
    except Exception:  # whatever it is, the strategy was accepted
        complaints.append(traceback.format_exc())
    return complaints


def _one(single: Single, values: Values, moment: Moment) -> list[str]:
    record, _ = single.record(values, moment)
    found = single.program(record, moment, single.fit)
    single.answer(record, moment)
    return list(misfits(single.plan, found))


def _own_tests(strategy: Strategy, moment: Moment) -> list[str]:
    from stratagem.engine.casework import run_tests

    return [] if len(run_tests(strategy, moment)) == len(strategy.tests) else ["a test of the strategy was not run"]


def misfits(plan: Plan, values: Mapping[str, Any]) -> Iterator[str]:
    """The values that are not of the type that the checker gave them."""
    for step in (*plan.facts, *plan.candidates):
        match step:
            case Compute(name=name, expr=expr):
                if not fits(values[name], expr.type):
                    yield f"{name}: {values[name]!r} is no {expr.type.kind}"
            case Tiering(name=name, bounds=bounds):
                if values[name] is not None and values[name] not in {b.tier for b in bounds}:
                    yield f"{name}: {values[name]!r} is no tier"
            case Staging(stages=stages):
                if values["stage"] not in stages:
                    yield f"stage: {values['stage']!r} is no stage"


def fits(value: Any, kind: Type) -> bool:
    """Is a value missing, or of the form that its type is kept in while it is evaluated."""
    if value is None or kind.kind is Kind.MISSING:
        return value is None
    if kind.is_numeric:
        return type(value) is float and math.isfinite(value)
    return type(value) is _PYTHON.get(kind.kind, str)


# ---- all customers at once ----


def in_batch(strategy: Strategy, seed: int, count: int = 6) -> list[str]:
    """Decide for a population, and compare every column with what the row evaluator makes of the same records."""
    chance = random.Random(f"batch {seed}")
    moment = moment_of(chance, strategy)
    try:
        return _compared(strategy, frames(chance, strategy, count), moment)
    except Exception:
        return [traceback.format_exc()]


def frames(chance: random.Random, strategy: Strategy, count: int) -> dict[str, Any]:
    """A frame for each source, of values that fit."""
    import polars as pl

    found: dict[str, Any] = {}
    for source in strategy.sources:
        lookups = {s.name for s in strategy.sources if s.shape == "lookup"}
        key = source.key.name if source.key else "id"
        rows: list[Values] = []
        for number in range(count):
            for _ in range(1 if source.shape != "many" else chance.choice([0, 1, 3])):
                made = {k: _plain(v) for k, v in row(chance, strategy, source, 0.0).items() if k not in lookups}
                rows.append(
                    made | {key: f"C{number}" if source.shape != "lookup" else chance.choice(["a", "123", "x y"])}
                )
        columns = {f.name: [r.get(f.name) for r in rows] for f in source.fields if f.formula is None}
        given = {f.header or f.name: columns[f.name] for f in source.fields if f.name in columns}
        found[source.name] = pl.DataFrame(
            {name: pl.Series(name, cells, dtype=pl.String) for name, cells in given.items()}
        )
    return found


def _plain(value: Any) -> str | None:
    """A value as text, as a file has it."""
    from datetime import date, datetime, timedelta

    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case timedelta():
            return f"{value.days} days"
    return str(value)


def _compared(strategy: Strategy, tables: dict[str, Any], moment: Moment) -> list[str]:
    from stratagem.engine.api import Engine
    from stratagem.engine.data.frames import records_of
    from stratagem.engine.evaluate.population import dates_of
    from stratagem.engine.evaluate.row import compile_program

    run = Engine(strategy).plan(tables, moment)
    plan = run.plan
    program = compile_program((*plan.facts, *plan.candidates), dates_of(strategy))
    columns = {
        n: (s.to_physical() if s.dtype.is_temporal() else s).to_list() for n, s in run.customers.to_dict().items()
    }
    records = {record["@id"]: record for record in records_of(run.population)}
    groups = {name: _members(columns, column) for name, column in run.population.groups.items()}
    for who, record in records.items():
        record["@groups"] = {name: [records[m] for m in found.get(who, ())] for name, found in groups.items()}
    complaints: list[str] = []
    for n, who in enumerate(columns["@id"]):
        values = program(records[who], moment, run.fit)
        for name in (step.name for step in (*plan.facts, *plan.candidates) if not isinstance(step, Staging)):
            one, other = values[name], columns[name][n]
            if one != other or type(one) is not type(other):
                complaints.append(f"{name} of {who}: {one!r} by row, {other!r} by column")
        complaints += misfits(plan, values)
    return complaints


def _members(columns: Mapping[str, list[Any]], column: str) -> dict[str, list[str]]:
    """By customer, everyone in the same group; nobody where it is not known, or the customer is excluded."""
    ids, keys = columns["@id"], columns[column]
    excluded = columns.get("@excluded", [False] * len(ids))
    by_key: dict[Any, list[str]] = {}
    for who, key, out in zip(ids, keys, excluded, strict=True):
        if key is not None and not out:
            by_key.setdefault(key, []).append(who)
    return {who: by_key.get(key, []) for who, key in zip(ids, keys, strict=True)}
