"""Texts over several lines whose ends or indents are not as they should be.

In: the physical lines of a stretch of a file, and the line in which such a text starts. Out: the line that ends it, and
the edits that put right its marks and its indents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix

if TYPE_CHECKING:
    from stratagem.dsl.lines.scan import Scan

MOST_LINES = 60
"""Lines that are looked through for the end of such a text."""
QUOTES = '"""'
MARKS = ("'''", "```", "''", ' ""')
"""What a line may end with where a long text starts that stands between other marks than three double quotes."""
OPENING = re.compile("(?<= )('''|`{3,}\\w*|''|\"\"|\"|\u201c|\u201e)\\s*$")
_ENDS = ('""', '"', "'''", "''", "```", '""""', "“”", "”", "'")
"""What is written for three quotes at the end of a text."""
INDENT = re.compile(r"[\s\u200b\ufeff\u00ad]*")


def indent_of(text: str) -> int:
    """How many characters a line is indented by."""
    return INDENT.match(text).end()  # type: ignore[union-attr]


def ends_text(line: str) -> bool:
    """Does a line with three quotes end a long text, and start none."""
    said = line.strip()
    return said == QUOTES or (said.endswith(QUOTES) and said.count(QUOTES) == 1 and said[-4] not in ' "')


def is_open(text: str) -> bool:
    """Does a long text begin in this one and not end."""
    return QUOTES in text and text.count(QUOTES) % 2 == 1


def end_at_the_edge(text: str, start: int, end: int) -> int:
    """Where a long text ends that starts between two places of a file, and goes on at the left edge; 0: nowhere."""
    if not is_open(text[start:end]):
        return 0
    close = text.find(QUOTES, end)
    if close < 0 or text.count("\n", end, close) >= MOST_LINES:
        return 0
    line = text[text.rfind("\n", 0, close) + 1 :].split("\n", 1)[0]
    return close if ends_text(line) else 0


def far_out(raw: Sequence[str], index: int) -> int:
    """The line that ends a long text of which some lines do not stand deep enough; 0: there is none."""
    last = next((n for n in _following(raw, index) if QUOTES in raw[n]), 0)
    return last if last and ends_text(raw[last]) else 0


def _following(raw: Sequence[str], index: int) -> range:
    return range(index + 1, min(index + MOST_LINES, len(raw)))


def indented(scan: Scan, indent: int, first: int, last: int) -> tuple[Edit, ...]:
    """What puts the lines of a long text that do not stand deep enough where its other lines are."""
    widths = {n: indent_of(scan.raw[n]) for n in range(first, last + 1) if scan.raw[n].strip()}
    said = {n: width for n, width in widths.items() if n != last or len(scan.raw[n].strip()) > len(QUOTES)}
    deep = [width for width in said.values() if width > indent]
    out = {width for width in said.values() if width <= indent}
    blanks = " " * ((deep[0] if deep else indent + 2) - max(out, default=0))
    return tuple(Edit(scan.at(n + 1, 0, 0), blanks) for n, width in widths.items() if width in out)


def ends_alike(raw: Sequence[str], index: int, mark: str) -> int:
    """The line that a long text ends with which starts with such a mark; 0: there is none."""
    last = next((n for n in _following(raw, index) if mark in raw[n] or mark[:3] == "```" in raw[n]), 0)
    return last if last and raw[last].strip() in (mark, QUOTES, mark[:3]) else 0


def other_marks(scan: Scan, indent: int, opened: int, opening: re.Match[str], last: int) -> Fix:
    """Three double quotes for other marks."""
    out = indented(scan, indent, opened + 1, last)
    end = indent_of(scan.raw[last])
    begins = Edit(scan.at(opened + 1, *opening.span(1)), QUOTES)
    ends = Edit(scan.at(last + 1, end, len(scan.raw[last].rstrip())), QUOTES)
    return Fix(f"Write three double quotes: {QUOTES}", (begins, *out, ends))


def closing(scan: Scan, opened: int, last: int) -> Iterator[Fix]:
    """The three quotes below a long text that has none."""
    while last > opened and not scan.raw[last].strip():
        last -= 1
    end = len(scan.raw[last].rstrip())
    if last > opened and scan.raw[last].strip() in _ENDS:
        place = scan.at(last + 1, indent_of(scan.raw[last]), end)
        yield Fix("Write three quotes", (Edit(place, QUOTES),))
    elif last == opened:
        start = scan.raw[opened].index(QUOTES)
        bare = scan.raw[opened][start + 3 : end].rstrip('"')
        if bare:
            yield Fix("Write it between single double quotes", (Edit(scan.at(opened + 1, start, end), f'"{bare}"'),))
    else:
        quotes = "\n" + " " * indent_of(scan.raw[last]) + QUOTES
        yield Fix("Write three quotes below the text", (Edit(scan.at(last + 1, end, end), quotes),))
