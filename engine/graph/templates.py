"""Which nodes of the graph a message reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stratagem.dsl.templates.names import Meaning
from stratagem.dsl.templates.reader import names as names_in
from stratagem.engine.graph.references import Names, field_reads, node_id


def message_reads(text: str, shown: Mapping[str, tuple[Meaning, ...]], names: Names) -> frozenset[str]:
    """Ids of the nodes that a template reads. `shown`: what each name in a template means."""
    found = (meaning for name in names_in(text) for meaning in shown.get(name, ()))
    return frozenset(node for meaning in found for node in _node(meaning, names))


def _node(meaning: Meaning, names: Names) -> Iterator[str]:
    """What every message may show of itself, and the customer's id, are no nodes."""
    match meaning.refers:
        case "fact":
            yield names.fact(meaning.path)
        case "tiers" | "segment":
            yield node_id(meaning.refers, meaning.path)
        case "stage":
            yield "journey:stage"
        case "field":
            source, *path = meaning.path.split(".")
            yield from field_reads(source, tuple(path), names)
