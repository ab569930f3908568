"""The text of a logical line cut into tokens."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import NamedTuple

from stratagem.dsl.grammar.line_grammar import TOGETHER
from stratagem.dsl.grammar.tables import tables

MOST_TOKENS = 5_000
"""Tokens of one logical line; what stands beyond is one token of the kind TOO_MUCH."""


class Token(NamedTuple):
    """A word, literal or sign: its kind in the grammar, its text, and where it starts and ends in the line's text."""

    kind: str
    text: str
    start: int
    end: int


_OF_DIGITS = frozenset(
    ["TIMESTAMP", "DATE", "TIME", "RATE", "MONEY", "DURATION", "SHARE", "NUMBER", "ODD_NUMBER", "OTHER"]
)
"""Kinds that start with a digit."""
_OF_LETTERS = frozenset(
    ["AGGREGATE", "SINCE", "BLOCK", "ONE_OF", "WINDOW", "STARTS_WITH", "YES_NO", "DOTTED", "NAME", "WORD", "OTHER"]
)
"""Kinds that start with a small letter."""
_OF_BOTH = _OF_DIGITS & _OF_LETTERS | {"WORD"}


class _Cutter:
    """The pattern of the tables, cut by the character that a token starts with: that is tried in half the time."""

    def __init__(self) -> None:
        self.keywords = tables().keywords
        self.kinds = tables().kinds
        self.digits, self.letters = self._pattern(_OF_DIGITS), self._pattern(_OF_LETTERS)
        self.others = self._pattern(self.kinds.keys() - (_OF_DIGITS | _OF_LETTERS) | _OF_BOTH)
        self.by_first = dict.fromkeys(ascii_lowercase, self.letters) | dict.fromkeys(digits, self.digits)
        self.name = re.compile(r"([a-z][a-z0-9_]*)(?![\w.])\s*")
        """A word with nothing glued to it: a name or keyword, unless it is one of `begun`."""
        self.begun = frozenset(words.split()[0] for words in (*TOGETHER, "yes", "no"))
        """Words that may be the first of several read as one, or are literals."""

    def _pattern(self, kinds: Container[str]) -> re.Pattern[str]:
        """One of these kinds, and the blanks after it."""
        ways = (f"(?P<{kind}>{way})" for kind, way in self.kinds.items() if kind in kinds)
        return re.compile(f"(?:{'|'.join(ways)})\\s*")

    def starting(self, first: str) -> re.Pattern[str]:
        """What a token that starts with this character can be."""
        return self.by_first.get(first) or (self.digits if first.isdecimal() else self.others)


@lru_cache(maxsize=1)
def _cutter() -> _Cutter:
    return _Cutter()


@lru_cache(maxsize=50_000)
def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a line's text, in order. Never fails: what the language does not know is of the kind OTHER."""
    cutter = _cutter()
    name, begun, keywords = cutter.name.match, cutter.begun, cutter.keywords
    found: list[Token] = []
    at, end = len(text) - len(text.lstrip()), len(text)
    while at < end:
        if len(found) == MOST_TOKENS:
            found.append(Token("TOO_MUCH", "", at, end))
            break
        plain = name(text, at)
        if plain is not None and (word := plain[1]) not in begun:
            found.append(Token(keywords.get(word, "NAME"), word, at, plain.end(1)))
            at = plain.end()
            continue
        match = cutter.starting(text[at]).match(text, at)
        assert match is not None, "OTHER is any sign at all"
        kind = match.lastgroup or "OTHER"
        stop = match.end(kind)
        word = text[at:stop]
        found.append(Token(keywords.get(word, kind) if kind == "NAME" else kind, word, at, stop))
        at = match.end()
    return tuple(found)
