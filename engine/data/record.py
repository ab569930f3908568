"""One customer, as a caller gives it → the record that evaluators read.

In: a plain mapping, as it comes from JSON: fields under their names (`"email_consent": true`), under their source
(`"households": {…}`, `"households.email": …`), rows of a source as a list (`"orders": [{…}]`). Values are read by the
same rules as in a file. Out: `Prepared`: the record, and what could not be read. Raises DataError when there is no
identity, or when a name may mean several fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions.types import TEXT
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.findings import KINDS, values_word
from stratagem.engine.data.frames import evaluated_rows
from stratagem.engine.data.pieces import Piece, Row, piece
from stratagem.engine.data.problems import DataError, fault
from stratagem.engine.data.reading import reading_of
from stratagem.engine.data.single import Failed, read
from stratagem.engine.evaluate.meaning import SUM_LIMIT
from stratagem.engine.moment import Moment

ID = "@id"


@dataclass(frozen=True)
class Prepared:
    """record: `@id`, a mapping for each one-per-customer source, a list of rows for each many-per-customer source, all
    values in evaluated form. problems: names that mean nothing here, and values that do not fit (now missing)."""

    record: dict[str, Any]
    problems: tuple[Diagnostic, ...] = ()


def prepare_customer(
    strategy: Strategy, record: Mapping[str, Any], moment: Moment, lookups: Mapping[str, pl.DataFrame] | None = None
) -> Prepared:
    """Prepare a single customer."""
    return _preparer(strategy, moment.zone, lookups)(record, moment)


_LAST: list[tuple[Strategy, str, Mapping[str, pl.DataFrame] | None, Preparer]] = []
"""The preparer that was used last: customers of one strategy tend to come one after the other."""


def _preparer(strategy: Strategy, zone: str, lookups: Mapping[str, pl.DataFrame] | None) -> Preparer:
    for kept_strategy, kept_zone, kept_lookups, kept in _LAST:
        if kept_strategy is strategy and kept_zone == zone and kept_lookups is lookups:
            return kept
    made = Preparer(strategy, zone, lookups or {})
    _LAST[:] = [(strategy, zone, lookups, made)]
    return made


@dataclass
class Preparer:
    """Prepares customers for one strategy. `lookups`: the look-ups' rows, as `Loaded` has them."""

    strategy: Strategy
    zone: str
    lookups: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def __call__(self, record: Mapping[str, Any], moment: Moment) -> Prepared:
        """One customer."""
        sorted_out = _Sorted(self, record)
        customer_id = self._identity(record)
        out: dict[str, Any] = {ID: customer_id}
        for name, this in self.pieces.items():
            rows = [r for r in (self._row(this, given, sorted_out) for given in sorted_out.rows(name)) if r is not None]
            done = self._kept(this, rows, customer_id, moment)
            sorted_out.look_at_figures(this, done)
            out[name] = done if this.source.shape == "many" else _only(this, done, moment)
        return Prepared(out, tuple(sorted_out.problems))

    @cached_property
    def pieces(self) -> dict[str, Piece]:
        """By source, look-ups left out."""
        return {s.name: piece(s, self.strategy, self.zone) for s in self.strategy.sources if s.shape != "lookup"}

    @cached_property
    def identities(self) -> tuple[str, ...]:
        """The names under which the identity may be given."""
        customer = self.strategy.customer
        named = [customer.identified_by.name] if customer and customer.identified_by else []
        return tuple(dict.fromkeys([*named, *(p.key for p in self.pieces.values() if p.identity and p.key)]))

    @cached_property
    def looked_up(self) -> dict[str, dict[Any, Row]]:
        """By look-up, its rows by key, in evaluated form."""
        found: dict[str, dict[Any, Row]] = {}
        for source in self.strategy.sources:
            if source.shape == "lookup" and source.name in self.lookups and source.key is not None:
                rows = evaluated_rows(self.lookups[source.name].select(f.name for f in source.fields))
                found[source.name] = {row[source.key.name]: row for row in rows}
        return found

    def _identity(self, record: Mapping[str, Any]) -> str:
        reading = reading_of(SourceField(name=ID, type=TEXT), self.zone)
        for name in self.identities:
            value = record.get(name)
            found = read(reading, value)
            if isinstance(found, str):
                return found
        if not self.identities:  # identified by row number: this is the only row
            return "1"
        raise DataError([fault("D163", self.strategy.customer, name=self.identities[0])])

    def _row(self, this: Piece, given: Mapping[str, Any], found: _Sorted) -> Row | None:
        """One row read strictly, with its look-ups."""
        row: Row = dict.fromkeys(this.names)
        for name, value in given.items():
            reading = this.readings.get(name)
            if reading is not None:
                got = read(reading, value)
                row[name] = None if isinstance(got, Failed) else got
                if isinstance(got, Failed):
                    found.failed(this.source, name)
            elif name not in row and not (isinstance(value, Mapping) and self._is_lookup(this, name)):
                found.unknown(name, f"field of `{this.source.name}`", this.names)
        for lookup, names in this.lookups:
            self._look_up(lookup, names, row, given, found)
        return row

    @staticmethod
    def _is_lookup(this: Piece, name: str) -> bool:
        return any(name == lookup.name for lookup, _ in this.lookups)

    def _look_up(
        self, lookup: Source, names: Mapping[str, str], row: Row, given: Mapping[str, Any], found: _Sorted
    ) -> None:
        """The look-up's fields: as the caller gives them (`"products": {…}` or `"product.price"`), else its table's."""
        assert lookup.key is not None
        own = given.get(lookup.name)
        table = self.looked_up.get(lookup.name, {}).get(row.get(lookup.key.name), {})
        for name, of in names.items():
            declared = lookup.field(of)
            value = own.get(of) if isinstance(own, Mapping) else given.get(name)
            if value is None or declared is None:
                row[name] = table.get(of)
                continue
            got = read(reading_of(declared, self.zone), value)
            row[name] = None if isinstance(got, Failed) else got
            if isinstance(got, Failed):
                found.failed(lookup, of)

    def _kept(self, this: Piece, rows: Sequence[Row], customer_id: str, moment: Moment) -> list[Row]:
        """The rows that count, with what is worked out for them."""
        kept = []
        for row in rows:
            if this.identity and this.key:
                row[this.key] = customer_id
            done = this.finished(row, moment)
            if done is None:
                continue
            old, ahead = this.age(done, moment)
            if not (old if this.source.shape == "many" else ahead):
                kept.append(done)
        return kept


