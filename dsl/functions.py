"""The function table: names, parameters, results and meaning of what formulas may call.

In: nothing, or the `Function` a plug-in adds with `register`. Out: the table that the checker, the reference and the
evaluators read; each evaluator registers its own implementation under the same name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.record import record

ResultRule = Literal["number", "share", "text", "yes_no", "date", "same", "plain", "first"]
"""The kind of the result: a fixed kind, `same` (what all arguments have in common: share beside number is number),
`first` (the kind of the first argument), `plain` (a number whatever the arguments)."""
MissingRule = Literal["any", "all"]
"""`any`: the result is missing when any argument is. `all`: only when every argument is."""

AMOUNT = (Kind.NUMBER, Kind.SHARE, Kind.MONEY)
MEASURED = (*AMOUNT, Kind.DURATION)
ORDERED = (*MEASURED, Kind.DATE, Kind.TIMESTAMP)
PLAIN = (Kind.NUMBER, Kind.SHARE)
DAY = (Kind.DATE, Kind.TIMESTAMP)
WORDS = (Kind.TEXT, Kind.CHOICE, Kind.CHANNEL)
ANY = (*ORDERED, *WORDS, Kind.YES_NO)


@record
class Parameter:
    """One argument: the kinds it accepts; `repeated` for the last one of many; `literal` when it must be written out,
    then a whole number within `bounds`."""

    name: str
    kinds: tuple[Kind, ...]
    optional: bool = False
    repeated: bool = False
    literal: bool = False
    bounds: tuple[int, int] = (0, 0)


@record
class Function:
    """One function. Its meaning is the whole rule: evaluators must agree with it to the bit.

    A result that is not finite is always missing. Durations are kept in seconds or months, so a function of a
    duration gives a duration of the same family.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: ResultRule
    meaning: str
    example: str
    missing: MissingRule = "any"

    @property
    def fewest(self) -> int:
        """The least number of arguments."""
        return sum(1 for p in self.parameters if not p.optional)

    @property
    def most(self) -> int | None:
        """The greatest number of arguments; None when the last may be repeated without end."""
        return None if self.parameters and self.parameters[-1].repeated else len(self.parameters)

    def parameter(self, index: int) -> Parameter:
        """What is expected of the argument at `index`, from 0."""
        return self.parameters[min(index, len(self.parameters) - 1)]

    @property
    def signature(self) -> str:
        """`round(x, [places])`, as the reference and messages show it."""
        words = [f"[{p.name}]" if p.optional else p.name for p in self.parameters]
        return f"{self.name}({', '.join(words)}{', …' if self.most is None else ''})"


def _one(name: str, kinds: tuple[Kind, ...]) -> tuple[Parameter, ...]:
    return (Parameter(name, kinds),)


def _many(kinds: tuple[Kind, ...]) -> tuple[Parameter, ...]:
    return Parameter("a", kinds), Parameter("b", kinds, repeated=True)


_PLACES = Parameter("places", PLAIN, optional=True, literal=True, bounds=(0, 6))

_BUILT_IN = (
    Function("min", _many(ORDERED), "same", "The smallest of the arguments.", "min(spend, 100 EUR)"),
    Function("max", _many(ORDERED), "same", "The largest of the arguments.", "max(margin, 0 EUR)"),
    Function(
        "round",
        (Parameter("x", AMOUNT), _PLACES),
        "first",
        "Rounded half away from zero to so many places (none: 0): sign(x) · floor(|x| · 10^places + 0.5) / 10^places.",
        "round(spend, 2)",
    ),
    Function("floor", _one("x", AMOUNT), "first", "The largest whole number not above x.", "floor(visits)"),
    Function("ceil", _one("x", AMOUNT), "first", "The smallest whole number not below x.", "ceil(visits)"),
    Function("abs", _one("x", MEASURED), "first", "x without its sign.", "abs(margin)"),
    Function("sqrt", _one("x", PLAIN), "number", "The square root; missing below 0.", "sqrt(visits)"),
    Function("exp", _one("x", PLAIN), "number", "e to the power of x.", "exp(0.1 * visits)"),
    Function("ln", _one("x", PLAIN), "number", "The natural logarithm; missing at 0 and below.", "ln(visits + 1)"),
    Function(
        "power",
        (Parameter("x", PLAIN), Parameter("y", PLAIN)),
        "number",
        "x to the power of y; missing where that is not one real number (a negative x with a fraction, 0 with y < 0).",
        "power(72%, 2)",
    ),
    Function(
        "mod",
        (Parameter("x", MEASURED), Parameter("y", MEASURED)),
        "same",
        "The remainder of x / y, with the sign of y: x - y · floor(x / y); missing when y is 0.",
        "mod(orders, 4)",
    ),
    Function("sign", _one("x", MEASURED), "number", "-1 below 0, 0 at 0, 1 above.", "sign(margin)"),
    Function("lower", _one("t", WORDS), "text", "A–Z turned to a–z; other letters stay.", "lower(city)"),
    Function("upper", _one("t", WORDS), "text", "a–z turned to A–Z; other letters stay.", "upper(code)"),
    Function("trim", _one("t", WORDS), "text", "Without blanks, tabs and line ends at both ends.", "trim(city)"),
    Function("length", _one("t", WORDS), "number", "How many characters (code points).", "length(code)"),
    Function("year", _one("d", DAY), "number", "The calendar year.", "year(joined_on)"),
    Function("quarter", _one("d", DAY), "number", "The quarter of the year, 1 to 4.", "quarter(joined_on)"),
    Function("month", _one("d", DAY), "number", "The month, 1 to 12.", "month(birthday)"),
    Function("day", _one("d", DAY), "number", "The day of the month, 1 to 31.", "day(birthday)"),
    Function("weekday", _one("d", DAY), "number", "Monday is 1, Sunday 7.", "weekday(joined_on)"),
    Function("date", _one("d", DAY), "date", "The calendar day of a timestamp; a date stays.", "date(seen_at)"),
    Function(
        "coalesce",
        _many(ANY),
        "same",
        "The first of the arguments that is known.",
        "coalesce(satisfaction, 5)",
        missing="all",
    ),
    Function(
        "number",
        _one("x", (*PLAIN, Kind.TEXT, Kind.CHOICE, Kind.YES_NO)),
        "plain",
        "A text as a number: blanks at both ends are dropped, then an optional sign, digits with at most one point and "
        "an optional exponent; anything else is missing. yes is 1, no is 0.",
        "number(points_text)",
    ),
)

_NAME = r"[a-z][a-z0-9_]*\Z"
_table: dict[str, Function] = {f.name: f for f in _BUILT_IN}

FUNCTIONS: Mapping[str, Function] = MappingProxyType(_table)
"""Every function by name: the built-in ones, then those of plug-ins."""


def register(function: Function) -> None:
    """Add a plug-in's function. ValueError when the name is taken or is not `lower_snake`, or takes no argument."""
    if not re.match(_NAME, function.name):
        raise ValueError(f"a function's name is lower_snake, not {function.name!r}")
    if not function.parameters:
        raise ValueError(f"function {function.name} takes no argument: an `assume` says that better")
    known = _table.get(function.name)
    if known is not None and known != function:
        raise ValueError(f"there is a function {function.name} already: {known.signature}")
    _table[function.name] = function
