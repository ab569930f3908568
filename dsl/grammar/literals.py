"""Literal tokens to values with their units."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import cast

from stratagem.dsl.grammar.words import Token
from stratagem.dsl.values import (
    Date,
    Duration,
    Money,
    Number,
    Rate,
    Share,
    Text,
    TimeOfDay,
    Timestamp,
    Unit,
    Value,
    YesNo,
)

LITERALS = frozenset(["NUMBER", "SHARE", "MONEY", "DURATION", "RATE", "DATE", "TIMESTAMP", "TIME", "YES_NO", "STRING"])
LARGEST = Decimal(10) ** 15
"""Numbers from here on are refused: a 64-bit float no longer holds their last digit."""

_ESCAPE = re.compile(r"\\(.)")


class BadLiteral(ValueError):
    """A literal of the right shape that says nothing: the 31st of February. `code` and `args` are its diagnostic."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.args_: dict[str, object] = args


def literal(token: Token) -> Value:
    """The value of a literal token. Raises BadLiteral."""
    text = token.text
    match token.kind:
        case "NUMBER":
            return Number(_decimal(text))
        case "SHARE":
            return Share(_decimal(text[:-1]) / 100)
        case "MONEY" | "DURATION":
            amount, unit = text.split()
            return _measured(amount, unit)
        case "RATE":
            return _rate(text)
        case "YES_NO":
            return YesNo(text == "yes")
        case "STRING":
            return Text(quoted(text))
        case "LONG_TEXT":
            return Text(long_text(text))
    return _moment(token)


def quoted(text: str) -> str:
    r"""The text between quotes. `\"` is a quote; every other backslash stands for itself, as regexes want it."""
    if "\\" not in text:
        return text[1:-1]
    return _ESCAPE.sub(lambda found: '"' if found.group(1) == '"' else found.group(), text[1:-1])


def long_text(text: str) -> str:
    """The text between triple quotes: without the indent its lines share, and without a first and last line break."""
    first, *rest = text[3:-3].split("\n")
    indents = [len(line) - len(line.lstrip()) for line in rest if line.strip()]
    shared = min(indents, default=0)
    lines = [first.strip(), *(line[shared:].rstrip() for line in rest)]
    if not lines[0]:
        del lines[0]
    if lines and not lines[-1]:
        del lines[-1]
    return "\n".join(lines)


def _decimal(text: str) -> Decimal:
    value = Decimal(text.replace(",", ""))
    if value >= LARGEST:
        raise BadLiteral("S178", number=text[:40])
    return value


def _measured(amount: str, unit: str) -> Money | Duration:
    if unit.isupper():
        return Money(_decimal(amount), unit)
    return Duration(_decimal(amount), cast(Unit, unit.removesuffix("s")))


def _rate(text: str) -> Rate:
    left, right = re.split(r"\s+per\s+", text)
    amount = left.split()
    period = right.split()
    count = _decimal(period[0]) if len(period) == 2 else Decimal(1)
    if not count:
        raise BadLiteral("S179", rate=text)
    per = Duration(count, cast(Unit, period[-1].removesuffix("s")))
    number = _decimal(amount[0])
    return Rate(Money(number, amount[1]) if len(amount) == 2 else Number(number), per)


def _moment(token: Token) -> Date | Timestamp | TimeOfDay:
    text = token.text
    try:
        if token.kind == "DATE":
            return Date(date.fromisoformat(text))
        if token.kind == "TIME":
            hour, minute = text.split(":")
            return TimeOfDay(time(int(hour), int(minute)))
        day, clock = re.split(r"[ T]", text)
        hour, minute = clock.split(":")
        return Timestamp(datetime.combine(date.fromisoformat(day), time(int(hour), int(minute))))
    except ValueError:
        raise BadLiteral("S174", written=text) from None
