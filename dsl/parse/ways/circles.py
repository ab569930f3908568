"""Ways out for lines that lead back to where they come from: moves, actions that wait for each other, files.

In: the finding, and the files' texts. Out: fixes for at most two lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.parse.ways.text import over, taken_out, without
from stratagem.dsl.source import SourceText

LINES = 2
"""Actions that wait for each other, of which one may wait no more."""


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
    declared = re.findall(r"^\s+stage\s+(?!is\b)([a-z]\w*)", text, re.M)
    led_to = set(re.findall(r"^\s+move\s+\w+\s+to\s+(\w+)", text, re.M)) - {here}
    after = declared[declared.index(here) + 1 :] if here in declared else []
    stages = [stage for stage in declared if stage not in taken]
    place = declared.index(here) if here in declared else 0
    away = {stage: abs(declared.index(stage) - place) for stage in stages}
    stages.sort(key=lambda stage: (stage not in after, stage in led_to and stage in after, away[stage]))
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
