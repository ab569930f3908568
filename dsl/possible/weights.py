"""How large a formula is with every name written out, and how many names stand behind each other in it.

In: an expression, and what each name stands for. Out: its weight. Names that read one another a thousand deep are
weighed without a thousand calls within each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from stratagem.dsl.expressions import tree
from stratagem.dsl.record import record

Place = tuple[str, str]
"""A kind of name (fact, segment, tiers) and the name."""


@record
class Weight:
    """Nodes in all, and names behind each other."""

    size: int
    depth: int


class Weights:
    """Weighs each name once. `behind`: the formulas that a name stands for."""

    def __init__(self, behind: Callable[[Place], tuple[tree.Expr, ...]]) -> None:
        self._behind = behind
        self._known: dict[Place, Weight] = {}
        self._read: dict[Place, tuple[int, Counter[Place]]] = {}

    def of(self, expr: tree.Expr) -> Weight:
        """The weight of an expression."""
        nodes, read = _reads((expr,))
        for place in read:
            self._weigh(place)
        return self._sum(nodes, read)

    def _sum(self, nodes: int, read: Counter[Place]) -> Weight:
        nothing = Weight(0, 0)  # of what reads itself, which is an error, no more is counted
        inner = [(self._known.get(place, nothing), times) for place, times in read.items()]
        size = nodes + sum(weight.size * times for weight, times in inner)
        return Weight(size, max((weight.depth + 1 for weight, _ in inner), default=0))

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


def _reads(formulas: tuple[tree.Expr, ...]) -> tuple[int, Counter[Place]]:
    """How many nodes, and how often each name."""
    nodes, read = 0, Counter[Place]()
    for formula in formulas:
        for part in formula.walk():
            nodes += 1
            if type(part) not in _NAMING:
                continue
            match part:
                case tree.FactRef(name=name):
                    read["fact", name] += 1
                case tree.SegmentRef(segment=name):
                    read["segment", name] += 1
                case tree.TierRef(tiers=name):
                    read["tiers", name] += 1
                case tree.InTier(tiers=name, names=names):
                    read["tiers", name] += len(names)
    return nodes, read
