"""The things that nodes declare: named blocks, fields and their choices.

In: the nodes of a piece. Out: a `Thing` each, with its place, its label, its documentation and the node that says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from stratagem.dsl.model.make.declare import slot_parts
from stratagem.dsl.nodes import Node, Word, WrittenType, walk
from stratagem.dsl.resolve import builtin
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.source import NOWHERE, Span

OPTION = "option"
"""Kind of a choice of a field: a value in the data."""
FACTS = {"assume": Of.ASSUMPTION, "measure": Of.MEASURE, "value": Of.VALUE}
SHARED = ("assumption", "measure", "value", "tiers", "tier", "segment")
"""Kinds of one space of names."""
ABOUT = ("one", "many")
"""Shapes of sources whose key identifies the customer."""


@dataclass(eq=False)
class Thing:
    """Something with a name. `owner`: the source of a field, `source.field` of a choice, the block of a tier."""

    kind: str
    name: str
    span: Span
    node: Node | None = None
    owner: str = ""
    fields: dict[str, Thing] = field(default_factory=dict)
    """Of a source: its fields by name."""
    of_type: str = ""
    """Of a field of a built-in source: its type's word."""

    @property
    def label(self) -> str:
        """The quoted text after its name."""
        found = self.node.value("label") if self.node is not None and self.kind not in ("field", OPTION) else None
        return getattr(found, "value", "")

    @property
    def doc(self) -> str:
        """The `##` lines above it."""
        return self.node.doc if self.node is not None and self.kind != OPTION else ""

    @property
    def built_in(self) -> bool:
        """Is it there in every strategy."""
        return self.span == NOWHERE

    @property
    def shape(self) -> str:
        """Of a source: one, many, lookup; "" while it does not say."""
        said = [str(child.statement.sets["shape"]) for child in self._lines if "shape" in child.statement.sets]
        return said[-1] if said else "many" if self.built_in else ""

    @property
    def key(self) -> str | None:
        """Of a source: the field that identifies the customer, or that a look-up is joined by."""
        return self._word("key")

    @property
    def dated_by(self) -> str | None:
        """Of a source: the field that dates its rows."""
        return builtin.AT if self.built_in else self._word("dated_by")

    @property
    def worked_out(self) -> bool:
        """Of a field: does it have a formula."""
        return self.node is not None and self.node.formula is not None

    @property
    def _lines(self) -> Sequence[Node]:
        return self.node.children if self.node is not None else ()

    def _word(self, slot: str) -> str | None:
        found = [child.slots[slot].value.text for child in self._lines if slot in child.slots]
        return found[-1] if found else None


def things(nodes: Sequence[Node]) -> Iterator[Thing]:
    """Everything that nodes declare; the fields of a source stand in it and beside it."""
    sources: dict[int, Thing] = {}
    for node, parent in walk(nodes):
        for word, kind in declared_words(node, parent):
            thing = Thing(kind, word.text, word.span, node, _owner(parent))
            if kind == "source":
                sources[id(node)] = thing
            elif kind == "field" and id(parent) in sources:
                sources[id(parent)].fields.setdefault(word.text, thing)
            yield thing
            yield from _options(thing)


def declared_words(node: Node, parent: Node | None) -> Iterator[tuple[Word, str]]:
    """The names that a node declares, each with its kind."""
    for part in slot_parts(node.statement):
        if part.kind not in ("name", "names") or part.name not in node.slots or part.arguments == ("any",):
            continue
        kind = part.arguments[0]
        if kind == "fact":
            if node.statement.id == "assume" and parent is not None:
                continue
            kind = FACTS[node.statement.id]
        yield from ((word, str(kind)) for word in node.words(part.name))


def _owner(parent: Node | None) -> str:
    named = parent.value("name") if parent is not None else None
    return str(getattr(named, "text", ""))


def _options(thing: Thing) -> Iterator[Thing]:
    """The choices of a field."""
    written = thing.node.value("type") if thing.kind == "field" and thing.node is not None else None
    for option in written.options if isinstance(written, WrittenType) else ():
        yield Thing(OPTION, option.text, option.span, thing.node, f"{thing.owner}.{thing.name}")


@cache
def built_in() -> tuple[Thing, ...]:
    """The sources that every strategy has."""
    found = []
    for name, fields in builtin.FIELDS.items():
        made = {field: Thing("field", field, NOWHERE, owner=name, of_type=kind) for field, kind in fields.items()}
        found.append(Thing("source", name, NOWHERE, fields=made))
    return tuple(found)
