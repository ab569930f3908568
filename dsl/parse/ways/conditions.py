"""Conditions one a line without the line that brings them together: `when all of` or `when any of` put above them.

In: findings, and the files' texts. Out: the findings, those of such lines as one. Which of the two is meant nobody can
tell: both are offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.grammar.driver import Refused, read
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.parse.statements import best_fits
from stratagem.dsl.parse.ways.homes import outline
from stratagem.dsl.parse.ways.text import around, indent, over, said
from stratagem.dsl.record import replace
from stratagem.dsl.source import SourceText, Span

_CODES = frozenset(("S113", "S124", "S130", "S137", "S144"))
"""Findings of conditions where none may stand."""
_WHY = "Conditions one a line stand below `all of`, where each has to hold, or `any of`, where one is enough."
_MEANT = {"all of": "each has to hold", "any of": "one of them is enough"}
MOST = 12
"""Findings from which such lines are looked for."""


def gathered(found: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, one for the conditions of a line."""
    made = list(found)
    for first in [d for d in found if d.code in _CODES][:MOST]:
        source = sources.get(first.span.file)
        if source is None or not any(first is d for d in made) or not 0 < first.span.line <= len(source.lines):
            continue
        rows = tuple(_rows(source.lines, first.span.line))
        if rows:
            made = _together(rows, first, source, made)
    return made


def _rows(lines: Sequence[str], line: int) -> Iterator[int]:
    """The conditions around a line, where they stand right below a line that wants one."""
    outer = around(lines, line)
    if not outer or not lines[line - 1].strip():
        return
    head, step = outer[0], indent(lines[line - 1])
    known = outline(tuple(lines)).rows.get(head)
    asked = known is not None and known.statement is not None and known.statement.tail == "when"
    if not (said(lines[head - 1]) == "when" or (asked and " when " not in said(lines[head - 1]))):
        return
    block = known.opens if known is not None and asked else ""
    rows = []
    for number in range(head + 1, len(lines) + 1):
        text = said(lines[number - 1])
        if text and (indent(lines[number - 1]) != step or not _condition(text, block)):
            break
        rows += [number] if text else []
    yield from rows if line in rows and (len(rows) > 1 or step > indent(lines[head - 1]) + 2) else ()


def _condition(text: str, block: str) -> bool:
    """Is a line a condition, and no statement of its block."""
    run = tokens(text)
    fits = best_fits(block, run) if block else ()
    return not (fits and fits[0].words) and not isinstance(read(run, "formula"), Refused)


def _together(
    rows: Sequence[int], first: Diagnostic, source: SourceText, found: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """One finding in the place of those of the lines, and of the line above them that lacks a condition."""
    lines = source.lines
    head = around(lines, rows[0])[0]
    fixes = _fixes(rows, head, source)
    start = indent(lines[rows[0] - 1]) + 1
    place = Span(source.name, rows[0], start, rows[0], len(lines[rows[0] - 1]) + 1)
    told = Diagnostic("S297", place, {"text": "when all of", "why": _WHY}, fixes=fixes)
    if len(rows) == 1:
        told = Diagnostic("S128", place, {"instead": "when"}, fixes=fixes)
    made: list[Diagnostic] = []
    for each in found:
        inside = each.span.file == source.name and head <= each.span.line <= rows[-1]
        if each is first:
            made.append(told)
        elif not (inside and severity(each) == "error"):
            made.append(each)
    return made


def _fixes(rows: Sequence[int], head: int, source: SourceText) -> tuple[Fix, ...]:
    """The line put above them; the conditions one step below it."""
    lines, file = source.lines, source.name
    alone = said(lines[head - 1]) == "when"
    depth = indent(lines[head - 1]) + (0 if alone else 2)
    if len(rows) == 1:
        text = f"when {said(lines[rows[0] - 1])}"
        whole = over(file, rows[0], 0, len(lines[rows[0] - 1].rstrip()), " " * depth + text)
        return (Fix(f"Write: {text}", (whole,)),)
    steps = [over(file, n, 0, indent(lines[n - 1]), " " * (depth + 2)) for n in rows]
    if alone:
        start = indent(lines[head - 1])
        places = (over(file, head, start, start + len("when"), "when {0}"), *steps)
    else:
        places = (replace(steps[0], text=f"{' ' * depth}when {{0}}\n{steps[0].text}"), *steps[1:])
    return tuple(
        Fix(
            f"Write when {word} (this assumes that {meant})",
            tuple(replace(e, text=e.text.format(word)) for e in places),
        )
        for word, meant in _MEANT.items()
    )
