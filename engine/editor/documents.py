"""The texts that are open in the editor, kept as its messages say, and columns in its units.

In: texts, and changes of stretches counted in the editor's units. Out: texts as we read them: LF line ends, no broken
characters; and places turned from its units into ours and back. Lines end where the protocol says, and nowhere else.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""What the editor counts columns in; code points are utf-32."""
Place = tuple[int, int]
"""A line and a column, both from 0, in the editor's units."""


@dataclass
class Document:
    """One open text. `name`: what the strategy's diagnostics call the file; `raw`: as the editor has it."""

    uri: str
    name: str
    version: int | None
    raw: str
    encoding: Encoding

    def __post_init__(self) -> None:
        self.text = clean(self.raw)

    def change(self, text: str, start: Place | None, end: Place | None) -> None:
        """Replace a stretch, or the whole text where none is given."""
        if start is None or end is None:
            self.raw = text
        else:
            lines = _lines(self.raw)
            first, last = _offset(lines, start, self.encoding), _offset(lines, end, self.encoding)
            self.raw = self.raw[:first] + text + self.raw[max(first, last) :]
        self.text = clean(self.raw)


def clean(text: str) -> str:
    """With LF line ends, without a byte order mark, and with every half character made a whole unknown one."""
    if any("\ud800" <= c <= "\udfff" for c in text) if not text.isascii() else False:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _lines(text: str) -> list[str]:
    """The lines with their ends: at LF, CR and CR LF."""
    return list(io.StringIO(text, newline=""))


def _offset(lines: list[str], place: Place, encoding: Encoding) -> int:
    """Where a place is in the text; one beyond a line is its end, one beyond the text the text's end."""
    line, column = place
    before = sum(len(each) for each in lines[:line])
    if line >= len(lines):
        return before
    bare = lines[line].rstrip("\r\n")
    return before + code_points(bare, column, encoding)


def code_points(line: str, units: int, encoding: Encoding) -> int:
    """How many characters the first so many units of a line are; within one character, up to its start."""
    if encoding == "utf-32" or line.isascii():
        return max(0, min(units, len(line)))
    done = 0
    for number, char in enumerate(line):
        done += _width(char, encoding)
        if done > units:
            return number
    return len(line)


def units(line: str, characters: int, encoding: Encoding) -> int:
    """How many units the first so many characters of a line are."""
    part = line[:characters]
    return len(part) if encoding == "utf-32" or part.isascii() else sum(_width(char, encoding) for char in part)


def _width(char: str, encoding: Encoding) -> int:
    code = ord(char)
    if encoding == "utf-16":
        return 1 + (code > 0xFFFF)
    return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)
