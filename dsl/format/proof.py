"""What two texts must have in common for one to stand for the other: statements, comments, and findings.

In: a text with what was read from it, twice. Out: whether they say the same. Places are not compared, and neither is
what was found wrong with the layout, which is what a formatter mends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import is_dataclass

from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.parse import Parsed
from stratagem.dsl.record import values
from stratagem.dsl.source import SourceText, Span

OF_LAYOUT = frozenset(("S110", "S111", "S112", "S113", "S115", "S120"))
"""Findings about tabs, quotes, blanks and steps: gone once the text is laid out."""


def same(one: Parsed, other: Parsed) -> bool:
    """Do both texts say the same, with the same comments and the same findings."""
    return (
        meaning(one.nodes) == meaning(other.nodes)
        and comments(one) == comments(other)
        and _as_found(_findings(one), _findings(other), one)
    )


def comments(parsed: Parsed) -> list[str]:
    """Every comment and line of documentation, in order, and every line that could not be read at all."""
    source: SourceText = parsed.lines.source
    taken = {n for line in parsed.lines.walk() for n in range(line.number, line.end_number + 1)}
    found = [(n, _words(text)) for n, text in enumerate(source.lines, 1) if n not in taken and text.strip()]
    found.extend((line.number, f"# {line.comment}".strip()) for line in parsed.lines.walk() if line.comment is not None)
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]


def comment_text(text: str) -> str:
    """A comment on a line of its own, with a blank after its sign: `#so` becomes `# so`."""
    marks = "##" if text.startswith("##") else "#"
    rest = text[len(marks) :].strip()
    gap = " " if rest and rest[0] not in "#!" else ""
    return marks + gap + rest


def _words(text: str) -> str:
    text = text.strip()
    return comment_text(text) if text.startswith("#") else text


def _as_found(before: Counter[str], after: Counter[str], one: Parsed) -> bool:
    """Is the same found wrong; where the layout was, it may have kept more from being seen."""
    odd = any(d.code in OF_LAYOUT for d in one.diagnostics)
    return before <= after if odd else before == after


def _findings(parsed: Parsed) -> Counter[str]:
    return Counter(d.code for d in parsed.diagnostics if d.code not in OF_LAYOUT)


def meaning(nodes: Sequence[Node]) -> object:
    """What statements say, without their places: comparable."""
    return [shape(node) for node in nodes]


def shape(value: object) -> object:
    """A node, a slot's value or an expression, without places."""
    if isinstance(value, Span):
        return None
    if isinstance(value, Node):
        slots = {name: shape(slot.value) for name, slot in value.slots.items()}
        below = [shape(child) for child in value.children]
        rows = [shape(row) for row in value.rows]
        return value.statement.id, slots, shape(value.when), shape(value.formula), rows, value.doc, below
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, [shape(part) for part in values(value)]
    if isinstance(value, tuple):
        return [shape(item) for item in value]
    return value
