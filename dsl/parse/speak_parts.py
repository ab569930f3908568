"""What a part of a phrase is called in messages, with an example of how it is written."""

from __future__ import annotations

from collections.abc import Iterable

from stratagem.dsl.catalogue.pattern import Literal, Part, SlotPart
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.parse.match import TYPES

_KINDS = {
    "text": ("text in quotes", '"Next bag"'),
    "integer": ("a whole number", "3"),
    "number": ("a number", "12,000"),
    "share": ("a percentage", "5%"),
    "money": ("an amount of money", "12.50 EUR"),
    "duration": ("a length of time", "14 days"),
    "rate": ("an amount per period", "2 per 7 days"),
    "figure": ("a figure", "30%"),
    "date": ("a date", "2026-10-01"),
    "moment": ("a date, or a date and time", "2026-10-01 14:30"),
    "time": ("a time of day", "20:00"),
    "formula": ("a formula", "0.5 * spend"),
    "condition": ("a condition", "spend >= 100 EUR"),
    "constant": ("a value", "150 EUR"),
    "constants": ("values in brackets", '(999, "unknown")'),
    "format": ("a format", '"%d.%m.%Y"'),
    "type": ("a type", "money"),
    "currency": ("a currency code of three letters", "EUR"),
    "zone": ("a time zone", "Europe/Berlin"),
    "code": ("the code of a check", "STG4"),
}
_NAMES = {"fact": "measure", "tiers": "segments block", "any": "thing"}


def describe(part: Part) -> str:
    """`across`, a date such as 2026-10-01, the name of a channel, one of low, medium, high."""
    if isinstance(part, Literal):
        return f"`{part.text}`"
    assert isinstance(part, SlotPart)
    if part.kind == "type":
        return "a type: " + _or([*(t for t in TYPES if t != "count"), "one of (a, b)"])
    if part.kind in _KINDS:
        words, example = _KINDS[part.kind]
        return f"{words} such as {example}"
    if part.kind == "flag":
        return f"`{part.arguments[0]}`"
    if part.kind in ("choice", "choices"):
        return _or([f"`{word}`" for word in part.arguments])
    kinds = _or([_NAMES.get(kind, kind) for kind in part.arguments if kind != "gate"])
    return (
        f"a name for the {kinds}"
        if part.kind in ("name", "names")
        else f"the name of {'an' if kinds[0] in 'aeiou' else 'a'} {kinds}"
    )


def example(part: Part) -> str:
    """How a part is written."""
    if isinstance(part, Literal):
        return part.text
    assert isinstance(part, SlotPart)
    if part.kind in _KINDS:
        return _KINDS[part.kind][1]
    if part.kind in ("choice", "choices", "flag"):
        return part.arguments[0]
    return f"some_{part.arguments[0]}"


def describe_any(parts: Iterable[Part], at_most: int = 5) -> str:
    """Several parts that might stand in one place: text after a label that may be left out comes last."""
    found = list(dict.fromkeys(describe(part) for part in parts))
    return _or(found[:at_most])


def block_words(block: str) -> str:
    """A block as messages call it."""
    return "a strategy file" if block == TOP else f"`{block}`"


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1] if words else "nothing"
