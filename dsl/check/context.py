"""What a pass is given: the strategy, the names it was built with, and where to put findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.declare import walk
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.nodes import Node
from stratagem.dsl.record import names
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.symbols import Table

if TYPE_CHECKING:
    from stratagem.dsl.possible.reasoner import Reasoner

P = TypeVar("P", bound=Part)
T = TypeVar("T")


class Block:
    """One top-level part of the strategy, and all parts in it."""

    def __init__(self, part: Part) -> None:
        self.part = part

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The part itself first, then those in it."""
        return tuple(below(self.part))


@dataclass(frozen=True)
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
        """Every part of the model, parents first, in the order of the model's fields."""
        return tuple(below(self.strategy))

    def all(self, kind: type[P]) -> Iterator[P]:
        """Every part of one class."""
        return (part for part in self.parts if isinstance(part, kind))

    def nodes_of(self, statement: str) -> Iterator[Node]:
        """The nodes of one statement that name something."""
        return (n for n, _ in walk(self.built.nodes) if n.statement.id == statement and "name" in n.slots)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The top-level parts of the strategy, one block each, in the order of the model's fields."""
        found = (getattr(self.strategy, name) for name in names(self.strategy))
        items = (item for value in found for item in (value if isinstance(value, tuple) else (value,)))
        return tuple(Block(item) for item in items if isinstance(item, Part))

    def each(
        self, find: Callable[[Context, Block], Iterable[Diagnostic]], reads: Literal["own", "names"]
    ) -> Iterator[Diagnostic]:
        """What `find` says of each block. `reads`: it looks at nothing but the block itself ("own"), or also at what
        the block names, directly or through others ("names")."""
        for block in self.blocks:
            yield from find(self, block)

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
    def reasoner(self) -> Reasoner:
        """Answers what can hold for a customer. Imported when first asked: a strategy with errors never does."""
        from stratagem.dsl.possible.reasoner import Reasoner

        return Reasoner(self.strategy)

    @property
    def formulas(self) -> Iterator[Formula]:
        """Every formula and condition that could be read."""
        return (formula for formula in self.all(Formula) if formula.text)


def below(part: Part) -> Iterator[Part]:
    """A part and all parts in it."""
    yield part
    for name in names(part):
        value = getattr(part, name)
        items = value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,)
        for item in items:
            if isinstance(item, Part):
                yield from below(item)
