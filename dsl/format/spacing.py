"""The tokens of a line and the slots they stand in: the line's canonical text, before it is broken."""

from __future__ import annotations

from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.format.pieces import AMOUNTS, piece
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.parse.match import attempt
from stratagem.dsl.record import record

UNREADABLE = frozenset(("OTHER", "ODD_NUMBER", "TOO_MUCH", "FULL_STOP"))
PHRASE = "phrase"
_LISTS = frozenset(("type", "format", "constants"))
_LOGIC = frozenset(("formula", "condition"))
_SIGNS = AMOUNTS | {"constant", "row"}
"""Roles in which a minus is a sign and no operation."""
_VALUES = frozenset((
    "NAME", "DOTTED", "NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "DATE", "TIMESTAMP", "TIME", "YES_NO", "STRING",
    "MISSING", "RIGHT", "KNOWN",
))  # fmt: skip


@record(slots=False)
class Words:
    """A line's tokens, and for each the kind of slot it stands in and whether it is that slot's first."""

    run: tuple[Token, ...]
    roles: tuple[str, ...]
    starts: frozenset[int]

    def region(self, role: str) -> tuple[int, int] | None:
        """The tokens of the first slot of a kind: first included, last excluded."""
        if role not in self.roles:
            return None
        start = self.roles.index(role)
        return start, next((n for n in range(start, len(self.run)) if self.roles[n] != role), len(self.run))


def of_statement(statement: Statement, run: tuple[Token, ...]) -> Words | None:
    """A line that is a whole statement, slot by slot; None when it does not fit the statement's phrase."""
    found = attempt(statement, run)
    if not found.complete:
        return None
    roles = [PHRASE] * len(run)
    for slot, start, end in found.captured:
        roles[start:end] = [slot.kind] * (end - start)
    return Words(run, tuple(roles), frozenset(start for _, start, _ in found.captured))


def of_one(role: str, run: tuple[Token, ...]) -> Words:
    """A line that is all of one kind: a formula, a condition, a row."""
    return Words(run, (role,) * len(run), frozenset((0,)))


def pieces(words: Words, indent: int) -> list[str]:
    """Every token's canonical text, with the blank before it where one stands."""
    made = []
    for n, token in enumerate(words.run):
        made.append(" " * (n > 0 and _apart(words, n)) + piece(token, words.roles[n], indent))
    return made


def _apart(words: Words, n: int) -> bool:
    """Does a blank stand before token n (not the first)."""
    before, token = words.run[n - 1], words.run[n]
    role, starts = words.roles[n], n in words.starts
    if role == "zone" and not starts:
        return before.end < token.start
    if before.kind == "LEFT" or token.kind in ("RIGHT", "COMMA"):
        return False
    if token.kind == "LEFT" and role in _LOGIC and not starts:
        return before.kind != "NAME" and not (before.kind == "MINUS" and _signs(words, n - 1))
    return not (before.kind == "MINUS" and token.kind != "MINUS" and _signs(words, n - 1))


def _signs(words: Words, n: int) -> bool:
    """Is the minus at n the sign of what follows it: `max(-5, b)`, `-(a + b)`, `amount -5 EUR` in a row."""
    if n in words.starts or words.roles[n] in _SIGNS:
        return True
    return words.run[n - 1].kind not in _VALUES
