"""What is written and says nothing: blocks whose lines are not there, a strategy without the language's version."""

from __future__ import annotations

from typing import Final

from stratagem.dsl.catalogue import by_id, first_words
from stratagem.dsl.check.context import Context
from stratagem.dsl.check.header import LANGUAGE
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.nodes import Node
from stratagem.dsl.source import Span

LIVE_BY_THEIR_LINES: Final = {
    "business": "business.objective",
    "goal": "goal.metric",
    "matrix": "matrix.tactic",
    "resources": "resources.budget",
    "policy": "policy.limit_all",
    "decide": "decide.at_most",
    "question": "question.answers",
    "scenario": "assume",
}
"""Blocks that mean nothing without a line below them, each with a line to begin with.

Others are held elsewhere (a source, a customer, a journey, tiers), or are something by their name alone, to be referred
to: a channel, an offer, a segment.
"""


def language(c: Context) -> None:
    """Which version of the language is meant. It goes without saying only as long as there is one."""
    if any(unit.node.statement.id == "language" for unit in c.built.units):
        return
    at = c.strategy.header.at
    top = Span(at.file, 1, 1, 1, 1)
    fix = Fix(f"Write as the first line: language {LANGUAGE}", (Edit(top, f"language {LANGUAGE}\n"),), safe=True)
    c.findings.add("S442", at, fixes=[fix], known=LANGUAGE)


def blocks(c: Context) -> None:
    """Blocks without a line below them."""
    for unit in c.built.units:
        node = unit.node
        line = LIVE_BY_THEIR_LINES.get(node.statement.id)
        if line is None or node.children or node.broken:
            continue
        name = node.slots.get("name")
        what = f"`{name.value.text}`" if name else f"`{' '.join(first_words(node.statement))}`"
        c.findings.add(
            "S441", name.span if name else node.span, fixes=_ways(c, node), what=what, example=by_id(line).example
        )


def _ways(c: Context, node: Node) -> list[Fix]:
    """A metric for a goal, where there is one; else the block is left out, with the lines that name nothing else."""
    goal = node.value("name").text if node.statement.id == "goal" else None
    metric = next((metric.name for metric in c.strategy.metrics), None) if goal else None
    fixes = []
    if metric is not None:
        written = Edit(node.span.below(), f"  measured by {metric}\n")
        title = f"Write below it: measured by {metric} (this assumes that it is the figure meant)"
        fixes.append(Fix(title, (written,)))
    lists = [action.serves for action in c.strategy.actions if any(ref.name == goal for ref in action.serves)]
    if all(len(refs) == 1 for refs in lists):
        gone = [_line(node.span), *(_line(ref.at) for refs in lists for ref in refs)]
        what = f"`{goal}` out, with the lines that name it" if lists else "this line out"
        fixes.append(Fix(f"Take {what} (this assumes that nothing was meant)", tuple(Edit(at, "") for at in gone)))
    return fixes


def _line(at: Span) -> Span:
    return at.on(at.line, 1, 1).to(at.below())
