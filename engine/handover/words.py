"""A value on its way into a message: in words as people write them, and what each filter makes of it.

In: a value in evaluated form (see dsl/expressions/types.py) with its type. Out: text. This is the one meaning of every
filter and comparison of dsl/templates/vocabulary.py; whoever fills a template, row by row or in columns, comes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from stratagem.dsl.currencies import places
from stratagem.dsl.expressions.speak import EPOCH, duration_text, number_text, plural, share_text
from stratagem.dsl.expressions.types import NUMBER, TEXT, YES_NO, Kind, Type
from stratagem.dsl.templates.kinds import Literal_

Raw = str | float | bool | None
"""A value in evaluated form; dates are whole days, timestamps whole microseconds."""
_FIRST: Final = datetime(1970, 1, 1)
DAY_SECONDS: Final = 86_400
DAY_MICROS: Final = DAY_SECONDS * 1_000_000
EXACT: Final = 1e15
"""Above it a figure has no decimals to speak of."""
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value to be shown. `name`: the slot it comes from. `missing`: it was missing, whatever stands in its place.

    `label`: what is shown instead of the raw value, such as a tier's title. `places`: decimals that `round` left.
    """

    raw: Raw
    type: Type
    name: str = ""
    missing: bool = False
    label: str | None = None
    places: int | None = None


def literal(value: Literal_) -> Shown:
    """What is written out in a template."""
    kind = YES_NO if isinstance(value, bool) else NUMBER if isinstance(value, int | float) else TEXT
    return Shown(value, kind)


def raw_of(value: Literal_, kind: Type) -> Raw:
    """A literal as a value of this kind: a number of days for a duration, a text for a date."""
    if kind.kind is Kind.DURATION and kind.family == "days" and not isinstance(value, str):
        return float(value) * DAY_SECONDS
    if isinstance(value, str) and kind.kind in (Kind.DATE, Kind.TIMESTAMP):
        return (date.fromisoformat(value) - EPOCH).days * (1 if kind.kind is Kind.DATE else DAY_MICROS)
    return value if isinstance(value, str | bool) else float(value)


# ---- in words ----


def words(shown: Shown) -> str:
    """As people write it; nothing for what is missing."""
    value, kind = shown.raw, shown.type
    if value is None:
        return ""
    if shown.label is not None:
        return shown.label
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if kind.kind in (Kind.DATE, Kind.TIMESTAMP):
        at = _moment(value, kind)
        return at.date().isoformat() if kind.kind is Kind.DATE else at.isoformat(" ", "minutes")
    return _figure(float(value), kind, shown.places, True)


def _figure(value: float, kind: Type, kept: int | None, unit: bool) -> str:
    """A figure with or without its unit; `kept` decimals where `round` said so."""
    per = f" per {'year' if kind.per == 'months' else 'week'}" if kind.per and unit else ""
    if kind.kind is Kind.MONEY:
        amount = fixed(value, places(kind.currency) if kept is None else kept)
        return f"{amount} {kind.currency or ''}".rstrip() + per if unit else amount
    if kind.kind is Kind.SHARE:
        percent = value * 100 if kept is None else rounded(value * 100, kept)
        shown = share_text(value) if abs(value) >= EXACT else f"{_number(percent)}%"
        return shown if unit else shown.removesuffix("%")
    if kind.kind is Kind.DURATION:
        return _duration(value, kind, kept, unit)
    return _number(value) + per


def _duration(value: float, kind: Type, kept: int | None, unit: bool) -> str:
    """`42 days`; `round` and `number` speak of days, or of months for a duration in months."""
    if kept is None and unit:
        return duration_text(value, kind)
    count = value if kind.family == "months" else value / DAY_SECONDS
    if kept is not None:
        count = rounded(count, kept)
    return plural(count, "month" if kind.family == "months" else "day") if unit else _number(count)


def _number(value: float) -> str:
    return number_text(rounded(value, 6) + 0.0)


def rounded(value: float, digits: int) -> float:
    """Half away from zero, to so many places of what is written, not of the binary fraction behind it."""
    if abs(value) >= EXACT:
        return value
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def fixed(value: float, digits: int) -> str:
    """With exactly so many decimals, and thousands: `1,234.50`; zero has no sign."""
    return f"{rounded(value, digits) + 0.0:,.{digits}f}"


def _moment(value: float, kind: Type) -> datetime:
    """A date or timestamp; the first or last there is for one that no calendar on a wall has."""
    try:
        count = int(value)
        return _FIRST + (timedelta(days=count) if kind.kind is Kind.DATE else timedelta(microseconds=count))
    except OverflowError:
        return datetime.max if value > 0 else datetime.min


# ---- filters ----


def filtered(shown: Shown, name: str, arguments: tuple[Literal_, ...] = ()) -> Shown:
    """What a filter makes of a value. A missing value stays missing, except for `default`."""
    if name == "default":
        return _default(shown, arguments[0])
    return shown if shown.raw is None else _FILTERS[name](shown, *arguments)


