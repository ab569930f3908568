"""Rule graph → GraphML, for graph tools."""

from __future__ import annotations

import networkx as nx

from stratagem.dsl.source import Span
from stratagem.engine.graph.build import Graph
from stratagem.engine.graph.picture.escape import characters


def to_graphml(graph: Graph) -> str:
    """One node a declaration (kind, name, label, at as file:line), one edge a reason (why)."""
    plain: nx.DiGraph[str] = nx.DiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(characters(node), **{key: _value(value) for key, value in data.items() if value is not None})
    for source, target, data in graph.edges(data=True):
        plain.add_edge(characters(source), characters(target), why=characters(str(data.get("why", ""))))
    return "\n".join(nx.generate_graphml(plain, named_key_ids=True)) + "\n"


def _value(value: object) -> str | bool | int:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Span):
        return characters(f"{value.file}:{value.line}") if value.file else ""
    return characters(str(value))
