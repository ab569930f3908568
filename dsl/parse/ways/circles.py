"""Ways out of a circle of formulas: one name is taken out of the line that reads it.

In: a finding that lines read each other in a circle, and the files' texts. Out: fixes for at most two lines, each of
which takes one reading away with the sign that joins it to its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.parse.ways.text import over, stretch, taken_out, tiers_of, without
from stratagem.dsl.source import SourceText, Span

LINES = 2
"""Lines of the circle for which a way out is offered."""
_NAME = "(?<![\\w.]){0}(?![\\w.])"
_COMPARED = r"(?:\s*(?:is(?: not)?|[<>]=?)\s*[\w.,%]+(?: [A-Z]{3})?)?"
_WAYS = (
    (rf"\s+(?:and|or)\s+(?:not\s+)?{_NAME}{_COMPARED}(?=\s+(?:and|or)\b|\s*$)", ""),
    (rf"(?:not\s+)?{_NAME}{_COMPARED}\s+(?:and|or)\s+", ""),
    (rf"(?<=\s)[^=]+\sif\s[^=]*?{_NAME}.*?\selse\s+", ""),
    (rf"\s*[-+*/]\s*{_NAME}", ""),
    (rf"{_NAME}\s*[-+*/]\s*", ""),
)
"""A reading with what joins it: one of several conditions, a choice between two values, one side of a sum."""


def takes_nothing(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A line that cannot have a meaning: a file that uses itself, a move to where it comes from."""
    lines, line = source.lines, diagnostic.span.line
    name = source.slice(diagnostic.span)
    listed = re.search(
        rf"^(\s*\S.*?\s)(?:{re.escape(name)}\s*,\s*|(?<=\w)\s*,\s*{re.escape(name)}(?!\w))", lines[line - 1]
    )
    if listed is not None and re.fullmatch(r"[a-z]\w*", name):
        text = re.sub(rf",\s*{name}(?!\w)|(?<!\w){name}\s*,\s*", "", lines[line - 1], count=1)
        return (Fix(f"Leave `{name}` out", (over(source.name, line, 0, len(lines[line - 1]), text),)),)
    return (taken_out(source, line, ", as it can never hold"),)


def another_stage(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A move to the stage it comes from: to each stage that no move from there leads to yet."""
    here = source.slice(diagnostic.span)
    text = "\n".join(each.text for each in sources.values())
    taken = {here, *re.findall(rf"^\s+move\s+{here}\s+to\s+(\w+)", text, re.M)}
    stages = [stage for stage in re.findall(r"^\s+stage\s+([a-z]\w*)", text, re.M) if stage not in taken]
    return [
        Fix(f"Write {stage} (this assumes that `{stage}` is meant)", (Edit(diagnostic.span, stage),))
        for stage in stages[:4]
    ]


def waits(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """Actions that wait for each other: one of them waits no more."""
    places = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    found = []
    for span in places[:LINES]:
        each = sources.get(span.file)
        if each is None or each.lines[span.line - 1].split()[:1] != ["after"]:
            continue
        said = each.lines[span.line - 1].strip()
        title = f"Take `{said}` out (this assumes that it comes first)"
        found.append(Fix(title, (without(span.file, each.lines, span.line),)))
    return found


def ways_out(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """One fix for each of the first lines of the circle that has a way out."""
    names = re.findall("`([^`]+)`", str(diagnostic.args.get("loop", "")))
    found = []
    for label, read in zip(diagnostic.labels[:LINES], names[1:], strict=False):
        each = sources.get(label.span.file)
        if each is not None and 0 < label.span.line <= len(each.lines):
            ways = [
                w
                for n in range(label.span.line, stretch(each.lines, label.span.line) + 1)
                for name in (read, *tiers_of(read, sources))
                for w in _out(each.lines[n - 1], label.span, n, name)
            ]
            found += ways[:1]
    return found


def _out(text: str, span: Span, line: int, read: str) -> Iterator[Fix]:
    """The ways to take `read` out of the formula on this line."""
    formula = re.search(r"""(?:=|\bwhen\b|\bby\b)(?=[^"]*$)""", text)
    if formula is None:
        return
    if text.lstrip().startswith("field "):
        at = span.on(line, len(text[: formula.start()].rstrip()) + 1, len(text) + 1)
        yield Fix("Take the formula out (this assumes that the file has such a column)", (Edit(at, ""),))
    for way, instead in _WAYS:
        match = re.compile(way.replace("{0}", re.escape(read))).search(text, formula.end())
        if match is not None:
            at = span.on(line, match.start() + 1, match.end() + 1)
            yield Fix(f"Take `{read}` out of it (this assumes that the rest is meant)", (Edit(at, instead),))
