"""What must hold, in the two connectives a search needs, over atoms that say one thing about one or two quantities."""

from __future__ import annotations

from typing import Literal

from stratagem.dsl.expressions.tree import Expr
from stratagem.dsl.record import record

Order = Literal["<", "<=", ">", ">=", "=", "!="]


@record
class Relation:
    """Two known numbers (amounts, durations, days) that stand in this order."""

    order: Order
    left: Expr
    right: Expr


@record
class Choice:
    """A known text, choice or yes/no that is one of these values; none of them when `among` is false."""

    term: Expr
    values: frozenset[str | bool]
    among: bool = True


@record
class Presence:
    """A quantity that is known, or one that is missing. The term is a leaf."""

    term: Expr
    known: bool


@record
class All:
    """Every part holds; with none, nothing is asked."""

    parts: tuple[Formula, ...] = ()


@record
class Any:
    """At least one part holds; with none, impossible."""

    parts: tuple[Formula, ...] = ()


Formula = Relation | Choice | Presence | All | Any

ANYTHING = All()
NEVER = Any()

OPPOSITE: dict[str, Order] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


def every(*parts: Formula) -> Formula:
    """All of the parts, flattened; NEVER as soon as one is."""
    found: list[Formula] = []
    for part in parts:
        if isinstance(part, Any) and not part.parts:
            return NEVER
        found.extend(part.parts if isinstance(part, All) else (part,))
    return found[0] if len(found) == 1 else All(tuple(found))


def some(*parts: Formula) -> Formula:
    """Any of the parts, flattened; ANYTHING as soon as one is."""
    found: list[Formula] = []
    for part in parts:
        if isinstance(part, All) and not part.parts:
            return ANYTHING
        found.extend(part.parts if isinstance(part, Any) else (part,))
    return found[0] if len(found) == 1 else Any(tuple(found))
