"""A top-level statement with all below it, as the strategy is built of: what it declares, which names stand in it.

In: a node. Out: what can be said of it by itself (its own names, the words it holds, the facts it defines), and a place
for what is made of it, which is kept from one check of a changing text to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from stratagem.dsl.catalogue.pattern import SlotPart, compile_pattern, slots
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.expressions.syntax import Name, Syntax
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.nodes import Node, Row, Slot, Word, walk
from stratagem.dsl.record import record
from stratagem.dsl.resolve.facts import EXCLUDED, metric_key
from stratagem.dsl.resolve.findings import Found
from stratagem.dsl.resolve.symbols import Of, SourceNames, Symbol
from stratagem.dsl.source import Span
from stratagem.dsl.values import Text

_FACTS = {"assume": Of.ASSUMPTION, "measure": Of.MEASURE, "value": Of.VALUE}
_OWN_SPACE = {"strategy", "customer", "journey", "slot", "any", "field", "source"}
"""Names that nothing refers to, or that the table keeps elsewhere."""
_FIGURES = ("assume", "measure", "value", "segments", "metric", "goal.metric")
_WORD = re.compile(r"[A-Za-z_]\w*")
RANKED = "`top`"
"""Stands among the words of a `segments` block whose tiers are cut from the ranks of customers."""
_MATCHING = ("customer.identified_by", "customer.matched_on")


@record
class Site:
    """Where a fact is defined. `reads`: the words of its formulas. `kind`: figure, or condition."""

    key: str
    shown: str
    span: Span
    node: Node
    kind: str
    reads: frozenset[str]


class Unit:
    """One top-level statement. `nodes`: what it is made of; several, where one block is written in several places."""

    def __init__(self, node: Node, nodes: tuple[Node, ...]) -> None:
        self.node = node
        self.nodes = nodes
        self.declared: list[Symbol] = []
        self.sources: list[Node] = []
        self.filters: list[tuple[str, Syntax]] = []
        """Conditions on rows, with the source whose rows they are."""
        self.moves: list[Node] = []
        self.matching: dict[str, Node] = {}
        self.sites: list[Site] = []
        for each, parent in walk((node,)):
            self._look_at(each, parent)
        self._words: frozenset[str] | None = None
        # ---- what was made of it ----
        self.source_names: tuple[object, list[SourceNames], Found] | None = None
        self.found = Found()
        self.part: Any = None
        self.made = False
        self.types: dict[str, Type | None] = {}
        self.stamp = 0
        """Changes whenever it was made anew, or something that it names."""
        self.kept: dict[object, Any] = {}
        """What checks found of it, or worked out about it, by the check."""

    def _look_at(self, node: Node, parent: Node | None) -> None:
        statement = node.statement.id
        for word, kind in _declared(node, parent):
            self.declared.append(Symbol(kind, word.text, word.span, _owner(kind, parent)))
        if statement == "source":
            self.sources.append(node)
        elif statement == "journey.move":
            self.moves.append(node)
        elif statement in _MATCHING:
            self.matching[statement] = node
        elif statement == "source.row_excluded" and parent is self.node and node.when is not None:
            source = parent.value("name") if parent.statement.id == "source" else None
            if source is not None:
                self.filters.append((source.text, node.when))
        site = _site(node, parent)
        if site is not None:
            self.sites.append(site)

    @property
    def words(self) -> frozenset[str]:
        """Every word in it that may refer to something."""
        if self._words is None:
            self._words = frozenset(word for node, _ in walk((self.node,)) for word in _words_of(node))
        return self._words

    def prepare(self) -> None:
        """Look for its words now, not when it is next asked whether a change concerns it."""
        self._words = self.words


def _site(node: Node, parent: Node | None) -> Site | None:
    """The fact that a node defines."""
    word, statement = node.value("name"), node.statement.id
    if statement == "customer.excluded" and node.when is not None:
        return Site(EXCLUDED, EXCLUDED, node.span, node, "condition", frozenset(words_in(node.when)))
    if word is None or (statement == "assume" and parent is not None):
        return None
    if statement in _FIGURES:
        key = metric_key(word.text) if "metric" in statement else word.text
        reads = frozenset((*words_in(node.formula), *words_in(node.when), *([RANKED] if by_rank(node) else [])))
        return Site(key, f"`{word.text}`", word.span, node, "figure", reads)
    if statement == "segment":
        return Site(word.text, f"`{word.text}`", word.span, node, "condition", frozenset(words_in(node.when)))
    return None


def by_rank(node: Node) -> bool:
    """Has a `segments` block tiers whose bounds come from all customers that are not excluded."""
    return any(child.statement.id in ("tier.top", "tier.next") for child in node.children)


@cache
def slot_parts(statement: Statement) -> tuple[SlotPart, ...]:
    """The slots of a statement's phrase."""
    return tuple(slots(compile_pattern(statement.pattern)))


