"""Which values a template shows without saying what stands there when they are missing.

In: the text of a template without faults. Out: each such name with its place. A name counts as provided for when it
has the filter `default`, or when an `if` around it, in its sentence or of its line asks about it in any way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.record import record
from stratagem.dsl.templates.expression import WORDS, Expression
from stratagem.dsl.templates.reader import _ASKED, _PIECE, _WORD

_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")


@record
class Shown:
    """A name that is shown as it is, where it stands in the template, and where its last filter ends."""

    name: str
    start: int
    end: int
    last: int


def shown_bare(text: str) -> Iterator[Shown]:
    """The names that leave a gap in the text when they are missing."""
    asked: list[frozenset[str]] = []
    for piece in _PIECE.finditer(text):
        if piece["shown"] is not None:
            around = frozenset[str]().union(*asked)
            yield from (found for found in _bare(piece["shown"], piece.start("shown")) if found.name not in around)
        elif piece["said"] is not None:
            _step(piece["said"], asked)


def _step(said: str, asked: list[frozenset[str]]) -> None:
    """Into or out of an `if`; `elif` and `else` keep what was asked before."""
    found = _WORD.match(said)
    word = found[1] if found else ""
    condition = _ASKED.match(said)
    read = Expression(condition[1] if condition else "", 0, {}, {})
    if condition:
        read.condition()
    if word == "if":
        asked.append(frozenset(read.names))
    elif word == "elif" and asked:
        asked[-1] |= read.names
    elif word == "endif" and asked:
        asked.pop()


def _bare(text: str, at: int) -> Iterator[Shown]:
    """The one name of `NAME | filters`; of a choice between values the whole is taken to be provided for."""
    plain = _TEXT.sub(lambda found: " " * len(found[0]), text)
    words = list(_NAME.finditer(plain))
    if not words or any(found[0] in WORDS or found[0] == "default" for found in words):
        return
    first = words[0]
    yield Shown(first[0], at + first.start(), at + first.end(), at + len(text.rstrip()))
