"""A line of the left edge in the midst of a block, which is read beside it: the message, and the block's last line."""

from __future__ import annotations

from stratagem.dsl.catalogue import first_words
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
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


def _of_head(line: Line) -> tuple[str, ...]:
    """The words that a line of the left edge starts with, in quotes of the reader."""
    found = best_fits(TOP, tokens(line.text))
    return (f"`{' '.join(first_words(found[0].statement))}`",) if found else ("this block",)


def all_below(line: Line) -> list[Line]:
    """Every line below a line, in the order written."""
    return [y for x in line.children for y in (x, *all_below(x))]


def _last(line: Line) -> Line:
    return _last(line.children[-1]) if line.children else line
