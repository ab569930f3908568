"""Blocks of which a strategy has one, and blocks that may be written in several places.

In: the top-level nodes of all files. Out: the nodes of each block; a finding for each block too many, with the way to
bring the two together where they stand in one file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.nodes import Node, end_of
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.source import SourceText

ONLY_ONE = ("strategy", "business", "customer", "journey", "decide")
"""Blocks of which a strategy has one."""
SPREAD = ("resources",)
"""Blocks that may be written in several places, and are one."""


def one_of_each(nodes: Sequence[Node], findings: Findings, sources: Mapping[str, SourceText]) -> list[list[Node]]:
    """The nodes without repeated blocks, which are findings, and with spread ones brought together."""
    kept: list[list[Node]] = []
    first: dict[str, list[Node]] = {}
    copied = _copied(nodes)
    for node in nodes:
        if id(node) in copied:
            continue
        kind = node.statement.id
        earlier = first.get(kind) if kind in (*ONLY_ONE, *SPREAD) else None
        if earlier is None:
            kept.append([node])
            first.setdefault(kind, kept[-1])
        elif kind in SPREAD:
            earlier.append(node)
        else:
            label = Label(earlier[0].span, f"the first `{kind}` block")
            two = kind == "strategy" and node.span.file != earlier[0].span.file
            fix = None if two else _again(earlier[0], node, sources) or _together(earlier[0], node, sources)
            findings.add("S401", node.span, labels=[label], fixes=[fix], block=kind, way=TWO if two else BRING)
    return kept


BRING = "Delete this one, or bring the two together."
TWO = (
    "These are two strategies in one folder, perhaps one a copy of the other: move a file to a folder of its own, or "
    "have one of them checked alone, by the name of its file."
)


def _copied(nodes: Sequence[Node]) -> set[int]:
    """What a second strategy, in a file of its own, says again: that there are two is said once, of its head."""
    heads = dict.fromkeys(node.span.file for node in nodes if node.statement.id == "strategy")
    second = list(heads)[1:]
    if not second:
        return set()
    said = {_called(node) for node in nodes if node.span.file not in second}
    again = (node for node in nodes if node.span.file in second and node.statement.id not in ("strategy", "language"))
    return {id(node) for node in again if _called(node) in said}


def _called(node: Node) -> tuple[str, str]:
    """What a block declares: its kind, and its name, or else its label or code."""
    slot = node.slots.get("name") or next(iter(node.slots.values()), None)
    return node.statement.id, str(getattr(slot.value, "text", slot.value)) if slot else ""


def _again(first: Node, second: Node, sources: Mapping[str, SourceText]) -> Fix | None:
    """The second block taken out, where it says word by word what the first one says."""
    text, earlier = sources.get(second.span.file), sources.get(first.span.file)
    if text is None or earlier is None:
        return None
    last = _last_line(second, text)
    blocks = (earlier.lines[first.line - 1 : _last_line(first, earlier)], text.lines[second.line - 1 : last])
    if len({tuple(line.rstrip() for line in block if line.strip()) for block in blocks}) > 1:
        return None
    gone = second.span.on(second.line, 1, 1).to(second.span.on(last, 1, 1).below())
    return Fix(f"Take these {len(blocks[1])} lines out, as they say the same again", (Edit(gone, ""),))


def _together(first: Node, second: Node, sources: Mapping[str, SourceText]) -> Fix | None:
    """The lines of the second block put below those of the first, which wins; None where they stand in two files."""
    source = sources.get(second.span.file)
    if source is None or first.span.file != second.span.file:
        return None
    said = {child.statement.id for child in first.children if child.statement.once}
    above, last = end_of(first), _last_line(second, source)
    moved = _lines_below(second, last, said, source)
    gone = second.span.on(second.line, 1, 1).to(second.span.on(last, 1, 1).below())
    twice = any(child.statement.id in said for child in second.children)
    what = "the first holds where both say something" if twice else "both are meant"
    title = f"Put its lines below the first `{second.statement.id}` (this assumes that {what})"
    if second.line == above.end_line + 1:
        return Fix(title, (Edit(gone, moved),))
    return Fix(title, (*([Edit(above.below(), moved)] if moved else []), Edit(gone, "")))


def _last_line(block: Node, source: SourceText) -> int:
    """The number of a block's last line, with those at its end that could not be read."""
    last = end_of(block).end_line
    while last < len(source.lines) and source.lines[last].strip() and source.lines[last].startswith(" "):
        last += 1
    return last


def _lines_below(block: Node, last: int, said: AbstractSet[str], source: SourceText) -> str:
    """What stands below a block's head, remarks and what could not be read too, but for what is said already."""
    kept, start = list[str](), block.span.end_line
    for child in block.children:
        end = end_of(child).end_line
        if child.statement.id not in said:
            kept.extend(source.lines[start:end])
        start = end
    return "".join(f"{line}\n" for line in [*kept, *source.lines[start:last]])
