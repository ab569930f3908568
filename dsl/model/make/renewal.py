"""Which units of a strategy must be made anew after a change, and which may stay as they were made before.

In: the units as they stand, the names as they are now, and what was built before. A unit is made anew when it is new;
when a word in it means something else than before (as a name, or by its type as a fact); when it may stand in a loop of
facts; when something was found of it that names or places elsewhere may have changed, or near names are looked up anew;
and when a word in it came to be doubtful, or is so no more, and it asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.model.make.changes import changed_words
from stratagem.dsl.model.make.unit import Unit
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.facts import EXCLUDED, circles, name_of, order
from stratagem.dsl.resolve.resolver import Resolver
from stratagem.dsl.source import START, Span

if TYPE_CHECKING:
    from stratagem.dsl.model.build import Built

_STAMPS = count(1)
REMEMBERED = 8
"""States of the strategy whose stamps are kept."""
History = Mapping[str, Mapping[bytes, int]]
"""By state, the stamp of each statement by its normal text."""
Reading = tuple[Mapping[str, Sequence[str]], Sequence[str], frozenset[str]]


class Renewal:
    """Decides for one check. Units that are to be made anew have `made` False."""

    def __init__(self, units: Sequence[Unit], resolver: Resolver, before: Built | None) -> None:
        self.units = units
        self.resolver = resolver
        self.before = before
        self.version = before.version if before is not None else 0
        """Changes whenever any name does."""
        self.reading: Reading = ({}, (), frozenset())
        """Which fact reads which, the order that follows, and those that may stand in a loop."""
        if before is not None:
            self._compare(before)

    def _compare(self, before: Built) -> None:
        """Open what the change of the text and of the names concerns directly."""
        doubtful = self.resolver.findings.doubtful
        words = changed_words(before.resolver.table, self.resolver.table)
        self.version += bool(words)
        shifted = doubtful ^ before.resolver.findings.doubtful
        anew = before.resolver.currency != self.resolver.currency
        crowd = before.resolver.findings.crowded != self.resolver.findings.crowded
        standing = alive(self.units)
        for unit in self.units:
            if not unit.made:
                continue
            found = unit.found
            if anew or not words.isdisjoint(unit.words):
                _open(unit)
            elif found.diagnostics or found.asked:
                elsewhere = crowd or words or not all(points_into(d, standing) for d in found.diagnostics)
                if elsewhere or not shifted.isdisjoint(found.asked):
                    _open(unit)

    def resolve(self, owners: Mapping[str, Unit]) -> dict[str, Type | None]:
        """Work out the facts that must be, and give the types of all."""
        facts = self.resolver.facts
        ordered, looping = self._order(facts.reads)
        self._open_together(owners, looping)
        for key, unit in owners.items():
            if unit.made:
                facts.settle(key, unit.types[key])
        known = self.before.types if self.before is not None else {}
        types: dict[str, Type | None] = {}
        for key in ordered:
            facts.resolve(key)
            types[key] = owners[key].types[key] = facts.type_of(key)
            if self.before is not None and (key not in known or known[key] != types[key]):
                self._spread(key, owners)
        return types

    def _spread(self, key: str, owners: Mapping[str, Unit]) -> None:
        """The type of a fact has changed: open what names it. Facts come after those that they read."""
        name = name_of(key)
        words = {name, *self.resolver.table.tiers_of(name)}
        opened = {id(unit) for unit in self.units if unit.made and not words.isdisjoint(unit.words) and _open(unit)}
        for other, unit in owners.items():
            if id(unit) in opened:
                self.resolver.facts.open(other)

    def _order(self, reads: Mapping[str, Sequence[str]]) -> tuple[Sequence[str], frozenset[str]]:
        """The order in which facts are worked out, and those that may stand in a loop; as before where they can be."""
        before = self.before.reading if self.before is not None else None
        if before is None or before[0] != reads:
            ordered = order(reads)
            before = (reads, ordered, circles(reads, ordered))
        self.reading = before
        return before[1], before[2]

    def _open_together(self, owners: Mapping[str, Unit], looping: Iterable[str]) -> None:
        """What may stand in a loop; what came to define a fact that another defined; the moves, which are one fact."""
        for key in looping:
            _open(owners[key])
        for key, unit in owners.items():
            if key not in unit.types:
                _open(unit)
        walking = [unit for unit in self.units if unit.moves]
        if not all(unit.made for unit in walking):
            for unit in walking:
                _open(unit)

    def stamp(self, owners: Mapping[str, Unit], digest: str, written: Mapping[int, tuple[Node, bytes]]) -> History:
        """Stamp the units that were made anew and those that they concern; as they were stamped before where the whole
        strategy was the same once (`digest`), as it is when somebody thought better of a change."""
        texts = [b"".join(written[id(n)][1] for n in unit.nodes if id(n) in written) for unit in self.units]
        history = dict(self.before.history) if self.before is not None else {}
        known = history.pop(digest, {})
        for unit, text in zip(self.units, texts, strict=True):
            unit.stamp = known.get(text, unit.stamp)
        if not known:
            self._stamp(owners)
        else:
            for unit in self.units:
                unit.stamp = unit.stamp or next(_STAMPS)
        history[digest] = {text: unit.stamp for unit, text in zip(self.units, texts, strict=True) if text}
        while len(history) > REMEMBERED:
            del history[next(iter(history))]
        return history

    def _stamp(self, owners: Mapping[str, Unit]) -> None:
        """Give new stamps to the units that were made anew, to those that name a definition of theirs, and so on."""
        fresh = [unit for unit in self.units if unit.stamp == 0]
        if any(EXCLUDED in unit.types for unit in fresh):
            fresh = list(self.units)
        known = self.before.owners if self.before is not None else owners
        elsewhere = {name_of(key) for key, unit in owners.items() if known.get(key) is not unit}
        names = elsewhere.union(*map(_defines, fresh))
        stamped: set[int] = set()
        while fresh:
            for unit in fresh:
                unit.stamp = next(_STAMPS)
                stamped.add(id(unit))
            fresh = [u for u in self.units if id(u) not in stamped and not names.isdisjoint(u.words)]
            names = set().union(*map(_defines, fresh))


def _defines(unit: Unit) -> set[str]:
    """The names that a unit gives a meaning to; of sources, what matters of their fields is their type."""
    names = {symbol.name for symbol in unit.declared}
    return names | {"stage"} if unit.moves else names


def _open(unit: Unit) -> bool:
    """The unit is to be made anew: forget what was found of it."""
    unit.made, unit.stamp = False, 0
    unit.found.clear()
    return True


def alive(units: Iterable[Unit]) -> frozenset[int]:
    """The identities of the anchors of all blocks that stand."""
    return frozenset((id(START), *(id(node.span.anchor) for unit in units for node in unit.nodes)))


def points_into(diagnostic: Diagnostic, standing: frozenset[int]) -> bool:
    """Are all places that a diagnostic shows in blocks that still stand."""
    return all(id(span.anchor) in standing for span in _places(diagnostic))


def _places(diagnostic: Diagnostic) -> Iterator[Span]:
    yield diagnostic.span
    yield from (label.span for label in diagnostic.labels)
    yield from (edit.span for fix in diagnostic.fixes for edit in fix.edits)
