"""One source's rows, settled: whose each row is, which rows count, and what was found on the way.

In: a typed frame, and the sources settled before (look-ups, those with identities). Out: `Settled`. Text files and
tables with one row a customer are held in memory from here on; the rows of a Parquet file are only streamed through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data import identity
from stratagem.engine.data.columns import EVALUATED, as_text, raw
from stratagem.engine.data.counting import counts, live, report, too_large
from stratagem.engine.data.headers import Headers
from stratagem.engine.data.keep import OLD, OUT, added, joins, judged, with_lookups
from stratagem.engine.data.problems import DataError, fault, file_fault
from stratagem.engine.data.readers import Table
from stratagem.engine.data.report import SourceReport
from stratagem.engine.data.typed import ID, ROW, SHOWN, Failures, Typed, failures
from stratagem.engine.moment import Moment


@dataclass(frozen=True)
class Opened:
    """A source's table, before anything is read from it. `name` is what people know the table by."""

    source: Source
    name: str
    table: Table
    headers: Headers


@dataclass(frozen=True)
class Settled:
    """rows: of a many-per-customer source, those that count, with `@id` and `@row`. table: of the others, one row an
    identity or key. ids: the customers that the source knows, one column `@id`, each once."""

    source: Source
    report: SourceReport
    rows: pl.LazyFrame
    table: pl.DataFrame
    ids: pl.DataFrame
    holds_identity: bool


@dataclass
class Settler:
    """Settles sources one after the other; `done` is what later ones build on."""

    strategy: Strategy
    moment: Moment
    done: dict[str, Settled] = field(default_factory=dict)

    def turn(self, source: Source) -> int:
        """Look-ups first, then sources with identities, then those that are matched to them."""
        if source.shape == "lookup":
            return 0
        return 1 if identity.has_identity(source, self.strategy.customer) else 2

    def settle(self, opened: Opened, read: Typed) -> None:
        """Work out one source."""
        source, lookups = opened.source, joins(opened.source, self.strategy)
        tables = {s.source.name: s.table for s in self.done.values() if s.source.shape == "lookup"}
        full = judged(with_lookups(read.frame, lookups, tables), source, self.strategy, self.moment)
        matched = self.turn(source) == 2
        full = self._matched(full, opened) if matched else self._identified(full, source)
        held = full.drop(raw(name) for name in opened.headers.by_field)
        if opened.table.text or source.shape != "many":
            held = _collected(held, opened).lazy()
        want_ids = source.shape != "lookup"
        sums, ids = _once_through(held, opened, counts(read, lookups, matched), want_ids)
        got = sums.row(0, named=True)
        failing = [f for f in read.fallible if got[f"failed {f}"]]
        found: dict[str, Failures] = {f: failures(read, full.filter(~pl.col(OUT)), f) for f in failing}
        large = {f.name: _first_large(read, held, f.name) for f in source.fields if got.get(f"large {f.name}")}
        self._keep(opened, held, ids, report(read, opened.name, got, found, matched, large), lookups)

    def _identified(self, frame: pl.LazyFrame, source: Source) -> pl.LazyFrame:
        return identity.with_id(frame, source, self.moment.zone)

    def _matched(self, frame: pl.LazyFrame, opened: Opened) -> pl.LazyFrame:
        source = opened.source
        fields = identity.match_fields(source, self.strategy)
        known = [(f, pl.concat(k)) for f in fields if (k := self.known(f))]
        if not known:
            raise DataError([fault("D152", source, source=source.name, file=opened.name)])
        return identity.matched(frame, known)

    def known(self, field_name: str) -> list[pl.LazyFrame]:
        """The normalised values of a field in every source with identities that has it."""
        frames = []
        for settled in self.done.values():
            declared = settled.source.field(field_name)
            if declared is not None and settled.holds_identity:
                rows = settled.rows if settled.source.shape == "many" else settled.table.lazy()
                text = as_text(pl.col(field_name), EVALUATED[declared.type.kind], self.moment.zone)
                frames.append(identity.known_values(rows.select(text.alias(field_name), ID), field_name))
        return frames

    def _keep(
        self, opened: Opened, held: pl.LazyFrame, ids: pl.DataFrame, told: SourceReport, lookups: Sequence[Source]
    ) -> None:
        source = opened.source
        names = [f.name for f in source.fields]
        names += [column for _, columns in added(lookups) for column in columns]
        rows = held.filter(live(source)).select(ID, ROW, *names, OLD)
        table = pl.DataFrame()
        if source.shape != "many":
            table, told = _one_row_each(source, rows.collect(), told)
        short = opened.table.short()
        told = told.model_copy(
            update={"customers": ids.height, "rows_short": short.rows, "first_short_line": short.line}
        )
        holds = identity.has_identity(source, self.strategy.customer)
        self.done[source.name] = Settled(source, told, rows.drop(OLD), table, ids, holds)


def _first_large(read: Typed, held: pl.LazyFrame, field: str) -> tuple[int, ...]:
    """The first rows, as people count them, with a figure that no sum takes."""
    rows = held.filter(live(read.source) & too_large(field)).select(ROW).head(SHOWN).collect()[ROW]
    return tuple(int(row) + read.table.first_row for row in rows)


def _one_row_each(source: Source, rows: pl.DataFrame, told: SourceReport) -> tuple[pl.DataFrame, SourceReport]:
    """Drop duplicates; empty what is stale (the identity stays)."""
    dated_by = source.dated_by.name if source.dated_by else None
    table = identity.one_each(rows, dated_by)
    if source.shape == "lookup":
        return table.drop(OLD), told.model_copy(update=_duplicates(rows, table))
    known = {f.name: table[f.name].count() / table.height for f in source.fields} if table.height else {}
    fields = tuple(f.model_copy(update={"known": known.get(f.name)}) for f in told.fields)
    stale = int(table[OLD].sum())
    key = source.key.name if source.key else None
    values = [name for name in table.columns if name not in (ID, ROW, OLD, key)]
    table = table.with_columns(pl.when(~pl.col(OLD)).then(pl.col(name)).alias(name) for name in values).drop(OLD)
    return table, told.model_copy(update={**_duplicates(rows, table), "stale": stale, "fields": fields})


def _duplicates(rows: pl.DataFrame, table: pl.DataFrame) -> dict[str, int]:
    return {"duplicates": rows.height - table.height, "rows_kept": table.height}


def _once_through(
    held: pl.LazyFrame, opened: Opened, sums: Sequence[pl.Expr], want_ids: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The counts and the identities in one pass over the rows."""
    queries = [held.select(sums)]
    if want_ids:
        queries.append(held.filter(live(opened.source)).select(ID).unique())
    try:
        done = pl.collect_all(queries, engine="streaming")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _blame(opened, error) from error
    return done[0], done[1] if want_ids else pl.DataFrame({ID: []}, schema={ID: pl.String})


def _collected(frame: pl.LazyFrame, opened: Opened) -> pl.DataFrame:
    try:
        return frame.collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _blame(opened, error) from error


def _blame(opened: Opened, error: Exception) -> Exception:
    """A fault of the file as a DataError; the error itself when the file is well."""
    found = opened.table.explain(error)
    if found is None:
        return error
    return DataError([file_fault(found, opened.source, opened.name)])
