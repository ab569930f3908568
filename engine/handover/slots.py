"""What a name in a template reads: a column of the rows that are handed over, with its type and its labels.

In: a strategy. Out: a `Slot` for every name a message may show.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from stratagem.dsl.expressions.types import Type
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.templates.names import Meaning, meanings
from stratagem.engine.handover.words import Raw, Shown

ALWAYS = {"action": "action", "channel": "channel", "offer": "@offer", "customer": "customer", "as_of": "@as_of"}
"""By name that every message may show: its column among the rows."""


def of_customer(field: str) -> str:
    """The column of the rows that holds a column of customers; a measure may be called `cost`, as a row's cost is."""
    return f"@customer {field}"


@dataclass(frozen=True)
class Slot:
    """`column`: of the rows. `field`: the column of customers that it holds; empty for what a row has of itself.

    `labels`: what is shown in place of a name, such as a tier's title.
    """

    name: str
    column: str
    type: Type
    field: str = ""
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def shown(self, raw: Raw) -> Shown:
        """A value of the column, ready to be shown."""
        label = self.labels.get(raw) if isinstance(raw, str) else None
        return Shown(raw, self.type, self.name, raw is None, label)


def slots(strategy: Strategy) -> dict[str, Slot]:
    """By name; a name that may mean several things is left out, as the checker refuses it."""
    found = meanings(strategy)
    return {name: _slot(name, each[0], strategy) for name, each in found.items() if len(each) == 1}


def _slot(name: str, meaning: Meaning, strategy: Strategy) -> Slot:
    labels = _labels(meaning, strategy)
    if meaning.refers in ("always", "identity"):
        column = ALWAYS[meaning.path] if meaning.refers == "always" else "customer"
        return Slot(name, column, meaning.type, labels=labels)
    return Slot(name, of_customer(meaning.path), meaning.type, meaning.path, labels)


def _labels(meaning: Meaning, strategy: Strategy) -> dict[str, str]:
    """Titles of what has a title: tiers, stages, actions, channels, offers."""
    if meaning.refers == "tiers":
        return {t.name: t.title for block in strategy.tiers if block.name == meaning.path for t in block.tiers}
    if meaning.refers == "stage" and strategy.journey is not None:
        return {s.name: s.title for s in strategy.journey.stages}
    if meaning.refers != "always":
        return {}
    declared = {"action": strategy.actions, "channel": strategy.channels, "offer": strategy.offers}
    return {item.name: item.title for item in declared.get(meaning.path, ())}
