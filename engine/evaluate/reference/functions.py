"""The functions of formulas for the reference interpreter; those of plug-ins are taken in their row form."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.functions import FUNCTIONS
from stratagem.engine.evaluate.functions import form_of
from stratagem.engine.evaluate.reference.calendar import as_date, day_of

DATED = ("year", "quarter", "month", "day", "weekday", "date")


def call(e: t.Call, arguments: Sequence[Any]) -> Any:
    """A function's result; missing where it has none that is finite."""
    if FUNCTIONS[e.function].missing == "any" and None in arguments:
        return None
    dated = e.type.kind is Kind.DATE or e.function in DATED
    pairs = zip(arguments, e.arguments, strict=True)
    v = [None if x is None else day_of(x, a) if dated else x for x, a in pairs]
    own = _FUNCTIONS.get(e.function)
    try:
        made = own(*v) if own is not None else form_of(e.function).row(*v)
    except (OverflowError, ValueError, ZeroDivisionError):
        return None
    return None if isinstance(made, float) and not math.isfinite(made) else made


def rounded(x: float, places: int) -> float | None:
    """Half away from zero to so many places."""
    scale = float(10**places)
    y = abs(x) * scale + 0.5
    return math.copysign(math.floor(y) / scale, x) if math.isfinite(y) else None


def _case(text: str, first: str, by: int) -> str:
    return "".join(chr(ord(c) + by) if 0 <= ord(c) - ord(first) < 26 else c for c in text)


def _figure(x: Any) -> float | None:
    if not isinstance(x, str):
        return float(x)
    text = x.strip(" \t\r\n")
    digits = text.lstrip("+-") if text[:1] in ("+", "-") and text[1:2] not in ("+", "-") else text
    body, e, power = digits.lower().partition("e")
    whole, _, part = body.partition(".")
    fine = all(c in "0123456789" for c in whole + part) and (whole or part)
    sound = not e or ((power[1:] if power[:1] in ("+", "-") else power).isdecimal() and power.isascii())
    return float(text) if fine and sound else None


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "round": lambda x, places=0.0: rounded(x, int(places)),
    "floor": lambda x: float(math.floor(x)),
    "ceil": lambda x: -float(math.floor(-x)),
    "abs": lambda x: max(x, -x),
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "power": math.pow,
    "mod": lambda x, y: x - y * math.floor(x / y),
    "sign": lambda x: float((x > 0) - (x < 0)),
    "lower": lambda x: _case(x, "A", 32),
    "upper": lambda x: _case(x, "a", -32),
    "trim": lambda x: x.strip(" \t\r\n"),
    "length": lambda x: float(len(x)),
    "year": lambda d: float(as_date(d).year),
    "quarter": lambda d: float(math.ceil(as_date(d).month / 3)),
    "month": lambda d: float(as_date(d).month),
    "day": lambda d: float(as_date(d).day),
    "weekday": lambda d: float(as_date(d).weekday() + 1),
    "date": lambda d: d,
    "coalesce": lambda *vs: next((v for v in vs if v is not None), None),
    "number": _figure,
}
