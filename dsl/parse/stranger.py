"""A line that stands in the midst of a block and is read beside it: of the left edge, or of the block around.

In: the line and the one above it. Out: the message, with the edits that move it; and whether it is meant where it is.
"""

from __future__ import annotations

from functools import cache

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.fitting import CASES, CONDITIONS, ROWS, fits, opens
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.source import Span


def stranger(line: Line, parent: Line) -> Diagnostic:
    """A line of the left edge in the midst of a block, which is read beside it."""
    found = best_fits(TOP, tokens(line.text))
    words = " ".join(first_words(found[0].statement))
    block = " ".join(_of_head(parent))
    lines = [line, *all_below(line)]
    text = "".join("\n" + "  " * (x.level - line.level) + x.text for x in lines)
    end = _last(parent)
    edits = (
        Edit(end.place(len(end.text), len(end.text)), f"\n{text}"),
        *(Edit(Span(x.file, x.first, 1, x.last + 1, 1, x.anchor), "") for x in lines),
    )
    args = {"phrase": words, "block": block, "where": "at the left edge", "whole": True, "mended": line.text}
    labels = (Label(parent.span, "stands in this block"),)
    fix = Fix("Move it below this block, to the left edge", edits)
    return Diagnostic("S131", line.span, args, labels, fixes=(fix,))


def astray(line: Line, parent: Line) -> Diagnostic:
    """A line of the block around, in the midst of the lines below one of its lines: it is read beside that one."""
    head = " ".join(parent.text.split()[:2])
    whole = line.text if line.comment is None else f"{line.text}  # {line.comment.strip()}"
    edits = (
        Edit(parent.place(0, 0), f"{whole}\n{' ' * (parent.column - 1)}"),
        Edit(Span(line.file, line.first, 1, line.last + 1, 1, line.anchor), ""),
    )
    line.level = parent.level
    blanks = parent.column - 1
    args = {"line": parent.text[:60], "meant": blanks, "mended": line.text, "where": f"{blanks} blanks in"}
    fix = Fix(f"Move it above `{head}`", edits)
    return Diagnostic("S123", line.span, args, (Label(parent.span, "takes no such line below it"),), fixes=(fix,))


def _of_head(line: Line) -> tuple[str, ...]:
    """The words that a line of the left edge starts with, in quotes of the reader."""
    found = best_fits(TOP, tokens(line.text))
    return (f"`{' '.join(first_words(found[0].statement))}`",) if found else ("this block",)


def all_below(line: Line) -> list[Line]:
    """Every line below a line, in the order written."""
    return [y for x in line.children for y in (x, *all_below(x))]


def _last(line: Line) -> Line:
    return _last(line.children[-1]) if line.children else line


def meant_here(line: Line, block: str) -> bool:
    """Is a head of the left edge what people say for a statement of this block, with lines below it that it takes:
    `goal` in `business`, with nothing but figures."""
    if block in (CASES, CONDITIONS, ROWS) or not line.children or line.text.split(" ")[0] not in said_for(block):
        return False
    from stratagem.dsl.parse.mend.habits import HEADS

    head, _, rest = line.text.partition(" ")
    for words in (" ".join(first_words(s)) for s in below(block)):
        meant = line.copied(text=f"{words} {rest}") if head in HEADS.get(words, ()) else None
        if meant is not None and fits(meant, block):
            kinds = opens(meant, block)
            return all(any(fits(child, kind) for kind in kinds) for child in line.children)
    return False


@cache
def said_for(block: str) -> frozenset[str]:
    """What people say for the first words of a block's lines."""
    from stratagem.dsl.parse.mend.habits import HEADS

    statements = below(block) if block not in (CASES, CONDITIONS, ROWS) else ()
    return frozenset(said for s in statements for said in HEADS.get(" ".join(first_words(s)), ()))
