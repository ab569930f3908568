"""Nodes: lines matched to statements of the catalogue, their slots filled, their children below them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.record import record
from stratagem.dsl.source import NOWHERE, Span
from stratagem.dsl.values import Duration

if TYPE_CHECKING:
    from stratagem.dsl.catalogue.statement import Statement


@record
class Word:
    """A name as written, declared or referred to, with its place."""

    text: str
    span: Span = NOWHERE


@record
class Slot:
    """What stood in one slot of a phrase (Word, tuple of Words, literal Value, Syntax, str choice …), and where."""

    value: Any
    span: Span


@record
class WrittenType:
    """A field's type as written: `number`, `money per month`, `one of (a, "b c")`, `channel`."""

    kind: str
    """number, share, money, duration, date, timestamp, text, yes_no, channel, or "one of"."""
    options: tuple[Word, ...] = ()
    """Of `one of`: the choices in order, quoted ones without their quotes."""
    per: Duration | None = None


@record
class Row:
    """One given row of a source: its cells in the order written, each a field and a constant."""

    span: Span
    cells: tuple[tuple[Word, Syntax], ...]


@record(frozen=False, slots=False)
class Node:
    """One statement of a strategy.

    `statement` is its catalogue entry; `slots` what its phrase holds by slot name; `when` the condition after `when`
    (or of an indented `when`/`all of` block); `formula` what follows `=` (or the cases below it); `rows` the given
    rows of a test, each a mapping of field to expression. `doc` is the `##` text above it. `line` is the first
    physical line; `span` covers the logical line. `broken`: the line could not be read whole, which is reported
    already; slots may be missing, but the names it declares still count.
    """

    statement: Statement
    span: Span
    slots: dict[str, Slot] = field(default_factory=dict)
    when: Syntax | None = None
    formula: Syntax | None = None
    children: list[Node] = field(default_factory=list)
    doc: str = ""
    rows: list[Row] = field(default_factory=list)
    broken: bool = False

    @property
    def line(self) -> int:
        """Its first physical line."""
        return self.span.line

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
