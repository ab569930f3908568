"""Arrows that cross several layers get a lane in each, so that none runs beneath a box.

A lane is an item of its layer as a box is. All arrows of one source and colour share their lanes.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from stratagem.engine.graph.picture.legend import edge_kind
from stratagem.engine.graph.picture.sheet import Box, Link, Sheet

HEAD = 34.0
ROW = 17.0
LANE = 3.0


@dataclass(eq=False)
class Item:
    """A box or a lane in a layer. `top` is its place; ports are offsets from it."""

    layer: int
    height: float
    box: Box | None = None
    top: float = 0.0
    left: list[tuple[Item, float, float]] = field(default_factory=list)
    """What it is joined to in the layer on its left: the item, its port, and the port here."""
    right: list[tuple[Item, float, float]] = field(default_factory=list)

    def port(self, node: str) -> float:
        """How far below the item's top an arrow to or from a node meets it."""
        if self.box is None:
            return self.height / 2
        for number, row in enumerate(self.box.rows):
            if row.node == node:
                return HEAD + ROW * number + ROW / 2
        return HEAD / 2


@dataclass(frozen=True)
class Way:
    """An arrow with the items it passes, from source to target. `back` when it runs against the columns."""

    link: Link
    items: tuple[Item, ...]
    back: bool


@dataclass(frozen=True)
class Lanes:
    """Items by layer, and the ways through them."""

    layers: tuple[list[Item], ...]
    ways: tuple[Way, ...]


def box_height(box: Box) -> float:
    """Head and rows, and a little air below rows."""
    return HEAD + ROW * len(box.rows) + (4.0 if box.rows else 0.0)


def lanes(sheet: Sheet, order: list[list[str]]) -> Lanes:
    """Items for every box, and lanes for every arrow that crosses a layer."""
    boxes = {box.node: box for box in sheet.boxes}
    at: dict[str, Item] = {}
    levels: list[list[Item]] = []
    for number, nodes in enumerate(order):
        levels.append([Item(number, box_height(boxes[node]), boxes[node]) for node in nodes])
        at.update(zip(nodes, levels[-1], strict=True))
    shared: dict[tuple[str, str, int, bool], Item] = {}
    ways = []
    for link in sheet.links:
        source, target = at[sheet.home[link.source]], at[sheet.home[link.target]]
        back = target.layer < source.layer
        between = range(source.layer - 1, target.layer, -1) if back else range(source.layer + 1, target.layer)
        passed = [source]
        for level in between:
            key = (link.source, edge_kind(link.why).title, level, back)
            if key not in shared:
                shared[key] = Item(level, LANE)
                levels[level].append(shared[key])
            passed.append(shared[key])
        passed.append(target)
        _join(link, passed)
        ways.append(Way(link, tuple(passed), back))
    return Lanes(tuple(levels), tuple(ways))


def _join(link: Link, passed: list[Item]) -> None:
    for first, second in itertools.pairwise(passed):
        left, right = (first, second) if first.layer < second.layer else (second, first)
        if left.layer == right.layer:
            continue
        ports = {id(first): first.port(link.source), id(second): second.port(link.target)}
        right.left.append((left, ports[id(left)], ports[id(right)]))
        left.right.append((right, ports[id(right)], ports[id(left)]))
