"""The lines that a diagnostic is about: each with marks below it, and what a fix makes of them.

In: a diagnostic or a fix, and the texts. Out: lines of text, numbered as in the file. `^^^` marks what is blamed,
`---` the rest; where places are in two files, each file is named above its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.edits import Change, NotInText, changes
from stratagem.dsl.diagnostics.render.columns import WIDEST, Shown, shown
from stratagem.dsl.record import record
from stratagem.dsl.source import NOWHERE, SourceText, Span

__all__ = ["WIDEST", "changed", "excerpt"]

MOST_LINES = 4
"""Lines of one place that are shown; of a longer one the first and the last."""
MOST_CHANGED = 6
"""Lines of one fix that are shown."""

Style = Callable[[str, str], str]


@record
class Mark:
    """A stretch of one line to be marked: characters `first` to `end`, from 0. `gap`: lines before it are left out."""

    file: str
    line: int
    first: int
    end: int
    text: str
    sign: str
    gap: bool = False


def excerpt(diagnostic: Diagnostic, sources: Mapping[str, SourceText], style: Style) -> list[str]:
    """Every place of the diagnostic in its line, with marks: the blamed file first, each file from top to bottom."""
    marks = [mark for place in _places(diagnostic) if place[0].file in sources for mark in _marks(*place, sources)]
    marks.sort(key=lambda m: (m.file != diagnostic.span.file, m.file, m.line, m.first, m.sign != "^"))
    width = max((len(str(mark.line)) for mark in marks), default=1)
    lines: list[str] = []
    above: tuple[str, int] | None = None
    part: Shown | None = None
    for mark in marks:
        if above is None or mark.file != above[0]:
            if mark.file != diagnostic.span.file:
                lines.append("  " + style("place", f"{mark.file}:{mark.line}:{mark.first + 1}"))
            part = None
        if part is None or above != (mark.file, mark.line) or not part.holds(mark.first):
            if mark.gap:
                lines.append(f"  {' ' * width} {style('line', '…')}")
            part = shown(_line(sources[mark.file], mark.line), mark.first)
            source = style(_role(sources[mark.file], mark.line), part.text)
            lines.append(_numbered(mark.line, width, "|", source, style))
        lines.append(_under(mark, part, width, style))
        above = (mark.file, mark.line)
    return [line.rstrip() for line in lines]


def changed(fix: Fix, sources: Mapping[str, SourceText], style: Style) -> Iterator[str]:
    """The lines as the fix writes them, `+` before each; a line that goes has `-`. Nothing without the texts."""
    files = dict.fromkeys(edit.span.file for edit in fix.edits)
    if not files or not all(file in sources for file in files):
        return
    try:
        found = [c for file in files for c in changes(sources[file], _of(fix, file))]
    except NotInText:
        return
    rows = [row for change in found for row in _rows(change)]
    width = max((len(str(row[1])) for row in rows[:MOST_CHANGED]), default=1)
    file = next(iter(files))
    for change_file, number, sign, text, at in rows[:MOST_CHANGED]:
        if change_file != file:
            yield "  " + style("place", f"{change_file}:{number}")
            file = change_file
        written = style(_role(sources[change_file], number), shown(text, at).text.rstrip())
        yield _numbered(number, width, sign, written, style).rstrip()
    if len(rows) > MOST_CHANGED:
        more = len(rows) - MOST_CHANGED
        yield f"  {' ' * width} … and {more} more line{'' if more == 1 else 's'}"


def _of(fix: Fix, file: str) -> list[Edit]:
    return [edit for edit in fix.edits if edit.span.file == file]


def _rows(change: Change) -> Iterator[tuple[str, int, str, str, int]]:
    """File, line number, sign, text, and the character where the text begins to differ."""
    sign, lines = ("+", change.after) if change.after else ("-", change.before)
    for n, text in enumerate(lines):
        old = change.before[n] if n < len(change.before) else ""
        same = next((i for i, (a, b) in enumerate(zip(old, text, strict=False)) if a != b), min(len(old), len(text)))
        yield change.file, change.line + n, sign, text, 0 if sign == "-" else same


def _places(diagnostic: Diagnostic) -> Iterator[tuple[Span, str, str]]:
    """Every place with its words and its sign; words at the blamed place stand behind its own marks."""
    here = [label.text for label in diagnostic.labels if label.span == diagnostic.span]
    if diagnostic.span != NOWHERE:
        yield diagnostic.span, "; ".join(here), "^"
    for label in diagnostic.labels:
        if label.span not in (NOWHERE, diagnostic.span):
            yield label.span, label.text, "-"


def _marks(span: Span, text: str, sign: str, sources: Mapping[str, SourceText]) -> Iterator[Mark]:
    """A mark for each line that is shown of a place; the words stand at the last."""
    source = sources[span.file]
    if not 1 <= span.line <= len(source.lines):
        return
    last = min(span.end_line, len(source.lines))
    if last > span.line and span.end_column <= 1:
        last -= 1
    numbers = list(range(span.line, last + 1))
    if len(numbers) > MOST_LINES:
        numbers = [numbers[0], numbers[-1]]
    for before, number in zip([span.line, *numbers], numbers, strict=False):
        line = source.lines[number - 1]
        first = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
        end = span.end_column - 1 if number == span.end_line else len(line.rstrip())
        yield Mark(span.file, number, first, end, text if number == numbers[-1] else "", sign, number > before + 1)


def _line(source: SourceText, number: int) -> str:
    return source.lines[number - 1]


def _role(source: SourceText, number: int) -> str:
    """Does a line stand in a long text: are there three quotes above it, in its block, that are not closed."""
    marks = 0
    for line in reversed(source.lines[: number - 1]):
        marks += line.count('"""')
        if line and not line[0].isspace():
            break
    return "long text" if marks % 2 else "source"


def _numbered(number: int, width: int, sign: str, text: str, style: Style) -> str:
    role = {"+": "help", "-": "mark"}.get(sign, "line")
    return f"  {style(role, f'{number:>{width}} {sign}')} {text}"


def _under(mark: Mark, part: Shown, width: int, style: Style) -> str:
    first = part.column(mark.first)
    length = max(1, part.column(mark.end) - first)
    role = "mark" if mark.sign == "^" else "note"
    return f"  {' ' * width} {style('line', '|')} {' ' * first}{style(role, mark.sign * length)} {mark.text}"