def _only(this: Piece, rows: Sequence[Row], moment: Moment) -> Row:
    """Of one-per-customer rows the one that counts; nothing of it when it is stale, nothing at all without one."""
    nothing: Row = dict.fromkeys(this.names)
    if not rows:
        return nothing
    dated = this.source.dated_by.name if this.source.dated_by else None
    chosen = rows[0]
    for row in rows[1:] if dated else ():
        assert dated is not None
        at, best = row.get(dated), chosen.get(dated)
        if at is not None and (best is None or at > best):
            chosen = row
    if this.age(chosen, moment)[0]:
        return nothing | ({this.key: chosen[this.key]} if this.key else {})
    return chosen


class _Sorted:
    """A caller's mapping, sorted by source, and what was wrong with it."""

    def __init__(self, preparer: Preparer, record: Mapping[str, Any]) -> None:
        self.problems: list[Diagnostic] = []
        self._rows: dict[str, list[Mapping[str, Any]]] = {}
        self._fields: dict[str, dict[str, Any]] = {}
        self._preparer = preparer
        for name, value in record.items():
            self._sort(name, value)

    def rows(self, source: str) -> list[Mapping[str, Any]]:
        """The rows given for a source; the fields given by themselves are one."""
        own = self._fields.get(source)
        listed = self._rows.get(source, [])
        if own is None:
            return listed
        return [{**listed[0], **own}, *listed[1:]] if listed else [own]

    def failed(self, source: Source, name: str) -> None:
        """Note a value that does not fit. The value itself is not said: it may be personal."""
        declared = source.field(name)
        kind = KINDS[declared.type.kind] if declared else ""
        self.problems.append(fault("D162", declared, source=source.name, field=name, kind=kind, where=""))

    def look_at_figures(self, this: Piece, rows: Sequence[Row]) -> None:
        """Note figures that are known, and that no sum takes."""
        for name in this.figures:
            values = [row[name] for row in rows]
            count = sum(v is not None and not -SUM_LIMIT < v < SUM_LIMIT for v in values)
            if count:
                told = {"source": this.source.name, "field": name, "count": values_word(count), "where": ""}
                self.problems.append(fault("D135", this.source.field(name), **told))

    def unknown(self, name: str, what: str, known: Sequence[str]) -> None:
        """Note a name that means nothing."""
        self.problems.append(fault("D161", None, near(name, known), name=name, what=what))

    def _sort(self, name: str, value: Any) -> None:
        pieces = self._preparer.pieces
        if name in pieces and isinstance(value, (Mapping, list, tuple)):
            return self._source(pieces[name], value)
        if name in self._preparer.identities:
            return None
        head, _, rest = name.partition(".")
        if rest and head in pieces and pieces[head].source.shape == "one":
            self._fields.setdefault(head, {})[rest] = value
            return None
        ones = {n: p for n, p in pieces.items() if p.source.shape == "one"}
        having = [n for n, p in ones.items() if name in p.names and not (p.identity and name == p.key)]
        if len(having) > 1:
            listed = ", ".join(f"{n}.{name}" for n in having)
            raise DataError([fault("D165", None, field=name, candidates=listed, example=having[0])])
        if having:
            self._fields.setdefault(having[0], {})[name] = value
            return None
        known = [*pieces, *self._preparer.identities, *(f for p in ones.values() for f in p.names)]
        return self.unknown(name, "source or field", known)

    def _source(self, this: Piece, value: Any) -> None:
        rows = [value] if isinstance(value, Mapping) else list(value)
        if this.source.shape == "many" and isinstance(value, Mapping):
            raise _wrong_form(this.source, "It has many rows per customer: give a list of objects.")
        if not all(isinstance(row, Mapping) for row in rows):
            raise _wrong_form(this.source, "Each row is an object with the row's fields.")
        self._rows.setdefault(this.source.name, []).extend(rows)


def _wrong_form(source: Source, reason: str) -> DataError:
    return DataError([fault("D164", source, name=source.name, reason=reason)])
