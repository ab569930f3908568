"""What a pass is given: the strategy, the names it was built with, and where to put findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.declare import walk
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.symbols import Table

P = TypeVar("P", bound=Part)


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

    @property
    def formulas(self) -> Iterator[Formula]:
        """Every formula and condition that could be read."""
        return (formula for formula in self.all(Formula) if formula.text)


def below(part: Part) -> Iterator[Part]:
    """A part and all parts in it."""
    yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        items = value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,)
        for item in items:
            if isinstance(item, Part):
                yield from below(item)
