"""Frames in memory → customers, and customers → single records.

In: frames of Polars, pandas, Arrow or anything with an Arrow stream, one a source. Out: `Loaded`, as from files.
The other way round, `record_of` takes one customer out of a population, for the row evaluator and for explanations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.load import Loaded, from_tables
from stratagem.engine.data.places import unknown_sources
from stratagem.engine.data.problems import DataError, fault
from stratagem.engine.data.readers import Table
from stratagem.engine.evaluate.population import Population
from stratagem.engine.moment import Moment

ID = "@id"
ROW = "@row"


def from_frames(
    strategy: Strategy, frames: Mapping[str, Any], moment: Moment, needed: Collection[str] | None = None
) -> Loaded:
    """Load from frames, by source name; see `load`. Raises DataError when one is absent, unknown or no table."""
    problems = list(unknown_sources(strategy, frames))
    given = ", ".join(frames) or "none"
    tables = {}
    for source in strategy.sources:
        if source.name not in frames:
            problems.append(fault("D166", source, source=source.name, given=given))
            continue
        frame = lazy(frames[source.name])
        if frame is None:
            problems.append(_no_table(source, frames[source.name]))
            continue
        columns = tuple(frame.collect_schema().names())
        tables[source.name] = (f"{source.name} (a frame)", Table(columns, frame, text=False, first_row=1))
    return from_tables(strategy, tables, moment, needed, problems)


def _no_table(source: Source, given: object) -> Diagnostic:
    reason = f"{type(given).__name__} is no table: give a frame of Polars, pandas or Arrow, or a list of objects."
    return fault("D164", source, name=source.name, reason=reason)


def lazy(frame: Any) -> pl.LazyFrame | None:
    """Any table as a lazy frame; None when it is none."""
    if isinstance(frame, pl.LazyFrame):
        return frame
    if isinstance(frame, pl.DataFrame):
        return frame.lazy()
    if type(frame).__module__.split(".")[0] == "pandas":
        return pl.DataFrame(pl.from_pandas(frame)).lazy()
    if isinstance(frame, (list, tuple)) and all(isinstance(row, Mapping) for row in frame):
        return pl.from_dicts(list(frame), infer_schema_length=None).lazy() if frame else pl.DataFrame().lazy()
    if hasattr(frame, "__arrow_c_stream__") or isinstance(frame, Mapping):
        return pl.DataFrame(frame).lazy()
    return None


def record_of(population: Population, customer: str) -> dict[str, Any]:
    """One customer as a record for the row evaluator. Raises DataError when there is no such customer."""
    for record in records_of(population, [customer]):
        return record
    raise DataError([fault("D167", None, id=customer)])


def records_of(population: Population, customers: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    """Customers as records, in order of their ids; all of them when none are named."""
    everyone, rows = population.customers, dict(population.rows)
    if customers is not None:
        wanted = pl.LazyFrame({ID: list(customers)}, schema={ID: pl.String}).unique()
        everyone = everyone.join(wanted, on=ID, how="semi")
        rows = {name: frame.join(wanted, on=ID, how="semi") for name, frame in rows.items()}
    names = list(rows)
    found, *tables = pl.collect_all([everyone, *(rows[name].sort(ROW) for name in names)])
    by_customer = {name: _by_customer(table) for name, table in zip(names, tables, strict=True)}
    for values in evaluated_rows(found.sort(ID)):
        record = _nested(values)
        record.update({name: by_customer[name].get(record[ID], []) for name in names})
        yield record


def _by_customer(table: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in evaluated_rows(table.drop(ROW)):
        found.setdefault(row.pop(ID), []).append(row)
    return found


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """`source.field` under its source; other columns (`@id`, `@stage_before`) as they are."""
    record: dict[str, Any] = {}
    for name, value in values.items():
        head, dot, rest = name.partition(".")
        if dot:
            record.setdefault(head, {})[rest] = value
        else:
            record[name] = value
    return record


def evaluated_rows(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows as mappings in evaluated form: dates as days, times as microseconds."""
    physical = frame.with_columns(
        pl.col(name).to_physical().cast(pl.Int64)
        for name, dtype in frame.schema.items()
        if dtype == pl.Date or dtype == pl.Datetime
    )
    return physical.iter_rows(named=True)
