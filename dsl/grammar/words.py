"""The text of a logical line cut into tokens."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from stratagem.dsl.grammar.tables import tables

MOST_TOKENS = 5_000
"""Tokens of one logical line; what stands beyond is one token of the kind TOO_MUCH."""


class Token(NamedTuple):
    """A word, literal or sign: its kind in the grammar, its text, and where it starts and ends in the line's text."""

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _cutter() -> tuple[re.Pattern[str], dict[str, str]]:
    return re.compile(tables().pattern), tables().keywords


@lru_cache(maxsize=50_000)
def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a line's text, in order. Never fails: what the language does not know is of the kind OTHER."""
    pattern, keywords = _cutter()
    found: list[Token] = []
    for match in pattern.finditer(text):
        kind = match.lastgroup or "OTHER"
        word = match.group()
        if kind == "NAME":
            kind = keywords.get(word, kind)
        if len(found) == MOST_TOKENS:
            found.append(Token("TOO_MUCH", "", match.start(), len(text)))
            break
        found.append(Token(kind, word, match.start(), match.end()))
    return tuple(found)
