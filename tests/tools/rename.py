"""Every name and label of a checked strategy replaced by x1, x2 …: what is left is what the strategy means.

In: a checked strategy. Out: the same one under other names, and which name became which. Columns of data files keep
their headers, choices keep their words (they stand in the data), and test blocks, which only name things, are left out.
Nothing may be decided or judged differently afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.actions import Message
from stratagem.dsl.model.base import Declared, Part, Ref
from stratagem.dsl.model.business import Business
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.facts import Metric, Tier
from stratagem.dsl.model.means import ContactPolicy
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.record import names as field_names

SLOT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
BUILT_IN = frozenset({"contacts", "decisions", "outcomes", "stage_moves", "customers", "default"})


def renamed(strategy: Strategy, once_called: bool = False) -> tuple[Strategy, dict[str, str]]:
    """The strategy under other names, and the new name of each old one.

    `once_called`: each new name says which it was, so that history and holdouts follow it.
    """
    names = dict.fromkeys(word for word in _declared(strategy) if word not in BUILT_IN)
    mapping = {old: f"x{number}" for number, old in enumerate(names, 1)}
    found = _Renamer(mapping, strategy, once_called).part(strategy)
    assert isinstance(found, Strategy)
    return found, mapping


def _declared(value: Any) -> Iterator[str]:
    """Every declared name, in the order of the model; functions, which are only named, too."""
    if isinstance(value, Declared):
        yield value.name
    if isinstance(value, Business):
        yield from value.functions
    if isinstance(value, Part):
        for name in field_names(value):
            if name != "tests":
                yield from _declared(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _declared(item)


class _Renamer:
    def __init__(self, mapping: dict[str, str], strategy: Strategy, once_called: bool) -> None:
        self.mapping = mapping
        self.once_called = once_called
        self.labels = 0
        journey = strategy.journey
        blocks = [tuple(t.name for t in block.tiers) for block in strategy.tiers]
        others = [strategy.channels, strategy.actions, journey.stages if journey else ()]
        self.choices = {b for b in [*blocks, *(tuple(i.name for i in items) for items in others)] if b}
        """Options that are names of the strategy, not words of its data."""

    def word(self, text: str) -> str:
        """A name, or several joined by dots."""
        return ".".join(self.mapping.get(part, part) for part in text.split("."))

    def label(self, text: str) -> str:
        if not text:
            return text
        self.labels += 1
        return f"x{self.labels}"

    def value(self, value: Any) -> Any:
        if isinstance(value, Part):
            return self.part(value)
        if isinstance(value, tree.Expr):
            return self.expr(value)
        if isinstance(value, Type):
            return self.type(value)
        if isinstance(value, tuple):
            return tuple(self.value(item) for item in value)
        return value

    def part(self, part: Part) -> Part:
        """Built afresh: a copy would keep what was worked out from the old names."""
        found = {name: self.value(getattr(part, name)) for name in field_names(part)}
        if isinstance(part, Declared):
            found.update(name=self.word(part.name), label=self.label(part.label))
            if self.once_called:
                found["once_called"] = part.once_called or (part.name,)
        if isinstance(part, Ref):
            found["name"] = self.word(part.name)
        if isinstance(part, ContactPolicy):
            found["label"] = self.label(part.label)
        if isinstance(part, Business):
            found["functions"] = tuple(self.word(f) for f in part.functions)
        if isinstance(part, Source):
            found["shared_with"] = tuple(self.word(f) for f in part.shared_with)
        if isinstance(part, SourceField):
            found["header"] = part.header or part.name
        if isinstance(part, Tier):
            found["tiers"] = self.word(part.tiers)
        if isinstance(part, Metric):
            found["owner"] = self.word(part.owner)
        if isinstance(part, Message):
            found.update(subject=self.template(part.subject), body=self.template(part.body))
        if isinstance(part, Strategy):
            found.update(tests=(), hash=f"{part.hash}-renamed")
        return type(part)(**found)

    def template(self, text: str) -> str:
        return SLOT.sub(lambda slot: WORD.sub(lambda w: self.mapping.get(w.group(), w.group()), slot.group()), text)

    def type(self, found: Type) -> Type:
        if found.kind in (Kind.CHOICE, Kind.CHANNEL) and found.options in self.choices:
            return replace(found, options=tuple(self.word(o) for o in found.options))
        return found

    def expr(self, expr: tree.Expr) -> tree.Expr:
        changed: dict[str, Any] = {}
        for f in fields(expr):
            value = getattr(expr, f.name)
            if f.name in ("source", "field", "name", "segment", "tiers", "group", "names", "path"):
                changed[f.name] = self._names(value)
            elif isinstance(value, (tree.Expr, tuple, Type)):
                changed[f.name] = self.value(value)
            elif is_dataclass(value) or not isinstance(value, str):
                changed[f.name] = value
        if isinstance(expr, tree.Constant) and expr.type.options in self.choices:
            changed["value"] = self.word(str(expr.value)) if expr.value is not None else None
        return replace(expr, **changed)

    def _names(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.word(value)
        if isinstance(value, tuple):
            return tuple(self._names(item) for item in value)
        return self.value(value)
