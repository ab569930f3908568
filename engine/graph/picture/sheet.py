"""Rule graph → boxes with rows, and links between rows: what is to be drawn, without places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stratagem.dsl.source import Span
from stratagem.engine.graph.build import Graph
from stratagem.engine.graph.picture.legend import COLUMN_OF, LAST, ROWS_OF


@dataclass(frozen=True, slots=True)
class Row:
    """A line within a box that arrows can start from and end at."""

    node: str
    kind: str
    label: str
    at: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its head, and the rows below it. `column` indexes `legend.COLUMNS`."""

    head: Row
    rows: tuple[Row, ...]
    column: int

    @property
    def node(self) -> str:
        return self.head.node


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from a node to a node, and why."""

    source: str
    target: str
    why: str


@dataclass(frozen=True)
class Sheet:
    """All that is to be drawn. `home` says which box a node is drawn in."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    home: Mapping[str, str]


def fold(graph: Graph) -> Sheet:
    """Boxes in the order declared; a node that belongs to a box becomes a row of it, and their edge is not drawn."""
    rows: dict[str, list[str]] = {}
    home: dict[str, str] = {}
    for node, data in graph.nodes(data=True):
        owner = _owner(graph, node, str(data.get("kind")))
        home[node] = owner or node
        if owner:
            rows.setdefault(owner, []).append(node)
    boxes = tuple(
        Box(_row(graph, node), tuple(_row(graph, r, node) for r in rows.get(node, ())), _column(graph, node))
        for node in graph
        if home[node] == node
    )
    links = tuple(
        Link(source, target, str(data.get("why", "")))
        for source, target, data in graph.edges(data=True)
        if home[source] != home[target]
    )
    return Sheet(boxes, links, home)


def _owner(graph: Graph, node: str, kind: str) -> str | None:
    """The box a node is a row of: a neighbour of the kind that holds its kind, else the one its own name names."""
    owner = next((owner for owner, row in ROWS_OF.items() if row == kind), None)
    if owner is None:
        return None
    for other in (*graph.predecessors(node), *graph.successors(node)):
        if graph.nodes[other].get("kind") == owner:
            return other
    named = f"{owner}:{str(graph.nodes[node].get('name')).partition('.')[0]}"
    return named if named in graph else None


def _column(graph: Graph, node: str) -> int:
    return COLUMN_OF.get(str(graph.nodes[node].get("kind")), LAST)


def _row(graph: Graph, node: str, owner: str = "") -> Row:
    """A node as a line; within its owner's box it need not repeat the owner's name."""
    data = graph.nodes[node]
    at = data.get("at")
    place = f"{at.file}:{at.line}" if isinstance(at, Span) and at.file else ""
    label = str(data.get("label") or data.get("name") or node)
    if owner:
        label = label.removeprefix(f"{graph.nodes[owner].get('name')}.")
    return Row(node, str(data.get("kind", "")), label, place)
