"""Quick fixes: what can be done about the diagnostics of a stretch of lines.

In: the diagnostics of a file as they were last found, and lines. Out: actions with their edits: the fixes themselves
(safe ones are preferred), a comment that ignores a rule here, the page that explains the code; and all safe fixes of
the file at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stratagem.dsl.diagnostics import pages
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit
from stratagem.dsl.diagnostics.edits import overlap
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.source import Span

REASON = "…"
"""Stands for the reason of an ignored rule until somebody writes it."""


@dataclass(frozen=True)
class Action:
    """Something to choose. `page`: the code whose page it opens; `all_safe`: it is the fix of everything."""

    title: str
    edits: tuple[Edit, ...] = ()
    diagnostic: Diagnostic | None = None
    preferred: bool = False
    page: str = ""
    all_safe: bool = False


def actions(diagnostics: Sequence[Diagnostic], lines: Sequence[str], first: int, last: int) -> Iterator[Action]:
    """What can be done about diagnostics that touch lines `first` to `last`."""
    here = [d for d in diagnostics if d.span.line <= last and d.span.end_line >= first]
    offered: set[tuple[str, tuple[Edit, ...]]] = set()  # one fault in several places has one fix
    for diagnostic in here:
        for fix in diagnostic.fixes:
            if fix.edits and (fix.title, fix.edits) not in offered:
                offered.add((fix.title, fix.edits))
                yield Action(fix.title, fix.edits, diagnostic, fix.safe)
    safe = safe_edits(diagnostics)
    if safe:
        yield Action("Apply all safe fixes in this file", tuple(safe), all_safe=True)
    for diagnostic in here:
        ignored = _ignore(diagnostic, lines)
        if ignored is not None:
            yield ignored
    for code in dict.fromkeys(d.code for d in here):
        if code in pages.codes():
            yield Action(f"Read about {code}", page=code)


def safe_edits(diagnostics: Iterable[Diagnostic]) -> list[Edit]:
    """The edits of all safe fixes; of two that touch the same text only the first."""
    taken: list[Edit] = []
    for diagnostic in diagnostics:
        fix = next((fix for fix in diagnostic.fixes if fix.safe and fix.edits), None)
        if fix is not None and not any(overlap(edit.span, other.span) for edit in fix.edits for other in taken):
            taken.extend(fix.edits)
    return taken


def _ignore(diagnostic: Diagnostic, lines: Sequence[str]) -> Action | None:
    """A comment on the line that accepts what was found there; not for errors, which nothing accepts."""
    line = diagnostic.span.line
    if (severity(diagnostic) == "error" and not diagnostic.code.startswith("L")) or not 1 <= line <= len(lines):
        return None
    text = lines[line - 1]
    title = f"Ignore {diagnostic.code} here, because …"
    comment = f"# ignore {diagnostic.code} because {REASON}"
    if "#" in text or '"""' in text:
        indent = text[: len(text) - len(text.lstrip())]
        return Action(title, (Edit(Span(diagnostic.span.file, line, 1, line, 1), f"{indent}{comment}\n"),), diagnostic)
    end = len(text.rstrip()) + 1
    at = Span(diagnostic.span.file, line, end, line, len(text) + 1)
    return Action(title, (Edit(at, f"  {comment}"),), diagnostic)
