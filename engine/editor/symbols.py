"""The outline of a file, and the names of the whole strategy by a part of theirs.

In: the index. Out: symbols with their stretch, the place of their name, and the symbols in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stratagem.dsl.catalogue import first_words
from stratagem.dsl.nodes import Node, Word, end_of
from stratagem.dsl.source import Span
from stratagem.engine.editor.declared import OPTION
from stratagem.engine.editor.index import Index

MOST = 300
"""Names that a search gives at most."""


@dataclass(frozen=True)
class Symbol:
    """`kind`: the block it opens, or the kind of its name. `span`: all of it; `name_at`: its name. `inside`: which
    block it stands in, of names that were searched for."""

    name: str
    kind: str
    detail: str
    span: Span
    name_at: Span
    below: tuple[Symbol, ...] = ()
    inside: str = ""


def outline(index: Index, file: str) -> list[Symbol]:
    """The blocks of a file with what stands in them."""
    found: list[Symbol] = []
    for placed in index.placed.get(file, []):
        for node in placed.piece.nodes:
            symbol = _symbol(index, node)
            if symbol is not None:
                found.append(symbol)
    return found


def search(index: Index, asked: str) -> list[Symbol]:
    """The names of the strategy that hold the letters asked for, in their order."""
    wanted = asked.lower()
    found: list[Symbol] = []
    for thing in index.names.all:
        if thing.built_in or thing.kind == OPTION or not _holds(f"{thing.name} {thing.label}".lower(), wanted):
            continue
        at = index.place(thing.span)
        found.append(Symbol(thing.name, thing.kind, thing.label, at, at, inside=thing.owner))
        if len(found) == MOST:
            break
    return sorted(found, key=lambda s: not s.name.startswith(wanted))


def _holds(text: str, wanted: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in wanted)


def _symbol(index: Index, node: Node) -> Symbol | None:
    """A node as a symbol: one with a name, or one that opens a block."""
    if not node.statement.opens:
        return None
    span = index.place(node.span.to(end_of(node)))
    named = node.value("name")
    label = getattr(node.value("label"), "value", "")
    words = " ".join(first_words(node.statement))
    below = tuple(_below(index, node))
    if isinstance(named, Word):
        return Symbol(named.text, node.statement.opens, label, span, index.place(named.span), below)
    at = index.place(node.span)
    line = index.lines(at.file)[at.line - 1]
    first = Span(at.file, at.line, at.column, at.line, len(line.rstrip()) + 1)
    name = label or line.strip() or words
    return Symbol(name, node.statement.opens, words if label else "", span, first, below)


def _below(index: Index, node: Node) -> Iterator[Symbol]:
    for child in node.children:
        symbol = _symbol(index, child)
        if symbol is not None:
            yield symbol
