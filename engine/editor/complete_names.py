"""Names as completions: those that may be read where the cursor is, and what stands behind a point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from stratagem.dsl.expressions.write import quoted
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.nodes import WrittenType
from stratagem.dsl.resolve.scope import Scope
from stratagem.engine.editor.declared import FACTS, OPTION, SHARED, Thing
from stratagem.engine.editor.item import Item
from stratagem.engine.editor.kinds import kind_of_thing
from stratagem.engine.editor.names import Names, Rows

_PLAIN = re.compile(r"[a-z][a-z0-9_]*\Z")
_WORDS = {"tiers": "segments", OPTION: "choice"}
MOST_WEIGHED = 400
"""Names up to which the kind of each is looked at."""
_WHOLE = ("count of", "any")


def kind_word(thing: Thing) -> str:
    """The kind of a thing in the reader's words: a field's is its type."""
    if thing.kind != "field":
        return _WORDS.get(thing.kind, thing.kind)
    return f"field of {thing.owner}: {type_text(thing)}"


def type_text(field: Thing) -> str:
    """A field's type as it is written."""
    written = field.node.value("type") if field.node is not None else None
    if not isinstance(written, WrittenType):
        return field.of_type
    if written.kind == "one of":
        return f"one of ({', '.join(spelled(o.text) for o in written.options)})"
    per = written.per
    return written.kind if per is None else f"{written.kind} per {per.unit}" if per.count == 1 else written.kind


def spelled(word: str) -> str:
    """A choice as a formula says it: in quotes unless it is a plain name."""
    return word if _PLAIN.match(word) and word not in RESERVED else quoted(word)


def name_item(thing: Thing, first: int = 3, insert: str = "") -> Item:
    """A declared name; `described` says more of it."""
    return Item(thing.name, "name", insert, first=first, kind=thing.kind, thing=thing)


def described(item: Item) -> Item:
    """The item with what there is to say about the thing it names."""
    thing = item.thing
    if thing is None:
        return item
    label = f" “{thing.label}”" if thing.label else ""
    return replace(item, detail=item.detail or f"{kind_word(thing)}{label}", doc=thing.doc)


def value_item(word: str, thing: Thing | None) -> Item:
    """A value of a choice."""
    text = spelled(word)
    if thing is None or thing.kind == OPTION:
        return Item(text, "value", detail="choice", first=1)
    return Item(text, "value", first=1, kind=thing.kind, thing=thing)


def visible(names: Names, scope: Scope, kind: str = "") -> Iterator[Item]:
    """Every name that may be read in a formula; those of the wanted kind of value, where one is, first."""
    wanted = kind and len(names.shared) < MOST_WEIGHED
    row = names.sources.get(scope.row) if scope.row is not None else None
    if row is not None:
        yield from (name_item(field, 1) for field in row.fields.values())
        yield from _lookups(names, row)
    if scope.rank:
        for word in ("chance", "worth", "cost", "weight"):
            yield Item(word, "name", detail="part of the score", first=1)
    for thing in names.shared.values():
        if (scope.customer or thing.kind == "assumption") and names.shared.get(thing.name) is thing:
            fits = wanted and kind_of_thing(names, thing) == kind
            yield name_item(thing, 2 if fits else 4 if thing.kind in ("tier", "segment") else 3)
    if scope.population:
        yield from (name_item(thing) for thing in names.of("metric"))
    if scope.customer:
        yield from _of_customer(names, scope)


def _of_customer(names: Names, scope: Scope) -> Iterator[Item]:
    """Fields that a customer has once; with their source where two have the name."""
    for field in names.singles():
        alone = len(names.single(field.name)) == 1
        yield name_item(field, 3) if alone else _full(field)
    if scope.stage and names.by_kind.get("stage"):
        yield Item("stage", "name", detail="the stage the customer is at", first=3, kind="stage")


def _full(field: Thing) -> Item:
    text = f"{field.owner}.{field.name}"
    return Item(text, "name", detail=kind_word(field), first=4, kind="field")


def _lookups(names: Names, row: Rows) -> Iterator[Item]:
    for lookup in names.shaped("lookup"):
        if lookup.key in row.fields:
            yield Item(f"{lookup.key}.", "name", detail=f"look-up {lookup.name}", again=True, first=2, kind="source")


def subjects(names: Names, words: str, scope: Scope) -> Iterator[Item]:
    """What may stand after `count of`, `sum of` and the like."""
    whole = " ".join(words.split()) in _WHOLE
    for rows in names.shaped("many") if scope.own_rows else ():
        label = rows.name if whole else f"{rows.name}."
        first = 3 if rows.thing.built_in else 1
        yield Item(label, "name", detail="rows of the customer", again=not whole, first=first, kind="source")
    for group in names.of("group"):
        label = group.name if whole else f"{group.name}."
        yield Item(label, "name", detail="the customer's group", first=2, again=not whole)
    if scope.population:
        yield Item("customers", "name", detail="all that count", first=1)
        yield from (name_item(thing) for kind in FACTS.values() for thing in names.of(kind))


def fields_after(names: Names, head: tuple[str, ...], scope: Scope) -> Iterator[Item]:
    """The fields behind a point: of a source, of a look-up, of what a group's members have."""
    if len(head) == 1 and names.get("group", head[0]) is not None and head[0] not in names.sources:
        yield from (name_item(thing, 2) for thing in names.shared.values() if thing.kind in SHARED[:3])
        yield from (name_item(field) for field in names.singles())
        return
    rows = _reached(names, head, scope)
    if rows is None:
        return
    for field in rows.fields.values():
        identity = field.name == rows.key
        yield name_item(field, 4 if identity else 1)
    if len(head) == 1 and rows.shape != "lookup":
        yield from _lookups(names, rows)


def _reached(names: Names, head: tuple[str, ...], scope: Scope) -> Rows | None:
    """The source whose fields stand behind the words of `head`."""
    row = scope.row if scope.row in names.sources else None
    if row is not None and len(head) == 1 and head[0] != row and (found := names.lookup(head[0], row)):
        return found
    source = names.sources.get(head[0])
    if source is None:
        return next((found for one in names.shaped("one") if (found := names.lookup(head[0], one.name))), None)
    return source if len(head) == 1 else names.lookup(head[1], head[0])
