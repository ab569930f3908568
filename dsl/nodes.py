"""Nodes: lines matched to statements of the catalogue, their slots filled, their children below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.source import NOWHERE, Span

if TYPE_CHECKING:
    from stratagem.dsl.catalogue.statement import Statement


@dataclass(frozen=True, slots=True)
class Word:
    """A name as written, declared or referred to, with its place."""

    text: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Slot:
    """What stood in one slot of a phrase (Word, tuple of Words, literal Value, Syntax, str choice …), and where."""

    value: Any
    span: Span


@dataclass
class Node:
    """One statement of a strategy.

    `statement` is its catalogue entry; `slots` what its phrase holds by slot name; `when` the condition after `when`
    (or of an indented `when`/`all of` block); `formula` what follows `=` (or the cases below it); `rows` the given
    rows of a test, each a mapping of field to expression. `doc` is the `##` text above it. `line` is the first
    physical line; `span` covers the logical line.
    """

    statement: Statement
    span: Span
    slots: dict[str, Slot] = field(default_factory=dict)
    when: Syntax | None = None
    formula: Syntax | None = None
    children: list[Node] = field(default_factory=list)
    doc: str = ""

    def words(self, slot: str) -> tuple[Word, ...]:
        """The names in a list slot; empty when the phrase left it out."""
        found = self.slots.get(slot)
        if found is None:
            return ()
        return found.value if isinstance(found.value, tuple) else (found.value,)

    def value(self, slot: str) -> Any:
        """What stands in a slot, or None when the phrase left it out."""
        found = self.slots.get(slot)
        return None if found is None else found.value
