"""Steps where a figure has another kind than its place takes, or a list is said in one word.

In: the slot that is wanted, and what stands there. Out: the figure in the kind that is wanted, with what that assumes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.catalogue.pattern import SlotPart
from stratagem.dsl.parse.match import TYPES
from stratagem.dsl.parse.mend.habits import TYPES as TYPE_HABITS
from stratagem.dsl.parse.mend.step import Step, compiled
from stratagem.dsl.parse.mend.trial import Place, Trial

_LENGTH = r"\d+ ((?:minute|hour|day|week|month|quarter|year)s?)"
_NEARER = (
    ("money", "RATE", r"(.+?)\s+per\s.+"),
    ("number", "RATE", r"([\d,.]+)(?: [A-Z]{3})?\s+per\s.+"),
    ("number", "MONEY", r"([\d,.]+) [A-Z]{3}"),
    ("duration", "RATE", r"1\s+per\s+(\d+\s.+)"),
    ("date", "TIMESTAMP", r"(\S+?)[ T].+"),
    ("time", "TIMESTAMP", r"\S+?[ T](.+)"),
)
"""A slot, a literal of another kind that says more than the slot takes, and the part of it that it takes."""
_EVERY = r"(?:all|every|each|any)(?:\s+(?:of\s+)?(?:the\s+|our\s+)?[a-z]+)?|every(?:thing|where|one)|\*"
"""A list said in one word."""
MOST_LISTED = 8
"""Names of which all are written out."""


def all_of_them(slot: SlotPart, trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """`through all channels`: each of them by its name, in the order declared."""
    if slot.kind not in ("refs", "choices"):
        return
    names = list(place.hints.named(slot.arguments)) if slot.kind == "refs" else list(slot.arguments)
    start = trial.tokens[at].start
    found = compiled(_EVERY).match(trial.text, start)
    if found is not None and 0 < len(names) <= MOST_LISTED:
        yield Step(start, found.end(), ", ".join(names), 0.7, "S153", "that each of them is meant")


_RANGE = r"(\d[\d,.]*)(%?)(?: [A-Z]{3}| [a-z]+)?\s*(?:-|–|to|or|until|up to)\s*(\d[\d,.]*)(%| [A-Z]{3}\b| [a-z]+\b)?"
"""Two figures where one stands."""


def _one_of_two(slot: SlotPart, trial: Trial, at: int) -> Iterator[Step]:
    """`20 to 30 minutes` where one figure stands: the one or the other."""
    start = trial.tokens[at].start
    found = compiled(_RANGE).match(trial.text, start) if slot.kind in _FIGURES else None
    if found is not None:
        unit = found[4] or found[2] or ""
        for figure, which in ((found[3], "greater"), (found[1], "smaller")):
            cost = 0.7 if which == "greater" else 0.72
            yield Step(start, found.end(), figure + unit, cost, "", f"that the {which} of the two is meant")


_FIGURES = ("money", "duration", "number", "share", "rate", "figure", "integer")


def _of_the_price(slot: SlotPart, trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """`margin 72%`: the amount that it is of the price, which another line of the block says."""
    token = trial.tokens[at]
    if slot.kind != "money" or token.kind != "SHARE":
        return
    block = next((text for text in place.hints.texts if place.line in text), "")
    price = re.search(r"^\s+price ([\d,]+(?:\.\d+)?) ([A-Z]{3})\b", block, re.MULTILINE)
    if price is not None:
        amount = float(price[1].replace(",", "")) * float(token.text[:-1].replace(",", "")) / 100
        written = f"{amount:,.2f}".removesuffix(".00") + f" {price[2]}"
        yield Step(token.start, token.end, written, 0.7, "S170", f"that it is {token.text} of the price")


def unit_steps(slot: SlotPart, trial: Trial, place: Place, at: int) -> Iterator[Step]:
    """A number without the unit that its place wants: the statement's usual one, said to be assumed."""
    token = trial.tokens[at]
    yield from _of_the_price(slot, trial, place, at)
    yield from _one_of_two(slot, trial, at)
    if slot.kind == "rate":
        for bare in re.finditer(r"\bper (\d+)(?= (?:per|across|for)\b|$)", trial.text):
            yield Step(bare.start(), bare.end(), f"per {bare[1]} days", 0.7, "S198", "days")
    for wanted, given, cut in _NEARER:
        part = re.fullmatch(cut, token.text) if slot.kind == wanted and token.kind == given else None
        if part is not None:
            yield Step(token.start, token.end, "".join(filter(None, part.groups())), 0.7, "S126")
    if token.kind not in ("NUMBER", "SHARE", "MONEY", "DURATION", "RATE"):
        return
    number = token.text.split()[0].rstrip("%")
    example = trial.fits[0].statement.example if trial.fits else ""
    if slot.kind == "share" and token.kind == "NUMBER":
        value = float(number.replace(",", ""))
        if 0 < value < 1:
            yield Step(token.start, token.end, f"{value * 100:g}%", 0.7, "S172")
        yield Step(token.start, token.end, f"{number}%", 0.8, "S172", "per cent")
    elif slot.kind == "number" and token.kind == "SHARE":
        yield Step(token.start, token.end, number, 1.2)
    elif slot.kind == "duration" and token.kind == "NUMBER":
        found = compiled(_LENGTH).search(example)
        unit = (found[1] if found else "days").rstrip("s") + "s"
        written = f"{number} {unit if number != '1' else unit[:-1]}"
        yield Step(token.start, token.end, written, 0.9, "S198", unit)
    elif slot.kind == "rate" and token.kind in ("NUMBER", "MONEY"):
        found_period = re.search(r"per (\d+ )?\w+", example)
        period = found_period.group() if found_period else "per month"
        money = " " + place.hints.currency if re.search(r"\d [A-Z]{3}", example) and token.kind == "NUMBER" else ""
        yield Step(token.start, token.end, f"{token.text}{money} {period}", 1.1, "S198", period)
    if slot.kind in ("money", "formula", "constant", "figure") and token.kind == "NUMBER":
        cost, home = 0.9 if slot.kind == "money" else 1.4, place.hints.currency
        yield Step(token.start, token.end, f"{number} {home}", cost, "S170", home)


EITHER = frozenset(("decimal", "float", "numeric", "double", "amount", "real"))
"""Types of other tools that are a number here, or money."""

_SIZED = r"([A-Za-z_]+)\s*\(\s*\d+(?:\s*,\s*\d+)?\s*\)"


def sized_steps(trial: Trial, at: int) -> Iterator[Step]:
    """`varchar(12)`, `decimal(10,2)`, and a currency as a type."""
    start = trial.tokens[at].start
    found = compiled(_SIZED).match(trial.text, start)
    word = found[1].lower() if found else ""
    for option in TYPES if found and word not in EITHER else ():
        if word == option or word in TYPE_HABITS.get(option, ()):
            yield Step(start, found.end(), option, 0.3, "S153")  # type: ignore[union-attr]
    if found and word in EITHER:
        for option in ("number", "money"):
            yield Step(start, found.end(), option, 0.35, "S153", f"`{option}`")
    code = re.compile(r"[A-Z]{3}(?!\w)|[€$£¥₹]").match(trial.text, start)
    if code:
        yield Step(start, code.end(), "money", 0.3, "S153")
