"""Files → customers: the whole way on one screen.

In: a strategy, where its files are, and the as-of moment. Out: `Loaded`: the population evaluators read, a report of
what was found on the way, and the look-up tables. Raises DataError when a file cannot be used, with every fault of
every file. Text files are read once and held in typed columns; rows of Parquet stay in their file and are streamed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data import headers
from stratagem.engine.data.assemble import assembled
from stratagem.engine.data.keep import in_turn
from stratagem.engine.data.patterns import date_pattern
from stratagem.engine.data.places import Places, find, unknown_sources
from stratagem.engine.data.problems import DataError, fault, file_fault
from stratagem.engine.data.readers import Fault, Table, Unreadable, reader_for
from stratagem.engine.data.report import DataReport
from stratagem.engine.data.settle import Opened, Settled, Settler
from stratagem.engine.data.typed import typed
from stratagem.engine.evaluate.population import Population
from stratagem.engine.moment import Moment


@dataclass(frozen=True)
class Loaded:
    """lookups: each look-up's rows by name, for single records (`prepare_customer`)."""

    population: Population
    report: DataReport
    lookups: Mapping[str, pl.DataFrame] = field(default_factory=dict)


def load(strategy: Strategy, places: Places, moment: Moment, needed: Collection[str] | None = None) -> Loaded:
    """Read a strategy's files. `needed`: the `source.field` names something reads (None: all); a column that nothing
    needs may be absent, and its field is then missing."""
    problems = list(unknown_sources(strategy, places.sources))
    tables: dict[str, tuple[str, Table]] = {}
    for source in strategy.sources:
        path = find(source, places)
        opened = _open(source, path) if isinstance(path, Path) else path
        if isinstance(opened, Diagnostic):
            problems.append(opened)
        else:
            tables[source.name] = (str(path), opened)
    return from_tables(strategy, tables, moment, needed, problems)


def from_tables(
    strategy: Strategy,
    tables: Mapping[str, tuple[str, Table]],
    moment: Moment,
    needed: Collection[str] | None = None,
    problems: Collection[Diagnostic] = (),
) -> Loaded:
    """The same from opened tables: by source, what to call it and the table."""
    found = list(problems)
    sources: list[Opened] = []
    for source in strategy.sources:
        if source.name not in tables:
            continue
        name, table = tables[source.name]
        matched = headers.match(source, table.columns, name, needed)
        found += [*matched.problems, *_unreadable_formats(source)]
        sources.append(Opened(source, name, table, matched))
    if any(d.code != "D122" for d in found):
        raise DataError(found)
    settled = _settled(strategy, sources, moment)
    population, report = assembled(strategy, settled, moment)
    return Loaded(population, report, {s.source.name: s.table for s in settled if s.source.shape == "lookup"})


def _settled(strategy: Strategy, sources: list[Opened], moment: Moment) -> list[Settled]:
    """Look-ups first, then the sources that hold identities, then those matched to them; in declared order again."""
    settler = Settler(strategy, moment)
    lookups = [s.name for s in in_turn([o.source for o in sources if o.source.shape == "lookup"], strategy)]
    place = {name: number for number, name in enumerate(lookups)}
    for opened in sorted(sources, key=lambda o: (settler.turn(o.source), place.get(o.source.name, 0))):
        settler.settle(opened, typed(opened.source, opened.table, opened.headers, moment.zone))
    return [settler.done[o.source.name] for o in sources]


def _open(source: Source, path: Path) -> Table | Diagnostic:
    reader = reader_for(path.name)
    assert reader is not None  # find() has made sure
    try:
        return reader.open(path, [headers.header_of(f) for f in headers.read_fields(source)])
    except Unreadable as error:
        return file_fault(error.fault, source, str(path))
    except OSError:  # not ours to read, or gone since
        return file_fault(Fault("D112"), source, str(path))


def _unreadable_formats(source: Source) -> list[Diagnostic]:
    return [
        fault("D119", f, source=source.name, field=f.name, format=f.date_format)
        for f in source.fields
        if f.date_format is not None and date_pattern(f.date_format) is None
    ]
