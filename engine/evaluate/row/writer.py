"""Writes the text of a program: lines, names, constants, and which formulas already have a name.

In: what the emitting classes ask for. Out: Python source in which only names of our own making stand; texts of the
strategy are never part of it, they are put into the syntax tree as constants afterwards (`program`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from stratagem.dsl.expressions.tree import Expr
from stratagem.engine.evaluate.meaning import finite
from stratagem.engine.evaluate.population import Dates
from stratagem.engine.evaluate.walk import Shapes

DEEP = 25
"""Nesting from which a part of a formula gets a line of its own; Python's parser has a limit."""


class Atom(NamedTuple):
    """A name or literal of the program that holds a value; `nullable`: it may be None, for missing."""

    text: str
    nullable: bool

    @property
    def known(self) -> str:
        """Condition that the value is known."""
        return f"{self.text} is not None" if self.nullable else "True"


NOTHING = Atom("None", True)


class Writer(ABC):
    """The program so far. Formulas that have a name are remembered by shape, for as long as the name is in scope."""

    def __init__(self, dates: Dates, shapes: Shapes) -> None:
        self.dates = dates
        self.shapes = shapes
        self.body: list[str] = []
        self.start: list[str] = []
        self.constants: dict[str, object] = {}
        self.helpers: dict[str, object] = {}
        self._count = 0
        self._depth = 1
        self._scopes: list[dict[int, Atom]] = [{}]
        self._interned: dict[object, str] = {}

    @abstractmethod
    def value(self, expr: Expr) -> Atom:
        """The formula's value, as a name or literal; what works it out stands in the program already."""

    @abstractmethod
    def truth(self, expr: Expr, want: bool, depth: int = 0) -> str:
        """A Python condition that is true exactly when the formula is known to be `want`."""

    def put(self, line: str) -> None:
        """Add a line at the present indentation."""
        self.body.append("    " * self._depth + line)

    @contextmanager
    def block(self, line: str) -> Iterator[None]:
        """Lines under `line`, with a scope of their own. A block that stays empty gets `pass`."""
        self.put(line)
        before = len(self.body)
        self._depth += 1
        self._scopes.append({})
        yield
        if len(self.body) == before:
            self.put("pass")
        self._scopes.pop()
        self._depth -= 1

    def fresh(self, prefix: str) -> str:
        """A name that was not used before."""
        self._count += 1
        return f"{prefix}{self._count}"

    def assign(self, text: str, nullable: bool) -> Atom:
        """A new name for what `text` comes to."""
        name = self.fresh("t")
        self.put(f"{name} = {text}")
        return Atom(name, nullable)

    def constant(self, value: object) -> str:
        """The name under which a text, or a set of values, stands in the program until it is compiled."""
        return self._intern(self.constants, "k", value, (type(value).__name__, repr(value)))

    def helper(self, value: object) -> str:
        """The name of a function or object the program uses."""
        return self._intern(self.helpers, "h", value, id(value))

    def _intern(self, store: dict[str, object], prefix: str, value: object, key: object) -> str:
        name = self._interned.get((prefix, key))
        if name is None:
            name = self._interned[(prefix, key)] = self.fresh(prefix)
            store[name] = value
        return name

    def literal(self, value: object) -> Atom:
        """A constant in evaluated form."""
        match value:
            case bool():
                return Atom(repr(value), False)
            case float():
                return NOTHING if finite(value) is None else Atom(_number(value), False)
            case int():
                return Atom(_number(value), False)
            case str():
                return Atom(self.constant(value), False)
            case _:
                return NOTHING

    def recall(self, shape: int) -> Atom | None:
        """The name that holds the formula of this shape, if one is in scope."""
        for scope in reversed(self._scopes):
            if shape in scope:
                return scope[shape]
        return None

    def remember(self, shape: int, atom: Atom, *, everywhere: bool = False) -> Atom:
        """Note that the name holds the formula, in the present scope or in the whole program."""
        self._scopes[0 if everywhere else -1][shape] = atom
        return atom

    def at_start(self, line: str) -> None:
        """Add a line at the program's beginning."""
        self.start.append("    " + line)


def _number(value: float) -> str:
    return repr(value) if value >= 0 else f"({value!r})"
