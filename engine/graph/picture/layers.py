"""Which layer a box stands in: its column, and within the column after the boxes it is fed by."""

from __future__ import annotations

from collections.abc import Mapping

from stratagem.engine.graph.picture.sheet import Sheet

DEEPEST = 4
"""Layers one column may have at most; longer chains within a column share the last."""


SIDEWAYS = frozenset({"leads to", "names"})
"""Reasons that put nothing behind anything else."""


def layers(sheet: Sheet) -> list[list[str]]:
    """Nodes of boxes by layer, from left to right, each in the order declared; no layer is empty."""
    depth = _depths(sheet)
    found: dict[tuple[int, int], list[str]] = {}
    for box in sheet.boxes:
        found.setdefault((box.column, depth[box.node]), []).append(box.node)
    return [found[key] for key in sorted(found)]


def _depths(sheet: Sheet) -> Mapping[str, int]:
    """Longest way to a box within its own column; circles are cut at `DEEPEST`."""
    column = {box.node: box.column for box in sheet.boxes}
    inside = {
        (source, target)
        for link in sheet.links
        if link.why not in SIDEWAYS
        and column[source := sheet.home[link.source]] == column[target := sheet.home[link.target]]
    }
    depth = dict.fromkeys(column, 0)
    for _ in range(DEEPEST):
        moved = False
        for source, target in inside:
            wanted = min(depth[source] + 1, DEEPEST - 1)
            if depth[target] < wanted:
                depth[target] = wanted
                moved = True
        if not moved:
            break
    return depth
