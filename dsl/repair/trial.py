"""Would it hold together: a use read again under another name, or with its name declared as something.

In: what was built, and a use. Out: whether anything is said of the formula or line that was not said before. What is
declared for a trial is taken away after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.build import SPECIAL, Built
from stratagem.dsl.model.make.parts import Maker
from stratagem.dsl.nodes import Slot, Word
from stratagem.dsl.record import replace
from stratagem.dsl.repair.uses import FORMULA, Use, with_name
from stratagem.dsl.resolve.findings import Found
from stratagem.dsl.resolve.scope import CUSTOMER, one_row
from stratagem.dsl.resolve.symbols import Of, SourceNames, Symbol
from stratagem.dsl.source import NOWHERE

_TYPED = {
    "source.dated_by": (Kind.DATE, Kind.TIMESTAMP),
    "source.one": (Kind.TEXT, Kind.NUMBER),
    "source.many": (Kind.TEXT, Kind.NUMBER),
    "source.lookup": (Kind.TEXT, Kind.NUMBER),
    "customer.group": (Kind.TEXT,),
    "channel.address": (Kind.TEXT,),
    "customer.matched_on": (Kind.TEXT,),
}
"""Statements whose field must be of some kind."""


class Trial:
    """Tries names and declarations on the uses of a strategy as built. `found`: what was found of it."""

    def __init__(self, built: Built, found: Iterable[Diagnostic]) -> None:
        self.built = built
        self.resolver = built.resolver
        self.table = built.resolver.table
        self._known = frozenset((d.code, d.span) for d in found)

    def fits(self, use: Use, old: str, new: str) -> bool:
        """Does `new` in place of `old` make sense where it is used."""
        if use.root is None:
            return self._in_slot(use, new)
        root = with_name(use.root, old, new)
        return not [d for d in self._said(replace(use, root=root)) if (d.code, d.span) not in self._known]

    def sound(self, uses: Iterable[Use]) -> bool:
        """Is nothing to be said of any of these, as names are declared now."""
        return not any(self._said(use) for use in uses if use.root is not None)

    def _in_slot(self, use: Use, new: str) -> bool:
        if use.statement == "given.is":
            return not self._said(replace(use, node=_given(use, new)))
        kinds = {kind.value for kind in self.table.kinds_of(new)} | self._special(new)
        if kinds.isdisjoint(use.kinds):
            return False
        wanted = _TYPED.get(use.statement)
        fields = [s.fields[new] for s in self.table.sources.values() if new in s.fields]
        return wanted is None or any(f.type is not None and f.type.kind in wanted for f in fields)

    def _special(self, new: str) -> set[str]:
        kinds = {"fact"} if any(self.table.get(of, new) for of in (Of.ASSUMPTION, Of.MEASURE, Of.VALUE)) else set()
        return kinds | ({"field"} if any(new in s.fields for s in self.table.sources.values()) else set())

    def _said(self, use: Use) -> list[Diagnostic]:
        """What is said of the line or formula of a use, read once more."""
        findings, found = self.resolver.findings, Found()
        maker = Maker(self.resolver, SPECIAL)
        before = findings.turn(found)
        try:
            self._read(use, maker)
        finally:
            findings.turn(before)
        return found.diagnostics

    def _read(self, use: Use, maker: Maker) -> None:
        if use.statement == "given.is":
            SPECIAL["given.is"](maker, use.node, use.parent, "")
        elif use.root is None:
            return
        elif use.statement in ("source.row_excluded", "field"):
            self._of_row(use, maker)
        elif use.condition:
            maker.condition(use.root, use.node, use.parent, "")
        elif use.statement == "expect.equals":
            maker.formulas.value(use.root, "", CUSTOMER)
        else:
            maker.formula(use.root, use.node, use.parent, "")

    def _of_row(self, use: Use, maker: Maker) -> None:
        source = use.parent.value("name") if use.parent is not None else None
        if source is None or use.root is None:
            return
        if use.condition:
            maker.formulas.condition(use.root, one_row(source.text))
            return
        names = self.table.sources.get(source.text)
        word = use.node.value("name")
        symbol = names.fields.get(word.text) if names is not None and word is not None else None
        maker.formulas.value(use.root, "field", one_row(source.text), symbol.type if symbol is not None else None)

    @contextmanager
    def with_fact(self, name: str, kind: Type, of: Of = Of.ASSUMPTION) -> Iterator[None]:
        """As if an assumption of this name and kind were declared."""
        symbol = Symbol(of, name, NOWHERE)
        with self.table.pretended(symbol):
            self.resolver.facts.define(name, f"`{name}`", NOWHERE, lambda: kind)
            self.resolver.facts.settle(name, kind)
            yield
            self.resolver.facts.forget(name)

    @contextmanager
    def with_field(self, source: SourceNames, name: str, kind: Type) -> Iterator[None]:
        """As if a source had a field of this name and kind."""
        before = source.fields.get(name)
        source.fields[name] = Symbol(Of.FIELD, name, NOWHERE, source.name, kind)
        self.table.renew()
        yield
        if before is None:
            del source.fields[name]
        else:
            source.fields[name] = before
        self.table.renew()

    @contextmanager
    def with_type(self, name: str, kind: Type) -> Iterator[None]:
        """As if a fact were of another kind."""
        before = self.resolver.facts.type_of(name)
        self.resolver.facts.settle(name, kind)
        yield
        self.resolver.facts.settle(name, before)


def _given(use: Use, new: str) -> object:
    slots = {**use.node.slots, "name": Slot(Word(new, use.span), use.span)}
    return replace(use.node, slots=slots)


def in_formulas(uses: Sequence[Use]) -> bool:
    """Do all of them stand in formulas, or in what a test gives."""
    return all(use.kinds == (FORMULA,) or use.statement == "given.is" for use in uses)
