"""What the names in a template mean: everything of one customer that a strategy declares.

A checked strategy enters; by name its type and what it refers to leave, and the names that may mean several things.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from stratagem.dsl.expressions.types import TEXT, YES_NO, Type, choice
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.record import record
from stratagem.dsl.templates.vocabulary import ALWAYS

Refers = Literal["fact", "tiers", "segment", "stage", "identity", "field", "always"]


_SHARED = {"fact", "tiers", "segment"}


@record
class Meaning:
    """One thing a name may mean. `path`: `source.field` for a field, else the name itself."""

    refers: Refers
    path: str
    type: Type


def meanings(strategy: Strategy) -> dict[str, tuple[Meaning, ...]]:
    """By name all that it may mean; a template may show a name that means one thing."""
    found: dict[str, list[Meaning]] = {}
    for name, meaning in _all(strategy):
        listed = found.setdefault(name, [])
        if not any(_same(meaning, other) for other in listed):
            listed.append(meaning)
    for listed in found.values():
        first = next((m for m in listed if m.refers in ("stage", "identity")), None)
        if first is not None:  # as in formulas, these words win over a field of the same name
            listed[:] = [first]
    for name, kind in ALWAYS.items():
        found.setdefault(name, [Meaning("always", name, kind)])
    return {name: tuple(listed) for name, listed in found.items()}


def _same(one: Meaning, other: Meaning) -> bool:
    """Facts, tiers and segments share one space of names: of two declared alike the first holds."""
    return one.path == other.path and (one.refers == other.refers or {one.refers, other.refers} <= _SHARED)


def _all(strategy: Strategy) -> Iterator[tuple[str, Meaning]]:
    for facts in (strategy.assumptions, strategy.measures, strategy.values):
        for fact in facts:
            yield fact.name, Meaning("fact", fact.name, fact.type)
    for block in strategy.tiers:
        yield block.name, Meaning("tiers", block.name, choice(*(t.name for t in block.tiers)))
    for segment in strategy.segments:
        yield segment.name, Meaning("segment", segment.name, YES_NO)
    if strategy.journey is not None and strategy.journey.stages:
        yield "stage", Meaning("stage", "stage", choice(*(s.name for s in strategy.journey.stages)))
    for source in strategy.sources:
        if source.shape in ("one", "many") and source.key is not None:
            yield source.key.name, Meaning("identity", source.key.name, TEXT)
        if source.shape == "one":
            yield from _fields(source, strategy)


def _fields(source: Source, strategy: Strategy) -> Iterator[tuple[str, Meaning]]:
    """A field by its bare name and by `source.field`; a look-up's by `source.key.field`."""
    key = source.key.name if source.key is not None else None
    for field in source.fields:
        path = f"{source.name}.{field.name}"
        if field.name == key:
            yield path, Meaning("identity", field.name, TEXT)
            continue
        yield path, Meaning("field", path, field.type)
        yield field.name, Meaning("field", path, field.type)
        for lookup in strategy.sources:
            if lookup.shape == "lookup" and lookup.key is not None and lookup.key.name == field.name:
                for other in lookup.fields:
                    if other.name != lookup.key.name:
                        yield f"{path}.{other.name}", Meaning("field", f"{path}.{other.name}", other.type)
