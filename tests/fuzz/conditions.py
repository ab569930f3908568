"""Conditions, and what goes over a customer's rows: the other half of `formulas`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.fuzz.symbols import Source

if TYPE_CHECKING:
    from tests.fuzz.formulas import Formulas, Made

NUMERIC = ("number", "share", "money", "days", "months")
ORDERED = (*NUMERIC, "date", "timestamp", "text")
EVERY = (*ORDERED, "yes_no")
LOOSE, OR, AND, NOT, TEST, SUM, PRODUCT, SIGN, ATOM = range(9)
WINDOWS = ("in last 12 months", "in last 7 days", "in last 1 year", "in next 14 days", "in last 36 hours")
PATTERNS = ("^a", "[0-9]+$", "(x|y)z?", "\\\\d{3}", "é")


def makers(g: Formulas) -> list[Callable[[str, int], Made | None]]:
    """What makes a condition."""

    def named(make: Callable[[Formulas, int], Made | None]) -> Callable[[str, int], Made | None]:
        return lambda kind, depth: make(g, depth)

    found = [compare, compare, equal, between, known, choice, logic, logic, negated, words, leaf, called]
    if g.row is None and not g.constant:
        found += [any_row, member, member]
    return [named(make) for make in found]


def leaf(g: Formulas, depth: int) -> Made:
    return g.leaf("yes_no")


def called(g: Formulas, depth: int) -> Made | None:
    return g.call("yes_no", depth)


def compare(g: Formulas, depth: int) -> Made:
    kind, op = g.chance.choice(ORDERED), g.chance.choice(["<", "<=", ">", ">="])
    g.note(f"{op} {kind}")
    return f"{g.wrapped(kind, depth - 1, SUM)} {op} {g.wrapped(kind, 0, SUM)}", TEST


def equal(g: Formulas, depth: int) -> Made:
    kind, op = g.chance.choice(EVERY), g.chance.choice(["is", "is not"])
    g.note(f"{op} {kind}")
    return f"{g.wrapped(kind, depth - 1, SUM)} {op} {g.wrapped(kind, 0, SUM)}", TEST


def between(g: Formulas, depth: int) -> Made:
    kind = g.chance.choice(ORDERED)
    g.note(f"between {kind}")
    low, high = sorted([g.literal(kind), g.literal(kind)])
    return f"{g.wrapped(kind, depth - 1, SUM)} between {low} and {high}", TEST


def known(g: Formulas, depth: int) -> Made:
    kind, word = g.chance.choice(EVERY), g.chance.choice(["known", "missing"])
    g.note(f"is {word} {kind}")
    return f"{g.wrapped(kind, depth - 1, SUM)} is {word}", TEST


def choice(g: Formulas, depth: int) -> Made | None:
    kinds = [kind for kind in g.world.choices if g.names(kind)]
    if not kinds:
        return _one_of(g, g.chance.choice(("number", "money", "date", "text")), depth)
    kind = g.chance.choice(kinds)
    if g.world.a(0.5):
        return _one_of(g, kind, depth)
    op = g.chance.choice(["is", "is not"])
    g.note(f"{op} choice")
    return f"{g.chance.choice(g.names(kind))} {op} {g.literal(kind)}", TEST


def _one_of(g: Formulas, kind: str, depth: int) -> Made:
    op = g.chance.choice(["is one of", "is not one of"])
    g.note(f"{op} {'choice' if kind in g.world.choices else kind}")
    options = dict.fromkeys(g.literal(kind) for _ in range(g.chance.randint(2, 4)))
    left = g.chance.choice(g.names(kind)) if kind in g.world.choices else g.wrapped(kind, depth - 1, SUM)
    return f"{left} {op} ({', '.join(options)})", TEST


def logic(g: Formulas, depth: int) -> Made:
    op, level = g.chance.choice([("and", AND), ("or", OR)])
    g.note(op)
    parts = [g.wrapped("yes_no", depth - 1, level + 1) for _ in range(g.chance.choice([2, 2, 3]))]
    return f" {op} ".join(parts), level


def negated(g: Formulas, depth: int) -> Made:
    g.note("not")
    return f"not {g.wrapped('yes_no', depth - 1, NOT)}", NOT


def words(g: Formulas, depth: int) -> Made:
    op = g.chance.choice(["contains", "starts with", "matches"])
    g.note(op)
    right = f'"{g.chance.choice(PATTERNS)}"' if op == "matches" else g.wrapped("text", 0, SUM)
    return f"{g.wrapped('text', depth - 1, SUM)} {op} {right}", TEST


def member(g: Formulas, depth: int) -> Made | None:
    """A tier or a segment."""
    name = g.world.any("segment", "tier")
    blocks = list(g.world.tiers)
    if blocks and g.world.a(0.5):
        block = g.chance.choice(blocks)
        inside = g.chance.sample(g.world.tiers[block], min(2, len(g.world.tiers[block])))
        g.note("tiers as a value")
        return (f"{block} is one of ({', '.join(inside)})" if g.world.a(0.4) else f"{block} is {inside[0]}"), TEST
    if name is not None:
        g.note("member of")
    return (name, ATOM) if name is not None else None


# ---- rows ----


def any_row(g: Formulas, depth: int) -> Made | None:
    source = _source(g)
    if source is None:
        return None
    g.note("any of rows")
    return _rest(g, f"any {source.name}", source, depth)


def rows(g: Formulas, kind: str, depth: int) -> Made | None:
    """An aggregate of a type over rows, or over the customer's group."""
    groups = g.world.names.get("group")
    if groups and kind in ("number", "money", "days") and g.world.a(0.15):
        return _group(g, kind, g.chance.choice(groups))
    source = _source(g)
    if source is None:
        return None
    if kind == "number" and g.world.a(0.5):
        if g.world.a(0.4):
            field = g.chance.choice(list(source.fields))
            g.note(f"number of different {_short(source.fields[field])}")
            return _rest(g, f"number of different {source.name}.{field}", source, depth)
        g.note("count of rows")
        return _rest(g, f"count of {source.name}", source, depth)
    fields = source.of(kind)
    how = ["first of", "latest of"] if source.dated else []
    how += ["smallest of", "largest of"] if kind in ORDERED and kind != "text" else []
    how += ["sum of", "average of"] if kind in NUMERIC else []
    if not fields or not how:
        return None
    words = g.chance.choice(how)
    g.note(f"{words} {_short(kind)}")
    return _rest(g, f"{words} {source.name}.{g.chance.choice(fields)}", source, depth)


