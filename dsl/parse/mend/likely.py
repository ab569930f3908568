"""Whether a pattern of this folder can match a text at all; most cannot, and are neither compiled nor looked for.

In: a text. Out: which of the words that some pattern needs (see `needs`) it holds. The file is read at the first
mistake of a process, and plain for that: a line for each pattern, its words parted by tabs, its sets by two.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("needs.txt")
FIGURE = "\\d"
"""Stands for any figure among the words."""
SORTS = 3
"""Of words, a line each at the head of the file."""
Words = frozenset[str]
Needs = tuple[Words, ...]
_BETWEEN = re.compile(r"\W+")
_FIGURE = re.compile(r"\d").search


@cache
def kept(pattern: str) -> Needs:
    """What a pattern needs, from the file; nothing where it does not tell. Kept without a bound: they are hundreds."""
    told = _file()[1].get(pattern)
    return tuple(frozenset(words.split("\t")) for words in told.split("\t\t")) if told else ()


@cache
def _file() -> tuple[tuple[dict[str, list[str]], ...], dict[str, str]]:
    """The words of all patterns by their first three letters or fewer (those of letters alone, those of other signs,
    those that a text begins with), and by pattern what it needs."""
    try:
        *words, patterns = FILE.read_text("utf-8").split("\n", SORTS)
    except (OSError, ValueError):
        words, patterns = [""] * SORTS, ""
    sorts: tuple[dict[str, list[str]], ...] = tuple({} for _ in range(SORTS))
    for sort, line in zip(sorts, words, strict=True):
        for word in line.split("\t"):
            sort.setdefault(word[:3], []).append(word)
    return sorts, {pattern: told for pattern, _, told in (line.partition("\t\t") for line in patterns.splitlines())}


@lru_cache(maxsize=32)
def holds(text: str) -> frozenset[str]:
    """The words that some pattern needs and this text holds."""
    low = text.lower()
    parted = f" {_BETWEEN.sub(' ', low)} ".replace("  ", " ")
    plain, signs, first = _file()[0]
    there = {word for start in plain.keys() & _starts(parted) for word in plain[start] if word in parted}
    there.update(word for start in signs.keys() & _starts(low) for word in signs[start] if word in low)
    there.update(word for n in (1, 2) for word in first.get(f"^{low[:n]}", ()) if _begins(word[1:], low, parted))
    if _FIGURE(low):
        there.update((FIGURE, f"^{FIGURE}") if low[0].isdecimal() else (FIGURE,))
    return frozenset(there)


def _starts(text: str) -> set[str]:
    """All stretches of one to three characters."""
    return {text[at : at + length] for at in range(len(text)) for length in (1, 2, 3)}


def _begins(word: str, low: str, parted: str) -> bool:
    return low.startswith(word) or (low[0] == word[0] and parted.startswith(f" {word}"))


def may_match(needed: Needs, there: frozenset[str]) -> bool:
    """Does a text that holds these words have what a pattern needs."""
    return not any(map(there.isdisjoint, needed))


def likely(pattern: str, text: str) -> bool:
    """May a pattern match somewhere in a text; yes, where the file does not tell of it."""
    needed = kept(pattern)
    return not needed or may_match(needed, holds(text))
