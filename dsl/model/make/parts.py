"""Parts of the model made from nodes, as the statement catalogue says: which class, which field, which value.

In: a node, the names, the formulas. Out: a part of the model with its place and the places of its values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING as NOTHING
from functools import lru_cache
from typing import Any

from stratagem.dsl.catalogue.pattern import SlotPart
from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.expressions.tree import Constant
from stratagem.dsl.expressions.types import MISSING, Kind, Type
from stratagem.dsl.model import actions, business, data, facts, journey, learning, means
from stratagem.dsl.model.base import Formula, Part, Ref, literal_text
from stratagem.dsl.model.business import Header
from stratagem.dsl.model.make.declare import slot_parts
from stratagem.dsl.model.make.formulas import SCOPES, Formulas
from stratagem.dsl.model.make.references import References
from stratagem.dsl.nodes import Node, Slot
from stratagem.dsl.record import fields
from stratagem.dsl.resolve.resolver import Resolver
from stratagem.dsl.resolve.scope import CUSTOMER
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.source import Span
from stratagem.dsl.values import Money, Rate, Text

_ELSEWHERE = ("type", "format", "constants")
"""Slots of fields, which `source_fields` reads."""
Special = Callable[["Maker", Node, "Node | None", str], "list[Part]"]


@lru_cache(maxsize=1)
def classes() -> dict[str, type[Part]]:
    """Every class of the model by its name."""
    found: dict[str, type[Part]] = {"Header": Header}
    for module in (actions, business, data, facts, journey, learning, means):
        for name, item in vars(module).items():
            if isinstance(item, type) and issubclass(item, Part):
                found[name] = item
    return found


class Shape:
    """What the fields of one class hold, as the class writes it."""

    def __init__(self, cls: type[Part]) -> None:
        self.kinds = {field.name: str(field.type) for field in fields(cls)}
        """The type of each field."""
        self.several = frozenset(name for name, kind in self.kinds.items() if kind.startswith("tuple["))
        self.plain = frozenset(name for name, kind in self.kinds.items() if _holds(kind) == "str")
        """Fields of plain texts."""
        self.placed = frozenset(name for name in self.kinds if f"{name}_at" in self.kinds)
        needed = [f.name for f in fields(cls) if f.default is NOTHING and f.default_factory is NOTHING]
        self.needed = {name: self.kinds[name] for name in needed}


def _holds(kind: str) -> str:
    return kind.removeprefix("tuple[").split(", ...")[0]


_SHAPES: dict[type[Part], Shape] = {}


def shape_of(cls: type[Part]) -> Shape:
    """The shape of a class, looked at once."""
    found = _SHAPES.get(cls)
    if found is None:
        found = _SHAPES[cls] = Shape(cls)
    return found


def _plain(value: Any) -> Any:
    """References as their names, for fields that keep no more than those."""
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    return value.name if isinstance(value, Ref) else value


class Draft:
    """A part being filled: values and their places."""

    def __init__(self, cls: type[Part], at: Span) -> None:
        self.cls = cls
        self.shape = shape_of(cls)
        self.values: dict[str, Any] = {"at": at}
        self.places: dict[str, Span] = {}

    def has(self, field: str) -> bool:
        """Is there such a field."""
        return field in self.shape.kinds

    def put(self, field: str, value: Any, span: Span) -> None:
        """Set a field, or add to one that holds several."""
        shape, values = self.shape, self.values
        if field not in shape.kinds:
            raise KeyError(f"{self.cls.__name__} has no field {field}")
        if field in shape.plain:
            value = _plain(value)
        if field in shape.several:
            more = value if isinstance(value, tuple) else (value,)
            value = (*values[field], *more) if field in values else more
        values[field] = value
        self.places.setdefault(field, span)
        if field in shape.placed:
            values[f"{field}_at"] = span

    def part(self) -> Part:
        """The finished part; what a line that was at fault left out is filled with something empty."""
        for name, kind in self.shape.needed.items():
            if name not in self.values:
                self.values[name] = _empty(kind, self.values["at"])
        return self.cls(**self.values, _places=self.places)


def _empty(kind: str, at: Span) -> Any:
    """Something that stands for a value that was not said, because its line was at fault."""
    match kind:
        case "Formula":
            return Formula(text="", tree=Constant(type=MISSING, span=at, value=None), at=at)
        case "Ref":
            return Ref(name="", at=at)
    return {"str": "", "int": 0, "Type": MISSING}.get(kind)


class Maker:
    """Makes parts; `special` holds the makers of statements that say more than their slots."""

    def __init__(self, resolver: Resolver, special: dict[str, Special]) -> None:
        self.resolver = resolver
        self.findings = resolver.findings
        self.formulas = Formulas(resolver)
        self.references = References(resolver.table, resolver.findings)
        self.special = special

    def make(self, node: Node, parent: Node | None, path: str, **more: Any) -> Part:
        """The part that a node builds, with all that stands below it; `more` are fields that nothing written fills."""
        assert node.statement.builds is not None
        draft = Draft(classes()[node.statement.builds], _at(node))
        here = self.path(node, path)
        self._fill(draft, node, parent, here)
        if draft.has("doc"):
            draft.values["doc"] = node.doc
        if draft.has("type") and "formula" in draft.values:
            draft.values["type"] = draft.values["formula"].tree.type
        for child in node.children:
            self.child(draft, child, node, here)
        for field, value in {**self._owner(node, parent), **more}.items():
            draft.values.setdefault(field, value)
        return draft.part()

    def _owner(self, node: Node, parent: Node | None) -> dict[str, Any]:
        """To whom a tier or metric belongs: that is said by where it stands."""
        above = parent.value("name") if parent is not None else None
        name = above.text if above is not None else ""
        if node.statement.opens == "tier":
            return {"tiers": name}
        if node.statement.builds != "Metric" or parent is None:
            return {}
        kind = parent.statement.opens
        tier = self.resolver.table.get(Of.TIER, name) if kind == "tier" else None
        return {"owner_kind": kind, "owner": f"{tier.owner}.{name}" if tier is not None else name}

    def path(self, node: Node, above: str) -> str:
        """The declaration path: `action.trial_box`, then the words of each line below."""
        own = "tier" if node.statement.opens == "tier" else node.statement.id.rpartition(".")[2]
        named = node.value("name")
        here = f"{own}.{named.text}" if named is not None and hasattr(named, "text") else own
        return f"{above}.{here}" if above else here

    def _fill(self, draft: Draft, node: Node, parent: Node | None, path: str) -> None:
        """The fields that the node's own line fills."""
        for field, value in node.statement.sets.items():
            if draft.has(field):
                draft.put(field, value, node.span)
        for part in slot_parts(node.statement) if node.slots else ():
            slot = node.slots.get(part.name)
            told = draft.has(part.name) and part.kind not in _ELSEWHERE
            if slot is not None and told:
                draft.put(part.name, self.value(part, slot, node, parent, path), slot.span)
        if node.when is not None and draft.has("condition"):
            draft.put("condition", self.condition(node.when, node, parent, path), node.when.span)
        if node.formula is not None and draft.has("formula"):
            draft.put("formula", self.formula(node.formula, node, parent, path), node.formula.span)

    def child(self, draft: Draft, child: Node, node: Node, path: str) -> None:
        """Fill the fields that a line below fills."""
        statement = child.statement
        if node.statement.opens not in statement.under:
            return  # it stands in the wrong block, which has been said
        if statement.id in self.special:
            for part in self.special[statement.id](self, child, node, path):
                draft.put(statement.fills, part, child.span)
        elif statement.builds is not None:
            draft.put(statement.fills, self.make(child, node, path), child.span)
        elif not statement.fills:
            self._fill(draft, child, node, self.path(child, path))
            for below in child.children:
                self.child(draft, below, child, path)
        else:
            self._single(draft, child, node, self.path(child, path))

    def _single(self, draft: Draft, child: Node, node: Node, path: str) -> None:
        """A line whose one slot, condition or formula is the value of the field."""
        field = child.statement.fills
        if child.when is not None:
            draft.put(field, self.condition(child.when, child, node, path), child.when.span)
        elif child.formula is not None:
            draft.put(field, self.formula(child.formula, child, node, path), child.formula.span)
        else:
            for part in slot_parts(child.statement):
                if part.name in child.slots:
                    slot = child.slots[part.name]
                    draft.put(field, self.value(part, slot, child, node, path), slot.span)

    def value(self, part: SlotPart, slot: Slot, node: Node, parent: Node | None, path: str) -> Any:
        """A slot's value as the model keeps it."""
        value = slot.value
        match part.kind:
            case "name":
                return value.text
            case "names" | "choices":
                return tuple(word.text for word in value)
            case "ref":
                return self.references.ref(value, part, node, parent)
            case "refs":
                return tuple(self.references.ref(word, part, node, parent) for word in value)
            case "formula" | "constant":
                return self.formula(value, node, parent, path)
        if isinstance(value, Text):
            return value.value
        self._currency(value, slot.span)
        return value

    def _currency(self, value: Any, span: Span) -> None:
        """Money in another currency than the strategy's."""
        amount = value.amount if isinstance(value, Rate) else value
        own = self.resolver.currency
        if isinstance(amount, Money) and own is not None and amount.currency != own:
            self.resolver.foreign(span, amount.currency, written=literal_text(value))

    def condition(self, syntax: Syntax, node: Node, parent: Node | None, path: str) -> Any:
        """A condition as the model keeps it."""
        scope = SCOPES.get(node.statement.id, CUSTOMER)
        return self.formulas.formula(syntax, self.formulas.condition(syntax, scope), path)

    def formula(self, syntax: Syntax, node: Node, parent: Node | None, path: str) -> Any:
        """A formula as the model keeps it."""
        statement = node.statement.id
        known, want = self._wanted(node, parent)
        tree = self.formulas.value(syntax, statement, SCOPES.get(statement, CUSTOMER), want) if known else None
        return self.formulas.formula(syntax, tree, path)

    def _wanted(self, node: Node, parent: Node | None) -> tuple[bool, Type | None]:
        """The kind another line sets: a tier's bound is of its formula's, a scenario's figure of the assumption's.

        False where that line is at fault, so that nothing can be said of this one.
        """
        owner = parent if node.statement.id in ("tier.from", "tier.below") else None
        if node.statement.id == "assume" and parent is not None:
            owner = node
        word = owner.value("name") if owner is not None else None
        if word is None:
            return True, None
        kind = self.resolver.facts.type_of(word.text)
        return kind is not None and kind.kind is not Kind.MISSING, kind


def _at(node: Node) -> Span:
    """The place of a part: that of its name, where it has one."""
    named = node.slots.get("name")
    return named.span if named is not None else node.span
