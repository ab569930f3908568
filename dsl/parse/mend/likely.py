"""Whether a pattern of this folder can match a text at all; most cannot, and are neither compiled nor looked for.

In: a text. Out: which patterns have all that they need there (see `needs`), found from the words of the text: each
tells which patterns want it, so a text is looked through once, however many patterns there are. The file is read at the
first mistake of a process, and laid out for that: the patterns by how many sets of words they need, then the words by
sort, each with the numbers of the sets that it is in; an empty line between any two sorts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, Generic, TypeVar

from stratagem.dsl.record import record

FILE = Path(__file__).with_name("needs.txt")
Row = TypeVar("Row", bound=tuple[Any, ...])
_MOST_KEPT = 2_000
FIGURE = "\\d"
"""Stands for any figure among the words."""
MOST = 4
"""Sets of words that a pattern needs, at most: each has a bit of a number, set where the text has one of its words."""
_WORDS = re.compile(r"\w+").findall
_SIGNS = re.compile(r"[^\w\s]+").findall
_FIGURE = re.compile(r"\d").search
SORTS = 4
WHOLE, SEVERAL, SIGNS, BEGINS = range(SORTS)
"""Sorts of words: within one word of a text; of several, whether or not the outer ones are whole; signs; what a text
begins with."""
_Found = dict[str, list[tuple[str, str]]]
"""By how they start, words with the numbers of their sets; those of several by one that is whole."""


@record(slots=False)
class _Index:
    """What the file tells. `places`: of each pattern its first bit; `first`: all of these; `absent`: the bits of sets
    that there are not; `words`: by sort."""

    places: dict[str, int]
    first: int
    absent: int
    words: tuple[_Found, ...]


@lru_cache(maxsize=1)
def _index() -> _Index:
    try:
        parts = FILE.read_text("utf-8").rstrip("\n").split("\n\n")
    except (OSError, ValueError):
        parts = []
    patterns = [part.split("\n") for part in parts[:MOST]]
    absent = 0
    for needed, some in reversed(list(enumerate(patterns, 1))):
        absent = absent << MOST * len(some) | _each(len(some)) * ((1 << MOST) - (1 << needed))
    every = [pattern for some in patterns for pattern in some]
    places = dict(zip(every, range(0, MOST * len(every), MOST), strict=True))
    words = tuple(_by_start(part, sort) for sort, part in enumerate(parts[MOST:]))
    return _Index(places, _each(len(every)), absent, words or ({},) * SORTS)


def _each(count: int) -> int:
    """The first bits of so many patterns."""
    return ((1 << MOST * count) - 1) // ((1 << MOST) - 1)


def _by_start(part: str, sort: int) -> _Found:
    found: _Found = {}
    for line in part.split("\n"):
        word, _, numbers = line.partition("\t")
        start = word[1:3] if sort == BEGINS else word[:3] if sort != SEVERAL else _inner(word)
        found.setdefault(start, []).append((word, numbers))
    return found


def _inner(word: str) -> str:
    """Of several words one that is whole, wherever they stand."""
    return max(word.split(" ")[1:-1], key=len, default="")


def sort_of(word: str) -> int:
    """Which sort a word is of."""
    if len(word) > 1 and word[0] == "^":
        return BEGINS
    if word != FIGURE and _SIGNS(word) == [word]:
        return SIGNS
    return SEVERAL if " " in word.strip() else WHOLE


@lru_cache(maxsize=2_000)
def _bits(numbers: str) -> int:
    return sum(1 << int(number) for number in numbers.split())


@lru_cache(maxsize=64)
def possible(text: str) -> int:
    """The first bits of the patterns that may match a text."""
    index = _index()
    low = text.lower()
    words = _WORDS(low)
    parted = f" {' '.join(words)} "
    have = index.absent
    for word in words:
        have |= _of_word(word)
    for several, numbers in (each for word in ("", *words) for each in index.words[SEVERAL].get(word, ())):
        have |= _bits(numbers) if several in parted else 0
    for signs in _SIGNS(low):
        have |= _of_signs(signs)
    for start in (low[:1], low[:2], FIGURE if low[:1].isdecimal() else ""):
        for word, numbers in index.words[BEGINS].get(start, ()):
            have |= _bits(numbers) if start == FIGURE or _begins(word[1:], low, parted) else 0
    have &= have >> 2
    have &= have >> 1
    return have & index.first


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> int:
    """The sets that hold a stretch of a word of a text; its ends are blanks."""
    return _held(f" {word} {FIGURE}" if _FIGURE(word) else f" {word} ", WHOLE)


@lru_cache(maxsize=1_000)
def _of_signs(signs: str) -> int:
    """The sets that hold some of the signs that stand side by side in a text."""
    return _held(signs, SIGNS)


def _held(text: str, sort: int) -> int:
    words = _index().words[sort]
    starts = {text[at : at + length] for at in range(len(text)) for length in (1, 2, 3)}
    there = (numbers for start in words.keys() & starts for word, numbers in words[start] if word in text)
    return reduce(or_, map(_bits, there), 0)


def _begins(word: str, low: str, parted: str) -> bool:
    return low.startswith(word) or (low[0] == word[0] and parted.startswith(f" {word}"))


def likely(pattern: str, text: str) -> bool:
    """May a pattern match somewhere in a text; yes, where the file does not tell of it."""
    place = _index().places.get(pattern)
    return place is None or possible(text) >> place & 1 == 1


class Rows(Generic[Row]):
    """Rows that begin with a pattern: those that may match a text."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._of: dict[int, tuple[tuple[int, Row], ...]] = {}

    @cached_property
    def _places(self) -> tuple[int | None, ...]:
        return tuple(_index().places.get(row[0]) for row in self.rows)

    @cached_property
    def _all(self) -> int:
        return reduce(or_, (1 << place for place in self._places if place is not None), 0)

    def likely(self, text: str) -> tuple[tuple[int, Row], ...]:
        """These rows in order, each with its number. Kept for all texts of which they are the same."""
        bits = possible(text) & self._all
        if bits not in self._of:
            if len(self._of) >= _MOST_KEPT:
                self._of.clear()
            those = enumerate(zip(self._places, self.rows, strict=True))
            self._of[bits] = tuple((n, row) for n, (place, row) in those if place is None or bits >> place & 1)
        return self._of[bits]
