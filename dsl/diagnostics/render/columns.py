"""Source lines as a terminal shows them, and the column at which each of their characters then stands."""

from __future__ import annotations

import unicodedata

from stratagem.dsl.record import record

WIDEST = 100
"""Columns of a shown source line; longer ones are cut around what is marked."""
BEFORE = 20
"""Columns that are kept before a mark where a line is cut."""
REACH = 400
"""Characters on either side of a mark that are looked at: enough for all columns, few of a line of thousands."""
TAB = "    "


@record
class Shown:
    """A part of a line. `offsets[i]`: the column, from 0, of its character `first + i`; one more than there are."""

    text: str
    first: int
    offsets: tuple[int, ...]

    def column(self, index: int) -> int:
        """The column of a character of the whole line (from 0), held within the part."""
        return self.offsets[max(0, min(index - self.first, len(self.offsets) - 1))]

    def holds(self, index: int) -> bool:
        """Is this character of the whole line, or the end behind its last, in the part."""
        return self.first <= index < self.first + len(self.offsets)


def shown(line: str, mark: int) -> Shown:
    """The line, or of a long one the part around the character number `mark` (from 0)."""
    mark = min(mark, len(line))
    begin, end = max(0, mark - REACH), min(len(line), mark + REACH)
    signs = [_sign(c) for c in line[begin:end]]
    widths = [width(sign) for sign in signs]
    whole = end - begin == len(line) and sum(widths) <= WIDEST
    first, last = (0, len(signs)) if whole else _part(widths, mark - begin)
    lead, tail = "…" if begin + first else "", "…" if begin + last < len(line) else ""
    offsets = [len(lead)]
    for each in widths[first:last]:
        offsets.append(offsets[-1] + each)
    return Shown(lead + "".join(signs[first:last]) + tail, begin + first, tuple(offsets))


def width(text: str) -> int:
    """Columns a text takes on a terminal: wide letters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _sign(character: str) -> str:
    """A character as it may be shown: nothing that a terminal would obey."""
    if character == "\t":
        return TAB
    return character if character.isprintable() else " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"


def _part(widths: list[int], mark: int) -> tuple[int, int]:
    """From which character to which a line that is too long is shown: at most WIDEST columns, the mark among them."""
    first, room = mark, BEFORE
    while first and room >= widths[first - 1]:
        first -= 1
        room -= widths[first]
    last, room = first, WIDEST - 2
    while last < len(widths) and room >= widths[last]:
        room -= widths[last]
        last += 1
    while last == len(widths) and first and room >= widths[first - 1]:
        first -= 1
        room -= widths[first]
    return first, last
