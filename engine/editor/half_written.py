"""Names in formulas that cannot be read yet: a line that is being typed still says what it is about.

In: a piece, and the places of the mentions that were read. Out: the other words of its faulty lines that stand where
only a formula can be. Lists are left out: half of one does not say of what kind its names are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.model.make.declare import slot_parts
from stratagem.dsl.nodes import Node, walk
from stratagem.dsl.source import Span

if TYPE_CHECKING:
    from stratagem.engine.editor.pieces import Piece

_LOGIC = ("formula", "condition")
Found = tuple[tuple[str, ...], Span, Node, "Node | None"]
"""The words of a dotted name, its place, its statement and the one above."""


def half_written(piece: Piece, known: frozenset[tuple[int, int]]) -> Iterator[Found]:
    """The names; `known`: lines and columns where mentions stand already."""
    owners = {node.span.line: (node, parent) for node, parent in walk(piece.nodes)}
    waiting: list[tuple[Line, tuple[Node, Node | None] | None]] = [(line, None) for line in piece.outline.lines]
    while waiting:
        line, above = waiting.pop()
        own = owners.get(line.number)
        statement = own or above
        waiting.extend((child, statement) for child in line.children)
        if statement is not None and line.number in piece.faulty and _only_formulas(statement[0].statement):
            skip = _phrase(statement[0].statement) if own is not None else frozenset()
            for path, span in _names(line, skip):
                if (span.line, span.column) not in known:
                    yield path, span, *statement


def _only_formulas(statement: Statement) -> bool:
    """Do its names stand in formulas alone."""
    kinds = {slot.kind for slot in slot_parts(statement)}
    logic = statement.tail != "none" or bool(kinds & set(_LOGIC))
    return logic and not kinds & {"ref", "refs"}


def _phrase(statement: Statement) -> frozenset[str]:
    """The words of its own phrase."""
    return frozenset(word for word in statement.pattern.replace("[", " ").replace("]", " ").split() if word.isalpha())


def _names(line: Line, skip: frozenset[str]) -> Iterator[tuple[tuple[str, ...], Span]]:
    for token in tokens(line.text):
        called = line.text[token.end : token.end + 1] == "("
        if token.kind in ("NAME", "DOTTED") and not called and token.text not in RESERVED | skip:
            yield tuple(token.text.split(".")), line.place(token.start, token.end)
