"""Completions of statements: which may stand in this block, and how the one begun on this line goes on.

In: the cursor and the names. Out: items; a statement comes as a snippet with its meaning and its example.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stratagem.dsl.catalogue import Statement, below, first_words
from stratagem.dsl.catalogue.pattern import Literal, Part, SlotPart
from stratagem.dsl.catalogue.reference import phrase
from stratagem.dsl.model.make.formulas import SCOPES
from stratagem.dsl.parse.match import Attempt, Tokens, attempt, whole_pattern
from stratagem.dsl.resolve.scope import CUSTOMER, Scope, one_row
from stratagem.engine.editor.complete_formula import Asked, complete, formula_items
from stratagem.engine.editor.complete_slots import Slotted, slot_items, taken_in, unit_items
from stratagem.engine.editor.cursor import Cursor
from stratagem.engine.editor.item import Item
from stratagem.engine.editor.names import Names
from stratagem.engine.editor.snippets import Snippet, after, literals

_LOGIC = ("formula", "condition")
_SELDOM = ("use", "waive", "once_called")
_LISTS = ("refs", "names", "choices")


@dataclass(frozen=True)
class Line:
    """A line being written: its cursor, the names, today as `2026-11-02`, the strategy's currency."""

    cursor: Cursor
    names: Names
    today: str
    currency: str


def statement_items(line: Line) -> Iterator[Item]:
    """The statements that may start here."""
    for place, statement in enumerate(below(line.cursor.block)):
        if statement.once and statement.id in line.cursor.siblings:
            continue
        words = " ".join(first_words(statement))
        snippet = Snippet(line.today, line.currency).statement(statement)
        if words:
            first = place + (200 if statement.id in _SELDOM else 0)
            yield Item(words, "statement", snippet, True, phrase(statement), about(statement), first=first)
        elif statement.children == "statements" and statement.opens == "tier":
            yield Item(phrase(statement), "statement", snippet, True, "", about(statement), first=place)
    if line.cursor.block in ("given", "expect"):
        yield from continued(line)


def about(statement: Statement) -> str:
    """What a statement means, with its example, as Markdown."""
    return f"{statement.meaning}\n\n```strategy\n{statement.example}\n```"


def continued(line: Line, run: Tokens | None = None) -> Iterator[Item]:
    """How the line may go on."""
    run = line.cursor.run if run is None else run
    comma = bool(run) and run[-1].kind == "COMMA"
    reach = len(run) - comma
    tries = [attempt(statement, run[:reach]) for statement in below(line.cursor.block)]
    tries = [tried for tried in tries if tried.complete or tried.reached == reach]
    begun = any(tried.words for tried in tries)
    for tried in tries:
        if begun and not tried.words and not complete(run):
            continue  # `no action x because` is no condition, though a formula takes any words
        yield from _after_comma(line, tried, run) if comma else _further(line, tried, run)
    yield from _units(line, run)


def _after_comma(line: Line, tried: Attempt, run: Tokens) -> Iterator[Item]:
    """The next item of a list, of a formula's list, or what follows a comma that the phrase itself has."""
    slot, start, end = tried.captured[-1] if tried.captured else (None, 0, 0)
    if slot is not None and slot.kind in _LISTS and end == len(run) - 1:
        yield from slot_items(_slotted(line, tried.statement, slot, taken_in(run)))
    elif slot is not None and slot.kind in _LOGIC and end == len(run) - 1:
        yield from _formula(line, tried.statement, slot, run[start:])
    elif any(isinstance(part, Literal) and part.text == "," for part in tried.wanted):
        again = attempt(tried.statement, run)
        if again.reached == len(run):
            yield from _further(line, again, run)


def _further(line: Line, tried: Attempt, run: Tokens) -> Iterator[Item]:
    """What the parts of the phrase that come next may be."""
    open_formula = None
    for slot, start, end in tried.captured:
        if slot.kind in _LOGIC and end == len(run):
            open_formula = run[start:end]
            yield from _formula(line, tried.statement, slot, open_formula)
        elif slot.kind == "zone":
            yield from slot_items(_slotted(line, tried.statement, slot))
    if tried.reached == len(run) and (open_formula is None or complete(open_formula)):
        for part in tried.wanted:
            yield from _part(line, tried.statement, part, bool(run))


def _units(line: Line, run: Tokens) -> Iterator[Item]:
    """Units behind a bare number in a slot."""
    if not run or run[-1].kind not in ("NUMBER", "MONEY"):
        return
    for statement in below(line.cursor.block):
        tried = attempt(statement, run[:-1])
        for part in tried.wanted if tried.reached == len(run) - 1 else ():
            if isinstance(part, SlotPart):
                yield from unit_items(part.kind, run[-1].kind, line.currency)


def _part(line: Line, statement: Statement, part: Part, begun: bool) -> Iterator[Item]:
    """What one part of a phrase may be."""
    if isinstance(part, SlotPart):
        if part.kind in _LOGIC:
            yield from _formula(line, statement, part, ())
        else:
            yield from slot_items(_slotted(line, statement, part))
    elif isinstance(part, Literal) and begun:
        rest = after(whole_pattern(statement), part) or ()
        words = " ".join([part.text, *literals(rest)])
        ends = len(literals(rest)) == len(rest)
        yield Item(words, "word", words if ends else f"{words} ", detail=phrase(statement), again=not ends, first=2)


def _slotted(line: Line, statement: Statement, slot: SlotPart, taken: frozenset[str] = frozenset()) -> Slotted:
    return Slotted(slot, statement.id, line.cursor, line.names, line.today, line.currency, taken)


def _formula(line: Line, statement: Statement, slot: SlotPart, run: Tokens) -> Iterator[Item]:
    condition = slot.kind == "condition"
    asked = Asked(
        run, scope_of(line.cursor, statement), line.names, line.cursor.head, condition, condition and not run,
        line.currency,
    )  # fmt: skip
    yield from formula_items(asked)


def scope_of(cursor: Cursor, statement: Statement | None) -> Scope:
    """What a formula of a statement may read where the cursor is."""
    named = statement.id if statement is not None else ""
    if named in ("field", "source.row_excluded"):
        run = next((above.run for above in cursor.above if above.statement and above.statement.id == "source"), ())
        return one_row(run[1].text) if len(run) > 1 else CUSTOMER
    return SCOPES.get(named, CUSTOMER)
