"""The neighbourhood of one thing in the rule graph."""

from __future__ import annotations

from stratagem.engine.graph.build import Graph
from stratagem.engine.graph.picture.legend import ROWS_OF

STEPS = 2
"""How far the neighbourhood reaches, along the arrows and against them."""


def find_nodes(graph: Graph, name: str) -> list[str]:
    """Nodes that `name` may mean: an id (`measure:spend`), else every node of that name, or whose name ends in it."""
    if name in graph:
        return [name]
    exact = [node for node, data in graph.nodes(data=True) if data.get("name") == name]
    return exact or [node for node, data in graph.nodes(data=True) if str(data.get("name")).endswith(f".{name}")]


def around(graph: Graph, node: str, steps: int = STEPS) -> Graph:
    """The part of the graph within `steps` of a node: what feeds it, and what it feeds.

    A box that is itself in focus keeps all its rows; a row never stands without its box. Order is the whole graph's.
    """
    kept = {node} | _reach(graph, node, steps, forward=False) | _reach(graph, node, steps, forward=True)
    kept |= {row for row in graph.successors(node) if row_of(graph, node, row)}
    kept |= {box for row in kept for box in graph.predecessors(row) if row_of(graph, box, row)}
    part = type(graph)()
    # networkx' own subgraph has no order of its own; a picture is to be the same every time.
    part.add_nodes_from((each, data) for each, data in graph.nodes(data=True) if each in kept)
    part.add_edges_from((a, b, data) for a, b, data in graph.edges(data=True) if a in kept and b in kept)
    return part


def row_of(graph: Graph, box: str, row: str) -> bool:
    """Is the one node drawn as a row of the other."""
    return ROWS_OF.get(str(graph.nodes[box].get("kind"))) == graph.nodes[row].get("kind")


def _reach(graph: Graph, node: str, steps: int, forward: bool) -> set[str]:
    found: set[str] = set()
    edge = {node}
    for _ in range(steps):
        edge = {other for each in edge for other in (graph.successors(each) if forward else graph.predecessors(each))}
        edge -= found | {node}
        found |= edge
    return found
