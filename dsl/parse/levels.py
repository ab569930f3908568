"""Cases, conditions and rows that stand a step too deep, below one of their own kind, which takes nothing below it.

In: the lines of a list. Out: the lines as they were meant, all beside each other; a message for each run of such lines,
with the edits that move them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.fitting import fits, opens
from stratagem.dsl.parse.slots import Report
from stratagem.dsl.source import Span


def levelled(lines: Sequence[Line], kind: str, report: Report) -> Iterator[Line]:
    """The lines, those below one of them that are of the same kind beside it."""
    for line in lines:
        below = line.children
        if not below or opens(line, kind) or not all(fits(each, kind) for each in below):
            yield line
            continue
        edits: list[Edit] = []
        beside = copied(below)
        for each in beside:
            shift(each, line.level, edits)
        report(_too_deep(line, below[0], edits))
        yield line.copied(children=[])
        yield from levelled(beside, kind, report)


def _too_deep(line: Line, first: Line, edits: Sequence[Edit]) -> Diagnostic:
    blanks = line.level * 2
    title = f"Indent by {blanks} blanks" + (", and the lines after it" if len(edits) > 1 else "")
    args = {"line": line.text[:60], "meant": blanks, "mended": first.text, "where": f"{blanks} blanks in"}
    label = Label(line.span, "takes no such line below it")
    return Diagnostic("S123", first.span, args, (label,), fixes=(Fix(title, tuple(edits)),))


def shift(line: Line, level: int, edits: list[Edit]) -> None:
    """Put a line and what is below it at a level, with an edit for each line that does not stand there."""
    blanks = line.column - 1
    if blanks != level * 2:
        edits.append(Edit(Span(line.file, line.first, 1, line.first, line.column, line.anchor), "  " * level))
        if level * 2 > blanks:
            edits.extend(
                Edit(Span(line.file, n, 1, n, 1, line.anchor), " " * (level * 2 - blanks))
                for n in range(line.first + 1, line.last + 1)
            )
    line.level = level
    for child in line.children:
        shift(child, level + 1, edits)


def copied(lines: Sequence[Line]) -> list[Line]:
    """The lines with all below them, to be moved about."""
    return [line.copied(children=copied(line.children)) for line in lines]
