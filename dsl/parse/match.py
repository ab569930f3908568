"""Matching a line's tokens against the phrase of one statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from functools import cache, lru_cache

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.catalogue.pattern import Choice, Literal, Part, Sequence, SlotPart, compile_pattern
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.record import record

Tokens = tuple[Token, ...]
Captured = tuple[tuple[SlotPart, int, int], ...]
"""Slots with the tokens they took, first included, last excluded."""

_WHEN = Choice(((Literal("when"), SlotPart("when", "condition")), ()))
_FORMULA = Choice(((Literal("="), SlotPart("formula", "formula")), ()))
_SIGNED = {
    "number": {"NUMBER"},
    "share": {"SHARE"},
    "money": {"MONEY"},
    "figure": {"NUMBER", "SHARE", "MONEY", "DURATION", "RATE"},
    "duration": {"DURATION"},
    "rate": {"RATE"},
}
_SINGLE = {
    "text": {"STRING", "LONG_TEXT"},
    "date": {"DATE"},
    "moment": {"DATE", "TIMESTAMP"},
    "time": {"TIME"},
    "currency": {"WORD"},
    "code": {"WORD"},
}
_CONSTANTS = frozenset(
    [
        "NUMBER",
        "SHARE",
        "MONEY",
        "DURATION",
        "RATE",
        "DATE",
        "TIMESTAMP",
        "TIME",
        "YES_NO",
        "STRING",
        "NAME",
        "DOTTED",
        "MISSING",
    ]
)
TYPES = ("number", "share", "money", "duration", "date", "timestamp", "text", "yes_no", "channel", "count")
UNITS = frozenset(["minute", "hour", "day", "week", "month", "quarter", "year"])


@record(frozen=False, slots=False)
class Attempt:
    """How far a statement's phrase fits a line.

    `complete`: it fits to the end. `words`: literal words that fitted. `reached`: the first token that did not fit
    (the line's length when it ended too early), and `wanted` the parts that might have stood there.
    """

    statement: Statement
    complete: bool = False
    words: int = 0
    captured: Captured = ()
    reached: int = 0
    wanted: list[Part] = field(default_factory=list)
    ended: bool = False
    """The phrase itself was over at `reached`: what stands there is text after the end."""


@cache
def whole_pattern(statement: Statement) -> Sequence:
    """The parts of a statement's line, its tail included."""
    parts = compile_pattern(statement.pattern)
    if statement.tail.startswith("when"):
        return (*parts, _WHEN)
    if statement.tail == "formula":
        return (*parts, _FORMULA)
    if statement.tail == "= formula":
        return (*parts, *_FORMULA.options[0])
    return parts


@lru_cache(maxsize=1)
def _told_apart() -> frozenset[str]:
    """The words that phrases tell apart; of all other tokens only the kind matters to them."""
    found = {*RESERVED, *TYPES, *UNITS, "per", "count"}
    waiting: list[Part] = [part for statement in STATEMENTS for part in whole_pattern(statement)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Literal):
            found.add(part.text)
        elif isinstance(part, Choice):
            waiting.extend(inner for option in part.options for inner in option)
        elif part.kind in ("choice", "choices", "flag"):
            found.update(word for argument in part.arguments for word in (argument, *argument.split()))
    return frozenset(found)


def looks_like(run: Tokens) -> tuple[str, ...]:
    """What of a line its fit to phrases depends on: lines that look alike fit the same statements in the same way."""
    told = _told_apart()
    return tuple([
        token.text if token.text in told else _KINDS[kind](token) if (kind := token.kind) in _KINDS else kind
        for token in run
    ])  # fmt: skip


def _number(token: Token) -> str:
    return "NUMBER" if "." not in token.text else "NUMBER."


def _word(token: Token) -> str:
    return "CODE" if _is_code(token.text) else "WORD"


def _is_code(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isupper()


_KINDS = {"NUMBER": _number, "WORD": _word}


def attempt(statement: Statement, line: Tokens) -> Attempt:
    """Match a line against a statement: the first way that fits whole, else the way that got furthest."""
    run = _Run(line, Attempt(statement))
    best = run.best
    for end, captured, words in run.sequence(whole_pattern(statement), 0, 0, (), 0):
        if end == len(line):
            best.complete, best.captured, best.words = True, captured, words
            return best
        run.stopped(end, None, captured, words)
    return best


class _Run:
    """One attempt; remembers the furthest token that any way reached."""

    def __init__(self, line: Tokens, best: Attempt) -> None:
        self.line = line
        self.best = best

    def sequence(
        self, parts: Sequence, part: int, at: int, captured: Captured, words: int
    ) -> Iterator[tuple[int, Captured, int]]:
        """Every way the parts from `part` on fit the tokens from `at` on."""
        if part == len(parts):
            yield at, captured, words
            return
        this = parts[part]
        if isinstance(this, Literal):
            if at < len(self.line) and self.line[at].text == this.text and self.line[at].kind != "STRING":
                yield from self.sequence(parts, part + 1, at + 1, captured, words + 1)
            else:
                self.stopped(at, this, captured, words)
        elif isinstance(this, Choice):
            for option in this.options:
                for end, taken, count in self.sequence(option, 0, at, captured, words):
                    yield from self.sequence(parts, part + 1, end, taken, count)
        else:
            yield from self._slot(parts, part, this, at, captured, words)

    def _slot(
        self, parts: Sequence, part: int, slot: SlotPart, at: int, captured: Captured, words: int
    ) -> Iterator[tuple[int, Captured, int]]:
        fitted = False
        for end in _ends(slot, self.line, at):
            fitted = True
            count = words + (end - at if slot.kind == "flag" else 0)
            yield from self.sequence(parts, part + 1, end, (*captured, (slot, at, end)), count)
        if not fitted:
            self.stopped(at, slot, captured, words)

    def stopped(self, at: int, wanted: Part | None, captured: Captured, words: int) -> None:
        """Note that the way got to `at` and no further; `wanted` is None when its phrase was over there."""
        best = self.best
        if at > best.reached or (at == best.reached and not best.wanted and not best.ended):
            best.reached, best.wanted, best.ended = at, [], False
            best.captured, best.words = captured, words
        if at == best.reached:
            if wanted is None:
                best.ended = True
            elif wanted not in best.wanted:
                best.wanted.append(wanted)


def _ends(slot: SlotPart, line: Tokens, at: int) -> Iterator[int]:
    """Where a slot that starts at token `at` may end; nothing when it cannot start there."""
    if at >= len(line):
        return
    kind, token = slot.kind, line[at]
    if kind in ("formula", "condition"):
        yield from _formula_ends(line, at)
    elif kind in ("names", "refs", "choices"):
        yield from _list_end(slot, line, at)
    elif kind == "zone":
        yield len(line)
    elif kind == "flag":
        words = slot.arguments[0].split()
        if [t.text for t in line[at : at + len(words)]] == words:
            yield at + len(words)
    elif kind in ("format", "constants", "type"):
        yield from _bracketed(kind, line, at)
    elif kind in _SIGNED or kind == "constant":
        start = at + (token.kind == "MINUS")
        wanted = _SIGNED.get(kind, _CONSTANTS)
        if start < len(line) and line[start].kind in wanted:
            yield start + 1
    elif _is_word(slot, token):
        yield at + 1


def _is_word(slot: SlotPart, token: Token) -> bool:
    match slot.kind:
        case "name":
            return _is_name(token)
        case "ref":
            if token.kind == "DOTTED":
                return "field" in slot.arguments
            return ("gate" in slot.arguments and token.kind == "WHEN") or _is_name(token)
        case "choice":
            return token.text in slot.arguments
        case "integer":
            return token.kind == "NUMBER" and "." not in token.text
        case "currency":
            return token.kind == "WORD" and _is_code(token.text)
    return token.kind in _SINGLE[slot.kind]


def _is_name(token: Token) -> bool:
    return token.kind == "NAME" and token.text not in RESERVED


def _list_end(slot: SlotPart, line: Tokens, at: int) -> Iterator[int]:
    """The end of a comma list: after its last item, and never in the middle of it."""
    item = SlotPart(slot.name, {"names": "name", "refs": "ref", "choices": "choice"}[slot.kind], slot.arguments)
    end = at
    while end < len(line) and _is_word(item, line[end]):
        end += 1
        if end + 1 < len(line) and line[end].kind == "COMMA" and _is_word(item, line[end + 1]):
            end += 1
        else:
            yield end
            return


def _formula_ends(line: Tokens, at: int) -> Iterator[int]:
    """Every place outside brackets where a formula may end, the nearest first."""
    depth = 0
    for end in range(at, len(line)):
        kind = line[end].kind
        if kind == "LEFT":
            depth += 1
        elif kind == "RIGHT":
            depth -= 1
        if depth <= 0:
            yield end + 1
    if depth > 0:
        yield len(line)


def _bracketed(kind: str, line: Tokens, at: int) -> Iterator[int]:
    token = line[at]
    if kind == "type":
        if token.kind == "ONE_OF" and at + 1 < len(line) and line[at + 1].kind == "LEFT":
            yield from _closing(line, at + 1)
        elif token.text in TYPES:
            per = [t.text for t in line[at + 1 : at + 3]]
            if (len(per) == 2 and per[0] == "per" and per[1] in UNITS) or (
                per[:1] == ["per"] and at + 2 < len(line) and line[at + 2].kind == "DURATION"
            ):
                yield at + 3
            if token.text != "count":
                yield at + 1
    elif token.kind == "LEFT":
        yield from _closing(line, at)
    elif token.kind == "STRING":
        yield at + 1


def _closing(line: Tokens, at: int) -> Iterator[int]:
    for end in range(at + 1, len(line)):
        if line[end].kind == "RIGHT":
            yield end + 1
            return
