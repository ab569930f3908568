"""Edits put into a text: pure, and used alike by those who show a fix and those who apply it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.record import record, replace
from stratagem.dsl.source import SourceText, Span

Texts = Mapping[str, SourceText]
"""Sources by name."""


class NotInText(ValueError):
    """An edit points outside the text, or two edits of one fix overlap."""


def edited(source: SourceText, edits: Iterable[Edit]) -> str:
    """The text with all the edits in it. Raises NotInText."""
    starts = line_starts(source)
    placed = sorted(((*_range(source, starts, edit.span), edit.text) for edit in edits), key=lambda p: p[:2])
    parts: list[str] = []
    done = 0
    for start, end, text in placed:
        if start < done:
            raise NotInText("two edits overlap")
        parts += [source.text[done:start], text]
        done = end
    return "".join([*parts, source.text[done:]])


def line_gone(at: Span, assumed: str, end: Span | None = None) -> Fix:
    """The line of a place taken out, with all down to another place. `assumed`: what that takes for granted."""
    last = at if end is None else end
    count = last.end_line - at.line + 1
    what = "this line" if count == 1 else f"these {count} lines"
    line = at.on(at.line, 1, 1).to(last.below())
    return Fix(f"Take {what} out (this assumes {assumed})", (Edit(line, ""),))


def within(found: Iterable[Diagnostic], sources: Texts) -> list[Diagnostic]:
    """The findings, with their fixes fitted to the texts: where the last line has no end, none puts a line after that
    end; and a fix whose text would run into half a word is not offered: it was made for a line as mended, at a place
    that the line as written has not."""
    endless = {name: source for name, source in sources.items() if not source.text.endswith("\n")}
    return [replace(d, fixes=tuple(_fitted(d, endless, sources))) if d.fixes else d for d in found]


def _fitted(found: Diagnostic, endless: Texts, sources: Texts) -> Iterator[Fix]:
    for fix in found.fixes:
        if not any(_cuts(edit, sources[edit.span.file]) for edit in fix.edits if edit.span.file in sources):
            yield _within(fix, endless) if endless else fix


def _cuts(edit: Edit, source: SourceText) -> bool:
    """Would the text of an edit run into a word whose other part stays."""
    span, lines = edit.span, source.lines
    before = lines[span.line - 1][: span.column - 1] if span.line <= len(lines) else ""
    after = lines[span.end_line - 1][span.end_column - 1 :] if span.end_line <= len(lines) else ""
    return _run_together(before, edit.text) or _run_together(edit.text, after)


def _run_together(first: str, second: str) -> bool:
    return first[-1:].isalnum() and second[:1].isalnum()


def _within(fix: Fix, endless: Texts) -> Fix:
    edits = tuple(_ending(e, endless[e.span.file]) if e.span.file in endless else e for e in fix.edits)
    return fix if edits == fix.edits else replace(fix, edits=edits)


def _ending(edit: Edit, source: SourceText) -> Edit:
    """The edit with what it has beyond the last line put at that line's end."""
    last, span = len(source.lines), edit.span
    if span.end_line <= last:
        return edit
    column = len(source.lines[-1]) + 1
    if span.line <= last:
        return Edit(Span(span.file, span.line, span.column, last, column), edit.text.removesuffix("\n"))
    return Edit(Span(span.file, last, column, last, column), "\n" + edit.text.removesuffix("\n"))


def overlap(one: Span, other: Span) -> bool:
    """Do the two touch the same text; two insertions at one place do too, for their order would be a guess."""
    if one.file != other.file:
        return False
    a, b = (one.line, one.column), (one.end_line, one.end_column)
    c, d = (other.line, other.column), (other.end_line, other.end_column)
    return (a < d and c < b) or a == c


@record
class Change:
    """Lines that an edit changes: `before` go, `after` come; the first of them is line number `line`."""

    file: str
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(source: SourceText, edits: Iterable[Edit]) -> Iterator[Change]:
    """What the edits make of the lines they touch, from top to bottom. Raises NotInText."""
    group: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.span.line, e.span.column)):
        if group and edit.span.line > max(e.span.end_line for e in group):
            yield _change(source, group)
            group = []
        group.append(edit)
    if group:
        yield _change(source, group)


def same(one: Fix, other: Fix, sources: Mapping[str, SourceText]) -> bool:
    """Do two fixes make the same of the texts."""
    if one.edits == other.edits:
        return True
    try:
        return _made(one, sources) == _made(other, sources)
    except (NotInText, KeyError):
        return False


def _made(fix: Fix, sources: Mapping[str, SourceText]) -> dict[str, list[Change]]:
    """What a fix changes in each file. Raises NotInText, and KeyError for a file that there is not."""
    names = dict.fromkeys(edit.span.file for edit in fix.edits)
    return {name: [*changes(sources[name], (e for e in fix.edits if e.span.file == name))] for name in names}


def _change(source: SourceText, edits: list[Edit]) -> Change:
    """Edits of neighbouring lines as one change, without the lines that stay as they are."""
    first, last = edits[0].span.line, max(edit.span.end_line for edit in edits)
    part = SourceText(source.name, "\n".join(source.lines[first - 1 : last]))
    moved = [Edit(_moved(edit.span, 1 - first), edit.text) for edit in edits]
    before, after = list(part.lines), edited(part, moved).split("\n")
    while before and after and before[0] == after[0]:
        del before[0], after[0]
        first += 1
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return Change(source.name, first, tuple(before), tuple(after))


def _moved(span: Span, by: int) -> Span:
    return Span(span.file, span.line + by, span.column, span.end_line + by, span.end_column)


def offset(source: SourceText, line: int, column: int) -> int:
    """The number of characters before a place. A place outside the text counts as the nearest in it."""
    starts = line_starts(source)
    return min(starts[max(0, min(line, len(starts) - 1) - 1)] + max(0, column - 1), len(source.text))


@lru_cache(maxsize=8)
def line_starts(source: SourceText) -> tuple[int, ...]:
    """How many characters stand before each line; and one line more."""
    starts = [0]
    for line in source.lines:
        starts.append(starts[-1] + len(line) + 1)
    return tuple(starts)


def _range(source: SourceText, starts: Sequence[int], span: Span) -> tuple[int, int]:
    lines = source.lines
    if not 1 <= span.line <= span.end_line <= len(lines):
        raise NotInText(f"line {span.line} to {span.end_line} of {len(lines)}")
    start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
    rows = ((span.column, span.line), (span.end_column, span.end_line))
    if end < start or not all(1 <= column <= len(lines[row - 1]) + 1 for column, row in rows):
        raise NotInText(f"columns {span.column} to {span.end_column} of line {span.line}")
    return start, end
