"""All that strategies can be drawn with: statements of the catalogue, functions, operations with their types.

In: what was used. Out: what was not, and a table of how much was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.functions import FUNCTIONS
from tests.fuzz.conditions import EVERY, NUMERIC, ORDERED, WINDOWS
from tests.fuzz.formulas import PLAIN, takes

NOT_DRAWN = frozenset(("when", "source.row_number", "customer.row_number", "given.cut_point"))
"""Statements that are drawn as part of another one (`when`), or that would shut out all others of their kind."""
TESTED = (*EVERY, "choice")


@cache
def expected() -> dict[str, tuple[str, ...]]:
    """By heading, the names that are counted."""
    return {
        "statements": tuple(f"statement {s.id}" for s in STATEMENTS if s.id not in NOT_DRAWN),
        "functions": tuple(sorted(set(_functions()))),
        "arithmetic": tuple(_arithmetic()),
        "conditions": tuple(_conditions()),
        "rows": tuple(_rows()),
        "forms": ("cases", "all of", "any of", "none of", "where", "and", "or", "not", "long text", "row of a test",
                  "tiers as a value", "member of", "slot of a message", "assume in a scenario",
                  "count of a group", "sum of a group", "average of a group", "largest of a group"),
    }  # fmt: skip


def _functions() -> Iterator[str]:
    for function in FUNCTIONS.values():
        results = PLAIN if function.result in ("same", "first") else (function.result,)
        for kind in results:
            yield from (f"{function.name}({taken})" for taken in takes(function, kind) if _may(function.name, taken))


def _may(name: str, kind: str) -> bool:
    """Does a function take a type."""
    from tests.fuzz.formulas import KINDS

    return any(kind in KINDS.get(k, ()) for k in FUNCTIONS[name].parameter(0).kinds)


def _arithmetic() -> Iterator[str]:
    for kind in NUMERIC:
        yield from (f"+ {kind}", f"- {kind}", f"negative {kind}", f"* {kind} by number", f"* {kind} by share")
    yield from ("/ money by number", "/ number by number", "/ money by money", "* rate by duration", "date - date")
    for kind in ("date", "timestamp"):
        yield from (f"{kind} {op} {length}" for op in "+-" for length in ("days", "months"))
        yield from (f"{words} {kind}" for words in ("days since", "days until", "months since"))
    yield from (f"if {kind}" for kind in PLAIN if kind != "yes_no")


def _conditions() -> Iterator[str]:
    for kind in ORDERED:
        yield from (f"{op} {kind}" for op in ("<", "<=", ">", ">=", "between"))
    yield from (f"{op} {kind}" for op in ("is", "is not") for kind in TESTED)
    yield from (f"{op} {kind}" for op in ("is known", "is missing") for kind in EVERY)
    yield from (
        f"{op} {k}" for op in ("is one of", "is not one of") for k in ("number", "money", "date", "text", "choice")
    )
    yield from ("contains", "starts with", "matches")


def _rows() -> Iterator[str]:
    for kind in ("number", "share", "money", "days"):
        yield from (f"{words} {kind}" for words in ("sum of", "average of"))
    for kind in ("number", "share", "money", "days", "date", "timestamp"):
        yield from (f"{words} {kind}" for words in ("smallest of", "largest of", "first of", "latest of"))
    yield from (f"{words} {kind}" for words in ("first of", "latest of") for kind in ("text",))
    yield from ("count of rows", "any of rows", *WINDOWS)
    yield from (f"{form} of customers" for form in ("share", "count", "average", "sum", "largest"))


def lacking(used: Counter[str]) -> list[str]:
    """What was never drawn."""
    return [name for names in expected().values() for name in names if not used[name]]


def table(used: Counter[str]) -> str:
    """How many of each heading were drawn, and how often the rarest was."""
    lines = []
    for heading, names in expected().items():
        drawn = [name for name in names if used[name]]
        rarest = min(((used[name], name) for name in drawn), default=(0, "none"))
        lines.append(f"  {heading}: {len(drawn)} of {len(names)}, the rarest {rarest[0]} times ({rarest[1]})")
    return "\n".join(lines)
