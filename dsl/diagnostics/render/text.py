"""Diagnostics as calm text: the place, the line, what to look at in it, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.source import NOWHERE, SourceText, Span

Styler = Callable[[str, str], str]
"""(role, text) to the text as shown. Roles: error, warning, note, place, line, mark, name, help."""

WIDEST = 100
"""Columns of a shown source line; longer ones are cut around what is marked."""


def plain(role: str, text: str) -> str:
    """No colours: the text as it is."""
    return text


def render(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceText], style: Styler = plain, language: str = "en"
) -> str:
    """All diagnostics, in the order given, with a blank line between; sources by their names."""
    return "\n".join(render_one(d, sources, style, language) for d in diagnostics)


def render_one(
    diagnostic: Diagnostic, sources: Mapping[str, SourceText], style: Styler = plain, language: str = "en"
) -> str:
    """One diagnostic, ending with a line break."""
    said = words(diagnostic, language)
    head = style(said.severity, f"{said.severity} {diagnostic.code}") + f": {said.title}"
    lines = [head]
    if diagnostic.span != NOWHERE:
        lines.append("  " + style("place", str(diagnostic.span)))
    lines.extend(_excerpt(diagnostic, sources, style))
    lines.extend(_wrapped(said.reason))
    if diagnostic.near:
        names = ", ".join(style("name", name) for name in diagnostic.near)
        lines.append(f"  Did you mean {names}?" if len(diagnostic.near) == 1 else f"  Near it: {names}.")
    if said.help:
        lines.extend(style("help", line) for line in _wrapped(said.help))
    return "\n".join(lines) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; `nothing to report` when there is none."""
    counts: dict[str, int] = {}
    for diagnostic in diagnostics:
        grade = words(diagnostic).severity
        counts[grade] = counts.get(grade, 0) + 1
    parts = [f"{n} {g}{'' if n == 1 else 's'}" for g in ("error", "warning", "note") if (n := counts.get(g, 0))]
    return ", ".join(parts) or "nothing to report"


def _excerpt(diagnostic: Diagnostic, sources: Mapping[str, SourceText], style: Styler) -> list[str]:
    """The lines that matter, each with marks below it: `^^^` for what is blamed, `---` for the rest."""
    marks = [(diagnostic.span, "", "^")] + [(label.span, label.text, "-") for label in diagnostic.labels]
    marks = [m for m in marks if m[0] != NOWHERE and m[0].file in sources]
    marks.sort(key=lambda m: (m[0].file != diagnostic.span.file, m[0].file, m[0].line, m[0].column))
    width = max((len(str(m[0].line)) for m in marks), default=1)
    shown: list[str] = []
    previous: Span | None = None
    for span, text, sign in marks:
        if previous is None or (previous.file, previous.line) != (span.file, span.line):
            if previous is not None and previous.file != span.file:
                shown.append(f"  {' ' * width} {span.file}")
            shown.append(_source_line(span, sources[span.file], width, style))
        shown.append(_marks(span, sources[span.file], width, sign, text, style))
        previous = span
    return [line.rstrip() for line in shown]


def _window(span: Span, source: SourceText) -> tuple[str, int]:
    """The part of a line that is shown, and the column (from 0) it starts at."""
    if not 1 <= span.line <= len(source.lines):
        return "", 0
    text = "".join(c if c.isprintable() else " " for c in source.lines[span.line - 1])
    if len(text) <= WIDEST:
        return text, 0
    start = max(0, min(span.column - 1 - 20, len(text) - WIDEST))
    return ("…" if start else "") + text[start + bool(start) : start + WIDEST] + "…", start


def _source_line(span: Span, source: SourceText, width: int, style: Styler) -> str:
    text, _ = _window(span, source)
    return f"  {style('line', f'{span.line:>{width}} |')} {text}"


def _marks(span: Span, source: SourceText, width: int, sign: str, text: str, style: Styler) -> str:
    shown, start = _window(span, source)
    first = max(0, span.column - 1 - start)
    last = span.end_column - 1 - start if span.end_line == span.line else len(shown)
    length = max(1, min(last, len(shown)) - first)
    role = "mark" if sign == "^" else "note"
    return f"  {' ' * width} {style('line', '|')} {' ' * first}{style(role, sign * length)} {text}"


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
