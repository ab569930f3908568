"""What is found of names and kinds on a line that was mended, brought together with the message for that line.

In: what was wrong with the lines, and what was found in the strategy built from them as mended. Out: both again, one
finding for one fault: where the mended line needed another word, that word stands in its fix.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.record import replace
from stratagem.dsl.source import Span

_OF_ITS_OWN = frozenset(("S261", "S265", "S266", "S270", "S276", "S278", "S311"))
"""Findings about a word that was written so, whatever else is wrong with its line."""


_THOUSANDS, _TOO_MUCH = "S100", "S407"
"""That a point may stand for thousands; that an offer earns more than it costs, which may come of that."""
_MOVED = ("S122", "S123")
"""Messages about where a line stands; they say nothing of what it says."""


def mended(diagnostic: Diagnostic) -> bool:
    """Was its line read as it was most likely meant."""
    return "mended" in diagnostic.args


def fold(read: Sequence[Diagnostic], found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """(the messages for lines, the findings that stay)."""
    told = list(read)
    places = {(d.span.file, d.span.line): n for n, d in enumerate(told) if mended(d) and d.code not in _MOVED}
    blocks = {(d.span.file, id(d.span.anchor)) for d in told if mended(d)}
    doubted = {(d.span.file, id(d.span.anchor)) for d in told if d.code == _THOUSANDS}
    kept: list[Diagnostic] = []
    for finding in found:
        if (finding.span.file, id(finding.span.anchor)) in blocks and severity(finding) != "error":
            continue  # a remark on figures that may not be what was meant
        if finding.code == _TOO_MUCH and (finding.span.file, id(finding.span.anchor)) in doubted:
            continue
        place = places.get((finding.span.file, finding.span.line))
        if place is None:
            kept.append(finding)
        else:
            told[place], stays = _one(told[place], finding)
            kept.extend([finding] if stays else [])
    return told, kept


def _one(line: Diagnostic, finding: Diagnostic) -> tuple[Diagnostic, bool]:
    """The line's message with the finding's repair in its fix; does the finding stay beside it."""
    if line.fixes and not finding.fixes and severity(finding) == "error" and _meets(line, finding.span):
        return _unmended(line), False
    if not line.fixes or not finding.fixes:
        return line, finding.code in _OF_ITS_OWN and not _meets(line, finding.span)
    edits = finding.fixes[0].edits
    if finding.code in _OF_ITS_OWN and not any(_meets(line, edit.span) for edit in edits):
        return line, True
    fix = line.fixes[0]
    joined = _joined(fix.edits, edits)
    if joined is None:
        return line, False
    title = fix.title
    for old, new in zip(_touched(fix.edits, edits), edits, strict=False):
        title = title.replace(old, new.text) if old else f"{title}; {finding.fixes[0].title}"
    safe = fix.safe and finding.fixes[0].safe
    return replace(line, fixes=(Fix(title, joined, safe), *line.fixes[1:])), False


def _unmended(line: Diagnostic) -> Diagnostic:
    """What was wrong with a line whose mend does not hold: its next reading, or none."""
    fault = line.args.get("fault")
    if len(line.fixes) > 1 or not isinstance(fault, Diagnostic):
        return replace(line, fixes=line.fixes[1:])
    return replace(fault, args={**fault.args, "mended": line.args["mended"]}, fixes=())


def _meets(line: Diagnostic, span: Span) -> bool:
    """Does the place lie in what was changed."""
    return any(_overlap(edit.span, span) for fix in line.fixes[:1] for edit in fix.edits)


def _overlap(one: Span, other: Span) -> bool:
    return (one.line, one.column) < (other.end_line, other.end_column) and (other.line, other.column) < (
        one.end_line,
        one.end_column,
    )


def _touched(first: tuple[Edit, ...], second: tuple[Edit, ...]) -> list[str]:
    """For each further edit the text of the first one at its place; empty when it is at a place of its own."""
    return [next((e.text for e in first if e.span == edit.span), "") for edit in second]


def _joined(first: tuple[Edit, ...], second: tuple[Edit, ...]) -> tuple[Edit, ...] | None:
    """Both sets of edits: one at the same place takes the other's; None when they cut into each other."""
    made = list(first)
    for edit in second:
        same = [n for n, e in enumerate(made) if e.span == edit.span and edit.span.column != edit.span.end_column]
        if same:
            made[same[0]] = edit
        elif any(_overlap(e.span, edit.span) for e in made):
            return None
        else:
            made.append(edit)
    return tuple(made)
