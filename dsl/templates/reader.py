"""A template's text → what is wrong with it, each with its stretch of the text.

A small reader of our own for the whole grammar of vocabulary.py. It is stricter than the template engine: what it finds
no fault with, the engine reads in the same way (a test holds this).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.record import record
from stratagem.dsl.templates.expression import Expression, Fault
from stratagem.dsl.templates.vocabulary import DEEPEST, LONGEST

_PIECE = re.compile(
    r"\{\{-?(?P<shown>(?:(?!\{\{).)*?)-?\}\}|\{%-?(?P<said>.*?)-?%\}|\{#.*?#\}|(?P<open>\{\{|\{%|\{#)|(?P<close>\}\}|%\})",
    re.S,
)
_WORD = re.compile(r"\s*(\S*)", re.S)
_ASKED = re.compile(r"\s*(?:el)?if\b(.*)", re.S)
STATEMENTS = ("if", "elif", "else", "endif")


@record(slots=False)
class Known:
    """The names a template may show, with their types (None: not known), and those that may mean several things."""

    types: Mapping[str, Type | None]
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By name, the ways to write each thing it may mean."""


def faults(text: str, known: Known) -> Iterator[Fault]:
    """All that is wrong with a template."""
    if len(text) > LONGEST:
        yield Fault("S485", 0, 1, text[:1])
        return
    opened: list[_If] = []
    for piece in _PIECE.finditer(text):
        if piece["open"] or piece["close"]:
            yield Fault("S485", piece.start(), piece.end(), piece.group())
        elif piece["shown"] is not None:
            yield from Expression(piece["shown"], piece.start("shown"), known.types, known.several).shown()
        elif piece["said"] is not None:
            yield from _statement(piece["said"], piece.start("said"), known, opened)
    for unclosed in opened:
        yield Fault("S485", unclosed.start, unclosed.start + 2, "if")


def names(text: str) -> frozenset[str]:
    """Every name that a template reads, dotted ones whole; of a template without faults."""
    found: set[str] = set()
    for piece in _PIECE.finditer(text):
        asked = _ASKED.match(piece["said"] or "")
        read = Expression(piece["shown"] or (asked[1] if asked else ""), 0, {}, {})
        read.condition() if asked else read.shown()
        found |= read.names
    return frozenset(found)


@record(frozen=False, slots=False)
class _If:
    start: int
    elsewhere: bool = False
    """Its `else` has been met."""


def _statement(said: str, at: int, known: Known, opened: list[_If]) -> Iterator[Fault]:
    """`if`, `elif`, `else`, `endif`, each in its place; nothing else."""
    found = _WORD.match(said)
    word, start, after = (found[1], at + found.start(1), found.end(1)) if found else ("", at, 0)
    if word not in STATEMENTS:
        yield Fault("S484", start, start + max(len(word), 1), word or "%", near(word, STATEMENTS))
        return
    misplaced = word != "if" and (not opened or (word != "endif" and opened[-1].elsewhere))
    if misplaced or (word == "if" and len(opened) >= DEEPEST):
        yield Fault("S485", start, start + len(word), word)
        return
    if word == "if":
        opened.append(_If(start))
    elif word == "else":
        opened[-1].elsewhere = True
    elif word == "endif":
        opened.pop()
    rest = said[after:]
    if word in ("if", "elif"):
        yield from Expression(rest, at + after, known.types, known.several).condition()
    elif rest.strip():
        begin = at + after + len(rest) - len(rest.lstrip())
        yield Fault("S485", begin, begin + len(rest.strip()), rest.strip())
