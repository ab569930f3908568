"""All things of a strategy by kind and name, and what a word means where it stands.

In: the things of every piece, then mentions. Out: the thing a mention is about, or None where it is about nothing that
is declared. The rules are those of the resolver, without its findings: a line that is half typed must not confuse them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stratagem.dsl.nodes import Word
from stratagem.dsl.resolve.scope import Scope
from stratagem.engine.editor.declared import ABOUT, FACTS, OPTION, SHARED, Thing, built_in
from stratagem.engine.editor.mentions import Mention

_OWN_FIELD = ("source.one", "source.many", "source.lookup", "source.dated_by")
_ANY_SOURCE = ("customer.identified_by", "customer.matched_on")


@dataclass(frozen=True)
class Rows:
    """A source as names see it."""

    thing: Thing
    shape: str
    key: str | None
    dated_by: str | None

    @property
    def name(self) -> str:
        return self.thing.name

    @property
    def fields(self) -> dict[str, Thing]:
        return self.thing.fields


class Names:
    """Things by kind and name; the first of several with one name counts, as in the checker."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.by_kind: dict[str, dict[str, Thing]] = {}
        self.all: list[Thing] = []
        for thing in (*things, *built_in()):
            self.all.append(thing)
            self.by_kind.setdefault(thing.kind, {}).setdefault(thing.name, thing)
        self.shared: dict[str, Thing] = {}
        for kind in SHARED:
            for name, thing in self.by_kind.get(kind, {}).items():
                self.shared.setdefault(name, thing)
        matched = self._matched()
        self.sources = {
            name: Rows(t, t.shape, None if t.key in matched else t.key, t.dated_by)
            for name, t in self.by_kind.get("source", {}).items()
        }
        self._single: dict[str, list[Thing]] = {}
        for rows in self.shaped("one"):
            for field in rows.fields.values():
                if field.name != rows.key:
                    self._single.setdefault(field.name, []).append(field)

    def _matched(self) -> set[str]:
        """The fields that customers are matched on, which identify nobody."""
        found: set[str] = set()
        for customer in self.by_kind.get("customer", {}).values():
            lines = customer.node.children if customer.node is not None else []
            found |= {w.text for line in lines for w in line.words("matched_on")}
            found -= {w.text for line in lines for w in line.words("identified_by")}
        return found

    def of(self, *kinds: str) -> Iterator[Thing]:
        """All things of these kinds, in declared order."""
        for kind in kinds:
            yield from self.by_kind.get(kind, {}).values()

    def get(self, kind: str, name: str) -> Thing | None:
        return self.by_kind.get(kind, {}).get(name)

    def shaped(self, *shapes: str) -> Iterator[Rows]:
        """The sources of these shapes."""
        return (rows for rows in self.sources.values() if rows.shape in shapes)

    def tiers_of(self, block: str) -> list[Thing]:
        """The tiers of a `segments` block."""
        return [thing for thing in self.of("tier") if thing.owner == block]

    def options_of(self, source: str, field: str) -> list[Thing]:
        """The choices of a field."""
        owner = f"{source}.{field}"
        return [thing for thing in self.all if thing.kind == OPTION and thing.owner == owner]

    def identity(self, name: str) -> Thing | None:
        """The field that stands for the customer's identity of this name: that of the first source keyed by it."""
        for rows in self.shaped(*ABOUT):
            if rows.key == name and name in rows.fields:
                return rows.fields[name]
        return None

    def single(self, name: str) -> list[Thing]:
        """The fields of this name that a customer has once."""
        return self._single.get(name, [])

    def singles(self) -> Iterator[Thing]:
        """Every field that a customer has once, but identities."""
        return (field for fields in self._single.values() for field in fields)

    def field(self, source: str, name: str) -> Thing | None:
        """A field of a source; the identity is one thing, whichever source says it."""
        rows = self.sources.get(source)
        if rows is None:
            return None
        if name == rows.key and rows.shape in ABOUT:
            return self.identity(name) or rows.fields.get(name)
        return rows.fields.get(name)

    def lookup(self, word: str, source: str) -> Rows | None:
        """The look-up that `word` reaches from a row of `source`: the one on that key, or the one of that name."""
        held = self.sources[source].fields if source in self.sources else {}
        for rows in self.shaped("lookup"):
            if word in (rows.key, rows.name) and rows.key in held:
                return rows
        return None


