r"""Regular expressions with one meaning: RE2 syntax, searched anywhere, `\d \w \s \b` ASCII.

In: a pattern that the checker has accepted as RE2. Out: a test of one text by RE2 itself, and, where Rust's dialect has
a spelling that surely means the same, that spelling for Polars; for every other pattern (flags, Unicode classes, `\B`,
odd repetitions) there is none, and columns are tested by RE2 too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": r"\t\n\f\r\x20"}
CONTROLS = {"t": r"\t", "n": r"\n", "r": r"\r", "f": r"\f", "v": r"\x0B", "a": r"\x07"}
POSIX = re.compile(r"\[:(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]")
REPEAT = re.compile(r"(?:[*+?]|\{(\d{1,3})(?:,(\d{1,3})?)?\})\??")
GROUP = re.compile(r"\((?:\?:|\?P?<[A-Za-z_][A-Za-z0-9_]*>)?")
HEX = re.compile(r"\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})")


@lru_cache(maxsize=1024)
def searcher(pattern: str) -> Callable[[str], object]:
    """A function that gives a match (or None) of the pattern anywhere in a text, by RE2."""
    import re2

    options = re2.Options()
    options.log_errors = False
    search: Callable[[str], object] = re2.compile(pattern, options).search
    return search


class _NotSure(Exception):
    """A construct that the two dialects may read differently."""


@lru_cache(maxsize=1024)
def for_polars(pattern: str) -> str | None:
    """The same pattern in the dialect of Polars (Rust), or None where that is not certain."""
    try:
        return _Reader(pattern).whole()
    except (_NotSure, IndexError):
        return None


class _Reader:
    """Reads a pattern from left to right and writes it again, every literal escaped."""

    def __init__(self, pattern: str) -> None:
        self.text = pattern
        self.at = 0

    def whole(self) -> str:
        """The pattern written for Rust."""
        out: list[str] = []
        depth = 0
        repeatable = False
        while self.at < len(self.text):
            c = self.text[self.at]
            if c in "*+?{":
                out.append(self._repeat(repeatable))
                repeatable = False
            elif c == "(":
                depth += 1
                out.append(self._open())
                repeatable = False
            elif c in ")|^$":
                depth -= c == ")"
                out.append(c)
                repeatable = c == ")"
                self.at += 1
            else:
                piece = self._one(c)
                out.append(piece)
                repeatable = piece != r"(?-u:\b)" and piece not in (r"\A", r"\z")
            if depth < 0:
                raise _NotSure
        if depth:
            raise _NotSure
        return "".join(out)

    def _repeat(self, allowed: bool) -> str:
        found = REPEAT.match(self.text, self.at)
        if found is None or not allowed:
            raise _NotSure
        self.at = found.end()
        return found.group()

    def _open(self) -> str:
        found = GROUP.match(self.text, self.at)
        if found is None or (found.group() == "(" and self.text[self.at + 1 : self.at + 2] == "?"):
            raise _NotSure
        self.at = found.end()
        return "(?:"

    def _one(self, c: str) -> str:
        if c == "[":
            return self._set()
        if c == "\\":
            return self._escape()
        self.at += 1
        return "." if c == "." else _literal(c)

    def _escape(self) -> str:
        c = self.text[self.at + 1]
        if c in CLASSES or c.lower() in CLASSES:
            self.at += 2
            return f"[{'^' if c.isupper() else ''}{CLASSES[c.lower()]}]"
        if c in "bAz":
            self.at += 2
            if c == "b" and self.text[self.at : self.at + 1] == "{":
                raise _NotSure
            return r"(?-u:\b)" if c == "b" else "\\" + c
        return self._escaped_character()

    def _escaped_character(self) -> str:
        hexadecimal = HEX.match(self.text, self.at)
        if hexadecimal:
            self.at = hexadecimal.end()
            number = int(hexadecimal.group(1) or hexadecimal.group(2), 16)
            if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
                raise _NotSure
            return _literal(chr(number))
        c = self.text[self.at + 1]
        self.at += 2
        if c in CONTROLS:
            return CONTROLS[c]
        if c.isascii() and not c.isalnum():
            return _literal(c)
        raise _NotSure

    def _set(self) -> str:
        self.at += 1
        out = ["["]
        if self.text[self.at] == "^":
            out.append("^")
            self.at += 1
        first = True
        while first or self.text[self.at] != "]":
            out.append(self._member())
            first = False
        self.at += 1
        return "".join(out) + "]"

    def _member(self) -> str:
        posix = POSIX.match(self.text, self.at)
        if posix:
            self.at = posix.end()
            return posix.group()
        c = self.text[self.at]
        if c == "\\" and self.text[self.at + 1] in CLASSES:
            self.at += 2
            return CLASSES[self.text[self.at - 1]]
        low = self._set_character()
        if self.text[self.at] == "-" and self.text[self.at + 1] != "]":
            self.at += 1
            return f"{low}-{self._set_character()}"
        return low

    def _set_character(self) -> str:
        c = self.text[self.at]
        if c == "\\":
            return self._escaped_character()
        if c == "[" and self.text[self.at + 1] == ":":
            raise _NotSure
        self.at += 1
        return _literal(c)


def _literal(c: str) -> str:
    """A character that stands for itself, in and outside a class."""
    if c.isalnum() or c == "_" or not c.isascii():
        return c
    return f"\\x{{{ord(c):X}}}"
