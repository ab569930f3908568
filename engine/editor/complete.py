"""Completion: what may be written at a place, and nothing else.

In: the index, a file, a place. Out: items, the likeliest first, each with the stretch of the line it takes the place
of. It works on a line that does not parse and in a file full of mistakes: only the block up to the cursor is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.grammar.line_grammar import TOGETHER
from stratagem.dsl.source import NOWHERE, Span
from stratagem.engine.editor.complete_formula import Asked, complete, formula_items
from stratagem.engine.editor.complete_names import described, name_item
from stratagem.engine.editor.complete_slots import constants
from stratagem.engine.editor.complete_statements import Line, continued, scope_of, statement_items
from stratagem.engine.editor.complete_template import template_items
from stratagem.engine.editor.cursor import MARK, Cursor, cursor_at
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.item import Item
from stratagem.engine.editor.names import Names

MOST = 200
"""Items that are offered at once; beyond them typing on narrows the list."""
_REST = re.compile(r"\w*")
_TOGETHER = (*TOGETHER, "is not", "is one of", "is not one of", "is known", "is missing")
"""Phrases that are read as one word."""


@dataclass(frozen=True)
class Offered:
    """Items with the stretch each takes the place of; `more`: there are others that typing on would show."""

    items: tuple[tuple[Item, Span], ...]
    more: bool = False


def completions(index: Index, file: str, line: int, column: int, today: str = "2026-01-01") -> Offered:
    """What may be written at a place."""
    lines = index.lines(file)
    cursor = cursor_at(lines, line, column)
    index = index.apart(file, cursor.line)
    if not cursor.above and not cursor.run:
        ids = {node.statement.id for placed in index.placed.values() for p in placed for node in p.piece.nodes}
        cursor = replace(cursor, siblings=frozenset(ids))
    asked = Line(cursor, index.names, today, currency_of(index.names))
    found = _phrases(asked) or _fitting(cursor, _items(asked))
    after = _REST.match(lines[cursor.line - 1], len(cursor.before)).end()  # type: ignore[union-attr]
    placed = tuple((described(item), _span(file, cursor, item, after + 1)) for item in found[:MOST])
    return Offered(placed, len(found) > MOST)


def _span(file: str, cursor: Cursor, item: Item, end: int) -> Span:
    start = len(cursor.before) - len(item.typed) + 1 if item.typed else cursor.column
    return Span(file, cursor.line, start, cursor.line, end)


def currency_of(names: Names) -> str:
    """The strategy's currency; EUR while it does not say."""
    for strategy in names.of("strategy"):
        for line in strategy.node.children if strategy.node is not None else ():
            if "currency" in line.slots:
                return str(line.value("currency"))
    return "EUR"


def _items(line: Line) -> Iterator[Item]:
    """Everything that fits, whatever has been typed of it."""
    cursor = line.cursor
    if cursor.inside == "comment":
        return
    if cursor.inside == "text":
        yield from template_items(cursor, line.names, cursor.before)
        return
    if cursor.mode == "statements":
        yield from continued(line) if cursor.run else statement_items(line)
    elif cursor.mode == "cases":
        yield from _case(line)
    elif cursor.mode == "conditions":
        scope = scope_of(cursor, _owner(cursor))
        yield from formula_items(Asked(cursor.run, scope, line.names, cursor.head, True, not cursor.run, line.currency))
    elif cursor.mode == "rows":
        yield from _cells(line)


def _owner(cursor: Cursor) -> Statement | None:
    return next((above.statement for above in reversed(cursor.above) if above.statement is not None), None)


def _case(line: Line) -> Iterator[Item]:
    """`VALUE when CONDITION`, `VALUE otherwise`; or a statement of the block."""
    cursor = line.cursor
    kinds = [token.kind for token in cursor.run]
    scope = scope_of(cursor, cursor.statement)
    condition = "WHEN" in kinds
    run = cursor.run[kinds.index("WHEN") + 1 :] if condition else cursor.run
    yield from formula_items(Asked(run, scope, line.names, cursor.head, condition, condition, line.currency))
    if not condition and run and complete(run):
        yield Item("when", "word", "when ", again=True, first=0)
        yield Item("otherwise", "word", first=0)
    if not run and not condition:
        yield from statement_items(line)


def _cells(line: Line) -> Iterator[Item]:
    """`FIELD VALUE, FIELD VALUE` of a given row."""
    cursor = line.cursor
    above = cursor.above[-1].run
    source = line.names.sources.get(above[0].text) if above else None
    if source is None:
        return
    if not cursor.run or cursor.run[-1].kind == "COMMA":
        taken = {cursor.run[at].text for at in range(len(cursor.run)) if at == 0 or cursor.run[at - 1].kind == "COMMA"}
        for field in source.fields.values():
            if field.name not in taken and field.name != source.key:
                yield replace(name_item(field, 1), insert=f"{field.name} ", again=True)
    elif cursor.run[-1].kind == "NAME" and (len(cursor.run) == 1 or cursor.run[-2].kind == "COMMA"):
        opposite = s.Name(NOWHERE, (source.name, cursor.run[-1].text))
        yield from constants(line.names, opposite, line.currency)


def _fitting(cursor: Cursor, items: Iterator[Item]) -> list[Item]:
    """The items that what was typed may become, each label once, in order."""
    kept: dict[str, tuple[tuple[int, int, str], Item]] = {}
    for item in items:
        closeness = _closeness((item.typed or cursor.word).lower(), item.label.lower())
        if closeness is None:
            continue
        rank = (closeness, item.first, item.label if item.sort in ("name", "function") else "")
        if item.label not in kept or rank < kept[item.label][0]:
            kept[item.label] = (rank, item)
    return [item for _, item in sorted(kept.values(), key=lambda pair: pair[0])]


def _closeness(typed: str, label: str) -> int | None:
    """0 when the label starts so, 1 when a later word of it does, 2 when it holds the letters in order, else None."""
    if label.startswith(typed):
        return 0
    if f"_{typed}" in label or f" {typed}" in label or f".{typed}" in label:
        return 1
    letters = iter(label)
    return 2 if label[:1] == typed[:1] and all(letter in letters for letter in typed) else None


def _phrases(line: Line) -> list[Item]:
    """Phrases of several words of which the first are typed: `sum o` becomes `sum of`."""
    cursor = line.cursor
    found: list[Item] = []
    for back in range(1, min(3, len(cursor.run)) + 1 if not cursor.inside else 0):
        typed = " ".join([*(token.text for token in cursor.run[-back:]), cursor.word])
        if (cursor.word or cursor.run[-1].kind == "NAME") and any(phrase.startswith(typed) for phrase in _TOGETHER):
            start = cursor.run[-back].start
            shown = cursor.before[len(cursor.before) - (len(cursor.text) - len(MARK) - start) :]
            shorter = replace(line, cursor=replace(cursor, run=cursor.run[:-back], word=typed))
            items = _items(shorter)
            found.extend(replace(i, typed=shown) for i in items if i.label.startswith(typed) and " " in i.label)
    return found
