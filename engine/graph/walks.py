"""Questions asked of the rule graph: order, loops, what feeds a thing, what a change touches."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from stratagem.engine.graph.build import SIDEWAYS, Graph

EVALUATED = frozenset(
    {"assumption", "measure", "value", "customer", "group", "tiers", "tier", "segment", "move", "journey"}
)
"""Kinds of node whose value an evaluator works out; only these can form a loop that matters."""


def evaluation_order(graph: Graph) -> list[str]:
    """Evaluated nodes so that each comes after what it reads; among equals, in declared order.

    Raises nx.NetworkXUnfeasible when there is a loop: ask `loops` first.
    """
    place = {node: number for number, node in enumerate(graph)}
    return list(nx.lexicographical_topological_sort(_evaluated(graph), key=lambda n: place[n]))


def loops(graph: Graph) -> list[list[str]]:
    """Circles among evaluated nodes, each as the nodes in order."""
    return [list(loop) for loop in nx.simple_cycles(_evaluated(graph))]


def _evaluated(graph: Graph) -> Graph:
    """The evaluated nodes, with the edges by which they are worked out: a segment reads none that it leads to."""
    kinds = {n for n, d in graph.nodes(data=True) if d.get("kind") in EVALUATED}
    found: Graph = nx.subgraph_view(
        graph, filter_node=kinds.__contains__, filter_edge=lambda a, b: graph.edges[a, b].get("why") != SIDEWAYS
    )
    return found


def upstream(graph: Graph, node: str) -> set[str]:
    """All that the node depends on."""
    return nx.ancestors(graph, node) if node in graph else set()


def downstream(graph: Graph, node: str) -> set[str]:
    """All that depends on the node: what a change of it touches."""
    return nx.descendants(graph, node) if node in graph else set()


def needed(graph: Graph, targets: Iterable[str]) -> set[str]:
    """The targets and all that feeds them."""
    found = {t for t in targets if t in graph}
    return found.union(*(upstream(graph, t) for t in found)) if found else found
