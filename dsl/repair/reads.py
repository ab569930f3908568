"""Which facts read which: to tell whether a name would lead back to where it stands.

In: what was built. Out: by the name of a fact, the last words of the names in its formula; tiers read their block.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from stratagem.dsl.expressions.syntax import Syntax
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.resolve.facts import name_of
from stratagem.dsl.resolve.symbols import Of


def reads(built: Built) -> dict[str, set[str]]:
    """By fact what its formula reads."""
    found: dict[str, set[str]] = {}
    for unit in built.units:
        for site in unit.sites:
            names = [*names_in(site.node.formula), *names_in(site.node.when)]
            slots = (slot.value for slot in site.node.slots.values())
            names += [name for value in slots if isinstance(value, Syntax) for name in names_in(value)]
            found.setdefault(name_of(site.key), set()).update(name.path[-1] for name in names)
    for tier, symbol in built.resolver.table.of_kind(Of.TIER).items():
        found.setdefault(tier, set()).add(symbol.owner)
    return found


def led_to(name: str, graph: Mapping[str, AbstractSet[str]]) -> set[str]:
    """All that a fact reads, and what that reads."""
    found, waiting = set[str](), list(graph.get(name, ()))
    while waiting:
        word = waiting.pop()
        if word not in found:
            found.add(word)
            waiting.extend(graph.get(word, ()))
    return found
