"""Formatting as edits: the lines that the project's formatter lays out otherwise, and only those.

In: a text, and the lines that are asked for. Out: edits of whole lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.diagnostics.diagnostic import Edit
from stratagem.dsl.format import format_source
from stratagem.dsl.source import SourceText, Span

NEAR = 120
"""Lines within which two layouts of one text meet again."""


def formatting(file: str, text: str, first: int = 1, last: int | None = None) -> list[Edit]:
    """The edits that lay a file out; of lines `first` to `last` when asked for a part."""
    made = format_source(SourceText(file, text))
    if made == text:
        return []
    edits = list(_edits(file, text.split("\n"), made.split("\n")))
    end = last if last is not None else len(text)
    return [edit for edit in edits if edit.span.line >= first and _last_line(edit) <= end]


def _last_line(edit: Edit) -> int:
    """The last line that an edit changes: one that ends at the start of a line leaves that line alone."""
    span = edit.span
    return span.end_line - (span.end_column == 1 and span.end_line > span.line)


def _edits(file: str, old: list[str], new: list[str]) -> Iterator[Edit]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if len(before) == len(after):
        for number, (was, now) in enumerate(zip(before, after, strict=True), start):
            if was != now:
                yield Edit(Span(file, number + 1, 1, number + 1, len(was) + 1), now)
        return
    for a, b, c, d in _apart(before, after):
        yield _block(file, old, start + a, start + b, after[c:d])


def _apart(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts differ: lines a to b of the old are lines c to d of the new. Formatting keeps the order of lines,
    so that the next line both have is near; where none is, all that is left counts as different."""
    at, to = 0, 0
    while at < len(old) or to < len(new):
        if at < len(old) and to < len(new) and old[at] == new[to]:
            at, to = at + 1, to + 1
            continue
        meeting = _meeting(old, new, at, to)
        yield at, meeting[0], to, meeting[1]
        at, to = meeting


def _meeting(old: list[str], new: list[str], at: int, to: int) -> tuple[int, int]:
    """The next lines from which on both are the same; blank lines say nothing."""
    for steps in range(1, NEAR):
        for some in range(steps + 1):
            one, other = at + some, to + steps - some
            if one < len(old) and other < len(new) and old[one] == new[other] and old[one].strip():
                return one, other
    return len(old), len(new)


def _block(file: str, old: list[str], first: int, last: int, new: list[str]) -> Edit:
    """Lines `first` to `last` (from 0, the last excluded) replaced by others, line breaks and all."""
    if last < len(old):
        return Edit(Span(file, first + 1, 1, last + 1, 1), "".join(f"{line}\n" for line in new))
    if first == 0:
        return Edit(Span(file, 1, 1, len(old), len(old[-1]) + 1), "\n".join(new))
    before = len(old[first - 1]) + 1
    return Edit(Span(file, first, before, len(old), len(old[-1]) + 1), "".join(f"\n{line}" for line in new))
