"""Hover: what the word under the pointer means.

In: the index and a place. Out: Markdown with the stretch it is about. For a name: its kind, label, type, documentation,
formula and where it is used; for a function its signature and meaning; for the words of a statement what that says,
with its example.
"""

from __future__ import annotations

from dataclasses import dataclass

from stratagem.dsl.catalogue import Statement, below
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.expressions.syntax import Cases
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token, tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.source import Span
from stratagem.engine.editor.complete import currency_of
from stratagem.engine.editor.complete_formula import word_doc
from stratagem.engine.editor.complete_names import type_text
from stratagem.engine.editor.complete_statements import about
from stratagem.engine.editor.cursor import statement_of
from stratagem.engine.editor.declared import OPTION, Thing
from stratagem.engine.editor.index import Found, Index, moved
from stratagem.engine.editor.kinds import kind_of_thing
from stratagem.engine.editor.pieces import Placed
from stratagem.engine.editor.tokens import PHRASES

SHOWN_USES = 3
LONGEST_FORMULA = 12
"""Lines of a formula by cases that are shown."""
_KINDS = {"tiers": "segments", OPTION: "choice", "function": "function of the business"}
_VALUED = ("assumption", "measure", "value", "metric", "segment")


@dataclass(frozen=True)
class Hover:
    """What to show, as Markdown, and the stretch of text it is about."""

    text: str
    span: Span


def hover(index: Index, file: str, line: int, column: int) -> Hover | None:
    """What stands at a place; None where there is nothing to say."""
    found = index.at(file, line, column)
    if found is not None and found.thing is not None:
        return Hover(describe(index, found.thing), found.span)
    placed = index.piece_at(file, line)
    return _word(placed, line, column, found) if placed is not None else None


def describe(index: Index, thing: Thing) -> str:
    """Everything there is to say about a name."""
    label = f" “{thing.label}”" if thing.label else ""
    owner = f" of `{thing.owner}`" if thing.owner and thing.kind in ("field", "tier", OPTION) else ""
    parts = [f"**{_KINDS.get(thing.kind, thing.kind)}** `{thing.name}`{owner}{label}"]
    kind = _type(index, thing)
    if kind:
        parts.append(kind)
    if thing.doc:
        parts.append(thing.doc)
    formula = formula_text(index, thing)
    if formula:
        parts.append(f"```strategy\n{formula}\n```")
    parts.append(_used(index, thing))
    return "\n\n".join(parts)


def _type(index: Index, thing: Thing) -> str:
    """Its type and unit, in words."""
    if thing.kind == "source":
        shapes = {"one": "one row per customer", "many": "many rows per customer", "lookup": "a look-up"}
        fields = ", ".join(f"`{name}`" for name in list(thing.fields)[:12])
        return f"{shapes.get(thing.shape, 'rows')}; fields: {fields}{', …' if len(thing.fields) > 12 else ''}"
    if thing.kind == "field":
        return f"Type: {type_text(thing)}"
    kind = kind_of_thing(index.names, thing) if thing.kind in _VALUED else ""
    return f"Type: {kind} in {currency_of(index.names)}" if kind == "money" else f"Type: {kind}" if kind else ""


def formula_text(index: Index, thing: Thing) -> str:
    """What it is worked out from, as it is written; cases and conditions with their lines."""
    node = thing.node
    if node is None or thing.kind in (OPTION, "function"):
        return ""
    parts = []
    for word, syntax in (("=", node.formula), ("when", node.when)):
        if syntax is not None:
            text = _written(index, node, syntax.span)
            parts.append(f"{word}\n  {text}" if isinstance(syntax, Cases) else f"{word} {text}")
    if thing.kind == "tier" and thing.node is not None:
        parts.append(_line(index, thing.node))
    return "\n".join(parts)


def _written(index: Index, node: Node, span: Span) -> str:
    place = index.place(span)
    rows = index.lines(place.file)[place.line - 1 : place.end_line]
    if len(rows) == 1:
        return rows[0][place.column - 1 : place.end_column - 1]
    rows = [rows[0][place.column - 1 :], *rows[1:]]
    more = [row.strip() for row in rows[1:LONGEST_FORMULA]]
    return "\n".join([rows[0], *(f"  {row}" for row in more), *(["  …"] if len(rows) > LONGEST_FORMULA else [])])


def _line(index: Index, node: Node) -> str:
    place = index.place(node.span)
    return index.lines(place.file)[place.line - 1].strip()


def _used(index: Index, thing: Thing) -> str:
    """How often and where it is used, with the first lines as examples."""
    uses = [use for use in index.uses(thing) if not use.declares]
    if not uses:
        return "Not used yet."
    lines = list(dict.fromkeys((use.span.file, use.span.line) for use in uses))
    texts = dict.fromkeys(index.lines(file)[line - 1].strip() for file, line in lines[: SHOWN_USES * 8])
    shown = list(texts)[:SHOWN_USES]
    places = "1 place" if len(uses) == 1 else f"{len(uses)} places"
    more = f"\n# and {len(lines) - len(shown)} more" if len(lines) > len(shown) else ""
    code = "\n".join(shown)
    return f"Used in {places}, first in line {lines[0][1]}:\n\n```strategy\n{code}{more}\n```"


def _word(placed: Placed, number: int, column: int, found: Found | None) -> Hover | None:
    """A word that names nothing: of a formula, or of the statement itself."""
    own = number - placed.start + 1
    line = next((x for x in placed.piece.outline.walk() if x.number <= own <= x.end_number), None)
    if line is None:
        return None
    at = next((t for t in tokens(line.text) if _covers(line, t, own, column)), None)
    if at is None or at.kind in ("STRING", "LONG_TEXT"):
        return None
    span = moved(line.place(at.start, at.end), placed)
    text = " ".join(at.text.split())
    function = FUNCTIONS.get(text)
    if function is not None and line.text[at.end : at.end + 1] == "(":
        return Hover(
            f"**function** `{function.signature}`\n\n{function.meaning}\n\n```strategy\n{function.example}\n```", span
        )
    said = word_doc(text) or word_doc(f"is {text}")
    if said and (at.kind != "NAME" or text in RESERVED):
        return Hover(said, span)
    statement = _statement(placed, line)
    if statement is None or found is not None or not set(text.split()) <= PHRASES | RESERVED:
        return None
    return Hover(about(statement), span)


def _covers(line: Line, token: Token, number: int, column: int) -> bool:
    place = line.place(token.start, token.end)
    return (place.line, place.column) <= (number, column) < (place.end_line, place.end_column)


def _statement(placed: Placed, wanted: Line) -> Statement | None:
    """The statement that a line is."""
    path: list[Line] = []
    waiting = [(line, [line]) for line in placed.piece.outline.lines]
    while waiting:
        line, trail = waiting.pop()
        if line is wanted:
            path = trail
            break
        waiting.extend((child, [*trail, child]) for child in line.children)
    block, statement = TOP, None
    for line in path:
        if statement is not None and not statement.opens:
            return None
        block = statement.opens if statement is not None else TOP
        statement = statement_of(block, tokens(line.text)) if below(block) else None
    return statement
