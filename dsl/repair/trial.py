"""Would it hold together: a use read again under another name, or with its name declared as something.

In: what was built, and a use. Out: whether anything is said of the formula or line that was not said before. What is
declared for a trial is taken away after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.base import Formula
from stratagem.dsl.model.build import SPECIAL, Built
from stratagem.dsl.model.make.cases import fixed
from stratagem.dsl.model.make.parts import Maker
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.nodes import Node, Slot, Word
from stratagem.dsl.record import replace
from stratagem.dsl.repair.uses import FORMULA, Use, read_words, uses, with_name
from stratagem.dsl.resolve.findings import Found
from stratagem.dsl.resolve.scope import one_row
from stratagem.dsl.resolve.symbols import Of, SourceNames, Symbol
from stratagem.dsl.source import NOWHERE, Span

TYPED = {
    "source.dated_by": (Kind.DATE, Kind.TIMESTAMP),
    "source.one": (Kind.TEXT, Kind.NUMBER),
    "source.many": (Kind.TEXT, Kind.NUMBER),
    "source.lookup": (Kind.TEXT, Kind.NUMBER),
    "customer.group": (Kind.TEXT,),
    "journey.starts_in": (Kind.TEXT,),
    "channel.address": (Kind.TEXT,),
    "customer.matched_on": (Kind.TEXT,),
}
"""Statements whose field must be of some kind."""
JOINS = ("source.one", "source.many", "source.lookup")
"""Statements of a source whose slot takes the field that joins it."""
OWN_FIELD = (*JOINS, "source.dated_by")
"""Statements of a source whose slot takes one of its own fields."""
_SAID = ("given.is", "expect.equals")
"""Lines that hold a name against a value written out."""
_MAKES = ("measure", "value", "segments")
"""Statements that make a fact of their formula."""


MOST_WORK = 5_000
"""Names in formulas that are read again for one check; what would take more counts as not fitting."""


class Trial:
    """Tries names and declarations on the uses of a strategy as built. `found`: what was found of it; those
    that a trial is to take away are said with `of`."""

    def __init__(self, built: Built, found: Iterable[Diagnostic]) -> None:
        self.built = built
        self.resolver = built.resolver
        self.table = built.resolver.table
        self._known = _keys(found)
        self._own: frozenset[tuple[str, Span]] = frozenset()
        self._work = 0
        self.changed: frozenset[str] = frozenset()
        """The facts that became of another kind in the last trial of `sound`."""
        self._weights: dict[int, int] = {}

    def of(self, own: Iterable[Diagnostic], found: Iterable[Diagnostic] | None = None) -> None:
        """From now on these are to go; and this is all that was found, where that has changed."""
        self._own = _keys(own)
        self._known = self._known if found is None else _keys(found)

    @cached_property
    def read(self) -> frozenset[str]:
        """Every word that stands for something anywhere, or is shown in a message."""
        return read_words(self.built.units)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels of segments and tiers, by their names."""
        nodes = [node for unit in self.built.units for node in (unit.node, *unit.node.children)]
        named = [node for node in nodes if node.statement.id.startswith(("segment", "tier.")) and "label" in node.slots]
        return {node.value("name").text: str(node.value("label")) for node in named if "name" in node.slots}

    def fits(self, use: Use, old: str, new: str) -> bool:
        """Does `new` in place of `old` make sense where it is used."""
        own = use.node.value("name") if use.root is not None and use.statement not in _SAID else None
        if getattr(own, "text", "") == new:
            return False  # it would read itself
        if not self._affordable(use):
            return False
        if use.statement in _SAID and use.kinds != (FORMULA,):
            return not self._read_again(replace(use, node=_said_of(use, new)))[0]
        if use.root is None or (use.statement == "given.rows" and use.kinds != (FORMULA,)):
            head, *rest = use.path
            return self._in_slot(use, ".".join((new, *rest)) if rest and head == old else new)
        root = with_name(use.root, old, new)
        return not self._unheard(self._read_again(replace(use, root=root))[0])

    def holds(self, use: Use, old: str, new: str) -> bool:
        """The same, and so does all that reads the fact which the formula makes."""
        if not self.fits(use, old, new):
            return False
        return (
            use.root is None
            or use.statement not in _MAKES
            or self.sound([replace(use, root=with_name(use.root, old, new))])
        )

    def sound(self, uses: Iterable[Use]) -> bool:
        """Is nothing new to be said of these as names are declared now, nor of what reads the facts they make."""
        facts, changed = self.resolver.facts, dict[str, Type | None]()
        waiting, seen = list(uses), set[tuple[int, int]]()
        try:
            while waiting:
                use = waiting.pop()
                if not self._affordable(use):
                    return False
                if (id(use.root or use.node), len(changed)) in seen:
                    continue
                seen.add((id(use.root or use.node), len(changed)))
                said, kind = self._read_again(use)
                if self._unheard(said):
                    return False
                name = use.node.value("name") if use.statement in _MAKES and not use.condition else None
                if name is not None and kind is not None and facts.type_of(name.text) != kind:
                    changed.setdefault(name.text, facts.type_of(name.text))
                    facts.settle(name.text, kind)
                    readers = (each for each in self.uses_of(name.text) if each.node is not use.node)
                    waiting.extend([*readers, *_bounds(use.node)])
            return True
        finally:
            self.changed = frozenset(changed)
            for name, kind in changed.items():
                facts.settle(name, kind)

    def quiet(self, uses: Iterable[Use]) -> bool:
        """Is nothing new to be said of these themselves, whatever follows from the facts they make."""
        return not any(self._unheard(self._read_again(use)[0]) for use in uses)

    def kind_of(self, use: Use) -> Type | None:
        """The kind of the formula of a use; None where something is to be said of it."""
        return self._read_again(use)[1]

    def _affordable(self, use: Use) -> bool:
        place = id(use.root)
        if place not in self._weights:
            self._weights[place] = 1 + sum(1 for _ in names_in(use.root))
        self._work += self._weights[place]
        return self._work <= MOST_WORK

    def uses_of(self, name: str) -> list[Use]:
        """Every place where this word stands for something."""
        return self._by_word.get(name, [])

    @cached_property
    def _by_word(self) -> dict[str, list[Use]]:
        found: dict[str, list[Use]] = {}
        for unit in self.built.units:
            for use in uses(unit):
                for word in dict.fromkeys(use.path):
                    found.setdefault(word, []).append(use)
        return found

    def _unheard(self, said: Iterable[Diagnostic]) -> bool:
        """Is anything among this that was not said before, or that was to go."""
        return any((d.code, d.span) not in self._known or (d.code, d.span) in self._own for d in said)

    def _in_slot(self, use: Use, new: str) -> bool:
        references = Maker(self.resolver, SPECIAL).references
        if not any(references.knows(kind, new) for kind in use.kinds):
            return False
        if use.statement == "assume":
            node = _said_of(use, new)
            return not self._read_again(replace(use, node=node, root=node.formula))[0]
        wanted, field = TYPED.get(use.statement), new.rpartition(".")[2]
        own = use.parent.value("name") if use.parent is not None and use.statement in OWN_FIELD else None
        sources = [s for s in self.table.sources.values() if own is None or s.name == own.text]
        fields = [s.fields[field] for s in sources if field in s.fields]
        return wanted is None or any(f.type is not None and f.type.kind in wanted for f in fields)

    def _read_again(self, use: Use) -> tuple[list[Diagnostic], Type | None]:
        """What is said of the line or formula of a use, read once more, and its kind."""
        findings, found = self.resolver.findings, Found()
        maker = Maker(self.resolver, SPECIAL)
        before = findings.turn(found)
        try:
            made = self._read(use, maker)
        finally:
            findings.turn(before)
        return found.diagnostics, made.tree.type if isinstance(made, Formula) and not found.diagnostics else None

    def _read(self, use: Use, maker: Maker) -> object:
        if use.statement in _SAID:
            node = use.node if use.root is None else _with_slot(use.node, "value", use.root)
            SPECIAL[use.statement](maker, node, use.parent, "")
        elif use.root is None:
            return None
        elif use.statement in ("source.row_excluded", "field"):
            self._of_row(use, maker)
        elif use.statement == "given.rows":
            self._cell(use, maker)
        elif use.condition:
            return maker.condition(use.root, use.node, use.parent, "")
        else:
            return maker.formula(use.root, use.node, use.parent, "")
        return None

    def _cell(self, use: Use, maker: Maker) -> None:
        word = use.node.value("source")
        source = self.table.sources.get(word.text) if word is not None else None
        cells = [cell for row in use.node.rows for cell in row.cells]
        column = next((name.text for name, said in cells if use.root is not None and said.span == use.root.span), "")
        field = source.fields.get(column) if source is not None else None
        if field is not None and use.root is not None:
            fixed(maker, use.root, field.type, "")

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
            try:
                yield
            finally:
                self.resolver.facts.forget(name)

    @contextmanager
    def with_field(self, source: SourceNames, name: str, kind: Type) -> Iterator[None]:
        """As if a source had a field of this name and kind."""
        before = source.fields.get(name)
        source.fields[name] = Symbol(Of.FIELD, name, NOWHERE, source.name, kind)
        self.table.renew()
        try:
            yield
        finally:
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
        try:
            yield
        finally:
            self.resolver.facts.settle(name, before)


def _keys(found: Iterable[Diagnostic]) -> frozenset[tuple[str, Span]]:
    return frozenset((d.code, d.span) for d in found)


def _bounds(node: Node) -> Iterator[Use]:
    """The bounds of tiers, which are of the kind of their block's formula."""
    for child in node.children if node.statement.id == "segments" else ():
        for slot in child.slots.values():
            if isinstance(slot.value, Syntax):
                yield Use(slot.span, (), (), child, node, slot.value)


def _said_of(use: Use, new: str) -> Node:
    return _with_slot(use.node, "name", Word(new, use.span))


def _with_slot(node: Node, name: str, value: object) -> Node:
    return replace(node, slots={**node.slots, name: Slot(value, node.slots[name].span)})
