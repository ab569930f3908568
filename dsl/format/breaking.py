"""Lines that are too long: a condition goes below its line, a list is broken within its brackets.

In: a line's words. Out: its physical lines, or None when it has nothing that could be broken. Texts and arithmetic
are never broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from stratagem.dsl.format.spacing import Words, of_one, pieces
from stratagem.dsl.grammar.words import Token

WIDTH = 120
"""Characters of a line, its comment not counted."""
_BLOCKS = {"AND": "all of", "OR": "any of"}


def fits(text: str) -> bool:
    """Is a line, or every one of several, short enough."""
    return all(len(part) <= WIDTH for part in text.split("\n"))


def parts_below(words: Words, region: tuple[int, int]) -> tuple[str, list[Words]] | None:
    """A condition of several parts as a block: `all of` or `any of`, and the words of each part."""
    start, end = region
    for kind in ("OR", "AND"):
        marks = _marks(words, start, end, kind)
        if marks is None:
            return None
        if marks:
            edges = [start - 1, *marks, end]
            found = [words.run[a + 1 : b] for a, b in pairwise(edges)]
            return _BLOCKS[kind], [of_one("condition", _bare(run)) for run in found]
    return None


def _marks(words: Words, start: int, end: int, kind: str) -> list[int] | None:
    """Where `and` or `or` joins the parts of a condition; None when an `if` or a text over lines holds it together."""
    found, depth, pending = [], 0, 0
    for n in range(start, end):
        token = words.run[n]
        depth += (token.kind == "LEFT") - (token.kind == "RIGHT")
        if depth:
            continue
        if token.kind in ("IF", "LONG_TEXT"):
            return None
        if token.kind == "WHERE":
            break
        pending += token.kind == "BETWEEN"
        if token.kind == "AND" and pending:
            pending -= 1
        elif token.kind == kind:
            found.append(n)
    return found


def _bare(run: tuple[Token, ...]) -> tuple[Token, ...]:
    """A part without the brackets around the whole of it."""
    while len(run) > 2 and run[0].kind == "LEFT" and _closing(run) == len(run) - 1:
        run = run[1:-1]
    return run


def _closing(run: tuple[Token, ...]) -> int:
    """Where the bracket closes that the run starts with."""
    depth = 0
    for n, token in enumerate(run):
        depth += (token.kind == "LEFT") - (token.kind == "RIGHT")
        if depth == 0:
            return n
    return -1


def broken_list(words: Words, indent: int) -> list[str] | None:
    """The line with its longest list one step deeper, as many items a line as fit; None when it holds no list."""
    made = pieces(words, indent)
    found = max(_lists(words), key=lambda pair: sum(map(len, made[pair[0] : pair[1]])), default=None)
    if found is None:
        return None
    first, last = found
    pad = " " * indent
    head, tail = pad + "".join(made[: first + 1]), pad + "".join(made[last:])
    return [head, *_filled(words, made, first + 1, last, indent + 2), tail]


def _lists(words: Words) -> Iterator[tuple[int, int]]:
    """The brackets of every list of several items that stands in no other bracket."""
    depth, opened, commas = 0, -1, 0
    for n, token in enumerate(words.run):
        if token.kind == "LEFT":
            depth += 1
            if depth == 1:
                opened, commas = n, 0
        elif token.kind == "RIGHT":
            depth -= 1
            if depth == 0 and commas:
                yield opened, n
        commas += token.kind == "COMMA" and depth == 1


def _filled(words: Words, made: list[str], start: int, end: int, indent: int) -> list[str]:
    """The items from `start` on, filled into lines."""
    lines, now, item, depth = [], "", "", 0
    for n in range(start, end):
        item += made[n]
        depth += (words.run[n].kind == "LEFT") - (words.run[n].kind == "RIGHT")
        if depth or not (words.run[n].kind == "COMMA" or n == end - 1):
            continue
        if now and indent + len(now) + len(item) > WIDTH:
            lines.append(now)
            now, item = "", item.lstrip()
        now, item = now + item, ""
    return [" " * indent + text for text in [*lines, now]]