@cache
def _naming(statement: Statement) -> tuple[tuple[str, Of], ...]:
    """The slots of a statement that declare names which the table keeps, with their kinds."""
    found = []
    for part in slot_parts(statement):
        kind = part.arguments[0] if part.arguments else "any"
        if part.kind not in ("name", "names") or kind in _OWN_SPACE:
            continue
        found.append((part.name, _FACTS[statement.id] if kind == "fact" else Of(kind)))
    return tuple(found)


def _declared(node: Node, parent: Node | None) -> Iterator[tuple[Word, Of]]:
    for slot, kind in _naming(node.statement):
        if slot in node.slots and not (kind is Of.ASSUMPTION and parent is not None):
            yield from ((word, kind) for word in node.words(slot))


def _owner(kind: Of, parent: Node | None) -> str:
    if kind is not Of.TIER or parent is None or "name" not in parent.slots:
        return ""
    return str(parent.slots["name"].value.text)


# ---- words ----


def _words_of(node: Node) -> Iterator[str]:
    """Every word of a node by which it may refer to something, dotted names in parts; of templates all words."""
    for slot in node.slots.values():
        yield from _in_slot(slot)
    yield from _paths(node.when)
    yield from _paths(node.formula)
    for row in node.rows:
        yield from _in_row(row)


def _in_slot(slot: Slot) -> Iterator[str]:
    values = slot.value if isinstance(slot.value, tuple) else (slot.value,)
    for value in values:
        if isinstance(value, Word):
            yield from value.text.split(".")
        elif isinstance(value, Syntax):
            yield from _paths(value)
        elif isinstance(value, Text) and "{" in value.value:
            yield from _WORD.findall(value.value)


def words_shown(unit: Unit) -> Iterator[str]:
    """Every word of its messages that may be the name of something shown."""
    for node, _ in walk((unit.node,)):
        for slot in node.slots.values():
            if isinstance(slot.value, Text) and "{" in slot.value.value:
                yield from _WORD.findall(slot.value.value)


def _in_row(row: Row) -> Iterator[str]:
    for word, syntax in row.cells:
        yield word.text
        yield from _paths(syntax)


def _paths(syntax: Syntax | None) -> Iterator[str]:
    for name in names_in(syntax):
        yield from name.path


def words_in(syntax: Syntax | None) -> Iterator[str]:
    """The first word of every name that an expression holds."""
    for name in names_in(syntax):
        yield name.path[0]


def names_in(syntax: Syntax | None, but: type[Syntax] | None = None) -> Iterator[Name]:
    """Every name that an expression holds. `but`: except within parts of this kind."""
    waiting: list[Any] = [syntax]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Name):
            yield part
        elif isinstance(part, tuple):
            waiting.extend(part)
        elif part is not None and type(part) is not but:
            waiting.extend(getattr(part, name) for name in _inner(type(part)))


_INNER: dict[type, tuple[str, ...]] = {}


def _inner(kind: type) -> tuple[str, ...]:
    """The fields of a kind of expression that may hold further ones."""
    found = _INNER.get(kind)
    if found is None:
        declared = getattr(kind, "__dataclass_fields__", {}).values()
        held = ("Syntax", "Name", "Case")
        found = _INNER[kind] = tuple(f.name for f in declared if any(word in str(f.type) for word in held))
    return found
