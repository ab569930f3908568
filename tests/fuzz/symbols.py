"""The names of a strategy in the making, and what has been drawn for it.

In: a chance. Out: new names, names of a kind to refer to, and counts of what was used: the statements of the catalogue,
the functions and the operations with the types they were given.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

WORDS = (
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "inlet", "juniper", "kelp", "larch",
    "maple", "north", "olive", "poppy", "quartz", "river", "slate", "thyme", "umber", "violet", "willow",
    "yarrow", "zinc",
)  # fmt: skip
TEXTS = (
    "Plain words", "Words, and more of them", "A name with “curly” marks", "Zwölf Größen", "日本語", "50% off: today!",
    "It's fine", "a \\\" quote", "# no comment", "tabs and    blanks", "(brackets", "one\\two", "–", "0", "unknown",
)  # fmt: skip


@dataclass
class Source:
    """A source in the making: its fields by name, each with its type."""

    name: str
    shape: str
    fields: dict[str, str] = field(default_factory=dict)
    dated: str = ""
    worked_out: set[str] = field(default_factory=set)
    """Fields with a formula: they join no look-up."""

    def of(self, kind: str) -> list[str]:
        """The fields of a type."""
        return [name for name, given in self.fields.items() if given == kind]


class World:
    """Names by kind (`channel`, `fact` …), facts and fields with their types, and the strategy's currency."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.currency = chance.choice(["EUR", "EUR", "USD", "JPY", "GBP"])
        self.names: dict[str, list[str]] = {}
        self.types: dict[str, str] = {}
        """Of facts and metrics."""
        self.choices: dict[str, tuple[str, ...]] = {}
        """The options of every type `choice …`."""
        self.sources: list[Source] = []
        self.tiers: dict[str, list[str]] = {}
        self.used: Counter[str] = Counter()
        self._taken: set[str] = set()

    def new(self, kind: str, space: str = "") -> str:
        """A name nobody has yet, known from now on as one of its kind; unless `space` is "later"."""
        while True:
            name = self.chance.choice(WORDS) + self.chance.choice(["", "_", "_of_"])
            name = (name + self.chance.choice(WORDS) if name.endswith("_") else name) + str(self.chance.randrange(100))
            if name not in self._taken:
                break
        self._taken.add(name)
        if space != "later":
            self.names.setdefault(kind, []).append(name)
        return name

    def any(self, *kinds: str) -> str | None:
        """A name of one of these kinds."""
        found = [name for kind in kinds for name in self.names.get(kind, ())]
        return self.chance.choice(found) if found else None

    def some(self, most: int, *kinds: str) -> list[str]:
        """Up to so many different names of these kinds."""
        found = [name for kind in kinds for name in self.names.get(kind, ())]
        return self.chance.sample(found, min(len(found), self.chance.randint(1, most))) if found else []

    def text(self) -> str:
        """A text in quotes."""
        return f'"{self.chance.choice(TEXTS)} {self.chance.randrange(10_000)}"'

    def shaped(self, *shapes: str) -> list[Source]:
        """The sources of these shapes."""
        return [source for source in self.sources if source.shape in shapes]

    def one_fields(self, kind: str) -> list[str]:
        """The fields of a type that one customer has once."""
        return [name for source in self.shaped("one") for name in source.of(kind)]

    def facts(self, kind: str) -> list[str]:
        """The facts of a type."""
        return [name for name in self.names.get("fact", ()) if self.types[name] == kind]

    def a(self, likelihood: float) -> bool:
        """True so often."""
        return self.chance.random() < likelihood
