"""What stands between the braces of a template, read by recursive descent: names, literals, filters, conditions.

In: the stretch of text with its place, and the names there are. Out: faults, and the names that were met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn

from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions.types import TEXT, YES_NO, Kind, Type
from stratagem.dsl.record import record
from stratagem.dsl.templates import kinds
from stratagem.dsl.templates.kinds import Literal_, Meant
from stratagem.dsl.templates.vocabulary import COMPARISONS, DEEPEST, FILTERS, MOST_WORDS, TESTS, Filter

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"[^"\\]*"|'[^'\\]*')
    |(?P<number>(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.]))
    |(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
    |(?P<sign>==|!=|<=|>=|[^\s])
    )""",
    re.S | re.X | re.ASCII,
)
WORDS = frozenset(["and", "or", "not", "is", "in", "if", "else", "true", "false", "none"])
"""Words of the template language itself, which are no names."""


@record
class Fault:
    """What is wrong in a template, from one character of its text to another. `reason`: in words, where there is more
    to say; `ways`: how to write each of several things that a name may mean."""

    code: str
    start: int
    end: int
    word: str
    near: tuple[str, ...] = ()
    reason: str = ""
    ways: tuple[str, ...] = ()


class _Stop(Exception):
    """The expression cannot be read any further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.word)
        self.fault = fault


@record
class _Token:
    kind: str
    word: str
    start: int
    end: int


class Expression:
    """One expression. `names`: every name met so far."""

    def __init__(
        self, text: str, at: int, known: Mapping[str, Type | None], several: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._known, self._several = known, several
        self._tokens = list(_tokens(text, at))
        self._next = 0
        self._depth = 0
        self._end = _Token("end", "", at, at + max(len(text), 1))
        self._found: list[Fault] = []
        self.names: set[str] = set()

    # ---- the two things an expression may be ----

    def shown(self) -> list[Fault]:
        """The faults of `VALUE`, or `VALUE if CONDITION else …`."""
        return self._whole(self._choice)

    def condition(self) -> list[Fault]:
        """The faults of what stands after `if`."""
        return self._whole(self._or)

    def _whole(self, read: Callable[[], None]) -> list[Fault]:
        try:
            if len(self._tokens) > MOST_WORDS:
                self._next = MOST_WORDS
                self._stop()
            read()
            if self._peek().kind != "end":
                self._stop()
        except _Stop as stop:
            self._found.append(stop.fault)
        return self._found

    # ---- values ----

    def _choice(self) -> None:
        self._value()
        while self._takes("if"):
            self._or()
            if not self._takes("else"):
                self._stop()
            self._value()

    def _value(self) -> Meant:
        """A name or a literal, with its filters."""
        token = self._peek()
        meant = self._literal()
        if meant is None:
            if token.kind != "name" or token.word in WORDS:
                self._stop()
            self._step()
            meant = self._name(token)
        while self._takes("|"):
            meant = self._filter(meant)
        return meant

    def _name(self, token: _Token) -> Meant:
        self.names.add(token.word)
        if token.word in self._several:
            ways = self._several[token.word]
            self._found.append(Fault("S264", token.start, token.end, token.word, ways=ways))
        elif token.word not in self._known:
            self._found.append(Fault("S482", token.start, token.end, token.word, near(token.word, self._known)))
        else:
            known = self._known[token.word]
            return Meant(token.word, None if known is None or known.kind is Kind.MISSING else known)
        return Meant(token.word)

    def _literal(self) -> Meant | None:
        """A text, a number with or without a sign, true or false; None when something else stands here."""
        token = self._peek()
        if token.word == "-" and self._peek(1).kind == "number":
            self._step()
            number = self._step()
            return kinds.written("-" + number.word, -_number(number.word))
        if token.kind == "text":
            return kinds.written(self._step().word, token.word[1:-1])
        if token.kind == "number":
            return kinds.written(self._step().word, _number(token.word))
        if token.kind == "name" and token.word in ("true", "false"):
            return kinds.written(self._step().word, token.word == "true")
        return None

    def _filter(self, meant: Meant) -> Meant:
        token = self._peek()
        if token.kind != "name":
            self._stop()
        self._step()
        values = tuple(self._arguments()) if self._takes("(") else ()
        named = FILTERS.get(token.word)
        if named is None:
            self._found.append(Fault("S483", token.start, token.end, token.word, near(token.word, FILTERS)))
            return Meant(token.word)
        if not _good(named, values):
            self._found.append(Fault("S485", token.start, token.end, token.word))
        reason = kinds.not_taken(named, meant)
        if reason is not None:
            self._found.append(Fault("S468", token.start, token.end, token.word, reason=reason))
        return Meant(meant.word, _result(named, meant, values))

    def _arguments(self) -> Iterator[Literal_]:
        """Literals up to the closing bracket."""
        while not self._takes(")"):
            meant = self._literal()
            if meant is None or meant.literal is None:
                self._stop()
            yield meant.literal
            if self._peek().word != ")" and not self._takes(","):
                self._stop()

    # ---- conditions ----

    def _or(self) -> None:
        self._and()
        while self._takes("or"):
            self._and()

    def _and(self) -> None:
        self._not()
        while self._takes("and"):
            self._not()

    def _not(self) -> None:
        self._deeper()
        if self._takes("not"):
            self._not()
        elif self._takes("("):
            self._or()
            if not self._takes(")"):
                self._stop()
        else:
            self._compare()
        self._depth -= 1

    def _compare(self) -> None:
        token = self._peek()
        left = self._value()
        operator = self._peek()
        if operator.word in COMPARISONS and operator.kind == "sign":
            self._step()
            at = self._peek()
            self._fits(left, operator.word, self._value(), token, at)
        elif self._takes("is"):
            self._takes("not")
            if self._step().word not in TESTS:
                self._next -= 1
                self._stop()
        elif operator.word == "in" or (operator.word == "not" and self._peek(1).word == "in"):
            self._takes("not")
            self._step()
            self._options(left, token)

    def _options(self, left: Meant, token: _Token) -> None:
        """`("a", "b")`, each of which must fit."""
        if not self._takes("("):
            self._stop()
        count = 0
        while not self._takes(")"):
            at = self._peek()
            option = self._literal()
            if option is None:
                self._stop()
            self._fits(left, "==", option, token, at)
            count += 1
            if not self._takes(",") and self._peek().word != ")":
                self._stop()
        if count < 2:  # `("a")` is a text in brackets to the template engine, and looking into a text is no list
            self._next -= 1
            self._stop()

    def _fits(self, left: Meant, op: str, right: Meant, token: _Token, at: _Token) -> None:
        reason = kinds.misfit(left, op, right)
        if reason is None:
            return
        odd = at if right.literal is not None or left.literal is None else token
        options = (left.type.options if left.type else ()) or (right.type.options if right.type else ())
        close = near(odd.word.strip("\"'"), options)
        self._found.append(Fault("S468", odd.start, odd.end, odd.word, close, reason))

    # ---- tokens ----

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._stop()

    def _peek(self, ahead: int = 0) -> _Token:
        place = self._next + ahead
        return self._tokens[place] if place < len(self._tokens) else self._end

    def _step(self) -> _Token:
        token = self._peek()
        self._next += 1
        return token

    def _takes(self, word: str) -> bool:
        """Step over the word if it is the next; a text in quotes is never meant."""
        token = self._peek()
        if token.word != word or token.kind == "text":
            return False
        self._next += 1
        return True

    def _stop(self) -> NoReturn:
        token = self._peek()
        raise _Stop(Fault("S485", token.start, token.end, token.word or "{{ }}"))


def _tokens(text: str, at: int) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text.rstrip()):
        kind = found.lastgroup or ""
        yield _Token(kind, found[kind], at + found.start(kind), at + found.end(kind))


def _number(word: str) -> float:
    return float(word) if "." in word else int(word)


def _good(named: Filter, values: tuple[Literal_, ...]) -> bool:
    """Are these the arguments that the filter needs."""
    if not named.needed <= len(values) <= len(named.arguments):
        return False
    fits = all(kinds.fits_argument(wanted, value) for wanted, value in zip(named.arguments, values, strict=False))
    return fits and kinds.enough_places(named, values)


def _result(named: Filter, meant: Meant, values: tuple[Literal_, ...]) -> Type | None:
    if named.gives_text:
        return TEXT
    if named.name == "default" and meant.type is not None and values:
        shown = kinds.written("", values[0])
        return meant.type if kinds.misfit(Meant("", meant.type), "==", shown) is None else shown.type or YES_NO
    return meant.type
