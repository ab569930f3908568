"""Repairs for values of a wrong kind: the same figure in the unit that is wanted, the quotes left out, and the like.

In: typed expressions that do not go together, or do not fit their place. Out: fixes that say what they assume; none
where there is nothing to go by. No amount is ever invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.expressions.tree import Arithmetic, Constant, Expr
from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.expressions.write import option_text
from stratagem.dsl.resolve.rules import DATES
from stratagem.dsl.source import Span

MOST_CHOICES = 5
"""More choices than that are not offered one by one."""
YEARS = (1900, 2200)
"""A figure among them, beside a date, is a year."""
A_DAY = 86_400
DAYS_A_MONTH, DAYS_A_YEAR = 30, 365
WRITTEN = {
    Kind.NUMBER: r"[\d,]+(?:\.\d+)?",
    Kind.SHARE: r"[\d,]+(?:\.\d+)?%",
    Kind.MONEY: r"[\d,]+(?:\.\d+)? [A-Z]{3}",
    Kind.DURATION: r"\d+ (?:minute|hour|day|week|month|quarter|year)s?",
    Kind.DATE: r"\d{4}-\d\d-\d\d",
}
"""How a literal of a kind looks, for texts that hold one."""
ANSWERS = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}


def figure(value: float) -> str:
    """`1,200` or `0.5`, as a strategy writes it."""
    return f"{int(value):,}" if value == int(value) else f"{value:.6f}".rstrip("0")


def reworded(made: Constant, want: Type) -> str:
    """A literal's figure as a value of the kind that is wanted; empty where it gives none."""
    if isinstance(made.value, str):
        return _unquoted(made.value, want)
    if not isinstance(made.value, float) or want.is_rate or made.type.is_rate:
        return ""
    if want.kind is Kind.YES_NO:
        return ANSWERS.get(figure(made.value), "")
    number = _number(made.value, made.type, want)
    if made.type.kind is Kind.DURATION and want.kind is not Kind.DURATION and number != round(number, 2):
        number = made.value / (60 if made.value % 3_600 else 3_600)  # as it was written, not as part of a day
    if number <= 0 or want.kind not in (Kind.NUMBER, Kind.SHARE, Kind.MONEY, Kind.DURATION):
        return ""
    if want.family == "months" and number % 12 == 0:
        return f"{figure(number / 12)} year{'s' * (number > 12)}"
    return figure(number) + _unit(want, number)


def _number(value: float, kind: Type, want: Type) -> float:
    """The figure as it was written, or a length of time in the other family, a month counted as 30 days."""
    if kind.kind is Kind.SHARE:
        return round(value * 100, 6)
    if kind.kind is not Kind.DURATION:
        return value
    length = value / A_DAY if kind.family == "days" else value
    if want.kind is not Kind.DURATION or want.family == kind.family:
        return length
    if kind.family == "days":
        return float(round(length * 12 / DAYS_A_YEAR))
    years, months = divmod(length, 12)
    return years * DAYS_A_YEAR + months * DAYS_A_MONTH


def _unit(want: Type, number: float) -> str:
    if want.kind is Kind.SHARE:
        return "%"
    if want.kind is Kind.MONEY:
        return f" {want.currency}"
    if want.kind is Kind.DURATION:
        word = "day" if want.family == "days" else "month"
        return f" {word}" if number == 1 else f" {word}s"
    return ""


def _unquoted(text: str, want: Type) -> str:
    if want.kind is Kind.YES_NO:
        return ANSWERS.get(text.strip().lower(), "")
    pattern = WRITTEN.get(want.kind)
    return text if pattern is not None and re.fullmatch(pattern, text) else ""


def rewritten(made: Expr, want: Type) -> Fix | None:
    """Write a literal as a value of the kind that is wanted."""
    new = reworded(made, want) if isinstance(made, Constant) else ""
    return Fix(f"Write {new} (this assumes that its unit was wrong)", (Edit(made.span, new),)) if new else None


def meeting(left: Expr, right: Expr) -> list[Fix]:
    """Bring the literal among two sides that do not go together to the kind of the other."""
    return [fix for made, other in ((right, left), (left, right)) for fix in _to_kind(made, other)]


def _to_kind(made: Expr, other: Expr) -> Iterator[Fix]:
    fix = rewritten(made, other.type)
    if fix is not None:
        yield fix
    options = other.type.options
    if isinstance(made, Constant) and other.type.kind is Kind.CHOICE and len(options) <= MOST_CHOICES:
        for option in options:
            written = option_text(option)
            yield Fix(f"Write {written} (this assumes that it is meant)", (Edit(made.span, written),))
    if other.type.kind in DATES and isinstance(made, Constant) and made.type.kind is Kind.NUMBER and _is_year(made):
        edits = (Edit(other.span.start(0), "year("), Edit(other.span.after(), ")"))
        yield Fix("Write the date in year(…) (this assumes that the figure is a year)", edits)
    if other.type.kind in DATES and not isinstance(other, Constant) and made.type.kind is Kind.DURATION:
        words = "days since" if made.type.family == "days" else "months since"
        yield Fix(f"Write `{words}` before the date", (Edit(other.span.start(0), f"{words} "),))


def _is_year(figure: Constant) -> bool:
    return isinstance(figure.value, float) and figure.value in range(*YEARS)


