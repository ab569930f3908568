"""Lines of a file as text: what stands below a line, and edits of whole lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.source import SourceText, Span

_TIER = re.compile(r"  ([a-z]\w*)\b.*\b(?:from|top|next|below|otherwise)\b")
"""A line of a `segments` block that declares a tier."""
_SAID = re.compile(r'(?:[^"#]|"[^"]*(?:"|$))*')


def indent(line: str) -> int:
    """The blanks before its text."""
    return len(line) - len(line.lstrip())


@lru_cache(maxsize=2_000)
def said(line: str) -> str:
    """A line without the blanks before it, and without the remark at its end."""
    return _SAID.match(line)[0].strip()  # type: ignore[index]


def stretch(lines: Sequence[str], first: int) -> int:
    """The number of the last line (from 1) of what stands below line `first`, itself included."""
    step = indent(lines[first - 1])
    last = first
    while last < len(lines) and (not lines[last].strip() or indent(lines[last]) > step):
        last += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return last


def around(lines: Sequence[str], line: int) -> list[int]:
    """The lines that a line stands below, the nearest first."""
    found, step = [], indent(lines[line - 1])
    for number in range(line - 1, 0, -1):
        if not step:
            break  # at the left edge
        text = lines[number - 1]
        if text.strip() and indent(text) < step:
            found.append(number)
            step = indent(text)
    return found


def last_written(lines: Sequence[str]) -> int:
    """The number of the last line that is not blank; 1 where all are."""
    return max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)


def tiers_of(block: str, sources: Mapping[str, SourceText]) -> list[str]:
    """The tiers of the `segments` block of this name; none where there is no such block."""
    for source in sources.values():
        head = next((n for n, line in enumerate(source.lines, 1) if line.split()[:2] == ["segments", block]), 0)
        if head:
            inner = source.lines[head : stretch(source.lines, head)]
            return [found[1] for found in map(_TIER.match, inner) if found]
    return []


def whole_lines(file: str, lines: Sequence[str], first: int, last: int) -> Span:
    """The place of whole lines, with the line end behind or before them."""
    if last < len(lines):
        return Span(file, first, 1, last + 1, 1)
    if first > 1:
        return Span(file, first - 1, len(lines[first - 2]) + 1, last, len(lines[last - 1]) + 1)
    return Span(file, first, 1, last, len(lines[last - 1]) + 1)


def without(file: str, lines: Sequence[str], first: int) -> Edit:
    """A line gone, with all that stands below it."""
    return Edit(whole_lines(file, lines, first, stretch(lines, first)), "")


def taken_out(source: SourceText, line: int, why: str) -> Fix:
    """A line gone, with all that stands below it. `why`: how the title goes on."""
    count = stretch(source.lines, line) - line + 1
    title = "Take this line out" if count == 1 else f"Take these {count} lines out"
    return Fix(f"{title}{why}", (without(source.name, source.lines, line),))


def one_or_other(source: SourceText, first: int, line: int) -> tuple[Fix, Fix]:
    """The one or the other of two lines gone."""
    return (
        taken_out(source, line, f" (this assumes that line {first} holds)"),
        taken_out(source, first, f" at line {first} (this assumes that this one holds)"),
    )


def behind(file: str, lines: Sequence[str], line: int, text: str) -> Edit:
    """Text put in at the end of a line."""
    end = len(lines[line - 1].rstrip()) + 1
    return Edit(Span(file, line, end, line, end), text)


def over(file: str, line: int, start: int, end: int, text: str) -> Edit:
    """Text in place of the characters from `start` to `end` (from 0) of a line."""
    return Edit(Span(file, line, start + 1, line, end + 1), text)


def moved(file: str, lines: Sequence[str], first: int, above: int) -> tuple[Edit, ...]:
    """A line, with what stands below it, put above another line."""
    last = stretch(lines, first)
    text = "".join(line + "\n" for line in lines[first - 1 : last])
    return Edit(Span(file, above, 1, above, 1), text), Edit(whole_lines(file, lines, first, last), "")
