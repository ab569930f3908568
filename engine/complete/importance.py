"""Which gaps matter most, by a rule that anyone can read.

A gap's importance is the weight of its status, times the weight of its check (in the framework's data), times one
plus the share of the rule graph's nodes that it touches: the declarations its gaps are about and all that depends on
them; where it is about nothing that is declared, the nodes of the kinds that the check judges. Among equals the order
of the frameworks and of their codes decides. Two gaps that ask for the same sentence to be written are one.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from stratagem.engine.complete.finding import Finding, Lack, Status
from stratagem.engine.complete.framework import Check
from stratagem.engine.graph.build import Graph

STATUS_WEIGHT = {Status.MISSING: 2.0, Status.PARTLY: 1.0}


def touches(graph: Graph, check: Check, lacks: Iterable[Lack]) -> int:
    """How many declarations the gaps touch."""
    nodes = {one.node for one in lacks if one.node in graph}
    if nodes:
        return len(nodes.union(*(nx.descendants(graph, n) for n in nodes)))
    return sum(1 for node in graph if graph.nodes[node].get("kind") in check.about)


def importance(finding: Finding, declarations: int) -> float:
    """See the head of this module; 0 for what is no gap."""
    if not finding.gaps:
        return 0.0
    return STATUS_WEIGHT.get(finding.status, 0.0) * finding.weight * (1 + finding.touches / max(declarations, 1))


def most_important(findings: Iterable[Finding], declarations: int, at_most: int) -> list[Finding]:
    """The gaps that matter most, each sentence once."""
    ranked = sorted(findings, key=lambda f: -importance(f, declarations))
    chosen: dict[str, Finding] = {}
    for finding in ranked:
        if importance(finding, declarations) > 0 and len(chosen) < at_most:
            chosen.setdefault(finding.write, finding)
    return list(chosen.values())
