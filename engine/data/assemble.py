"""Settled sources → one population: who the customers are, what is known of each, whose rows are whose.

In: the settled sources. Out: the `Population` and the report's totals. Customers are the union of the identities of all
sources that hold them, or those of the source that lists them; they stand in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.identity import known_values, likely_duplicates
from stratagem.engine.data.report import DataReport, LikelyDuplicates, SourceReport
from stratagem.engine.data.settle import Settled
from stratagem.engine.data.typed import ID, ROW
from stratagem.engine.evaluate.population import Population, dates_of
from stratagem.engine.moment import Moment


def assembled(strategy: Strategy, settled: Sequence[Settled], moment: Moment) -> tuple[Population, DataReport]:
    """The population, and the report on all sources."""
    ids = _customers(strategy, settled)
    customers = ids
    for part in settled:
        if part.source.shape == "one":
            customers = customers.join(_columns(part), on=ID, how="left", maintain_order="left")
    rows = {part.source.name: part.rows for part in settled if part.source.shape == "many"}
    population = Population(customers.lazy(), rows, _groups(strategy), dates_of(strategy))
    report = DataReport(
        strategy=strategy.name,
        as_of=str(moment),
        customers=ids.height,
        sources=tuple(_with_orphans(part, ids, _lists(strategy)) for part in settled),
        likely_duplicates=tuple(_likely_duplicates(strategy, settled)),
    )
    return population, report


def _lists(strategy: Strategy) -> str | None:
    listed = strategy.customer.listed_in if strategy.customer else None
    return None if listed is None else listed.name


def _customers(strategy: Strategy, settled: Sequence[Settled]) -> pl.DataFrame:
    """Everyone, each once, in order of the id."""
    lists = _lists(strategy)
    holding = [part.ids for part in settled if part.holds_identity and lists in (None, part.source.name)]
    found = pl.concat(holding) if holding else pl.DataFrame(schema={ID: pl.String})
    return found.unique().sort(ID)


def _columns(part: Settled) -> pl.DataFrame:
    """A one-per-customer source's fields, and its look-ups', as `source.field`."""
    return part.table.drop(ROW).rename(lambda name: name if name == ID else f"{part.source.name}.{name}")


def _groups(strategy: Strategy) -> dict[str, str]:
    """By group, the column of customers that holds its key."""
    groups = strategy.customer.groups if strategy.customer else ()
    return {group.name: _column_of(group.field.name, strategy) for group in groups}


def _column_of(field: str, strategy: Strategy) -> str:
    if "." in field:
        return field
    having = [s for s in strategy.sources if s.shape == "one" and s.field(field) is not None]
    # The resolver has made sure that exactly one source has it; an identity is the customer's own.
    return ID if not having or _is_key(having[0], field) else f"{having[0].name}.{field}"


def _is_key(source: Source, field: str) -> bool:
    return source.key is not None and source.key.name == field


def _with_orphans(part: Settled, ids: pl.DataFrame, lists: str | None) -> SourceReport:
    if lists in (None, part.source.name) or part.source.shape == "lookup":
        return part.report
    rows = part.rows if part.source.shape == "many" else part.table.lazy()
    orphans = rows.join(ids.lazy(), on=ID, how="anti").select(pl.len()).collect(engine="streaming").item()
    return part.report.model_copy(update={"orphans": orphans})


def _likely_duplicates(strategy: Strategy, settled: Sequence[Settled]) -> Iterator[LikelyDuplicates]:
    for ref in strategy.customer.matched_on if strategy.customer else ():
        tables = [
            known_values(part.table.lazy().select(pl.col(ref.name).cast(pl.String), ID), ref.name)
            for part in settled
            if part.holds_identity and part.source.shape == "one" and part.source.field(ref.name) is not None
        ]
        shared = likely_duplicates(ref.name, tables) if tables else None
        if shared is not None and shared.values:
            yield LikelyDuplicates(field=shared.field, values=shared.values, customers=shared.customers)
