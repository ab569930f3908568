"""Formulas as text, drawn by type: every function and every operation with every type it takes.

Types are words: `number share money days months date timestamp text yes_no`, and `choice N` for a set of options. A
formula is drawn for a place: `customer` (one customer), a source (its rows, inside `where`), or `constant`.
"""

from __future__ import annotations

from collections.abc import Callable

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.functions import FUNCTIONS, Function
from tests.fuzz import conditions
from tests.fuzz.symbols import Source, World

NUMERIC = ("number", "share", "money", "days", "months")
ORDERED = (*NUMERIC, "date", "timestamp")
PLAIN = (*ORDERED, "text", "yes_no")
LOOSE, OR, AND, NOT, TEST, SUM, PRODUCT, SIGN, ATOM = range(9)
Made = tuple[str, int]
"""A formula's text, and how tightly it binds."""

KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("number",), Kind.SHARE: ("share",), Kind.MONEY: ("money",), Kind.DURATION: ("days", "months"),
    Kind.DATE: ("date",), Kind.TIMESTAMP: ("timestamp",), Kind.TEXT: ("text",), Kind.YES_NO: ("yes_no",),
}  # fmt: skip


class Formulas:
    """Draws formulas over a world's names. `row` is the source whose rows are looked at, inside a `where`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance
        self.row: Source | None = None
        self.constant = False
        self.slips = 0.0
        """How often an operand is of another type than the one that is wanted."""

    # ---- the whole ----

    def draw(self, kind: str, depth: int = 2, place: str = "customer") -> str:
        """A formula of a type; `constant` reads no customer."""
        self.constant = place == "constant"
        text = self._any(kind, depth)[0]
        self.constant = False
        return text

    def wrapped(self, kind: str, depth: int, tight: int) -> str:
        """An operand that binds at least so tightly: in brackets where it does not, and now and then where it does."""
        text, binding = self._any(kind, depth)
        return f"({text})" if binding < tight or self.world.a(0.04) else text

    def _any(self, kind: str, depth: int) -> Made:
        if self.slips and self.world.a(self.slips):
            kind = self.chance.choice(PLAIN)
        if depth <= 0 or self.world.a(0.12):
            return self.leaf(kind)
        return self.chance.choice(self._makers(kind))(kind, depth) or self.leaf(kind)

    def _makers(self, kind: str) -> list[Callable[[str, int], Made | None]]:
        if kind == "yes_no":
            return conditions.makers(self)
        found: list[Callable[[str, int], Made | None]] = [self._leaf, self.call, self.call, self._if]
        if kind in NUMERIC:
            found += [self._sum, self._product, self._minus]
        if kind in ("date", "timestamp"):
            found += [self._shifted]
        if kind in ("days", "months"):
            found += [self._since]
        if not self.row and not self.constant:
            found += [self._aggregate] * 4
        return found

    def note(self, what: str) -> None:
        """Count an operation."""
        self.world.used[what] += 1

    # ---- leaves ----

    def _leaf(self, kind: str, depth: int) -> Made:
        return self.leaf(kind)

    def leaf(self, kind: str) -> Made:
        """A name or a literal."""
        names = self.names(kind)
        if names and self.world.a(0.75 if kind in self.world.choices else 0.65):
            self.note(f"name {_title(kind)}")
            return self.chance.choice(names), ATOM
        literal = self.literal(kind)
        return literal, SIGN if literal.startswith("-") else ATOM

    def names(self, kind: str) -> list[str]:
        """The names of a type that can be read here."""
        if self.constant:
            return []
        world = self.world
        found = world.one_fields(kind) + world.facts(kind)
        if self.row is not None:
            found = 3 * [n for f in self.row.of(kind) for n in (f, f"{self.row.name}.{f}")] + found
        if kind == "yes_no":
            found += world.names.get("segment", []) + world.names.get("tier", [])
        return found

    def literal(self, kind: str) -> str:
        """A literal of a type."""
        self.note(f"literal {_title(kind)}")
        pick = self.chance.choice
        match kind:
            case "number":
                return pick(["0", "1", "2", "3.5", "12", "0.25", "1,200", "2026", "-4"])
            case "share":
                return pick(["0%", "5%", "12.5%", "38%", "100%", "130%"])
            case "money":
                code = self.world.currency
                return pick([f"0 {code}", f"12 {code}", f"1500 {code}", f"1,250 {code}", f"99.50 {code}"])
            case "days":
                return pick(["1 day", "14 days", "36 hours", "6 weeks", "90 minutes", "400 days"])
            case "months":
                return pick(["1 month", "6 months", "2 quarters", "1 year", "36 months"])
            case "date":
                return pick(["2026-01-31", "2024-02-29", "2026-10-01", "2025-12-31"])
            case "timestamp":
                return pick(["2026-10-01 14:30", "2025-03-30 02:30", "2026-01-01 00:00"])
            case "yes_no":
                return pick(["yes", "no"])
        if kind in self.world.choices:
            return pick(self.world.choices[kind])
        return self.world.text()

    # ---- arithmetic ----

    def _sum(self, kind: str, depth: int) -> Made:
        op = self.chance.choice("+-")
        self.note(f"{op} {kind}")
        if kind == "days" and op == "-" and self.world.a(0.5):
            self.note("date - date")
            side = self.chance.choice(["date", "timestamp"])
            return f"{self.wrapped(side, depth - 1, SUM)} - {self.wrapped(side, 0, PRODUCT)}", SUM
        return f"{self.wrapped(kind, depth - 1, SUM)} {op} {self.wrapped(kind, depth - 1, PRODUCT)}", SUM

    def _product(self, kind: str, depth: int) -> Made:
        op = self.chance.choice("**/")
        if kind == "number" and op == "/":
            over = self.chance.choice(["number", "number", "money"])
            self.note(f"/ {over} by {over}")
            return f"{self.wrapped(over, depth - 1, PRODUCT)} / {self.wrapped(over, depth - 1, SIGN)}", PRODUCT
        if kind == "money" and op == "*" and self.world.a(0.15):
            self.note("* rate by duration")
            rate = self.chance.choice(["per year", "per month", "per 7 days", "per 2 quarters"])
            span = "days" if "days" in rate else "months"
            return f"20 {self.world.currency} {rate} * {self.wrapped(span, 0, SIGN)}", PRODUCT
        other = self.chance.choice(["number", "share"])
        self.note(f"{op} {kind} by {other}")
        return f"{self.wrapped(kind, depth - 1, PRODUCT)} {op} {self.wrapped(other, depth - 1, SIGN)}", PRODUCT

    def _minus(self, kind: str, depth: int) -> Made:
        self.note(f"negative {kind}")
        return f"-{self.wrapped(kind, depth - 1, ATOM)}", SIGN

    def _shifted(self, kind: str, depth: int) -> Made:
        length, op = self.chance.choice(["days", "months"]), self.chance.choice("+-")
        self.note(f"{kind} {op} {length}")
        return f"{self.wrapped(kind, depth - 1, SUM)} {op} {self.wrapped(length, 0, PRODUCT)}", SUM

    def _since(self, kind: str, depth: int) -> Made:
        words = "months since" if kind == "months" else self.chance.choice(["days since", "days until"])
        side = self.chance.choice(["date", "timestamp"])
        self.note(f"{words} {side}")
        return f"{words} {self.wrapped(side, depth - 1, ATOM)}", ATOM

    def _if(self, kind: str, depth: int) -> Made:
        self.note(f"if {_title(kind)}")
        then, other = self.wrapped(kind, depth - 1, OR), self.wrapped(kind, depth - 1, OR)
        return f"{then} if {self.wrapped('yes_no', depth - 1, OR)} else {other}", LOOSE

    # ---- calls ----

    def call(self, kind: str, depth: int) -> Made | None:
        """A function's result of a type."""
        fitting = [(f, first) for f in FUNCTIONS.values() if gives(f, kind) for first in takes(f, kind)]
        if not fitting:
            return None
        function, first = self.chance.choice(fitting)
        count = function.fewest if function.most is not None else self.chance.choice([2, 2, 3])
        arguments = [self.wrapped(first, depth - 1, LOOSE) for _ in range(count)]
        if function.name == "round" and self.world.a(0.5):
            arguments.append(str(self.chance.randrange(7)))
        self.note(f"{function.name}({first})")
        return f"{function.name}({', '.join(arguments)})", ATOM

    # ---- rows ----

    def _aggregate(self, kind: str, depth: int) -> Made | None:
        return conditions.rows(self, kind, depth)


def gives(function: Function, kind: str) -> bool:
    """May a function have a result of a type."""
    if function.result in ("same", "first"):
        return any(kind in KINDS.get(k, ()) for k in function.parameter(0).kinds)
    return kind == {"plain": "number"}.get(function.result, function.result)


def takes(function: Function, kind: str) -> list[str]:
    """The types its first argument may have, for a result of a type."""
    if function.result in ("same", "first"):
        return [kind]
    return [word for k in function.parameter(0).kinds for word in KINDS.get(k, ())]


def _title(kind: str) -> str:
    return "choice" if kind.startswith("choice") else kind
