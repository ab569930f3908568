"""How numbers, money, shares, durations, dates and times are written in data: one set of patterns for all readers.

In: a kind, or a date format. Out: a regular expression that Python's `re` and Rust's regex read alike (ASCII digits,
no look-around), with named groups for the parts. `columns` and `single` both take values apart with these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

BLANKS = " \t\r\n\u00a0\ufeff"
"""Taken off both ends of every text."""

# A grouping comma is read only where it can be nothing else: `1,234.50` or `1,234,567`, never a lone `1,234`.
NUMBER = (
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]*)?|[0-9]{1,3},[0-9]{3}\.[0-9]*"
    r"|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
)
PLAIN_NUMBER = rf"^(?P<number>{NUMBER})$"
MONEY = rf"^(?:(?P<before>[A-Z]{{3}}) ?)?(?P<number>{NUMBER})(?: ?(?P<after>[A-Z]{{3}}))?$"
PERCENT = r"^(?P<number>[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)) ?%$"
DURATION = rf"^(?P<number>{NUMBER}) ?(?P<unit>minute|hour|day|week|month|quarter|year)s?$"

_DAY = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_SECOND = r"(?P<second>[0-5][0-9])(?:[.,](?P<fraction>[0-9]{1,9}))?"
_CLOCK = rf"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::{_SECOND})?"
_ZONE = r"(?: ?(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
ISO_DATE = rf"^{_DAY}$"
ISO = rf"^{_DAY}(?:[T ]{_CLOCK}{_ZONE})?$"

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_NUMBERS = {name: n for n, full in enumerate(MONTHS, 1) for name in (full, full[:3])}
_MONTH_NAMES = r"(?i:january|february|march|april|may|june|july|august|september|october|november|december)"
_MONTH_SHORT = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"

DIRECTIVES = {
    "d": r"(?P<day>[0-9]{1,2})",
    "e": r"(?P<day>[0-9]{1,2})",
    "m": r"(?P<month>[0-9]{1,2})",
    "b": rf"(?P<month_name>{_MONTH_SHORT})",
    "B": rf"(?P<month_name>{_MONTH_NAMES})",
    "Y": r"(?P<year>[0-9]{4})",
    "y": r"(?P<short_year>[0-9]{2})",
    "H": r"(?P<hour>[01]?[0-9]|2[0-3])",
    "I": r"(?P<hour>0?[1-9]|1[0-2])",
    "p": r"(?P<half>(?i:am|pm))",
    "M": r"(?P<minute>[0-5]?[0-9])",
    "S": r"(?P<second>[0-5]?[0-9])",
    "f": r"(?P<fraction>[0-9]{1,9})",
    "z": r"(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)",
    "%": "%",
}
"""What `as "…"` of a date may hold. A two-digit year from 69 on is of the last century."""


@dataclass(frozen=True, slots=True)
class DatePattern:
    """A way to write a date: the expression, and which parts it has."""

    regex: str
    parts: frozenset[str]


def _pattern(regex: str) -> DatePattern:
    return DatePattern(regex, frozenset(re.compile(regex).groupindex))


ANY_ISO = _pattern(ISO)


@cache
def date_pattern(written: str | None) -> DatePattern | None:
    """The pattern of `as "%d.%m.%Y"`; of ISO 8601 for None. None when the format cannot say a whole date."""
    if written is None:
        return ANY_ISO
    regex, at = "^", 0
    while at < len(written):
        letter = written[at]
        if letter == "%":
            at += 1
            directive = DIRECTIVES.get(written[at : at + 1])
            if directive is None:
                return None
            regex += directive
        else:
            regex += re.escape(letter)
        at += 1
    return _whole(regex + "$")


def _whole(regex: str) -> DatePattern | None:
    try:
        pattern = _pattern(regex)
    except re.error:  # the same part twice
        return None
    parts = pattern.parts
    year = {"year", "short_year"} & parts
    month = {"month", "month_name"} & parts
    return pattern if len(year) == 1 and len(month) == 1 and "day" in parts else None
