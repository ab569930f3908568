"""Did you mean: the names that are closest to a word nobody declared."""

from __future__ import annotations

from collections.abc import Iterable


def near(word: str, known: Iterable[str], most: int = 4) -> tuple[str, ...]:
    """At most `most` of the known names that a slip of the pen could have turned into `word`, nearest first."""
    limit = 1 if len(word) < 4 else 2 if len(word) < 9 else 3
    found = {name: _closeness(word, name, limit) for name in known if name != word}
    kept = sorted((rank, name) for name, rank in found.items() if rank is not None)
    return tuple(name for _, name in kept[:most])


def _closeness(word: str, name: str, limit: int) -> float | None:
    """0 and up, smaller is nearer; None when the two are not close."""
    low, other = word.lower(), name.lower()
    if low == other:
        return 0.0
    distance = edits(low, other, limit)
    if distance is not None:
        return float(distance)
    if sorted(low.split("_")) == sorted(other.split("_")):
        return limit + 0.25
    shorter, longer = sorted((low, other), key=len)
    if len(shorter) >= 4 and (longer.startswith(shorter) or longer.endswith("_" + shorter)):
        return limit + 0.5
    return None


def edits(a: str, b: str, limit: int) -> int | None:
    """Letters to insert, drop, change or swap to get from `a` to `b`; None when that takes more than `limit`."""
    if abs(len(a) - len(b)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        after = [i]
        for j, other in enumerate(b, 1):
            best = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (letter != other))
            if before and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                best = min(best, before[j - 2] + 1)
            after.append(best)
        before, row = row, after
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