def _group(g: Formulas, kind: str, group: str) -> Made | None:
    """Over everyone the customer shares a group with."""
    if kind == "number" and g.world.a(0.5):
        g.note("count of a group")
        where = g.wrapped("yes_no", 0, OR)
        return f"count of {group} where {where}", LOOSE
    names = g.world.one_fields(kind) + g.world.facts(kind)
    if not names:
        return None
    words = g.chance.choice(["sum of", "average of", "largest of"])
    g.note(f"{words} a group")
    return f"{words} {group}.{g.chance.choice(names)}", ATOM


def _short(kind: str) -> str:
    return "choice" if kind.startswith("choice") else kind


def _source(g: Formulas) -> Source | None:
    found = [] if g.row is not None or g.constant else g.world.shaped("many")
    return g.chance.choice(found) if found else None


def _rest(g: Formulas, head: str, source: Source, depth: int) -> Made:
    """Window and `where`."""
    if source.dated and g.world.a(0.4):
        window = g.chance.choice(WINDOWS)
        if not (window.endswith("hours") and source.fields[source.dated] == "date"):
            g.note(window)
            head = f"{head} {window}"
    if g.world.a(0.45):
        g.row = source
        where = g._any("yes_no", min(depth - 1, 2))[0]
        g.row = None
        g.note("where")
        return f"{head} where {where}", LOOSE
    return head, ATOM
