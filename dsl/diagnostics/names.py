"""Many names at once, asked which of them are near a word: one pass over the word answers for all.

The names stand one after the other in a long row of bits, a bit for each beginning of each name. For each number of
slips, one such row says which beginnings the letters read so far may stand for; reading a letter is a few shifts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

LONGEST = 80
"""Letters of a name that is still compared."""


class Names:
    """Some names, laid out to be compared with words. What was answered is kept."""

    def __init__(self, known: Iterable[str]) -> None:
        kept = sorted((name.lower(), name) for name in dict.fromkeys(known) if 0 < len(name) <= LONGEST)
        self.small = [small for small, _ in kept]
        self.names = [name for _, name in kept]
        self._answers: dict[tuple[str, int], tuple[str, ...]] = {}
        self._at: dict[int, int] = {}
        """The name that ends at a bit."""
        self._lay_out()
        self._parts: dict[tuple[str, ...], list[int]] = {}
        self._whole: dict[str, list[int]] = {}
        self._tails: dict[str, list[int]] = {}
        for number, small in enumerate(self.small):
            self._whole.setdefault(small, []).append(number)
            if "_" in small:
                parts = small.split("_")
                self._parts.setdefault(tuple(sorted(parts)), []).append(number)
                for n in range(1, len(parts)):
                    self._tails.setdefault("_".join(parts[n:]), []).append(number)

    def _lay_out(self) -> None:
        room = sum(len(small) + 1 for small in self.small) // 8 + 1
        letters: dict[str, bytearray] = {}
        starts, ends = bytearray(room), bytearray(room)
        at = 0
        for number, small in enumerate(self.small):
            starts[at >> 3] |= 1 << (at & 7)
            for letter in small:
                at += 1
                row = letters.get(letter)
                if row is None:
                    row = letters[letter] = bytearray(room)
                row[at >> 3] |= 1 << (at & 7)
            ends[at >> 3] |= 1 << (at & 7)
            self._at[at] = number
            at += 1
        self._letters = {letter: int.from_bytes(row, "little") for letter, row in letters.items()}
        self._starts, self._ends = int.from_bytes(starts, "little"), int.from_bytes(ends, "little")
        self._inner = ((1 << at) - 1) & ~self._starts

    def near(self, word: str, at_most: int, bound: int) -> tuple[str, ...]:
        """The names at most `bound` slips from a word, the nearest first; then those that are alike in their parts."""
        if len(word) > LONGEST:
            return ()
        answer = self._answers.get((word, at_most))
        if answer is None:
            numbers = self._ranked(word, at_most, bound)
            if len(numbers) < at_most:
                taken = set(numbers)
                numbers += [n for n in self._alike(word.lower(), at_most) if n not in taken and self.names[n] != word]
            answer = self._answers[word, at_most] = tuple(self.names[n] for n in numbers[:at_most])
        return answer

    def _ranked(self, word: str, at_most: int, bound: int) -> list[int]:
        found: list[int] = []
        before = 0
        for row in self._read(word.lower(), bound):
            fresh = row & self._ends & ~before
            before |= fresh
            for number in self._ending(fresh, at_most + 1):
                if self.names[number] != word:
                    found.append(number)
            if len(found) >= at_most:
                break
        return found

    def _read(self, word: str, bound: int) -> list[int]:
        """For each number of slips, which beginnings of names the word may stand for."""
        inner = self._inner
        rows = [self._starts]
        for _ in range(bound):
            rows.append(rows[-1] | (rows[-1] << 1 & inner))
        earlier, last = [0] * (bound + 1), 0
        for letter in word:
            here = self._letters.get(letter, 0)
            made = [rows[0] << 1 & here]
            for slips in range(1, bound + 1):
                fewer = rows[slips - 1]
                swapped = earlier[slips - 1] << 2 & last & (here << 1)
                made.append(rows[slips] << 1 & here | fewer | ((fewer | made[-1]) << 1 & inner) | swapped)
            earlier, rows, last = rows, made, here
        return rows

    def _ending(self, row: int, at_most: int) -> Iterator[int]:
        """The first names that end at a bit of a row."""
        for _ in range(at_most):
            if not row:
                return
            lowest = row & -row
            row ^= lowest
            yield self._at[lowest.bit_length() - 1]

    def _alike(self, word: str, at_most: int) -> Iterator[int]:
        """Names of the same parts; then those that begin or end the word, or that it begins or ends."""
        same = self._parts.get(tuple(sorted(word.split("_"))), []) if "_" in word else []
        yield from same
        yield from sorted({number for number in self._overlapping(word, 2 * at_most) if number not in same})

    def _overlapping(self, word: str, at_most: int) -> Iterator[int]:
        if len(word) > 3:
            start = bisect_left(self.small, word)
            for number in range(start, min(start + at_most, len(self.small))):
                if not self.small[number].startswith(word):
                    break
                yield number
            yield from self._tails.get(word, ())[:at_most]
        whole = [word[:n] for n in range(4, len(word) + 1)]
        whole += [word[n + 1 :] for n, letter in enumerate(word) if letter == "_" and len(word) - n > 4]
        for other in whole:
            yield from self._whole.get(other, ())[:at_most]
