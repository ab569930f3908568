"""Lines that were broken: two halves of one line, or a list whose items stand on lines of their own.

A joined line reads as one text; its places are those of the lines it was written on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from stratagem.dsl.diagnostics.diagnostic import Edit
from stratagem.dsl.lines.line import Line
from stratagem.dsl.source import Span


class JoinedLine(Line):
    """Several lines read as one. `between` stands between two of them."""

    def __init__(self, parts: Sequence[Line], between: str = "\n", children: Sequence[Line] = ()) -> None:
        first, last = parts[0], parts[-1]
        super().__init__(
            first.file, first.first, first.column, between.join(part.text for part in parts),
            last.end_number - first.anchor.lines, first.level, first.comment, first.doc, first.odd, [*children],
            first.anchor,
        )  # fmt: skip
        self.parts = tuple(parts)
        self.starts = [sum(len(part.text) + len(between) for part in parts[:n]) for n in range(len(parts))]
        """Where in the text each of them starts."""

    def place(self, start: int, end: int) -> Span:
        one, other = self._part(start), self._part(end)
        span = self.parts[one].place(start - self.starts[one], end - self.starts[one])
        if one == other:
            return span
        return span.to(self.parts[other].place(0, end - self.starts[other]))

    def _part(self, offset: int) -> int:
        return max(n for n, start in enumerate(self.starts) if start <= offset or not n)

    def edits(self) -> tuple[Edit, ...]:
        """What makes one line of them; remarks beside and between them stay."""
        made: list[Edit] = []
        for first, second in pairwise(self.parts):
            end = first.place(len(first.text), len(first.text))
            if first.comment is not None or second.number != first.end_number + 1:
                start = self.parts[0].place(len(self.parts[0].text), len(self.parts[0].text))
                return Edit(start, "".join(f" {part.text}" for part in self.parts[1:])), *(
                    Edit(part.span, "") for part in self.parts[1:]
                )
            made.append(Edit(end.to(second.place(0, 0)), " "))
        return tuple(made)


_ITEM = r'(?:[-*•+]|\d+[.)])?\s*("[^"]*"|[A-Za-z][\w ]*?)\s*[,;]?$'


def listed(line: Line) -> tuple[str, tuple[Edit, ...]] | None:
    """The text of a line with the items below it in one list, and the edits that write it so."""
    below = line.children
    if not below or any(child.children for child in below):
        return None
    items = [re.match(_ITEM, child.text) for child in below]
    if not all(items):
        return None
    head = line.text.rstrip(":=- ")
    text = f"{head} {', '.join(item[1] for item in items if item)}"
    start, last = line.place(len(head), len(line.text)), below[-1]
    whole = start.to(last.place(len(last.text), len(last.text)))
    return text, (Edit(whole, text[len(head) :]),)


class OneLine(Line):
    """A line with another text than was written; all its places are the whole of the lines it was written on."""

    def __init__(self, was: Line, now: Line) -> None:
        last = was.children[-1] if was.children else was
        super().__init__(
            was.file, was.first, was.column, now.text, last.end_number - was.anchor.lines, was.level, was.comment,
            was.doc, was.odd, [], was.anchor,
        )  # fmt: skip
        self.was, self.final = was, last

    def place(self, start: int, end: int) -> Span:
        """Its head where it was written; what stands further on, from there to the last item."""
        if end <= len(self.was.text):
            return self.was.place(start, end)
        last = self.final
        return self.was.place(min(start, len(self.was.text)), len(self.was.text)).to(
            last.place(len(last.text), len(last.text))
        )