def _default(shown: Shown, value: Literal_) -> Shown:
    if shown.raw is not None:
        return shown
    kind = literal(value).type
    alike = kind.kind is shown.type.kind or (kind is NUMBER and shown.type.is_numeric)
    if not alike:
        return replace(shown, raw=value, type=kind, missing=True)
    return replace(shown, raw=raw_of(value, shown.type), missing=True)


def _text(shown: Shown, text: str) -> Shown:
    return replace(shown, raw=text, type=TEXT, label=None, places=None)


def _on_words(change: Callable[[str], str]) -> Callable[[Shown], Shown]:
    return lambda shown: _text(shown, change(words(shown)))


def _round(shown: Shown, digits: Literal_ = 0) -> Shown:
    """Figures only: what `default` put in the place of one stays as it is."""
    value, kind = shown.raw, shown.type
    if isinstance(value, bool | str | None):
        return shown
    kept = int(digits)
    if kind.kind is Kind.SHARE:
        return replace(shown, raw=rounded(value, kept + 2), places=kept)  # of the per cent that are shown
    unit = DAY_SECONDS if kind.kind is Kind.DURATION and kind.family == "days" else 1
    return replace(shown, raw=rounded(value / unit, kept) * unit, places=kept)


def _abs(shown: Shown) -> Shown:
    return shown if isinstance(shown.raw, bool | str | None) else replace(shown, raw=abs(shown.raw))


def _number_filter(shown: Shown) -> Shown:
    value = shown.raw
    if isinstance(value, bool | str | None):
        return shown
    return _text(shown, _figure(float(value), shown.type, shown.places, False))


def _date(shown: Shown, form: Literal_) -> Shown:
    value = shown.raw
    if isinstance(value, bool | str | None):
        return shown
    at = _moment(value, shown.type)
    parts = {
        "d": f"{at.day:02}", "m": f"{at.month:02}", "Y": f"{at.year:04}", "y": f"{at.year % 100:02}",
        "B": MONTHS[at.month - 1], "b": MONTHS[at.month - 1][:3], "A": DAYS[at.weekday()],
        "a": DAYS[at.weekday()][:3], "H": f"{at.hour:02}", "M": f"{at.minute:02}", "%": "%",
    }  # fmt: skip
    return _text(shown, re.sub("%(.)", lambda found: parts.get(found[1], found[0]), str(form)))


_WORD = re.compile(r"[^\s-]+")


def _title(text: str) -> str:
    return _WORD.sub(lambda found: found[0][:1].upper() + found[0][1:].lower(), text)


def _truncate(shown: Shown, length: Literal_) -> Shown:
    text, most = words(shown), int(length)
    return _text(shown, text if len(text) <= most else text[: most - 1].rstrip() + "…")


def _replace(shown: Shown, old: Literal_, new: Literal_) -> Shown:
    return _text(shown, words(shown).replace(str(old), str(new)) if old else words(shown))


_FILTERS: Final[dict[str, Callable[..., Shown]]] = {
    "round": _round,
    "abs": _abs,
    "number": _number_filter,
    "date": _date,
    "upper": _on_words(str.upper),
    "lower": _on_words(str.lower),
    "title": _on_words(_title),
    "capitalize": _on_words(str.capitalize),
    "trim": _on_words(str.strip),
    "truncate": _truncate,
    "replace": _replace,
}


# ---- conditions: true, false, or None for unknown ----


def compared(left: Shown, op: str, right: Shown) -> bool | None:
    """How two values compare; unknown when either is missing, or they are not alike."""
    one, other = left.raw, right.raw
    if one is None or other is None:
        return None
    if isinstance(one, str) and isinstance(other, str):
        return _ordered(one < other, one == other, op)
    if isinstance(one, str) or isinstance(other, str) or isinstance(one, bool) != isinstance(other, bool):
        return None
    return _ordered(one < other, one == other, op)


def _ordered(less: bool, same: bool, op: str) -> bool:
    """The answer of a comparison, from how its two sides stand to each other."""
    return {
        "==": same, "!=": not same, "<": less, "<=": less or same, ">": not (less or same), ">=": not less,
    }[op]  # fmt: skip


def against(left: Shown, op: str, value: Literal_) -> bool | None:
    """A value compared with a literal, in the value's unit; a timestamp is compared by its day."""
    if left.type.kind is Kind.TIMESTAMP and isinstance(left.raw, int) and isinstance(value, str):
        left = replace(left, raw=left.raw // DAY_MICROS * DAY_MICROS)
    try:
        return compared(left, op, Shown(raw_of(value, left.type), left.type))
    except ValueError:  # a text that is no number or date: what `default` put there is compared as it is
        return compared(left, op, literal(value))


def holds(shown: Shown) -> bool | None:
    """A value that stands alone as a condition: yes, or for what is not yes_no, known."""
    if isinstance(shown.raw, bool):
        return shown.raw
    return None if shown.raw is None and shown.type.kind is Kind.YES_NO else shown.raw is not None


def negated(value: bool | None) -> bool | None:
    """`not`."""
    return None if value is None else not value


def both(one: bool | None, other: bool | None) -> bool | None:
    """`and`: false when either is."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def either(one: bool | None, other: bool | None) -> bool | None:
    """`or`: true when either is."""
    return negated(both(negated(one), negated(other)))
