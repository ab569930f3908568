"""What stands around a faulty line, in its block and below it."""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.record import record

MOST_BELOW = 30
"""Lines below a line that are looked at."""


@record
class Near:
    """`name`: of the block that the line is in; `before`, `after`: the first words of the lines beside it, empty where
    there is none; `below`: the lines below it."""

    name: str = ""
    before: str = ""
    after: str = ""
    below: tuple[str, ...] = ()


NOTHING = Near()


def near(line: Line, beside: Sequence[Line], block: str, parent: Node | None, hints: Hints) -> Near:
    """What stands around a line. `beside`: the lines of its block."""
    if block == TOP:
        pieces = hints.texts
        at = next((n for n, text in enumerate(pieces) if line.text in text), 0)
        around = [_first_word(text) for text in (*pieces[max(at - 1, 0) : at], "", *pieces[at + 1 : at + 2], "")]
        before, after = (around[0], around[2]) if at else ("", around[1])
    else:
        at = next((n for n, other in enumerate(beside) if other is line), 0)
        before = _first_word(beside[at - 1].text) if at else ""
        after = _first_word(beside[at + 1].text) if at + 1 < len(beside) else ""
    name = parent.value("name") if parent is not None else None
    return Near(name.text if name is not None else "", before, after, tuple(x.text for x in line.children[:MOST_BELOW]))


def _first_word(text: str) -> str:
    """The first word of a text that is no remark."""
    said = (line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#"))
    return next(said, " ").partition(" ")[0]
