"""Reads a run of tokens by the LALR tables: a tree of branches, or the token that did not fit and what would have.

The grammar knows tokens by their kind alone, so a tree holds their numbers in the run, and runs of the same kinds, as
a strategy has many, are read once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from stratagem.dsl.grammar.tables import tables
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.record import record

LONGEST_KEPT = 60
"""Tokens of a run whose tree is kept: longer ones hardly ever repeat, and ten thousand of them would fill a machine."""
_LISTS = frozenset({"both", "either", "first_item", "next_item"})


class Branch:
    """An aliased production: its parts (branches, and numbers of tokens), its first and last token, and how deep it
    nests (lists count once)."""

    __slots__ = ("alias", "depth", "first", "last", "parts")

    def __init__(self, alias: str, parts: list[Tree]) -> None:
        self.alias = alias
        self.parts = tuple(parts)
        one, other = parts[0], parts[-1]
        self.first: int = one.first if isinstance(one, Branch) else one
        self.last: int = other.last if isinstance(other, Branch) else other
        depths = [part.depth for part in parts if isinstance(part, Branch)]
        if alias in _LISTS and depths and isinstance(parts[0], Branch) and parts[0].alias == alias:
            self.depth: int = max(depths[0], 1 + max(depths[1:], default=0))
        else:
            self.depth = 1 + max(depths, default=0)


Tree: TypeAlias = Branch | int


@record(slots=False)
class Refused:
    """The run is no `start`: `index` is the token that did not fit (the run's length: it ended too early)."""

    index: int
    expected: frozenset[str]
    """Kinds of token that would have fitted; `$END` where the run might have ended."""


def read(run: tuple[Token, ...], start: str) -> Tree | Refused:
    """Read a run of tokens as `start`, one of the grammar's starts."""
    kinds = tuple([token.kind for token in run])
    return _read(kinds, start) if len(kinds) <= LONGEST_KEPT else _read.__wrapped__(kinds, start)


@lru_cache(maxsize=10_000)
def _read(run: tuple[str, ...], start: str) -> Tree | Refused:
    """The same for their kinds."""
    table = tables()
    steps, rules, last = table.steps, table.rules, table.ends[start]
    states = [table.starts[start]]
    values: list[Tree] = []
    for index, kind in enumerate((*run, "$END")):
        while True:
            step = steps[states[-1]].get(kind)
            if step is None:
                kept = len(states) <= LONGEST_KEPT
                return Refused(index, (_accepted if kept else _accepted.__wrapped__)(tuple(states), last))
            if step >= 0:
                states.append(step)
                values.append(index)
                break
            origin, length, alias = rules[-1 - step]
            if alias:
                values[-length:] = [Branch(alias, values[-length:])]
            del states[-length:]
            states.append(steps[states[-1]][origin])
            if kind == "$END" and states[-1] == last:
                return values[0]
    raise AssertionError("the end of a run is either taken or refused")


@lru_cache(maxsize=10_000)
def _accepted(states: tuple[int, ...], last: int) -> frozenset[str]:
    """The kinds that can really follow: LALR rows also list some that a later reduction would refuse."""
    row = tables().steps[states[-1]]
    return frozenset(kind for kind in row if (kind.isupper() or kind == "$END") and _fits(list(states), kind, last))


def _fits(states: list[int], kind: str, last: int) -> bool:
    table = tables()
    while True:
        step = table.steps[states[-1]].get(kind)
        if step is None:
            return False
        if step >= 0:
            return True
        origin, length, _ = table.rules[-1 - step]
        del states[-length:]
        states.append(table.steps[states[-1]][origin])
        if kind == "$END" and states[-1] == last:
            return True
