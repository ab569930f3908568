"""Renaming: all places of a name changed at once, or the reason why not.

In: the index, a place, the new name. Out: edits in all files. A field without a header keeps reading its column: it
gets `from "old"`. A block whose history follows its name gets `once called old`. Before anything is given out the new
texts are read, and every place must mean what it meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.diagnostics.diagnostic import Edit
from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.model.make.declare import slot_parts
from stratagem.dsl.resolve.wording import a
from stratagem.dsl.source import SourceText, Span
from stratagem.engine.editor.declared import OPTION, SHARED, Thing
from stratagem.engine.editor.index import Found, Index

FOLLOWED = ("strategy", "action", "channel", "stage", "segment", "tier", "goal", "metric", "offer", "question")
"""Kinds whose history, holdouts, waivers or baselines follow the name."""
RESERVED_NAMES = ("stage", "customers")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class CannotRename(ValueError):
    """The reason why a name cannot be changed so, in the reader's words."""


def renamed_at(index: Index, file: str, line: int, column: int) -> Found:
    """The name that a rename at a place would change. Raises CannotRename."""
    found = index.at(file, line, column)
    if found is None or found.thing is None:
        raise CannotRename("There is no declared name here.")
    thing = found.thing
    if thing.built_in:
        raise CannotRename(f"`{thing.name}` is part of the language.")
    if thing.kind == OPTION:
        raise CannotRename(f"`{thing.name}` is a value in the data: it cannot be renamed in the strategy alone.")
    return found


def rename(index: Index, file: str, line: int, column: int, new: str) -> list[Edit]:
    """The edits that change the name at a place to another. Raises CannotRename."""
    thing = _thing(renamed_at(index, file, line, column))
    if new == thing.name:
        return []
    _refuse(index, thing, new)
    edits = [Edit(use.span, new) for use in index.uses(thing)]
    _prove(index, thing, new, edits)
    return [*edits, *_header(index, thing), *_former(index, thing, new)]


def _thing(found: Found) -> Thing:
    assert found.thing is not None
    return found.thing


def _refuse(index: Index, thing: Thing, new: str) -> None:
    """Names that cannot be, and names that are taken."""
    names = index.names
    if not _NAME.match(new):
        raise CannotRename(f"A name is small letters, digits and `_`, and starts with a letter: not `{new}`.")
    if new in RESERVED:
        raise CannotRename(f"`{new}` is a word of the language.")
    if new in RESERVED_NAMES and thing.kind in (*SHARED, "field", "source", "group"):
        raise CannotRename(f"`{new}` means something in formulas already.")
    taken = names.shared.get(new) if thing.kind in SHARED else names.get(thing.kind, new)
    if thing.kind == "field":
        taken = next((s.fields[new] for s in _sources(index, thing) if new in s.fields), None)
        taken = taken or names.shared.get(new)
    elif taken is None and thing.kind in SHARED:
        taken = next(iter(names.single(new)), None) or names.identity(new)
    if taken is not None:
        place = index.place(taken.span)
        where = "is part of the language" if taken.built_in else f"stands in {place.file}, line {place.line}"
        raise CannotRename(f"There is {a(taken.kind)} `{new}` already; it {where}.")


def _sources(index: Index, thing: Thing) -> list[Thing]:
    """The sources that a field is declared in: several for the customer's identity."""
    places = {use.span for use in index.uses(thing) if use.declares}
    return [
        s.thing for s in index.names.sources.values()
        if thing.name in s.fields and index.place(s.fields[thing.name].span) in places
    ]  # fmt: skip


def _prove(index: Index, thing: Thing, new: str, edits: list[Edit]) -> None:
    """Read the new texts: each changed place must mean the renamed thing, and no other place may."""
    files = {name: edited(SourceText(name, text), [e for e in edits if e.span.file == name])
             for name, text in index.files.items()}  # fmt: skip
    again = Index(files)
    was = [(use.span.file, use.span.line, use.mention.sort) for use in index.uses(thing)]
    before = sum(1 for _ in _meanings(index))
    declared = next((f.thing for f in _named(again, new) if f.declares and f.thing and f.thing.kind == thing.kind
                     and f.thing.owner == thing.owner), None)  # fmt: skip
    now = [] if declared is None else [(u.span.file, u.span.line, u.mention.sort) for u in again.uses(declared)]
    if was != now or before != sum(1 for _ in _meanings(again)):
        raise CannotRename(f"`{new}` would mean something else in one of the places where `{thing.name}` stands.")


def _meanings(index: Index) -> Iterator[Found]:
    for file in index.files:
        yield from (found for found in index.mentions(file) if found.thing is not None)


def _named(index: Index, name: str) -> Iterator[Found]:
    for file in index.files:
        yield from (found for found in index.mentions(file) if found.mention.word == name)


def _header(index: Index, thing: Thing) -> Iterator[Edit]:
    """`from "old"` for a field that was read from the column of its name."""
    for source in _sources(index, thing) if thing.kind == "field" else ():
        node = source.fields[thing.name].node
        kind = node.slots.get("type") if node is not None else None
        if node is not None and kind is not None and "header" not in node.slots and node.formula is None:
            at = index.place(kind.span)
            end = Span(at.file, at.end_line, at.end_column, at.end_line, at.end_column)
            yield Edit(end, f' from "{thing.name}"')


def _former(index: Index, thing: Thing, new: str) -> Iterator[Edit]:
    """`once called old` below a block whose history follows its name."""
    node = thing.node
    if thing.kind not in FOLLOWED or node is None or not node.statement.opens:
        return
    said = {word.text for child in node.children for part in slot_parts(child.statement)
            if part.name == "once_called" for word in child.words("once_called")}  # fmt: skip
    if {thing.name, new} & said:
        return
    place = index.place(node.span)
    indent = len(index.lines(place.file)[place.line - 1]) - len(index.lines(place.file)[place.line - 1].lstrip())
    end = Span(place.file, place.end_line, place.end_column, place.end_line, place.end_column)
    comment = index.lines(place.file)[place.end_line - 1]
    at = Span(end.file, end.line, len(comment) + 1, end.line, len(comment) + 1)
    yield Edit(at, f"\n{' ' * (indent + 2)}once called {thing.name}")
