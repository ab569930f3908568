"""What a pass is given: the strategy, the names it was built with, and where to put findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.facts import Metric
from stratagem.dsl.model.make.renewal import alive, points_into
from stratagem.dsl.model.make.unit import Unit
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.nodes import Node, walk
from stratagem.dsl.record import fields, names, record, together
from stratagem.dsl.resolve.findings import Findings, Found
from stratagem.dsl.resolve.symbols import Table

if TYPE_CHECKING:
    from stratagem.dsl.check.reads import Reads
    from stratagem.dsl.possible.reasoner import Reasoner
    from stratagem.dsl.templates.names import Meaning

P = TypeVar("P", bound=Part)
T = TypeVar("T")
Reach = Literal["own", "names"]


class Block:
    """One top-level part of the strategy, and all parts in it."""

    def __init__(self, part: Part, unit: Unit | None = None) -> None:
        self.part = part
        self.stamp = unit.stamp if unit is not None else 0
        """Another one whenever the block, or a definition that it names, directly or through others, is another."""
        self.kept: dict[object, Kept] = unit.kept if unit is not None else {}

    @property
    def parts(self) -> tuple[Part, ...]:
        """The part itself first, then those in it."""
        kept = self.kept.get(_parts)
        if kept is None or kept.part is not self.part:
            kept = self.kept[_parts] = Kept(self.part, 0, tuple(below(self.part)))
        found: tuple[Part, ...] = kept.value
        return found

    def keep(self, key: object, state: object, work: Callable[[], T]) -> T:
        """What `work` gives, or what it gave when it was last asked for, if the state was the same then."""
        kept = self.kept.get(key)
        if kept is None or kept.part is not self.part or kept.state != state:
            kept = self.kept[key] = Kept(self.part, state, work())
        found: T = kept.value
        return found


_parts = "parts"


@record
class Kept:
    """Something worked out about a part, in a state of what it depends on besides."""

    part: Part
    state: object
    value: Any


@record(slots=False)
class Context:
    """The strategy as built, the findings, and the codes that `waive` may name beside the built-in ones."""

    built: Built
    findings: Findings
    known_codes: frozenset[str] = frozenset()

    @property
    def strategy(self) -> Strategy:
        return self.built.strategy

    @property
    def table(self) -> Table:
        return self.built.resolver.table

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part of the model, parents first, block by block."""
        return (self.strategy, *(part for block in self.blocks for part in block.parts))

    def all(self, kind: type[P]) -> Iterator[P]:
        """Every part of one class."""
        return (part for part in self.parts if isinstance(part, kind))

    def nodes_of(self, statement: str) -> Iterator[Node]:
        """The nodes of one statement that name something."""
        return (n for n, _ in walk(self.built.nodes) if n.statement.id == statement and "name" in n.slots)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The top-level parts of the strategy, one block each, as declared; then those that nothing declares."""
        made = {id(unit.part): unit for unit in self.built.units if unit.part is not None}
        found = (getattr(self.strategy, name) for name in names(self.strategy))
        parts = [p for value in found for p in (value if isinstance(value, tuple) else (value,)) if isinstance(p, Part)]
        others = [part for part in parts if id(part) not in made]
        return (*(Block(unit.part, unit) for unit in made.values()), *map(Block, others))

    def each(
        self,
        find: Callable[[Context, Block], Iterable[Diagnostic] | None],
        reads: Reach,
        also: tuple[object, ...] = (),
        near: bool = False,
        where: Callable[[Block], bool] | None = None,
    ) -> Iterator[Diagnostic]:
        """What `find`, a function of a module, says of each block: what it gives, or puts with the findings.

        What it said before is taken again as long as nothing changed that it depends on. `reads`: it looks at nothing
        but the block itself ("own"), or also at all that the block names, directly or through others, the stage with
        its moves, and who is excluded ("names"). Of fields only the type counts. `also`: whatever else it depends on,
        to be compared. `near`: what it finds shows names that are near, so it holds only as long as no name changes.
        `where`: blocks of which there is anything to say, told by their parts alone; the others are passed over.
        """
        for block in self.blocks if where is None else self._those(where):
            state = (block.stamp if reads == "names" else 0, also)
            kept = block.kept.get(find)
            if kept is None or kept.part is not block.part or kept.state != state or not self._stands(kept.value):
                found = self._said(find, block)
                version = self.built.version if found and near else None
                kept = block.kept[find] = Kept(block.part, state, (found, version))
            yield from kept.value[0]

    def _those(self, where: Callable[[Block], bool]) -> tuple[Block, ...]:
        """The blocks of which that is so; looked for once for all who ask the same."""
        if where not in self._kept:
            self._kept[where] = tuple(filter(where, self.blocks))
        found: tuple[Block, ...] = self._kept[where]
        return found

    def through(
        self,
        check: Callable[[Context, Block], None],
        reads: Reach,
        also: tuple[object, ...] = (),
        near: bool = False,
        where: Callable[[Block], bool] | None = None,
    ) -> None:
        """Let a check that puts its findings with the others look at each block, as `each` does."""
        for diagnostic in self.each(check, reads, also, near, where):
            self.findings.keep(diagnostic)

    def _stands(self, kept: tuple[list[Diagnostic], int | None]) -> bool:
        """Does what was found hold: the names are the same, and all places that it shows are in blocks that stand."""
        found, version = kept
        if not found:
            return True
        return version in (None, self.built.version) and all(points_into(d, self._alive) for d in found)

    def of_each(self, work: Callable[[Block], T], reads: Reach = "own") -> Iterator[T]:
        """What `work`, a function of a module, gives for each block; kept in the same way."""
        for block in self.blocks:
            yield block.keep(work, block.stamp if reads == "names" else 0, partial(work, block))

    def _said(self, find: Callable[[Context, Block], Iterable[Diagnostic] | None], block: Block) -> list[Diagnostic]:
        found = Found()
        before = self.findings.turn(found)
        said = list(find(self, block) or ())
        self.findings.turn(before)
        return [*found.diagnostics, *said]

    @cached_property
    def _alive(self) -> frozenset[int]:
        return alive(self.built.units)

    def once(self, work: Callable[[Context], T], reads: Literal["names"]) -> T:
        """What `work` gives, worked out the first time and kept for all who ask."""
        if work not in self._kept:
            self._kept[work] = work(self)
        found: T = self._kept[work]
        return found

    @cached_property
    def _kept(self) -> dict[object, Any]:
        return {}

    @cached_property
    def meanings(self) -> Mapping[str, tuple[Meaning, ...]]:
        """What each name that a message may show means."""
        from stratagem.dsl.templates.names import meanings

        return meanings(self.strategy)

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """Every metric by its name."""
        return {metric.name: metric for metric in self.strategy.metrics}

    @cached_property
    def reads(self) -> Reads:
        """Answers what formulas read."""
        from stratagem.dsl.check.reads import Reads

        return Reads(self.strategy)

    @cached_property
    def reasoner(self) -> Reasoner:
        """Answers what can hold for a customer. Imported when first asked: a strategy with errors never does."""
        from stratagem.dsl.possible.reasoner import Reasoner

        return Reasoner(self.strategy)

    @property
    def formulas(self) -> Iterator[Formula]:
        """Every formula and condition that could be read."""
        return (formula for formula in self.all(Formula) if formula.text)


@cache
def being(kind: type[Part]) -> Callable[[Block], bool]:
    """Is a block a part of this class."""
    return lambda block: isinstance(block.part, kind)


def below(part: Part) -> Iterator[Part]:
    """A part and all parts in it, parents first."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        yield part
        inner: list[Part] = []
        for value in _holding(type(part))(part):
            if isinstance(value, Part):
                inner.append(value)
            elif value and isinstance(value, (tuple, dict)):
                items = value if isinstance(value, tuple) else value.values()
                inner += [item for item in items if isinstance(item, Part)]
        inner.reverse()
        waiting += inner


def _holding(kind: type[Part]) -> Callable[[Part], tuple[Any, ...]]:
    """What reads the fields that may hold parts: all whose type does not say that they hold something simpler."""
    found = _HOLDING.get(kind)
    if found is None:
        held = [f.name for f in fields(kind) if not _SIMPLE.issuperset(re.findall(r"\w+", str(f.type)))]
        found = _HOLDING[kind] = together(held)
    return found


_HOLDING: dict[type[Part], Callable[[Part], tuple[Any, ...]]] = {}
_SIMPLE = frozenset(["str", "bool", "int", "None", "tuple", "Span", "Mapping", "Literal_", "Type"])
