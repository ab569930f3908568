"""What each word of a file is, for colouring: better than a pattern can know, for names are looked up.

In: the index and a file, or some lines of it. Out: coloured stretches in order, none over a line's end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stratagem.dsl.catalogue.pattern import Literal, SlotPart, compile_pattern
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines.line import Line
from stratagem.engine.editor.declared import OPTION
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.mentions import Mention
from stratagem.engine.editor.names import meaning
from stratagem.engine.editor.pieces import Placed

TYPES = (
    "namespace", "class", "enum", "enumMember", "type", "parameter", "variable", "property", "event", "function",
    "keyword", "comment", "string", "number", "operator", "decorator",
)  # fmt: skip
"""Kinds of tokens, as the protocol names them."""
MODIFIERS = ("declaration", "readonly", "documentation", "defaultLibrary")
_KIND = {
    "assumption": "parameter", "measure": "variable", "value": "variable", "metric": "variable", "field": "property",
    "source": "class", "segment": "enum", "tiers": "enum", "tier": "enumMember", OPTION: "enumMember",
    "stage": "enumMember", "action": "function", "channel": "namespace", "goal": "event", "objective": "event",
    "group": "class", "strategy": "namespace", "customer": "class", "journey": "namespace",
}  # fmt: skip
_LITERAL = {"STRING": "string", "LONG_TEXT": "string", "YES_NO": "number", "MISSING": "keyword"}
_NUMBERS = ("NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "DATE", "TIMESTAMP", "TIME")
_SIGNS = ("COMPARE", "EQUALS", "PLUS", "MINUS", "TIMES", "OVER_SIGN")
_FORMULA = ("AGGREGATE", "SINCE", "BLOCK", "ONE_OF", "WINDOW", "STARTS_WITH", "AND", "OR", "NOT", "IF", "ELSE", "IS",
            "KNOWN", "BETWEEN", "CONTAINS", "MATCHES", "WHERE", "WHEN", "OTHERWISE", "ANY", "OVER")  # fmt: skip


@dataclass(frozen=True)
class Coloured:
    """`length` characters from a place on. `modifiers`: of MODIFIERS."""

    line: int
    column: int
    length: int
    type: str
    modifiers: tuple[str, ...] = ()


def coloured(index: Index, file: str, first: int = 1, last: int | None = None) -> Iterator[Coloured]:
    """Every stretch of lines `first` to `last`, in order."""
    placed = index.placed.get(file, [])
    ends = [p.start for p in placed[1:]] + [len(index.lines(file)) + 1]
    for each, end in zip(placed, ends, strict=True):
        if end > first and (last is None or each.start <= last):
            for found in piece_colours(index, each):
                if found.line >= first and (last is None or found.line <= last):
                    yield found


def _kept(placed: Placed, found: Coloured) -> Coloured | None:
    """Within its line: a quote that is left open is read as if it were closed behind the line's end."""
    most = len(placed.piece.lines[found.line - placed.start]) - found.column + 1
    if found.length <= most:
        return found
    return Coloured(found.line, found.column, most, found.type, found.modifiers) if most > 0 else None


def piece_colours(index: Index, placed: Placed) -> Iterator[Coloured]:
    """Every stretch of one piece, in order."""
    names = {(m.span.line, m.span.column): m for m in placed.piece.mentions}
    found = [*_comments(placed)]
    for line in placed.piece.outline.walk():
        for token in tokens(line.text):
            found.extend(_token(index, placed, line, token, names))
    kept = (_kept(placed, each) for each in found)
    yield from sorted((c for c in kept if c is not None), key=lambda c: (c.line, c.column))


def _comments(placed: Placed) -> Iterator[Coloured]:
    """Comments, on lines of their own and behind others."""
    ends: dict[int, int] = {}
    """By physical line, how far what the grammar reads of it goes."""
    for line in placed.piece.outline.walk():
        for number, row in enumerate(line.text.split("\n")):
            ends[line.number + number] = (line.column - 1 if number == 0 else 0) + len(row.rstrip())
    for number, text in enumerate(placed.piece.lines, 1):
        rest = text[ends.get(number, 0) :].lstrip()
        if rest.startswith("#"):
            doc = ("documentation",) if rest.startswith("##") and number not in ends else ()
            yield Coloured(number + placed.start - 1, len(text) - len(rest) + 1, len(rest.rstrip()), "comment", doc)


def _token(
    index: Index, placed: Placed, line: Line, token: Token, names: dict[tuple[int, int], Mention]
) -> Iterator[Coloured]:
    place = line.place(token.start, token.end)
    at = place.line + placed.start - 1
    if token.kind in ("NAME", "DOTTED", "WORD"):
        yield from _words(index, placed, line, token, names)
    elif "\n" in token.text:
        for number, text in enumerate(token.text.split("\n")):
            start = place.column if number == 0 else len(text) - len(text.lstrip()) + 1
            bare = text.strip() if number else text.rstrip()
            if bare:
                yield Coloured(at + number, start, len(bare), _sort(token))
    elif _sort(token):
        yield Coloured(at, place.column, place.end_column - place.column, _sort(token))


def _sort(token: Token) -> str:
    if token.kind in _NUMBERS:
        return "number"
    if token.kind in _SIGNS:
        return "operator"
    return "keyword" if token.kind in _FORMULA else _LITERAL.get(token.kind, "")


def _words(
    index: Index, placed: Placed, line: Line, token: Token, names: dict[tuple[int, int], Mention]
) -> Iterator[Coloured]:
    """A name by its words; or a word of the phrase, a function, a type."""
    place = line.place(token.start, token.end)
    at, column = place.line + placed.start - 1, place.column
    for word in token.text.split("."):
        mention = names.get((place.line, column))
        if mention is not None:
            thing = meaning(index.names, mention)
            kind = _KIND.get(thing.kind, "variable") if thing is not None else "variable"
            declares = ("declaration",) if mention.sort in ("declared", "option declared") else ()
            yield Coloured(at, column, len(word), kind, declares)
        elif token.kind == "WORD":
            yield Coloured(at, column, len(word), "type")
        elif token.kind == "NAME":
            called = word in FUNCTIONS and line.text[token.end : token.end + 1] == "("
            sort = "function" if called else "keyword" if word in PHRASES or word in RESERVED else ""
            if sort:
                yield Coloured(at, column, len(word), sort, ("defaultLibrary",) if called else ())
        column += len(word) + 1


def _phrases() -> frozenset[str]:
    """Every word that the catalogue's phrases are made of, with the words that may be chosen."""
    from stratagem.dsl.catalogue import STATEMENTS
    from stratagem.dsl.parse.match import TYPES as FIELD_TYPES

    found: set[str] = set(FIELD_TYPES)
    waiting = [part for statement in STATEMENTS for part in compile_pattern(statement.pattern)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Literal):
            found.add(part.text)
        elif isinstance(part, SlotPart):
            if part.kind in ("choice", "choices", "flag"):
                found.update(word for argument in part.arguments for word in argument.split())
        else:
            waiting.extend(inner for option in part.options for inner in option)
    return frozenset(found)


PHRASES = _phrases()
