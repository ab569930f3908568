"""Kinds, types and names in plain English words, for the slots of messages and their labels."""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.resolve.symbols import Of

_KIND_WORDS = {
    Kind.NUMBER: "a number",
    Kind.SHARE: "a share",
    Kind.DATE: "a date",
    Kind.TIMESTAMP: "a date with a time",
    Kind.TEXT: "text",
    Kind.YES_NO: "yes or no",
    Kind.CHANNEL: "a channel",
    Kind.MISSING: "missing",
}
_NAME_WORDS = {
    Of.TIERS: "`segments` block",
    Of.FUNCTION: "function of the business",
    Of.MATRIX: "matrix",
}


def say(kind: Type) -> str:
    """`money in EUR`, `a duration in days`, `one of (beans, gear)`."""
    if kind.is_rate:
        period = "day, week or the like" if kind.per == "days" else "month, quarter or year"
        amount = kind.currency or "money" if kind.kind is Kind.MONEY else "a number"
        return f"{amount} per {period}"
    if kind.kind is Kind.MONEY:
        return f"money in {kind.currency}" if kind.currency else "money"
    if kind.kind is Kind.DURATION:
        return "a duration in days or hours" if kind.family == "days" else "a duration in months or years"
    if kind.kind is Kind.CHOICE:
        return f"one of ({listed(kind.options)})"
    return _KIND_WORDS[kind.kind]


def listed(words: Sequence[str], most: int = 8) -> str:
    """`a, b, c`, cut off after `most` words."""
    shown = ", ".join(words[:most])
    return f"{shown}, …" if len(words) > most else shown


def either(words: Sequence[str]) -> str:
    """`a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def name_kind(kind: Of) -> str:
    """`measure`, `segments block`: the kind of a name in the reader's words."""
    return _NAME_WORDS.get(kind, kind.value)


def a(word: str) -> str:
    """With its article: `an action`, `a goal`."""
    return f"an {word}" if word[0] in "aeio" else f"a {word}"
