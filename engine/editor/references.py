"""Where a name is declared, and where it is used.

In: the index and a place. Out: spans in files.
"""

from __future__ import annotations

from stratagem.dsl.lint.shared import used_file
from stratagem.dsl.source import Span
from stratagem.engine.editor.declared import Thing
from stratagem.engine.editor.index import Found, Index


def definition(index: Index, file: str, line: int, column: int) -> list[Span]:
    """The declaration of the name at a place, or the file that a `use` there names."""
    found = index.at(file, line, column)
    if found is not None and found.thing is not None:
        return declarations(index, found.thing)
    used = _used_file(index, file, line, column)
    return [Span(used, 1, 1, 1, 1)] if used else []


def declarations(index: Index, thing: Thing) -> list[Span]:
    """Where a thing is declared: an identity in every source that it is the key of."""
    if thing.built_in:
        return []
    return [use.span for use in index.uses(thing) if use.declares] or [index.place(thing.span)]


def references(index: Index, file: str, line: int, column: int, declared: bool = True) -> list[Span]:
    """Every place of the name at a place, in all files; with its declaration or without."""
    found = index.at(file, line, column)
    if found is None or found.thing is None:
        return []
    return [use.span for use in index.uses(found.thing) if declared or not use.declares]


def highlights(index: Index, file: str, line: int, column: int) -> list[Found]:
    """Every place of the name in the same file."""
    found = index.at(file, line, column)
    return list(index.uses(found.thing, file)) if found is not None and found.thing is not None else []


def _used_file(index: Index, file: str, line: int, column: int) -> str:
    """The file that a `use` line at a place names, when it is one of the strategy's."""
    placed = index.piece_at(file, line)
    for node in placed.piece.nodes if placed is not None else ():
        slot = node.slots.get("file")
        if node.statement.id != "use" or slot is None:
            continue
        place = index.place(slot.span)
        if place.line == line and place.column <= column <= place.end_column:
            name = used_file(node, file)
            return name if name in index.files else ""
    return ""
