"""Blocks of which a strategy has one, and blocks that may be written in several places.

In: the top-level nodes of all files. Out: the nodes of each block; a finding for each block too many, with the way to
bring the two together where they stand in one file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.model.make.unit import walk
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.source import SourceText, Span

ONLY_ONE = ("strategy", "business", "customer", "journey", "decide")
"""Blocks of which a strategy has one."""
SPREAD = ("resources",)
"""Blocks that may be written in several places, and are one."""
_NAMELESS = ("business", "decide")
"""Blocks whose head says nothing: only the lines below it would be lost."""


def one_of_each(nodes: Sequence[Node], findings: Findings, sources: Mapping[str, SourceText]) -> list[list[Node]]:
    """The nodes without repeated blocks, which are findings, and with spread ones brought together."""
    kept: list[list[Node]] = []
    first: dict[str, list[Node]] = {}
    for node in nodes:
        kind = node.statement.id
        earlier = first.get(kind) if kind in (*ONLY_ONE, *SPREAD) else None
        if earlier is None:
            kept.append([node])
            first.setdefault(kind, kept[-1])
        elif kind in SPREAD:
            earlier.append(node)
        else:
            label = Label(earlier[0].span, f"the first `{kind}` block")
            out = Fix(f"Delete this `{kind}` line", (Edit(node.span, ""),))
            fix = _together(earlier[0], node, sources) if kind in _NAMELESS else out
            findings.add("S401", node.span, labels=[label], fixes=[fix], block=kind)
    return kept


def _together(first: Node, second: Node, sources: Mapping[str, SourceText]) -> Fix | None:
    """The lines of the second block put below those of the first, which wins; None where they stand in two files."""
    source = sources.get(second.span.file)
    if source is None or first.span.file != second.span.file:
        return None
    said = {child.statement.id for child in first.children if child.statement.once}
    new = [child for child in second.children if child.statement.id not in said]
    moved = "".join(f"{line}\n" for child in new for line in source.lines[child.line - 1 : _end(child).end_line])
    gone = _whole_lines(second)
    what = "both are meant" if len(new) == len(second.children) else "the first holds where both say something"
    title = f"Put its lines below the first `{second.statement.id}` (this assumes that {what})"
    if second.line == _end(first).end_line + 1:
        return Fix(title, (Edit(gone, moved),))
    return Fix(title, (*([Edit(_end(first).below(), moved)] if moved else []), Edit(gone, "")))


def _end(node: Node) -> Span:
    """Where the last line of a statement, with all below it, stands."""
    return max((each.span for each, _ in walk((node,))), key=lambda span: span.end_line)


def _whole_lines(node: Node) -> Span:
    """All lines of a block, with their line ends."""
    return node.span.on(node.line, 1, 1).to(_end(node).below())
