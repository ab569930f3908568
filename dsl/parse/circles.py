"""Ways out of a circle of formulas: one name is taken out of the line that reads it.

In: a finding that lines read each other in a circle, and the files' texts. Out: fixes for at most two lines, each of
which takes one reading away with the sign that joins it to its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.source import SourceText, Span

LINES = 2
"""Lines of the circle for which a way out is offered."""
_NAME = "(?<![\\w.]){0}(?![\\w.])"
_WAYS = (
    (rf"\s+(?:and|or)\s+(?:not\s+)?{_NAME}(?=\s+(?:and|or)\b|\s*$)", ""),
    (rf"(?:not\s+)?{_NAME}\s+(?:and|or)\s+", ""),
    (rf"(?<=\s)[^=]+\sif\s[^=]*?{_NAME}.*?\selse\s+", ""),
    (rf"\s*[-+*/]\s*{_NAME}", ""),
    (rf"{_NAME}\s*[-+*/]\s*", ""),
)
"""A reading with what joins it: one of several conditions, a choice between two values, one side of a sum."""


def ways_out(diagnostic: Diagnostic, sources: Mapping[str, SourceText]) -> tuple[Fix, ...]:
    """One fix for each of the first lines of the circle that has a way out."""
    names = re.findall("`([^`]+)`", str(diagnostic.args.get("loop", "")))
    found = []
    for label, read in zip(diagnostic.labels[:LINES], names[1:], strict=False):
        source = sources.get(label.span.file)
        if source is not None and 0 < label.span.line <= len(source.lines):
            found += list(_out(source.lines[label.span.line - 1], label.span, read))[:1]
    return tuple(found)


def _out(text: str, span: Span, read: str) -> Iterator[Fix]:
    """The ways to take `read` out of the formula on this line."""
    formula = re.search(r"""(?:=|\bwhen\b|\bby\b)(?=[^"]*$)""", text)
    if formula is None:
        return
    if text.lstrip().startswith("field "):
        at = span.on(span.line, len(text[: formula.start()].rstrip()) + 1, len(text) + 1)
        yield Fix("Take the formula out (this assumes that the file has such a column)", (Edit(at, ""),))
    for way, instead in _WAYS:
        match = re.compile(way.replace("{0}", re.escape(read))).search(text, formula.end())
        if match is not None:
            at = span.on(span.line, match.start() + 1, match.end() + 1)
            yield Fix(f"Take `{read}` out of it (this assumes that the rest is meant)", (Edit(at, instead),))
