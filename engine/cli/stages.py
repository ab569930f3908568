"""Each stage between text and plan as lists of plain records, for `stratagem show`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from stratagem.dsl.nodes import Node, Word
from stratagem.dsl.source import Span

if TYPE_CHECKING:
    from stratagem.dsl.model.strategy import Strategy
    from stratagem.dsl.parse import Loaded
    from stratagem.engine.plan.plan import Step

Record = dict[str, Any]


def lines(loaded: Loaded) -> Iterator[Record]:
    """The logical lines: where each starts and ends, how deep it stands, its text."""
    for parsed in loaded.files:
        for line in parsed.lines.walk():
            yield {"at": f"{line.file}:{line.number}", "depth": line.level, "text": " ".join(line.text.split())}


def tree(loaded: Loaded) -> Iterator[Record]:
    """The statements: which of the catalogue each is, and what stands in its slots."""
    for node in loaded.nodes:
        yield from _below(node, 0)


def _below(node: Node, depth: int) -> Iterator[Record]:
    slots = {name: _slot(slot.value) for name, slot in node.slots.items()}
    tails = [name for name in ("when", "formula") if getattr(node, name) is not None]
    at = f"{node.span.file}:{node.span.line}"
    yield {"at": at, "depth": depth, "statement": node.statement.id, "slots": slots, "holds": tails}
    for child in node.children:
        yield from _below(child, depth + 1)


def _slot(value: object) -> str:
    from stratagem.dsl.model.base import literal_text
    from stratagem.dsl.values import Value

    if isinstance(value, Word):
        return value.text
    if isinstance(value, tuple):
        return ", ".join(_slot(item) for item in value)
    if isinstance(value, str | int):
        return str(value)
    return literal_text(value) if isinstance(value, Value) else "a formula"


def graph(strategy: Strategy) -> Iterator[Record]:
    """The nodes of the rule graph, each with what it depends on and why."""
    from stratagem.engine.graph.build import build_graph

    built = build_graph(strategy)
    for node, data in built.nodes(data=True):
        at = data.get("at")
        place = f"{at.file}:{at.line}" if isinstance(at, Span) and at.file else ""
        reasons = {other: str(built.edges[other, node].get("why", "")) for other in built.predecessors(node)}
        yield {"node": node, "label": str(data.get("label", "")), "at": place, "from": reasons}


def plan(strategy: Strategy) -> Iterator[Record]:
    """The steps in the order in which they run; each reads only what stands above it."""
    from stratagem.engine.plan.build import build_plan

    built = build_plan(strategy)
    for phase, steps in (("facts", built.facts), ("candidates", built.candidates), ("hurdles", built.hurdles)):
        for step in steps:
            yield {"phase": phase, **_step(step)}
    for metric in built.metrics:
        yield {"phase": "metrics", "column": metric.name, "why": "metric", "formula": _spoken(metric.expr)}


def _step(step: Step) -> Record:
    from stratagem.engine.plan.plan import Compute, Tiering

    if isinstance(step, Compute):
        return {"column": step.name, "why": step.why, "formula": _spoken(step.expr)}
    if isinstance(step, Tiering):
        when = f" when {_spoken(step.when)}" if step.when is not None else ""
        return {"column": step.name, "why": "tiers", "formula": f"{_spoken(step.formula)}{when}"}
    moves = "; ".join(f"{m.source} to {m.target}" for m in step.moves)
    return {"column": "stage", "why": "journey", "formula": moves}


def _spoken(expr: Any) -> str:
    from stratagem.dsl.expressions.speak import speak

    return speak(expr)


STAGES: dict[str, Callable[..., Iterator[Record]]] = {"lines": lines, "tree": tree, "graph": graph, "plan": plan}
