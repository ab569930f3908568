"""What a test expects of an action or a channel, as it is said aloud: `call comes first`, `not call`.

In: findings, and the files' texts. Out: the findings; a line right below `expect` that names an action or a channel,
and else holds only words which say that it is the first one, or that it is none, is one finding, with the line as
the language has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.parse.ways.text import around, indent, over, said
from stratagem.dsl.source import SourceText

_FIRST = frozenset((
    "action", "channel", "first", "1st", "one", "is", "the", "an", "a", "be", "should", "must", "gets", "get", "comes",
    "come", "offered", "shown", "sent", "contacted", "contact", "by", "through", "with", "at", "as", "same",
))  # fmt: skip
"""What people say around the action or channel that is expected first."""
_NONE = frozenset(("no", "not", "never", "isn't", "without"))
"""What they say where it is not expected."""


def first_of_all(found: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, one for each such line."""
    made: list[Diagnostic] = []
    told: set[tuple[str, int]] = set()
    lines: dict[tuple[str, int], str] = {}
    for diagnostic in found:
        place = (diagnostic.span.file, diagnostic.span.line)
        new = ""
        if severity(diagnostic) == "error":
            if place not in lines:
                lines[place] = _expected(diagnostic, sources)
            new = lines[place]
        if place in told:
            continue
        if new and not _says(diagnostic, new, sources):
            told.add(place)
            made = [d for d in made if (d.span.file, d.span.line) != place]
            diagnostic = _finding(diagnostic, new, sources)
        made.append(diagnostic)
    return made


def _expected(diagnostic: Diagnostic, sources: Mapping[str, SourceText]) -> str:
    """The line as the language has it; empty where it says something else."""
    source, line = sources.get(diagnostic.span.file), diagnostic.span.line
    if source is None or not 0 < line <= len(source.lines):
        return ""
    words = re.findall(r"[^\s:=,]+", said(source.lines[line - 1]))
    named = [word for word in words if word.lower() not in _FIRST | _NONE] if len(words) <= 8 else []
    if len(named) != 1 or re.fullmatch(r"[a-z]\w*", named[0]) is None:
        return ""
    if next((source.lines[n - 1].strip() for n in around(source.lines, line)), "") != "expect":
        return ""
    declares = re.compile(rf"^(action|channel) {named[0]}\b", re.M)
    kind = next((match[1] for each in sources.values() if (match := declares.search(each.text))), "")
    if any(word.lower() in _NONE for word in words):
        return f"no action {named[0]}" if kind == "action" else ""
    return f"first {kind} is {named[0]}" if kind else ""


def _says(diagnostic: Diagnostic, new: str, sources: Mapping[str, SourceText]) -> bool:
    """Does the finding say so already."""
    source, line = sources[diagnostic.span.file], diagnostic.span.line
    texts = (edited(source, fix.edits).split("\n") for fix in diagnostic.fixes[:1])
    return any(line <= len(lines) and said(lines[line - 1]) == new for lines in texts)


def _finding(diagnostic: Diagnostic, new: str, sources: Mapping[str, SourceText]) -> Diagnostic:
    source, line = sources[diagnostic.span.file], diagnostic.span.line
    start, text = indent(source.lines[line - 1]), said(source.lines[line - 1])
    edit = over(source.name, line, start, start + len(text), new)
    return Diagnostic("S153", edit.span, {"written": text, "instead": new}, fixes=(Fix(f"Write: {new}", (edit,)),))
