"""Did you mean: the known words that a slip of the pen could have turned into another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from stratagem.dsl.diagnostics.names import Names

MANY = 24
"""Names from which on they are laid out once and compared together; fewer are compared one by one."""


def near(word: str, known: Iterable[str] | Names, at_most: int = 4) -> tuple[str, ...]:
    """At most so many of the known words, the nearest first; only those near enough to be worth showing."""
    if isinstance(known, Names):
        return known.near(word, at_most, _bound(word))
    names = tuple(dict.fromkeys(known))
    return _near(word, names, at_most) if len(names) < MANY else _names(names).near(word, at_most, _bound(word))


def _bound(word: str) -> int:
    """Slips of the pen that a word of this length may hold."""
    return 1 if len(word) < 4 else 2 if len(word) < 8 else 3


@lru_cache(maxsize=64)
def _names(known: tuple[str, ...]) -> Names:
    return Names(known)


@lru_cache(maxsize=4_096)
def _near(word: str, known: tuple[str, ...], at_most: int) -> tuple[str, ...]:
    bound = _bound(word)
    wanted, letters = word.lower(), _letters(word.lower())
    ranked: list[tuple[float, str]] = []
    slips = bound
    """As many as still can be among the nearest."""
    found = [0] * (bound + 1)
    for name in known:
        small = name.lower()
        if (_letters(small) ^ letters).bit_count() <= 2 * slips:
            rank = distance(wanted, small, slips)
            if rank is not None and name != word:
                ranked.append((rank, name))
                found[rank] += 1
                slips = next((n for n in range(slips) if sum(found[: n + 1]) >= at_most), slips)
    if len(ranked) < at_most:
        taken = {name for _, name in ranked}
        others = ((_likeness(wanted, name.lower()), name) for name in known if name not in taken and name != word)
        ranked.extend((bound + more, name) for more, name in others if more)
    return tuple(name for _, name in sorted(ranked)[:at_most])


@lru_cache(maxsize=20_000)
def _letters(word: str) -> int:
    """Which characters a word has, as bits; one slip changes two of them at most."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _likeness(word: str, name: str) -> float:
    """More than 0 where the words are too many slips apart, and yet alike: the same parts, or one begins the other."""
    if "_" in word and sorted(word.split("_")) == sorted(name.split("_")):
        return 0.3
    short, long = (word, name) if len(word) < len(name) else (name, word)
    return 0.6 if len(short) > 3 and (long.startswith(short) or long.endswith("_" + short)) else 0


def distance(one: str, other: str, bound: int) -> int | None:
    """Letters to add, drop, change or swap with their neighbour, from one word to the other; None above `bound`."""
    if abs(len(one) - len(other)) > bound:
        return None
    one, other = _differing(one, other)
    if len(one) < 2 and len(other) < 2:
        return max(len(one), len(other))
    if not one or not other:
        return len(one) + len(other)
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i in range(1, len(one) + 1):
        previous, above_previous = row, above
        row = [i] + [0] * len(other)
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (not same))
            swapped = i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]
            if swapped:
                row[j] = min(row[j], above_previous[j - 2] + 1)
        if min(row) > bound:
            return None
        above = previous
    return row[-1] if row[-1] <= bound else None


def _differing(one: str, other: str) -> tuple[str, str]:
    """The words without what they begin and end with alike."""
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