def reckoned(left: Expr, right: Expr, op: str) -> list[Fix]:
    """For two sides that cannot be added, multiplied …: a rate times its time, a factor without unit, or one side."""
    fixes: list[Fix] = []
    for rate, other in ((right, left), (left, right)):
        if op in "+-" and rate.type.is_rate and rate.type.kind is other.type.kind and not other.type.is_rate:
            fixes.extend(_over_time(rate))
    plain = Type(Kind.NUMBER)
    sides = [right, left] if op == "*" else []
    fixes += [fix for side in sides if (fix := rewritten(side, plain)) is not None]
    if op in "+-":
        wanted = ((right, _beside(left.type)), (left, _beside(right.type)))
        fixes += [fix for side, kind in wanted if (fix := rewritten(side, kind))]
        rest = left.span.after().to(right.span)
        fixes.append(Fix("Take out what cannot be added (this assumes that it is not needed)", (Edit(rest, ""),)))
    return fixes


def _beside(kind: Type) -> Type:
    """The kind of what is added to or taken from a value: of a date, days."""
    return Type(Kind.DURATION, family="days") if kind.kind in DATES else kind


def _over_time(rate: Expr) -> Iterator[Fix]:
    """A rate times its time; a bare number that it is multiplied with is how long."""
    units = ("month", "year") if rate.type.per == "months" else ("day", "week")
    sides = (rate.left, rate.right) if isinstance(rate, Arithmetic) and rate.op == "*" else ()
    for side in sides:
        if isinstance(side, Constant) and side.type.kind is Kind.NUMBER and isinstance(side.value, float):
            number = figure(side.value)
            first = side.value % 12 == 0 or rate.type.per == "days"
            for unit in units if first else units[::-1]:
                time = f"{number} {unit}{'s' * (side.value != 1)}"
                yield Fix(f"Write {time} (this assumes that the number is how long)", (Edit(side.span, time),))
            return
    for unit in units[::-1] if rate.type.per == "months" else units:
        time = f"1 {unit}"
        yield Fix(f"Write `* {time}` after the rate", (Edit(rate.span.after(), f" * {time}"),))


def families(left: Expr, right: Expr, op: str = "+") -> list[Fix]:
    """Days beside months: the literal length of time in the other family."""
    if op in "*/":
        lengths = [(right, left), (left, right)]
        wanted = [(x, Type(Kind.DURATION, family=rate.type.per)) for x, rate in lengths if rate.type.is_rate]
    else:
        wanted = [(right, left.type), (left, right.type)]
    found = [(made, reworded(made, want)) for made, want in wanted if isinstance(made, Constant)]
    return [Fix(f"Write {new} (this counts {_counted(x)})", (Edit(x.span, new),)) for x, new in found if new]


def _counted(length: Constant) -> str:
    """What a length of time in the other family is worked out by."""
    whole = length.type.family == "months" and isinstance(length.value, float) and length.value % 12 == 0
    return "a year as 365 days" if whole else "a month as 30 days"


def currency(made: Expr, code: str | None) -> Fix | None:
    """The same figure in the strategy's currency."""
    if code is None or not isinstance(made, Constant) or not isinstance(made.value, float) or made.type.is_rate:
        return None
    new = f"{figure(made.value)} {code}"
    return Fix(f"Write {new} (this assumes that the amount is in {code} already)", (Edit(made.span, new),))


def recoded(span: Span, written: str, code: str, own: str | None) -> Fix | None:
    """The same amount, or amount per period, with the strategy's currency."""
    if own is None or f" {code}" not in written:
        return None
    new = written.replace(f" {code}", f" {own}", 1)
    return Fix(f"Write {new} (this assumes that the amount is in {own} already)", (Edit(span, new),))


def asked(made: Expr) -> list[Fix]:
    """A value where a condition is wanted: whether it is above nothing, whether it is known."""
    fixes = []
    kind = made.type
    if kind.is_numeric and not kind.is_rate:
        unit = _unit(kind, 0)
        fixes.append(Fix(f"Write `> 0{unit}` after it", (Edit(made.span.after(), f" > 0{unit}"),)))
    known = Fix("Write `is known` after it", (Edit(made.span.after(), " is known"),))
    if kind.kind is Kind.CHOICE and len(kind.options) <= MOST_CHOICES:  # that it is one of them is hardly the question
        return [_after(made, f"is {option_text(option)}") for option in kind.options]
    return [*fixes, known]


def _after(made: Expr, text: str) -> Fix:
    return Fix(f"Write `{text}` after it (this assumes that this is asked)", (Edit(made.span.after(), f" {text}"),))


def compared(left: Expr, right: Expr) -> list[Fix]:
    """`is` in place of a test of texts, where both sides are of one other kind."""
    if left.type.kind is not right.type.kind:
        return []
    between = left.span.after().to(right.span.start(0))
    return [Fix("Write is (this assumes that the same value is meant)", (Edit(between, " is "),))]


def exchanged(low: Constant, high: Constant) -> Fix | None:
    """Two literals, each in the other's place."""
    first, second = reworded(high, high.type) or _zero(high), reworded(low, low.type) or _zero(low)
    if not first or not second:
        return None
    return Fix("Exchange the two ends", (Edit(low.span, first), Edit(high.span, second)))


def _zero(made: Constant) -> str:
    """Nothing, in the unit of its kind."""
    return f"0{_unit(made.type, 0)}" if made.value == 0 else ""
