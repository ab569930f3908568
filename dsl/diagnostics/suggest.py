"""Did you mean: the known words that a slip of the pen could have turned into another."""

from __future__ import annotations

from collections.abc import Iterable


def near(word: str, known: Iterable[str], at_most: int = 4) -> tuple[str, ...]:
    """At most so many of the known words, the nearest first; only those near enough to be worth showing."""
    bound = 1 if len(word) < 4 else 2 if len(word) < 8 else 3
    ranked = []
    for name in dict.fromkeys(known):
        rank = _rank(word.lower(), name.lower(), bound)
        if rank is not None and name != word:
            ranked.append((rank, name))
    return tuple(name for _, name in sorted(ranked)[:at_most])


def _rank(word: str, name: str, bound: int) -> float | None:
    slips = distance(word, name, bound)
    if slips is not None:
        return slips
    if sorted(word.split("_")) == sorted(name.split("_")):
        return bound + 0.3
    short, long = sorted((word, name), key=len)
    if len(short) > 3 and (long.startswith(short) or long.endswith("_" + short)):
        return bound + 0.6
    return None


def distance(one: str, other: str, bound: int) -> int | None:
    """Letters to add, drop, change or swap with their neighbour, from one word to the other; None above `bound`."""
    if abs(len(one) - len(other)) > bound:
        return None
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
