"""How large a formula is with every name written out, and how many names stand behind each other in it.

In: an expression, and the nodes of the formulas that each name stands for. Out: its weight. Names that read one
another a thousand deep are weighed without a thousand calls within each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stratagem.dsl.expressions import tree
from stratagem.dsl.record import record

Place = tuple[str, str]
"""A kind of name (fact, segment, tiers) and the name."""


@record
class Weight:
    """Nodes in all, and names behind each other."""

    size: int
    depth: int


_NOTHING = Weight(0, 0)
"""Of what reads itself, which is an error, no more is counted."""


class Weights:
    """Weighs each name once. `behind`: the nodes of each formula that a name stands for."""

    def __init__(self, behind: Callable[[Place], tuple[Sequence[tree.Expr], ...]]) -> None:
        self._behind = behind
        self._known: dict[Place, Weight] = {}
        self._read: dict[Place, tuple[int, dict[Place, int]]] = {}

    def of(self, expr: tree.Expr) -> Weight:
        """The weight of an expression."""
        nodes, read = _reads((tuple(expr.walk()),))
        for place in read:
            self._weigh(place)
        return self._sum(nodes, read)

    def _sum(self, nodes: int, read: dict[Place, int]) -> Weight:
        size, depth = nodes, 0
        for place, times in read.items():
            weight = self._known.get(place, _NOTHING)
            size += weight.size * times
            depth = max(depth, weight.depth + 1)
        return Weight(size, depth)

    def _weigh(self, place: Place) -> None:
        waiting, underway = [place], set[Place]()
        while waiting:
            at = waiting[-1]
            if at in self._known:
                waiting.pop()
                continue
            if at not in self._read:
                self._read[at] = _reads(self._behind(at))
            nodes, read = self._read[at]
            first = [p for p in read if p not in self._known and p not in underway] if at not in underway else []
            underway.add(at)
            if first:
                waiting.extend(first)
            else:
                self._known[at] = self._sum(nodes, read)
                waiting.pop()


_NAMING = frozenset({tree.FactRef, tree.SegmentRef, tree.TierRef, tree.InTier})


def _reads(formulas: tuple[Sequence[tree.Expr], ...]) -> tuple[int, dict[Place, int]]:
    """How many nodes, and how often each name."""
    read: dict[Place, int] = {}
    for nodes in formulas:
        for part in nodes:
            if type(part) in _NAMING:
                place, times = _named(part)
                read[place] = read.get(place, 0) + times
    return sum(map(len, formulas)), read


def _named(part: tree.Expr) -> tuple[Place, int]:
    match part:
        case tree.FactRef(name=name):
            return ("fact", name), 1
        case tree.SegmentRef(segment=name):
            return ("segment", name), 1
        case tree.InTier(tiers=name, names=names):
            return ("tiers", name), len(names)
    assert isinstance(part, tree.TierRef)
    return ("tiers", part.tiers), 1
