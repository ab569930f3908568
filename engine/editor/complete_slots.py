"""Completions for one slot of a statement: names of its kinds, its choices, its literals with their units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from stratagem.dsl.catalogue.pattern import SlotPart
from stratagem.dsl.currencies import CURRENCIES
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.model.make.references import GATES
from stratagem.dsl.parse.match import TYPES, Tokens
from stratagem.dsl.resolve.scope import CUSTOMER
from stratagem.dsl.source import NOWHERE
from stratagem.engine.editor.choices import origin, values
from stratagem.engine.editor.complete_names import fields_after, name_item, value_item
from stratagem.engine.editor.cursor import Cursor
from stratagem.engine.editor.declared import ABOUT, FACTS
from stratagem.engine.editor.item import Item
from stratagem.engine.editor.kinds import kind_of
from stratagem.engine.editor.names import Names

_OWN_FIELD = ("source.one", "source.many", "source.lookup", "source.dated_by")
_ANY_SOURCE = ("customer.identified_by", "customer.matched_on")


@dataclass(frozen=True)
class Slotted:
    """A slot to fill: of which statement, where, and what is taken already in a list."""

    slot: SlotPart
    statement: str
    cursor: Cursor
    names: Names
    today: str
    currency: str
    taken: frozenset[str] = frozenset()


def slot_items(asked: Slotted) -> Iterator[Item]:
    """What may stand in the slot."""
    slot = asked.slot
    if slot.kind in ("ref", "refs"):
        for item in _references(asked):
            if item.label not in asked.taken:
                yield item
    elif slot.kind in ("choice", "choices"):
        yield from (Item(word, "value", first=1) for word in slot.arguments if word not in asked.taken)
    elif slot.kind == "flag":
        yield Item(slot.arguments[0], "word", first=2)
    elif slot.kind == "name" and asked.statement == "assume" and asked.cursor.block == "scenario":
        yield from (name_item(thing) for thing in asked.names.of("assumption"))
    elif slot.kind in _BY_KIND:
        yield from _BY_KIND[slot.kind](asked)


def _references(asked: Slotted) -> Iterator[Item]:
    if asked.cursor.head:
        if "field" in asked.slot.arguments:
            yield from fields_after(asked.names, asked.cursor.head, CUSTOMER)
        return
    for kind in asked.slot.arguments:
        if kind == "gate":
            yield from (Item(gate, "value", detail="gate", first=2) for gate in GATES)
        elif kind == "fact":
            yield from (name_item(thing) for thing in asked.names.of(*FACTS.values()))
        elif kind == "field":
            yield from _fields(asked)
        elif kind == "source":
            yield from (Item(rows.name, "name", detail=f"source, {rows.shape}", kind="source")
                        for rows in asked.names.sources.values())  # fmt: skip
        else:
            yield from (name_item(thing, 1) for thing in asked.names.of(kind))
    if asked.statement in ("given.is", "expect.equals") and asked.names.by_kind.get("stage"):
        yield Item("stage", "name", detail="the stage the customer is at", first=2, kind="stage")


def _fields(asked: Slotted) -> Iterator[Item]:
    """Fields, as the statement means them: of its own source, of any about customers, or one for each customer."""
    names, statement = asked.names, asked.statement
    if statement in _OWN_FIELD:
        run = asked.cursor.above[-1].run if asked.cursor.above else ()
        source = names.sources.get(run[1].text) if len(run) > 1 else None
        yield from (name_item(field, 1) for field in (source.fields.values() if source is not None else ()))
    elif statement == "customer.identified_by":
        keys = dict.fromkeys(rows.key for rows in names.shaped(*ABOUT) if rows.key and not rows.thing.built_in)
        yield from (Item(key, "name", detail="identity", first=1, kind="field") for key in keys)
    else:
        shapes = ABOUT if statement in _ANY_SOURCE else ("one",)
        seen: set[str] = set()
        for rows in names.shaped(*shapes):
            for field in rows.fields.values() if not rows.thing.built_in else ():
                if field.name not in seen:
                    seen.add(field.name)
                    yield name_item(field, 3)


def _texts(asked: Slotted) -> Iterator[Item]:
    yield Item('"…"', "text", '"${1}"', True, detail=asked.slot.name.replace("_", " "), first=3)


def _constant(asked: Slotted) -> Iterator[Item]:
    """A value opposite a name: `tier = gold`."""
    run = asked.cursor.run
    given = run[0].text if run and run[0].kind in ("NAME", "DOTTED") and len(run) > 1 else ""
    yield from constants(asked.names, s.Name(NOWHERE, tuple(given.split("."))) if given else None, asked.currency)


def constants(names: Names, opposite: s.Syntax | None, currency: str) -> Iterator[Item]:
    """Values that a name may be given."""
    found = origin(names, opposite, CUSTOMER)
    kind = kind_of(names, opposite, CUSTOMER)
    if found is not None:
        yield from (value_item(word, thing) for word, thing in values(names, found))
    elif kind == "yes_no":
        yield from (Item(word, "value", first=1) for word in ("yes", "no"))
    elif kind == "money":
        yield Item(f"10 {currency}", "value", f"${{1:10}} {currency}", True, first=1)
    elif kind == "duration":
        yield Item("30 days", "value", "${1:30} days", True, first=1)
    if opposite is not None:
        yield Item("missing", "value", first=5)


def _types(asked: Slotted) -> Iterator[Item]:
    for word in TYPES:
        if word != "count":
            yield Item(word, "value", first=2)
    yield Item("one of (…)", "value", "one of (${1:choice}, ${2:choice})", True, first=1)
    yield from (Item(text, "value", first=4) for text in ("money per month", "money per year", "count per month"))


def _formats(asked: Slotted) -> Iterator[Item]:
    for text in ('"%Y-%m-%d"', '"%d.%m.%Y"', '"%m/%d/%Y"', '("1", "0")', '("yes", "no")'):
        yield Item(text, "value", first=2)


def _zones(asked: Slotted) -> Iterator[Item]:
    """Time zones; the word before the cursor may hold `/` and `-`."""
    typed = asked.cursor.before.rpartition(" ")[2]
    yield from (Item(zone, "value", typed=typed) for zone in _all_zones())


@lru_cache(maxsize=1)
def _all_zones() -> tuple[str, ...]:
    from zoneinfo import available_timezones

    zones = (zone for zone in available_timezones() if "/" in zone)
    return tuple(sorted(zone for zone in zones if not zone.startswith(("Etc/", "posix"))))


def _currencies(asked: Slotted) -> Iterator[Item]:
    yield from (Item(code, "value", first=2 if code == "EUR" else 5) for code in CURRENCIES)


def _codes(asked: Slotted) -> Iterator[Item]:
    from stratagem.dsl.diagnostics.text import texts

    for code, text in texts().items():
        if text.severity != "error":
            yield Item(code, "value", detail=text.title if "{" not in text.title else text.severity)


def _literal(*examples: str) -> Callable[[Slotted], Iterator[Item]]:
    """Examples of a literal, to be changed: `CUR` is the strategy's currency, `DAY` today."""

    def items(asked: Slotted) -> Iterator[Item]:
        for number, example in enumerate(examples):
            text = example.replace("CUR", asked.currency).replace("DAY", asked.today)
            yield Item(text, "value", first=number)

    return items


