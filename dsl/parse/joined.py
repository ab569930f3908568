"""Lines that were broken: two halves of one line, or a list whose items stand on lines of their own.

A joined line reads as one text; its places are those of the lines it was written on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from stratagem.dsl.catalogue.pattern import Literal, SlotPart
from stratagem.dsl.diagnostics.diagnostic import Edit
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.fitting import CASES, CONDITIONS, OF_SEVERAL, ROWS, fits
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.parse.statements import best_fits
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


_JOINING = frozenset(("and", "or", "but", ",", "+", "-", "*", "/", "when", "if", "else", "where", "in"))
"""Words and signs that go on with the line before."""
_MOST_HALVES = 8
"""Lines that one line is broken into, at most."""


def may_go_on(line: Line, block: str) -> bool:
    """Is a line all that some line of the block starts with; its last word may be half of one. `when any` with several
    lines below it lacks its `of`."""
    run = tokens(line.text)
    if line.children[1:] and run and run[-1].text in OF_SEVERAL:
        return False
    if block in (CASES, CONDITIONS, ROWS):
        return True
    return any(fit.complete or fit.reached + 1 >= len(run) for fit in best_fits(block, run))


def goes_on(line: Line, before: Line, block: str) -> bool:
    """Does a line start with a word that joins it to the one before, or with which that one may go on; no line has two
    `when`."""
    run, said = tokens(line.text), tokens(before.text)
    if not run or (run[0].text == "when" and any(token.text == "when" for token in said)):
        return False
    alone = run[0].kind if len(run) == 1 else ""
    return run[0].text in _JOINING or not {run[0].text, alone}.isdisjoint(_further(said, block))


def _further(run: Tokens, block: str) -> Iterator[str]:
    """The words with which a line of a block may go on; `STRING` where a text may follow."""
    for fit in best_fits(block, run)[:2] if block not in (CASES, CONDITIONS, ROWS) else ():
        for part in fit.wanted if fit.reached == len(run) else ():
            if isinstance(part, Literal):
                yield part.text
            elif isinstance(part, SlotPart) and part.kind == "text":
                yield "STRING"


def wholes(line: Line, other: Line, kinds: Sequence[str]) -> Iterator[JoinedLine]:
    """A line with those below it that may be its parts, or with the one after it: the most of them first."""
    halves = [*takewhile(lambda child: not child.children, line.children[:_MOST_HALVES])] or [other]
    for count in range(len(halves), 0, -1):
        if count == 1 or not any(fits(child, kind) for child in halves[1:count] for kind in kinds):
            yield JoinedLine((line, *halves[:count]), children=line.children[count:])


def deeper(text: Line, line: Line) -> Iterator[Edit]:
    """What puts the lines of a long text that is joined with a line deeper than that."""
    blanks = " " * (line.column + 2 - text.column)
    for number in range(text.first + 1, text.last + 1) if blanks else ():
        yield Edit(Span(text.file, number, 1, number, 1, text.anchor), blanks)
