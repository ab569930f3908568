"""The table of declared names: one entry per declaration, looked up by kind.

In: declarations with their places. Out: the symbol a word refers to, its type where it has one, and the places of
repeats. Assumptions, measures, values, `segments` blocks, tiers and segments share one space (SHARED); every other
kind has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from stratagem.dsl.diagnostics.names import Names
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.record import record
from stratagem.dsl.source import NOWHERE, Span


class Of(StrEnum):
    """Kinds of names; the value is the word people read."""

    ASSUMPTION = "assumption"
    MEASURE = "measure"
    VALUE = "value"
    TIERS = "tiers"
    TIER = "tier"
    SEGMENT = "segment"
    METRIC = "metric"
    SOURCE = "source"
    FIELD = "field"
    GROUP = "group"
    STAGE = "stage"
    CHANNEL = "channel"
    ACTION = "action"
    GOAL = "goal"
    OBJECTIVE = "objective"
    HURDLE = "hurdle"
    OFFER = "offer"
    NEED = "need"
    BUDGET = "budget"
    RESOURCE = "resource"
    CHANGE = "change"
    FUNCTION = "function"
    QUESTION = "question"
    MATRIX = "matrix"
    SCENARIO = "scenario"


SHARED = (Of.ASSUMPTION, Of.MEASURE, Of.VALUE, Of.TIERS, Of.TIER, Of.SEGMENT)
"""Kinds whose names share one space, and that formulas about a customer may use."""


@record(frozen=False, eq=False)
class Symbol:
    """A declared name. `owner`: the `segments` block of a tier, the source of a field. `type`: of a field."""

    kind: Of
    name: str
    span: Span
    owner: str = ""
    type: Type | None = None


@record(frozen=False, slots=False, eq=False)
class SourceNames:
    """A source as the resolver sees it. shape: one, many, lookup. `key` joins it; `dated_by` dates its rows."""

    name: str
    shape: str
    span: Span = NOWHERE
    key: str | None = None
    joined_by: str | None = None
    """The key as written; `key` is None where customers are matched on that field."""
    dated_by: str | None = None
    fields: dict[str, Symbol] = field(default_factory=dict)
    built_in: bool = False
    worked_out: set[str] = field(default_factory=set)
    """Fields with a formula: they join no look-up, which is joined before formulas are worked out."""

    def said(self) -> Said:
        """All that a formula can learn of it."""
        fields = tuple((name, symbol.type, name in self.worked_out) for name, symbol in self.fields.items())
        return Said(self.shape, self.key, self.joined_by, self.dated_by, fields)

    def bare_fields(self) -> Iterator[Symbol]:
        """Fields without the one that identifies the customer: that is no field of one source."""
        return (s for name, s in self.fields.items() if self.shape == "lookup" or name != self.key)


@record
class Said:
    """A source as it was at one time: see SourceNames. `fields`: each with its type, and whether it has a formula."""

    shape: str
    key: str | None
    joined_by: str | None
    dated_by: str | None
    fields: tuple[tuple[str, Type | None, bool], ...]

    @property
    def frame(self) -> tuple[object, ...]:
        """What concerns every formula that reaches into it."""
        return self.shape, self.key, self.joined_by, self.dated_by

    @property
    def words(self) -> Iterator[str]:
        """The names by which formulas reach into it."""
        yield from (name for name, *_ in self.fields)
        yield from (name for name in (self.key, self.joined_by) if name is not None)


class Table:
    """Every declared name, by kind; sources by name."""

    def __init__(self) -> None:
        self.sources: dict[str, SourceNames] = {}
        self._by_kind: dict[Of, dict[str, Symbol]] = {kind: {} for kind in Of}
        self._shared: dict[str, Symbol] = {}
        self.said: dict[str, Said] = {}
        self.visible: dict[object, Names] = {}
        """The names that formulas of one kind may hold, laid out when one first holds another."""

    def declare(self, symbol: Symbol) -> Symbol | None:
        """Enter a symbol; the earlier one when its name is taken in its space (the first declaration stays)."""
        space = self._shared if symbol.kind in SHARED else self._by_kind[symbol.kind]
        earlier = space.setdefault(symbol.name, symbol)
        if earlier is not symbol:
            return earlier
        self._by_kind[symbol.kind][symbol.name] = symbol
        return None

    def get(self, kind: Of, name: str) -> Symbol | None:
        return self._by_kind[kind].get(name)

    def shared(self, name: str) -> Symbol | None:
        """The assumption, measure, value, tiers, tier or segment of this name."""
        return self._shared.get(name)

    def names(self, *kinds: Of) -> tuple[str, ...]:
        """All names of these kinds, in declared order."""
        return tuple(name for kind in kinds for name in self._by_kind[kind])

    def of_kind(self, kind: Of) -> Mapping[str, Symbol]:
        """The names of one kind."""
        return self._by_kind[kind]

    def tiers_of(self, block: str) -> tuple[str, ...]:
        """The tiers of a `segments` block, in declared order."""
        return self._tiers.get(block, ())

    @cached_property
    def _tiers(self) -> dict[str, tuple[str, ...]]:
        """Tiers by their block. First asked for when all names are entered."""
        found: dict[str, list[str]] = {}
        for symbol in self._by_kind[Of.TIER].values():
            found.setdefault(symbol.owner, []).append(symbol.name)
        return {block: tuple(names) for block, names in found.items()}

    @contextmanager
    def pretended(self, symbol: Symbol) -> Iterator[None]:
        """As if a name of the shared space were declared as something, for as long as that is asked."""
        space, kind = self._shared, self._by_kind[symbol.kind]
        space[symbol.name] = kind[symbol.name] = symbol
        self.visible.clear()
        try:
            yield
        finally:
            del space[symbol.name], kind[symbol.name]
            self.visible.clear()

    def renew(self) -> None:
        """The fields of a source have changed: forget what was laid out of them."""
        self.visible.clear()
        self.__dict__.pop("_fields", None)

    def complete(self) -> None:
        """All names are entered: note what there is to know of each source, for comparison with a later table."""
        self.said = {name: source.said() for name, source in self.sources.items()}

    def shaped(self, *shapes: str) -> Iterator[SourceNames]:
        """The sources of these shapes, in declared order."""
        return (s for s in self.sources.values() if s.shape in shapes)

    def kinds_of(self, name: str) -> tuple[Of, ...]:
        """Every kind in which this name is declared."""
        kinds = [kind for kind, names in self._by_kind.items() if name in names]
        if name in self.sources:
            kinds.append(Of.SOURCE)
        return tuple(kinds)

    def place_of(self, name: str, *kinds: Of) -> Span | None:
        """Where a name is declared: as one of these kinds, else as any, as a source, or as a field."""
        head, _, field = name.rpartition(".")
        if head:
            symbol = self.sources[head].fields.get(field) if head in self.sources else None
            return None if symbol is None else symbol.span
        found = [self._by_kind[kind].get(name) for kind in (*kinds, *SHARED, *self._by_kind)]
        symbol = next((symbol for symbol in found if symbol is not None), None)
        if name in self.sources and (symbol is None or Of.SOURCE in kinds):
            return self.sources[name].span
        fields = [source.fields[name] for source in self.sources.values() if name in source.fields]
        return symbol.span if symbol is not None else fields[0].span if fields else None

    def fields_named(self, name: str, *shapes: str) -> tuple[Symbol, ...]:
        """The fields of this name in sources of these shapes (never an identity column)."""
        return tuple(s for s in self._fields.get(name, ()) if self.sources[s.owner].shape in shapes)

    def identity(self, name: str) -> bool:
        """Is this the name of the customer's identity: the `by FIELD` column of a source about customers."""
        return name in self.identities

    @cached_property
    def _fields(self) -> dict[str, list[Symbol]]:
        """Fields by name, but for identities. First asked for when all sources are entered."""
        found: dict[str, list[Symbol]] = {}
        for source in self.sources.values():
            for symbol in source.bare_fields():
                found.setdefault(symbol.name, []).append(symbol)
        return found

    @cached_property
    def identities(self) -> frozenset[str]:
        """The names of the customer's identity."""
        about = (s for s in self.shaped("one", "many") if not s.built_in)
        return frozenset(s.key for s in about if s.key is not None)

    def lookups_for(self, word: str, source: SourceNames) -> list[SourceNames]:
        """The look-ups that `word` reaches from `source`: those on the key `word`, or the one of that name."""
        held = source.fields.keys() - source.worked_out
        keyed = [x for x in self.shaped("lookup") if x.key == word and word in held]
        named = self.sources.get(word)
        if not keyed and named is not None and named.shape == "lookup" and named.key in held:
            return [named]
        return keyed
