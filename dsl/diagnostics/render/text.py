"""Diagnostics as calm text: the place, the lines that matter, why it is wrong, what to write, where to read more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from stratagem.dsl.diagnostics.render.excerpt import WIDEST, changed, excerpt
from stratagem.dsl.diagnostics.text import severity, words
from stratagem.dsl.source import NOWHERE, SourceText

__all__ = ["WIDEST", "Styler", "page", "plain", "render", "render_one", "summary"]

Styler = Callable[[str, str], str]
"""(role, text) to the text as shown. Roles: error, warning, note, place, line, mark, name, help; source and long text:
what is shown of a line of a strategy, and of one that stands in a text over several lines."""

FIXES = 3
"""At most so many of a diagnostic's fixes are shown as text; all of them are in the JSON."""


def plain(role: str, text: str) -> str:
    """No colours: the text as it is."""
    return text


def page(code: str) -> str:
    """The command that shows a code's page."""
    return f"stratagem docs {code}"


def render(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceText], style: Styler = plain, language: str = "en"
) -> str:
    """All diagnostics, in the order given, with a blank line between; sources by their names.

    The page of a code is named at the first of its diagnostics.
    """
    named: set[str] = set()
    shown = []
    for diagnostic in diagnostics:
        shown.append(render_one(diagnostic, sources, style, language, diagnostic.code not in named))
        named.add(diagnostic.code)
    return "\n".join(shown)


def render_one(
    diagnostic: Diagnostic,
    sources: Mapping[str, SourceText],
    style: Styler = plain,
    language: str = "en",
    with_page: bool = True,
) -> str:
    """One diagnostic, ending with a line break."""
    said = words(diagnostic, language)
    head = style(said.severity, f"{said.severity} {diagnostic.code}") + f": {said.title}"
    lines = [head]
    if diagnostic.span != NOWHERE:
        lines.append("  " + style("place", str(diagnostic.span)))
    lines.extend(excerpt(diagnostic, sources, style))
    lines.extend(_wrapped(said.reason))
    if diagnostic.near:
        names = ", ".join(style("name", name) for name in diagnostic.near)
        lines.append(f"  Did you mean {names}?" if len(diagnostic.near) == 1 else f"  Near it: {names}.")
    if said.help and _bare(said.help) not in [_bare(fix.title) for fix in diagnostic.fixes]:
        lines.extend(style("help", line) for line in _wrapped(said.help))
    for fix in diagnostic.fixes[:FIXES]:
        lines.extend(_fix(fix, sources, style))
    if with_page:
        lines.append("  " + style("line", f"More: {page(diagnostic.code)}"))
    return "\n".join(lines) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; `nothing to report` when there is none."""
    counts: dict[str, int] = {}
    for diagnostic in diagnostics:
        grade = severity(diagnostic)
        counts[grade] = counts.get(grade, 0) + 1
    parts = [f"{n} {g}{'' if n == 1 else 's'}" for g in ("error", "warning", "note") if (n := counts.get(g, 0))]
    return ", ".join(parts) or "nothing to report"


def _fix(fix: Fix, sources: Mapping[str, SourceText], style: Styler) -> Iterator[str]:
    """What the fix is called, and the lines as they are to be written."""
    first, *rest = _wrapped(f"Fix: {fix.title}")
    yield from (style("help", line) for line in (first, *rest))
    yield from changed(fix, sources, style)


def _bare(text: str) -> str:
    """A text without its signs, to tell whether a help and a fix say the same."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _wrapped(text: str, width: int = 96) -> list[str]:
    """Text in lines of at most so many columns, indented by two."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        if current and len(current) + 1 + len(word) > width:
            lines.append("  " + current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*lines, "  " + current] if current else lines
