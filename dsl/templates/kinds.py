"""Which values may be compared in a template, and what a filter may be given; in words where they do not fit."""

from __future__ import annotations

import re
from datetime import date

from stratagem.dsl.expressions.types import NUMBER, TEXT, YES_NO, Kind, Type
from stratagem.dsl.functions import DAY, MEASURED, WORDS
from stratagem.dsl.record import record
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.templates.vocabulary import MOST_PLACES, Argument, Filter, date_form

ORDERED = (*MEASURED, *DAY)
Literal_ = str | int | float | bool
"""What may be written out in a template."""
_DAY = r"(?a)\d{4}-\d\d-\d\d"


@record
class Meant:
    """One side of a comparison: its type (None when nobody knows), and its value when it is written out."""

    word: str
    type: Type | None = None
    literal: Literal_ | None = None

    @property
    def spoken(self) -> str:
        return "something" if self.type is None else say(self.type)


def written(word: str, value: Literal_) -> Meant:
    """A literal."""
    kind = YES_NO if isinstance(value, bool) else NUMBER if isinstance(value, int | float) else TEXT
    return Meant(word, kind, value)


def misfit(left: Meant, op: str, right: Meant) -> str | None:
    """Why the two cannot be compared so; None when they can."""
    if left.literal is not None and right.literal is None:
        left, right = right, left
    one, other = left.type, right.type
    if one is None or other is None:
        return None
    if right.literal is not None and left.literal is None:
        reason = _no_literal(left, one, right)
    else:
        fits = _unit(one) == _unit(other) or (one.kind in WORDS and other.kind in WORDS)
        reason = None if fits else f"`{left.word}` is {left.spoken}, and `{right.word}` is {right.spoken}"
    if reason is None and op not in ("==", "!=") and one.kind not in ORDERED:
        return f"`{left.word}` is {left.spoken}, which has no order"
    return reason


def _unit(kind: Type) -> tuple[object, ...]:
    return kind.kind, kind.currency, kind.family, kind.per


def _no_literal(named: Meant, kind: Type, literal: Meant) -> str | None:
    """Why a value that is written out cannot stand opposite a name; None when it can."""
    if literal.type == NUMBER:
        fits = kind.kind in MEASURED
    elif literal.type == YES_NO:
        fits = kind.kind is Kind.YES_NO
    elif kind.options:
        fits = literal.literal in kind.options
    else:
        fits = kind.kind in WORDS or (kind.kind in DAY and iso_day(literal.literal))
    hint = ", which is written as a text like 2026-10-01" if kind.kind in DAY else ""
    return None if fits else f"`{named.word}` is {named.spoken}{hint}"


def iso_day(value: object) -> bool:
    """Is it a text such as 2026-10-01."""
    try:
        return isinstance(value, str) and re.fullmatch(_DAY, value) is not None and date.fromisoformat(value) > date.min
    except ValueError:
        return False


def not_taken(named: Filter, value: Meant) -> str | None:
    """Why a filter is not for a value; None when it is."""
    if value.type is None or value.type.kind in named.takes:
        return None
    return f"`{named.name}` is not for {value.spoken}"


def fits_argument(wanted: Argument, value: Literal_) -> bool:
    """May the literal be an argument of this sort."""
    if wanted == "any":
        return True
    if wanted == "count":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000
    return isinstance(value, str) and (wanted == "text" or date_form(value))


def enough_places(named: Filter, values: tuple[Literal_, ...]) -> bool:
    """`round` keeps at most so many places; `truncate` leaves at least one character."""
    if named.name == "round" and values:
        return int(values[0]) <= MOST_PLACES
    return not (named.name == "truncate" and values and int(values[0]) < 1)
