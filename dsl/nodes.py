"""Nodes: lines matched to statements of the catalogue, their slots filled, their children below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions.syntax import Cases, Syntax
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


def label_for(name: str) -> str:
    """The label of something that says nothing but its name: `new_here` → `New here`."""
    return name.replace("_", " ").capitalize()


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


def walk(nodes: Iterable[Node]) -> Iterator[tuple[Node, Node | None]]:
    """Every node with its parent, parents first."""
    waiting: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(tuple(nodes))]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        if node.children:
            waiting.extend((child, node) for child in reversed(node.children))


def end_of(node: Node) -> Span:
    """The place in or below a node that ends last: of its own line or one below it, conditions, cases and rows too."""
    spans = (span for each, _ in walk((node,)) for span in _spans(each))
    return max(spans, key=lambda span: (span.end_line, span.end_column))


def _spans(node: Node) -> Iterator[Span]:
    yield node.span
    yield from (slot.span for slot in node.slots.values())
    yield from (part.span for part in (node.when, node.formula) if part is not None)
    if isinstance(node.formula, Cases):
        yield from (case.condition.span for case in node.formula.cases)
    yield from (row.span for row in node.rows)
