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
    """The part of the graph within `steps` of a node: what feeds it, and what it feeds; boxes keep no idle rows."""
    kept = {node} | _reach(graph, node, steps, forward=False) | _reach(graph, node, steps, forward=True)
    kind = graph.nodes[node].get("kind")
    kept |= {row for row in graph.successors(node) if graph.nodes[row].get("kind") == ROWS_OF.get(str(kind))}
    part: Graph = graph.subgraph([each for each in graph if each in kept]).copy()
    return part


def _reach(graph: Graph, node: str, steps: int, forward: bool) -> set[str]:
    found: set[str] = set()
    edge = {node}
    for _ in range(steps):
        edge = {other for each in edge for other in (graph.successors(each) if forward else graph.predecessors(each))}
        edge -= found | {node}
        found |= edge
    return found