def meaning(names: Names, mention: Mention) -> Thing | None:
    """The thing that a mention is about."""
    match mention.sort:
        case "declared" | "option declared":
            return _declared(names, mention)
        case "slot":
            return _slot(names, mention)
        case "cell":
            source = mention.node.value("source")
            return names.field(source.text, mention.word) if isinstance(source, Word) else None
        case "option":
            from stratagem.engine.editor.choices import choice

            found = choice(names, mention.beside, mention.scope, mention.word)
            return found or named(names, mention.whole, mention.path, mention.scope)
        case "former":
            return None
        case "name" if mention.kinds == ("rows",):
            return subject(names, mention.whole, mention.path, mention.scope)
        case "name" if mention.kinds:
            return next((t for kind in mention.kinds if (t := names.get(kind, mention.word))), None)
    return named(names, mention.whole, mention.path, mention.scope)


def _declared(names: Names, mention: Mention) -> Thing | None:
    owner = mention.parent.value("name") if mention.parent is not None else None
    if mention.sort == "option declared":
        field = mention.node.value("name")
        if not isinstance(owner, Word) or not isinstance(field, Word):
            return None
        return next((o for o in names.options_of(owner.text, field.text) if o.name == mention.word), None)
    if mention.node.statement.id == "field":
        return names.field(owner.text, mention.word) if isinstance(owner, Word) else None
    kind = declared_kind(mention)
    return names.shared.get(mention.word) if kind in SHARED else names.get(kind, mention.word)


def declared_kind(mention: Mention) -> str:
    """The kind of thing that a declaring mention declares."""
    from stratagem.engine.editor.declared import declared_words

    for word, kind in declared_words(mention.node, mention.parent):
        if word.span == mention.span:
            return kind
    return ""


def _slot(names: Names, mention: Mention) -> Thing | None:
    """A reference in a slot, looked for in the kinds that the slot takes."""
    for kind in mention.kinds:
        found = _of_kind(names, mention, kind)
        if found is not None:
            return found
    return None


def _of_kind(names: Names, mention: Mention, kind: str) -> Thing | None:
    word = mention.word
    if kind == "field":
        return _field(names, mention)
    if len(mention.whole) > 1:
        return None
    if kind == "fact":
        found = names.shared.get(word)
        return found if found is not None and found.kind in FACTS.values() else None
    return names.get(kind, word)


def _field(names: Names, mention: Mention) -> Thing | None:
    owner = mention.parent.value("name") if mention.parent is not None else None
    if mention.node.statement.id in _OWN_FIELD and isinstance(owner, Word):
        return names.field(owner.text, mention.word)
    if len(mention.whole) > 1:
        return _dotted(names, mention.whole, mention.path, None)
    found = names.identity(mention.word)
    if found is None and mention.node.statement.id in _ANY_SOURCE:
        found = next((rows.fields[mention.word] for rows in names.shaped(*ABOUT) if mention.word in rows.fields), None)
    return found or next(iter(names.single(mention.word)), None)


def named(names: Names, whole: tuple[str, ...], path: tuple[str, ...], scope: Scope) -> Thing | None:
    """What a name in a formula or template means, as far as the words of `path`, the start of `whole`."""
    row = scope.row if scope.row in names.sources else None
    if len(whole) > 1:
        return _dotted(names, whole, path, row)
    word = path[0]
    if row is not None and word in names.sources[row].fields:
        return names.field(row, word)
    if word == "stage" or (scope.rank and word in ("chance", "worth", "cost", "weight")):
        return None
    found = names.shared.get(word)
    if found is not None and (scope.customer or scope.population or found.kind == "assumption"):
        return found
    if scope.population and (metric := names.get("metric", word)):
        return metric
    if not scope.customer:
        return None
    return names.identity(word) or next(iter(names.single(word)), None)


def _dotted(names: Names, whole: tuple[str, ...], path: tuple[str, ...], row: str | None) -> Thing | None:
    """A word of `source.field`, `look-up.field` or `source.look-up.field`."""
    head = whole[0]
    if row is not None and head != row and (lookup := names.lookup(head, row)):
        return lookup.thing if len(path) == 1 else names.field(lookup.name, path[1])
    source = names.sources.get(head)
    if source is None:
        reached = next((r for one in names.shaped("one") if (r := names.lookup(head, one.name))), None)
        if reached is None:
            return None
        return reached.thing if len(path) == 1 else names.field(reached.name, path[1])
    if len(path) == 1:
        return source.thing
    if len(path) == 2:
        found = names.lookup(path[1], head) if len(whole) > 2 else None
        return found.thing if found is not None else names.field(head, path[1])
    lookup = names.lookup(path[1], head)
    return None if lookup is None else names.field(lookup.name, path[2])


def subject(names: Names, whole: tuple[str, ...], path: tuple[str, ...], scope: Scope) -> Thing | None:
    """What stands after `count of` and the like: a source, a group, customers, or what one customer has."""
    head = whole[0]
    if head in names.sources:
        return _dotted(names, whole, path, None)
    group = names.get("group", head)
    if group is None and head != "customers":
        return named(names, whole, path, scope)
    if len(path) == 1:
        return group
    return named(names, whole[1:], path[1:], scope)
