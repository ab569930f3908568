"""The slips of lines: one stands in another place than it should, with what stands below it.

In: the lines of a strategy, the number (from 0) of one of them. Out: the lines with that one moved, once for each place
it might slip to. Where it may stand there too, it says another thing, and nothing can tell: these ways are not `known`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Lines = list[str]
Moved = Callable[[Lines, int], Iterator[Lines]]

CASE = re.compile(r"\s+\S.* (?:when .+|otherwise)$")
TIER = re.compile(r'\s+\w+ "[^"]*" (?:from|top|next|below|otherwise)\b')


@dataclass(frozen=True)
class Move:
    """One kind of slip of a line."""

    name: str
    spoil: Moved
    known: bool = True


def depth(line: str) -> int:
    """How far in a line stands."""
    return len(line) - len(line.lstrip())


def end(lines: Lines, at: int) -> int:
    """The number of the line after a line and all that stands below it."""
    number = at + 1
    while number < len(lines) and (not lines[number].strip() or depth(lines[number]) > depth(lines[at])):
        number += 1
    while not lines[number - 1].strip():
        number -= 1
    return number


def _put(lines: Lines, at: int, to: int, steps: int = 0) -> Lines:
    """The line with what is below it, before the line `to`, so many blanks further in."""
    last = end(lines, at)
    block = [" " * (depth(line) + steps) + line.lstrip() for line in lines[at:last]]
    return [*lines[:to], *block, *lines[to:at], *lines[last:]] if to <= at else [
        *lines[:at], *lines[last:to], *block, *lines[to:]
    ]  # fmt: skip


def _heads(lines: Lines) -> list[int]:
    return [n for n, line in enumerate(lines) if line[:1].isalpha()]


def _above_its_head(lines: Lines, at: int) -> Iterator[Lines]:
    """The first line of a block, over the line that opens it."""
    if at and lines[at - 1].strip() and depth(lines[at - 1]) == depth(lines[at]) - 2:
        yield _put(lines, at, at - 1)


def _behind_a_sibling(like: re.Pattern[str] | None) -> Moved:
    """After the next line of the same depth, and all below it. `like`: only where both are so."""

    def spoil(lines: Lines, at: int) -> Iterator[Lines]:
        after = end(lines, at)
        if not depth(lines[at]) or after >= len(lines) or depth(lines[after]) != depth(lines[at]):
            return
        if like is None or (like.match(lines[at]) and like.match(lines[after])):
            yield _put(lines, at, end(lines, after))

    return spoil


def _below_a_sibling(lines: Lines, at: int) -> Iterator[Lines]:
    """As a line of the one before, where that one has lines below it."""
    before = next((n for n in range(at - 1, -1, -1) if lines[n].strip() and depth(lines[n]) <= depth(lines[at])), None)
    if before is not None and depth(lines[before]) == depth(lines[at]) and at - before > 1 and depth(lines[at]):
        yield _put(lines, at, before + 1, 2)


def _into_a_neighbour(step: int) -> Moved:
    """Into the block before, as its last line, or into the one after, as its first."""

    def spoil(lines: Lines, at: int) -> Iterator[Lines]:
        heads = _heads(lines)
        own = max((n for n in heads if n < at), default=None)
        if own is None or depth(lines[at]) != 2 or not 0 <= heads.index(own) + step < len(heads):
            return
        there = heads[heads.index(own) + step]
        if '"""' not in lines[there] and end(lines, there) > there + 1:
            yield _put(lines, at, there + 1 if step > 0 else end(lines, there))

    return spoil


MOVES: tuple[Move, ...] = (
    Move("moved: above its block's head", _above_its_head),
    Move("moved: a case behind the next", _behind_a_sibling(CASE)),
    Move("moved: a tier behind the next", _behind_a_sibling(TIER), known=False),
    Move("moved: behind the next line", _behind_a_sibling(None), known=False),
    Move("moved: below the line before", _below_a_sibling, known=False),
    Move("moved: into the block before", _into_a_neighbour(-1), known=False),
    Move("moved: into the block after", _into_a_neighbour(1), known=False),
)
