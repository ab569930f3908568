"""What to write into a slot of a phrase: by the slot's kind, or by the statement where its kind says too little.

In: a statement of the catalogue and a world of names. Out: the statement's line, or None where it needs a name of a
kind that nobody has.
"""

from __future__ import annotations

from collections.abc import Callable

from stratagem.dsl.catalogue.pattern import Choice, Literal, Part, SlotPart, compile_pattern
from stratagem.dsl.catalogue.statement import Statement
from tests.fuzz.formulas import Formulas
from tests.fuzz.symbols import World

Given = dict[str, str]
"""Texts for slots by name, where the caller knows better."""
CODES = ("STG4", "CDC1", "ICP3", "SEV2", "CAP6")
ZONES = ("Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Asia/Tokyo")


class Unfilled(Exception):
    """A slot has nothing to stand in it."""


class Phrases:
    """Writes lines of the catalogue."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance
        self.formulas = Formulas(world)

    def line(self, statement: Statement, given: Given | None = None) -> str | None:
        """A statement's line without its tail, its optional parts drawn; None where a name is lacking."""
        try:
            words = self._sequence(compile_pattern(statement.pattern), statement, given or {})
        except Unfilled:
            return None
        self.world.used[f"statement {statement.id}"] += 1
        return " ".join(words).replace(" ,", ",")

    def _sequence(self, parts: tuple[Part, ...], statement: Statement, given: Given) -> list[str]:
        words: list[str] = []
        for part in parts:
            if isinstance(part, Literal):
                words.append(part.text)
            elif isinstance(part, SlotPart):
                words.append(self._slot(part, statement, given))
            else:
                words += self._choice(part, statement, given)
        return words

    def _choice(self, part: Choice, statement: Statement, given: Given) -> list[str]:
        """One of the alternatives: one that the given slots stand in, else any that can be filled."""
        options = [option for option in part.options if option]
        wanted = [option for option in options if _names(option) & set(given)]
        if not wanted and part.optional and self.world.a(0.0 if _label(options) else 0.55):
            return []
        for option in self.chance.sample(wanted or options, len(wanted or options)):
            try:
                return self._sequence(option, statement, given)
            except Unfilled:
                continue
        if part.optional:
            return []
        raise Unfilled

    def _slot(self, slot: SlotPart, statement: Statement, given: Given) -> str:
        if slot.name in given:
            return given[slot.name]
        made = KINDS[slot.kind](self, slot)
        if not made:
            raise Unfilled
        return made

    # ---- by kind ----

    def _refs(self, slot: SlotPart, most: int) -> str:
        return ", ".join(self.world.some(most, *slot.arguments))

    def figure(self, kind: str = "number") -> str:
        """A literal of an amount."""
        return self.formulas.literal(kind).lstrip("-")


def _names(option: tuple[Part, ...]) -> set[str]:
    found: set[str] = set()
    for part in option:
        if isinstance(part, SlotPart):
            found.add(part.name)
        elif isinstance(part, Choice):
            found |= {name for inner in part.options for name in _names(inner)}
    return found


def _label(options: list[tuple[Part, ...]]) -> bool:
    """Is it the label, which leaves a warning where it lacks."""
    return any("label" in _names(option) for option in options)


def _choices(g: Phrases, slot: SlotPart) -> str:
    return ", ".join(g.chance.sample(slot.arguments, g.chance.randint(1, min(3, len(slot.arguments)))))


def _rate(g: Phrases, slot: SlotPart) -> str:
    """Money in the slots that hold money, a count elsewhere."""
    period = g.chance.choice(["month", "1 month", "week", "quarter", "7 days", "2 weeks", "year"])
    if slot.name in ("ongoing", "cost"):
        return f"{g.chance.choice(['20', '1500', '6,000'])} {g.world.currency} per {g.chance.choice(['month', 'year'])}"
    if slot.name == "amount":
        return f"{g.chance.choice(['500', '12000'])} {g.world.currency} per {g.chance.choice(['month', 'quarter'])}"
    if slot.name == "capacity":
        period = g.chance.choice(["day", "week", "month"])
    return f"{g.chance.choice(['1', '2', '100', '1400'])} per {period}"


def _duration(g: Phrases, slot: SlotPart) -> str:
    short = slot.name in ("takes", "answers_within")
    return g.chance.choice(
        ["6 minutes", "1 hour"] if short else ["1 day", "7 days", "3 months", "1 months", "18 months"]
    )


KINDS: dict[str, Callable[[Phrases, SlotPart], str]] = {
    "name": lambda g, s: g.world.new(s.arguments[0], "later" if s.arguments[0] == "any" else ""),
    "names": lambda g, s: ", ".join(g.world.new(s.arguments[0]) for _ in range(g.chance.randint(1, 3))),
    "ref": lambda g, s: g.world.any(*s.arguments) or "",
    "refs": lambda g, s: g._refs(s, 3),
    "text": lambda g, s: g.world.text(),
    "number": lambda g, s: g.chance.choice(["1", "2", "1400", "40,000"]),
    "integer": lambda g, s: str(g.chance.randint(1, 5)),
    "share": lambda g, s: g.chance.choice(["5%", "12.5%", "30%"]),
    "money": lambda g, s: g.figure("money"),
    "figure": lambda g, s: g.figure(),
    "date": lambda g, s: g.chance.choice(["2026-01-31", "2026-10-01", "2027-03-31"]),
    "moment": lambda g, s: g.chance.choice(["2026-11-02", "2026-11-02 10:00", "2026-11-02T09:00"]),
    "time": lambda g, s: g.chance.choice(["20:00", "9:30"] if s.name == "start" else ["9:00", "06:30"]),
    "duration": _duration,
    "rate": _rate,
    "zone": lambda g, s: g.chance.choice(ZONES),
    "currency": lambda g, s: g.world.currency,
    "code": lambda g, s: g.chance.choice(CODES),
    "choice": lambda g, s: g.chance.choice(s.arguments),
    "choices": _choices,
    "flag": lambda g, s: s.arguments[0],
    "formula": lambda g, s: g.formulas.draw("number"),
    "condition": lambda g, s: g.formulas.draw("yes_no"),
    "constant": lambda g, s: g.figure("money"),
    "type": lambda g, s: "number",
    "format": lambda g, s: '"%d.%m.%Y"',
    "constants": lambda g, s: '("-", "unknown")',
}
"""By kind of slot what stands in it when nobody knows better; an empty text says that there is nothing."""
