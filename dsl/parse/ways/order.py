"""Lines that stand in the wrong order among their neighbours, put where they belong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.parse.ways.text import (
    behind,
    indent,
    moved,
    one_or_other,
    over,
    said,
    stretch,
    taken_out,
    whole_lines,
    without,
)
from stratagem.dsl.source import SourceText, Span


def tier_up(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A tier that nobody can reach, put above the one that takes all its people."""
    line = diagnostic.span.line
    above = next((label.span.line for label in diagnostic.labels if label.span.file == diagnostic.span.file), 0)
    if not 0 < above < line:
        return ()
    lines = source.lines
    while above > 0 and lines[above - 1].lstrip().startswith("##"):
        above -= 1
    before = str(diagnostic.args.get("before", ""))
    figure = re.search(r"\bfrom (\d{1,3}(?:\.\d{3})+)(?![\d.])", lines[above - 1])
    if figure is not None:
        way = figure[1].replace(".", ",")
        edit = over(source.name, above, *figure.span(1), way)
        return (Fix(f"Write {way} for `{before}` (this assumes that thousands are meant)", (edit,)),)
    if said(lines[above - 1]).split()[-1:] == ["otherwise"]:
        if said(lines[line - 1]).split()[-1:] == ["otherwise"]:
            return one_or_other(source, above, line)
        return (_last_tier(source, line, above, before),)
    return (Fix(f"Move it above `{before}`", moved(source.name, lines, line, above)),)


def _last_tier(source: SourceText, line: int, above: int, name: str) -> Fix:
    """The tier that takes everyone who is left, put below the last one."""
    lines, last = source.lines, stretch(source.lines, line)
    while last < len(lines) and lines[last].strip() and indent(lines[last]) == indent(lines[line - 1]):
        last = stretch(lines, last + 1)
    end = stretch(lines, above)
    text = "".join(f"\n{each}" for each in lines[above - 1 : end])
    gone = Edit(whole_lines(source.name, lines, above, end), "")
    return Fix(f"Move `{name}` below it, as the last tier", (gone, behind(source.name, lines, last, text)))


def case_up(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A case that never wins, put above the first of those that take all its people."""
    line, lines = diagnostic.span.line, source.lines
    above = min((label.span.line for label in diagnostic.labels), default=line)
    alone = all(lines[n - 1].strip() and indent(lines[n - 1]) == indent(lines[line - 1]) for n in range(above, line))
    if above >= line or not alone or "same" in str(diagnostic.args.get("why", "")):
        return ()
    title = f"Move it above line {above} (this assumes that those who meet it are meant to have its value)"
    return (Fix(title, moved(source.name, lines, line, above)),)


def last_case(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """Cases that stand below `otherwise`: it is put below them."""
    lines, line = source.lines, diagnostic.span.line
    step = indent(lines[line - 1])
    other = next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip() and indent(lines[n - 1]) == step), 0)
    if not other or not said(lines[other - 1]).endswith("otherwise"):
        return ()
    if said(lines[line - 1]) == said(lines[other - 1]):
        return (taken_out(source, line, ", as it says the same again"),)
    if said(lines[line - 1]).endswith("otherwise"):
        return one_or_other(source, other, line)
    last = line
    while last < len(lines) and lines[last].strip() and indent(lines[last]) >= step:
        last += 1
    put = behind(source.name, lines, last, "\n" + lines[other - 1].rstrip())
    return (Fix("Move `otherwise` below it, as the last line", (without(source.name, lines, other), put)),)


def inside(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """Conditions that stand beside `all of` in place of below it."""
    lines, line = source.lines, diagnostic.span.line
    step = indent(lines[line - 1])
    last = line
    while last < len(lines) and lines[last].strip() and indent(lines[last]) == step:
        last += 1
    if last == line or lines[line - 1].split()[:1] not in (["all"], ["any"], ["none"]):
        return ()
    edits = tuple(Edit(Span(source.name, n, 1, n, 1), "  ") for n in range(line + 1, last + 1))
    count = last - line
    told = "the line" if count == 1 else f"the {count} lines"
    return (Fix(f"Indent {told} below it by 2 blanks (this assumes that they are what it joins)", edits),)
