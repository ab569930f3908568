"""Texts that say nothing: empty ones, placeholders, repetitions of a neighbour. No other wording is looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

PLACEHOLDERS = frozenset(
    {
        "",
        "dummy",
        "fill in",
        "fill me in",
        "fixme",
        "later",
        "lorem ipsum",
        "n a",
        "na",
        "nil",
        "none",
        "not applicable",
        "not available",
        "not yet",
        "null",
        "pending",
        "placeholder",
        "sample text",
        "tba",
        "tbc",
        "tbd",
        "text here",
        "tk",
        "to be announced",
        "to be confirmed",
        "to be decided",
        "to be defined",
        "to be determined",
        "to be done",
        "to come",
        "to do",
        "todo",
        "unknown",
        "wip",
        "work in progress",
    }
)
"""What stands where a text is still to be written; compared in lower case, without punctuation and blanks."""

_MARKS = re.compile(r"[\W_]+")
_FILLER = re.compile(r"([a-z])\1*\Z|lorem ipsum\b")
"""One letter over and over (`x`, `xxx`), or the printer's dummy text."""
_CLOSE = frozenset(p.replace(" ", "") for p in PLACEHOLDERS)


def plain(text: str) -> str:
    """Lower case, with every run of blanks and punctuation as one blank."""
    return _MARKS.sub(" ", text).strip().lower()


def says_something(text: str | None) -> bool:
    """Neither empty nor a placeholder."""
    said = plain(text or "")
    return said.replace(" ", "") not in _CLOSE and _FILLER.match(said) is None


def repeated(texts: Iterable[str]) -> frozenset[str]:
    """Texts (as `plain` gives them) that stand there more than once."""
    counted = Counter(plain(t) for t in texts if says_something(t))
    return frozenset(t for t, n in counted.items() if n > 1)
