"""Items → places: neighbours near each other, nothing overlapping, in a few sweeps over the layers."""

from __future__ import annotations

from dataclasses import dataclass

from stratagem.engine.graph.picture.lanes import Item, Lanes

WIDTH = 196.0
"""Of a box."""
CHANNEL = 64.0
"""Between two layers, where arrows bend."""
SWEEPS = 20


@dataclass(frozen=True)
class Places:
    """Left edge by layer, and the height of the whole. Tops stand in the items."""

    lefts: tuple[float, ...]
    height: float


def place(lanes: Lanes) -> Places:
    """Give every item its top. Boxes keep a finger's breadth, lanes a hair."""
    for level in lanes.layers:
        _settle(level, [float(index * 40) for index in range(len(level))])
    count = len(lanes.layers)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        both = sweep >= SWEEPS - 8
        for number in range(count) if forward else range(count - 1, -1, -1):
            _sweep(lanes.layers[number], forward, both)
    return _normalised(lanes)


def _sweep(level: list[Item], forward: bool, both: bool) -> None:
    wishes = {id(item): _wish(item, forward, both) for item in level}
    level.sort(key=lambda item: wishes[id(item)] + item.height / 2)
    _settle(level, [wishes[id(item)] for item in level])


def _wish(item: Item, forward: bool, both: bool) -> float:
    """The top at which an item's arrows would run straight; where it stands when it has none."""
    near = item.left + item.right if both else item.left if forward else item.right
    if not near:
        return item.top
    weights = [_weight(item, other) for other, _, _ in near]
    tops = (other.top + there - here for other, there, here in near)
    return sum(w * top for w, top in zip(weights, tops, strict=True)) / sum(weights)


def _weight(item: Item, other: Item) -> float:
    """Lanes pull at lanes hardest: a long arrow is to run straight."""
    return 8.0 if item.box is None and other.box is None else 1.0


def _gap(above: Item, below: Item) -> float:
    return 12.0 if above.box and below.box else 7.0 if above.box or below.box else 4.0


def _settle(level: list[Item], wishes: list[float]) -> None:
    """Tops in the given order, without overlap, as near to the wishes as can be (least squares)."""
    offsets, offset = [], 0.0
    for index, item in enumerate(level):
        if index:
            offset += level[index - 1].height + _gap(level[index - 1], item)
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        mean, size = wish - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        pools.append((mean, size))
    settled = [mean for mean, size in pools for _ in range(size)]
    for item, base, offset in zip(level, settled, offsets, strict=True):
        item.top = base + offset


def _normalised(lanes: Lanes) -> Places:
    items = [item for level in lanes.layers for item in level]
    top = min((item.top for item in items), default=0.0)
    for item in items:
        item.top = round(item.top - top, 1)
    height = max((item.top + item.height for item in items), default=0.0)
    return Places(tuple(number * (WIDTH + CHANNEL) for number in range(len(lanes.layers))), height)
