"""Message templates: what stands between `{{` and `}}` or `{%` and `%}`, read by a small scanner of our own.

In: a template's text. Out: findings for names that nobody declared, filters that are not on the list, and statements
other than `if`. The full template language is neither needed nor loaded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.model.actions import Action, Message
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.source import Span

FILTERS = ("default", "round", "upper", "lower", "title", "capitalize", "trim", "int", "abs", "truncate", "replace")
"""Filters that messages may use."""
WORDS = frozenset(["and", "or", "not", "is", "in", "if", "else", "elif", "endif", "true", "false", "none", "defined"])
"""Words of the template language itself."""
ALWAYS = ("action", "channel", "offer", "customer", "as_of")
"""Names that every message may show beside the strategy's own."""

_PIECE = re.compile(
    r"\{\{(?P<shown>(?:(?!\{\{).)*?)\}\}|\{%-?(?P<said>.*?)-?%\}|\{#.*?#\}"
    r"|(?P<open>\{\{|\{%|\{#)|(?P<close>\}\}|%\})",
    re.S,
)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\"|'[^']*')|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*(?:\.\w+)*)|(?P<sign>.))", re.S
)
_SIGNS = frozenset("()|,=!<>+-*/%~")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a template, from one character of its text to another."""

    code: str
    start: int
    end: int
    word: str
    near: tuple[str, ...] = ()


def templates(c: Context) -> None:
    """Every message of every action."""
    known = shown_names(c)
    for action in c.strategy.actions:
        for message in action.messages:
            for field in ("subject", "body"):
                _template(c, action, message, field, known)


def shown_names(c: Context) -> tuple[str, ...]:
    """What a message may show: facts, tiers, segments, and fields that a customer has once."""
    facts = c.table.names(Of.ASSUMPTION, Of.MEASURE, Of.VALUE, Of.TIERS, Of.SEGMENT)
    stage = ("stage",) if c.table.names(Of.STAGE) else ()
    fields = [name for source in c.table.shaped("one") for name in source.fields]
    keys = [source.key for source in c.table.shaped("many") if source.key is not None]
    dotted = [f"{source.name}.{name}" for source in c.table.shaped("one") for name in source.fields]
    return (*facts, *stage, *fields, *keys, *dotted, *ALWAYS)


def _template(c: Context, action: Action, message: Message, field: str, known: tuple[str, ...]) -> None:
    text: str = getattr(message, field)
    if "{" not in text and "}" not in text:
        return
    place = message.place(field)
    for fault in faults(text, known):
        if fault.word in c.findings.doubtful:
            continue
        span = where(c, place, text, fault.start, fault.end)
        c.findings.add(
            fault.code, span, near=fault.near, name=fault.word, action=action.name, filters=", ".join(FILTERS)
        )


def faults(text: str, known: tuple[str, ...]) -> Iterator[Fault]:
    """All that is wrong with a template."""
    depth: list[int] = []
    for piece in _PIECE.finditer(text):
        if piece["open"] or piece["close"]:
            yield Fault("S485", piece.start(), piece.end(), piece.group())
        elif piece["shown"] is not None:
            yield from _expression(piece["shown"], piece.start("shown"), known)
        elif piece["said"] is not None:
            yield from _statement(piece["said"], piece.start("said"), known, depth)
    for start in depth:
        yield Fault("S485", start, start + 2, "if")


def _statement(said: str, at: int, known: tuple[str, ...], depth: list[int]) -> Iterator[Fault]:
    """`if`, `elif`, `else`, `endif`, each in its place; nothing else."""
    word = said.split()[0] if said.split() else ""
    start = at + said.find(word)
    rest = said[said.find(word) + len(word) :]
    if word == "if":
        depth.append(start)
    elif word in ("elif", "else", "endif") and not depth:
        yield Fault("S485", start, start + len(word), word)
    elif word == "endif":
        depth.pop()
    elif word not in ("elif", "else"):
        yield Fault("S484", start, start + max(len(word), 1), word)
        return
    if word in ("if", "elif"):
        yield from _expression(rest, start + len(word), known)


def _expression(text: str, at: int, known: tuple[str, ...]) -> Iterator[Fault]:
    """Names that are declared, and filters that are listed."""
    before = before_kind = ""
    found = filtering = False
    for token in _TOKEN.finditer(text.rstrip()):
        kind = token.lastgroup or ""
        word = token.group(kind) if kind else ""
        start, end = at + token.start(kind), at + token.end(kind)
        found = True
        if kind == "sign" and word not in _SIGNS:
            yield Fault("S485", start, end, word)
        elif kind == "name" and before == "|":
            if word not in FILTERS:
                yield Fault("S483", start, end, word, near(word, FILTERS))
        elif kind == "name" and word not in WORDS and word not in known and not _argument(text, token.end()):
            yield Fault("S482", start, end, word, near(word, known))
        elif kind == "sign" and word == "(" and before_kind == "name" and not filtering:
            yield Fault("S485", start, end, word)
        filtering = kind == "name" and before == "|"
        before, before_kind = word, kind
    if not found:
        yield Fault("S485", at, at + max(len(text), 1), "{{ }}")


def _argument(text: str, end: int) -> bool:
    """Is the name that of a filter's argument, `default(value="…")`."""
    rest = text[end:].lstrip()
    return rest.startswith("=") and not rest.startswith("==")


def where(c: Context, place: Span, text: str, start: int, end: int) -> Span:
    """The stretch of a file that a stretch of a template's text stands at; the whole text where it is not plain."""
    source = c.built.sources.get(place.file)
    if source is None:
        return place
    lines, number = text.split("\n"), text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1)
    length = min(end - start, len(lines[number]) - column)
    for base in range(place.line, place.end_line + 1):
        if base + number > place.end_line or lines[0] not in source.lines[base - 1]:
            continue
        at = source.lines[base + number - 1].find(lines[number])
        if at >= 0:
            first = at + column + 1
            return Span(place.file, base + number, first, base + number, first + length)
    return place