_BY_KIND: dict[str, Callable[[Slotted], Iterator[Item]]] = {
    "text": _texts,
    "longtext": _texts,
    "type": _types,
    "format": _formats,
    "zone": _zones,
    "currency": _currencies,
    "code": _codes,
    "constant": _constant,
    "date": _literal("DAY"),
    "moment": _literal("DAY"),
    "duration": _literal("30 days", "12 months", "1 year", "1 hour"),
    "rate": _literal("2 per 7 days", "1,000 CUR per month"),
    "money": _literal("10 CUR"),
    "share": _literal("10%"),
    "figure": _literal("10%", "1,000 CUR"),
    "time": _literal("09:00", "20:00"),
    "integer": _literal("1"),
    "constants": _literal('("-")', '("", "n/a")'),
}
"""How each kind of slot is filled; the kinds with names and choices are above, formulas elsewhere."""


def taken_in(run: Tokens) -> frozenset[str]:
    """The words of a comma list at the end of a run."""
    found: list[str] = []
    at = len(run)
    while at and run[at - 1].kind == "COMMA":
        found.append(run[at - 2].text)
        at -= 2
    return frozenset(found)


_UNITS = {
    "money": (("MONEY", ()), ("NUMBER", ("CUR",))),
    "duration": (("NUMBER", ("days", "weeks", "months", "years", "hours", "minutes")),),
    "rate": (("NUMBER", ("per 7 days", "per week", "per month", "per year", "CUR per month")),
             ("MONEY", ("per month", "per quarter", "per year"))),
    "figure": (("NUMBER", ("CUR", "days", "months")),),
    "constant": (("NUMBER", ("CUR", "days", "months")),),
}  # fmt: skip
"""Units by the kind of slot and the kind of token they follow."""


def unit_items(slot: str, before: str, currency: str) -> Iterator[Item]:
    """The units that may follow a number or an amount in a slot."""
    for kind, units in _UNITS.get(slot, ()):
        for place, unit in enumerate(units) if kind == before else ():
            yield Item(unit.replace("CUR", currency), "unit", first=place)
