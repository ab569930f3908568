"""The slips of words: one is left out, or two are exchanged, or what ends a line is forgotten.

What a word is (of the line's phrase, of a formula, a figure, a name) is read off the catalogue. In: a line. Out: the
line with one slip in it, once for each place. A word of the language can be known from the rest of its line; a name, a
figure, and which of several statements a line was, often cannot: those ways are not `known`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from stratagem.dsl.catalogue.words import TIERS, phrases
from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER
from tests.mistakes.slip_ways import Way, masked, put

TOKEN = re.compile(r"\0+|[A-Za-z_][\w.]*|\d[\d,.:-]*%?|[<>]=?|[^\s\w]")
HEAD, PHRASE, FORMULA = "head", "phrase", "formula"
"""Words of the language: those that a line starts with, those further on, and those of formulas."""
FIGURE, UNIT, NAME, TEXT, EQUALS, SIGN = "figure", "unit", "name", "text", "equals", "sign"
UNITS = ("days", "months")
"""Words of formulas that are none behind a figure."""
FORMULA_WORDS = frozenset(RESERVED) | {word for words in TOGETHER for word in words.split()}
_SUMS = {"sum", "average", "smallest", "largest", "first", "latest"}
TURNS = frozenset({"not", "or", "none", "known", "missing", "yes", "no", "next", "last"} | _SUMS)
"""Words of formulas without which another formula is left, or one of several: nothing tells which was meant."""


@dataclass(frozen=True)
class Word:
    """A word or sign of a line, and what it is."""

    text: str
    start: int
    end: int
    role: str


@cache
def words_of(line: str) -> tuple[Word, ...]:
    """The words and signs of a line."""
    found = [match for match in TOKEN.finditer(masked(line)) if "#" not in line[match.start() : match.start() + 2]]
    heads = _head([match[0] for match in found])
    inner = next((p.inner for p in phrases() if p.words.split() == heads), ()) if heads else TIERS
    made: list[Word] = []
    for number, match in enumerate(found):
        role = HEAD if number < len(heads) else _role(match[0], inner, EQUALS in {word.role for word in made})
        if made and made[-1].role == FIGURE and role == FORMULA and match[0] in UNITS:
            role = UNIT
        made.append(Word(line[match.start() : match.end()], *match.span(), role))
    return tuple(made)


def _head(texts: list[str]) -> list[str]:
    """The words that a line starts with, where they are a phrase of the language."""
    return next((p.words.split() for p in phrases() if texts[: len(p.words.split())] == p.words.split()), [])


def _role(text: str, inner: tuple[str, ...], formula: bool) -> str:
    if text[0] == "\0":
        return TEXT
    if text[0].isdigit():
        return FIGURE
    if not text[0].isalpha() and text[0] != "_":
        return EQUALS if text == "=" else SIGN
    if text in inner and not formula:
        return PHRASE
    return FORMULA if text in FORMULA_WORDS else NAME


def _without(line: str, word: Word) -> str:
    indent = len(line) - len(line.lstrip())
    left = line[: word.start].rstrip() if word.start > indent else line[:indent]
    rest = line[word.end :]
    return left + (rest.lstrip() if len(left) <= indent else rest)


def _gone(name: str, *roles: str, known: bool = True, lone: bool | None = None, turns: bool | None = None) -> Way:
    """A word left out. `lone`: of a phrase of one word, or of several; `turns`: of `TURNS`, or of the others."""

    def spoil(line: str, dice: random.Random) -> Iterator[str]:
        words = words_of(line)
        heads = sum(word.role == HEAD for word in words)
        for word in words:
            if word.role not in roles or word.text == '"""' or len(words) < 2:
                continue
            if (lone is None or lone == (heads == 1)) and (turns is None or turns == (word.text in TURNS)):
                yield _without(line, word)

    return Way(name, spoil, known)


def _exchanged(name: str, *roles: str) -> Way:
    """Two neighbouring words in each other's place, one of them a word of the language."""

    def spoil(line: str, dice: random.Random) -> Iterator[str]:
        words = words_of(line)
        for one, two in pairwise(words):
            pair = {one.role, two.role}
            if one.text != two.text and pair & set(roles) and not pair & {SIGN, EQUALS}:
                yield line[: one.start] + two.text + line[one.end : two.start] + one.text + line[two.end :]

    return Way(name, spoil)


WORDS: tuple[Way, ...] = (
    _gone("gone: a word of a phrase of several", HEAD, lone=False),
    _gone("gone: the only word of a phrase", HEAD, lone=True, known=False),
    _gone("gone: a word further on in the phrase", PHRASE),
    _gone("gone: a word of a formula", FORMULA, turns=False),
    _gone("gone: a word that turns a formula", FORMULA, turns=True, known=False),
    _gone("gone: a name", NAME, known=False),
    _gone("gone: a figure", FIGURE, known=False),
    _gone("gone: a text", TEXT, known=False),
    _exchanged("order: two words of the phrase", HEAD, PHRASE),
    _exchanged("order: two words of the formula", FORMULA),
)
ENDS: tuple[Way, ...] = (
    put("ends: no %", r"(\d)%", r"\1"),
    put("ends: a rate without its figure's unit", r"(\d) (hours|minutes|days)$", r"\1"),
    put("ends: no closing bracket", r"\)$", ""),
    put("ends: no `by DATE`", r" by \d{4}-\d\d-\d\d$", "", known=False),
    put("ends: no `supports OBJECTIVE`", r" supports \w+$", "", known=False),
    put("numbers: 1'000", r"\b(\d{1,3}),(\d{3})\b", r"\1'\2"),
    put("numbers: 1.000,00", r"\b(\d{1,3}),(\d{3})(?= [A-Z]{3}\b)", r"\1.\2,00"),
    put("numbers: 1 000,00", r"\b(\d{1,3}),(\d{3})(?= [A-Z]{3}\b)", r"\1 \2,00"),
)
