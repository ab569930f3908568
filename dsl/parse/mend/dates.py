"""Dates and times of day as other countries write them. A date that can be read in two ways is offered in both."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from stratagem.dsl.parse.mend.step import Step, finditer, with_figures

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ELSEWHERE = {
    "januar": 1, "februar": 2, "märz": 3, "maerz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "okt": 10,
    "dezember": 12, "dez": 12, "janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "maart": 3, "mei": 5, "augustus": 8, "enero": 1,
    "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "octubre": 10, "diciembre": 12,
}  # fmt: skip
_MONTH = r"([A-Za-zäéû]{3,10})\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(\d{4})"
_SEPARATED = r"(?<![\w./-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?![\w/-])"
_CLOCK = (
    r"(?<![\w:.,-])(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s?((?i:a\.?m\.?|p\.?m\.?|hrs?|h|uhr|o'clock|oclock))?(?![\w:%])"
)
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


def date_steps(text: str) -> Iterator[Step]:
    """Every way a stretch of text may be meant as a date."""
    for found in with_figures(_SEPARATED, text):
        yield from _numbers(found)
    yield from _named(text)
    for found in with_figures(r"(?<![\w.-])(20\d\d|19\d\d)(\d\d)(\d\d)(?![\w.-])", text):
        yield from _made(found, int(found[1]), int(found[2]), int(found[3]), "", 0.7)
    yield from _ends(text)


def _numbers(found: re.Match[str]) -> Iterator[Step]:
    first, middle, last = (int(found[n]) for n in (1, 3, 4))
    if len(found[1]) == 4:
        yield from _made(found, first, middle, last, "", 0.5)
        if middle > 12:
            yield from _made(found, first, last, middle, "that the day comes before the month", 0.6)
        return
    if len(found[4]) not in (2, 4):
        return
    year = last if len(found[4]) == 4 else 2000 + last
    dotted = found[2] == "."
    sure = dotted or first == middle or first > 12 or middle > 12
    if middle <= 12:
        yield from _made(found, year, middle, first, "" if sure else "that the day comes first", 0.5)
    if first <= 12 and not dotted and first != middle:
        yield from _made(found, year, first, middle, "" if sure else "that the month comes first", 0.5)


def _named(text: str) -> Iterator[Step]:
    forms = (
        (rf"\b{_DAY}\s*(?:of\s+)?[-\s]\s*{_MONTH},?[-\s]\s*{_YEAR}\b", (3, 2, 1)),
        (rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", (3, 1, 2)),
        (rf"\b{_YEAR}[-\s]{_MONTH}[-\s]{_DAY}\b", (1, 2, 3)),
        (rf"(?<!\d )(?<!\d-)(?<!\dst )(?<!th )(?<!of )\b{_MONTH}\s+{_YEAR}\b", (2, 1, 0)),
    )
    for pattern, (year, month, day) in forms:
        for found in with_figures(pattern, text):
            number = _month(found[month])
            if number is None:
                continue
            last = monthrange(int(found[year]), number)[1]
            assumed = "" if day else "that the month's last day is meant"
            yield from _made(found, int(found[year]), number, int(found[day]) if day else last, assumed, 0.5)


def _month(word: str) -> int | None:
    low = word.lower()
    if low in _ELSEWHERE:
        return _ELSEWHERE[low]
    return next((n for n, name in enumerate(_MONTHS, 1) if len(low) > 2 and name.startswith(low[:3])
                 and (name.startswith(low) or low == "sept" or abs(len(name) - len(low)) < 2)), None)  # fmt: skip


def _ends(text: str) -> Iterator[Step]:
    """`end of 2026`, `Q4 2026`, `2026-12`, `2026`: the last day of it."""
    last = "that its last day is meant"
    for found in with_figures(r"(?i:the\s+)?(?i:end(?:\s+of)?)\s+(\d{4})\b", text):
        yield from _made(found, int(found[1]), 12, 31, last, 0.6)
    for found in with_figures(r"(?i:q([1-4]))[\s/-]*(\d{4})\b|\b(\d{4})[\s/-]*(?i:q([1-4]))\b", text):
        quarter, year = int(found[1] or found[4]), int(found[2] or found[3])
        yield from _made(found, year, 3 * quarter, monthrange(year, 3 * quarter)[1], last, 0.6)
    for found in with_figures(r"\b[Hh]([12])[\s/-]*(\d{4})\b|\b(\d{4})[\s/-]*[Hh]([12])\b", text):
        half, year = int(found[1] or found[4]), int(found[2] or found[3])
        yield from _made(found, year, 6 * half, 30 if half == 1 else 31, last, 0.5)
    for found in with_figures(r"(?<![\w./-])(\d{4})[-/.](\d{1,2})(?![\w./-])", text):
        if 1 <= int(found[2]) <= 12:
            yield from _made(
                found, int(found[1]), int(found[2]), monthrange(int(found[1]), int(found[2]))[1], last, 0.9
            )
    for found in with_figures(r"(?<![\w./,-])(20\d\d)(?![\w./,%-])(?!\s+[A-Z]{3}\b)", text):
        yield from _made(found, int(found[1]), 12, 31, last, 1.2)


def _made(found: re.Match[str], year: int, month: int, day: int, assumes: str, cost: float) -> Iterator[Step]:
    """The step to a day that there is; for the 31st of a shorter month its last day."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 9999):
        return
    last = monthrange(year, month)[1]
    if day > last:
        day, assumes, cost = last, "that the month's last day is meant", cost + 0.2
    written = f"{year:04}-{month:02}-{day:02}"
    if written != found.group():
        yield Step(found.start(), found.end(), written, cost, "S173", assumes)


def impossible_day(text: str) -> Iterator[Step]:
    """`2026-11-31`, `2026-13-01`, `24:00`: what there is nearest to it."""
    for found in with_figures(r"\b(\d{4})-(\d{2})-(\d{2})\b", text):
        year, month, day = (int(found[n]) for n in (1, 2, 3))
        if month > 12 and day <= 12:
            yield Step(found.start(), found.end(), f"{year:04}-{day:02}-{month:02}", 0.6, "S174", "that the day came "
                       "before the month")  # fmt: skip
        elif month > 12:
            last = monthrange(max(year, 1), 12)[1]
            written = f"{year:04}-12-{min(day, last) or 1:02}"
            yield Step(found.start(), found.end(), written, 0.7, "S174", "that the last month is meant")
        elif 1 <= month <= 12 and day == 0:
            written = f"{year:04}-{month:02}-01"
            yield Step(found.start(), found.end(), written, 0.7, "S174", "that the first day is meant")
        elif 1 <= month <= 12 and day > monthrange(max(year, 1), month)[1]:
            last = monthrange(max(year, 1), month)[1]
            yield Step(found.start(), found.end(), f"{year:04}-{month:02}-{last:02}", 0.6, "S174", "that the month's "
                       "last day is meant")  # fmt: skip
    for found in with_figures(r"\b24:00\b", text):
        yield Step(found.start(), found.end(), "00:00", 0.6, "S174", "that midnight is meant")
    for found in with_figures(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])", text):
        hour, minute = int(found[1]), int(found[2])
        if hour > 24 and hour - 24 < 24 and minute < 60:
            written = f"{hour - 24:02}:{minute:02}"
            yield Step(found.start(), found.end(), written, 0.7, "S174", "that it is the next day")
        elif minute > 59 and hour < 24:
            yield Step(found.start(), found.end(), f"{hour:02}:59", 0.7, "S174", "that the hour's end is meant")


def time_steps(text: str) -> Iterator[Step]:
    """`8pm`, `8.30 pm`, `20h`, `20.00`, `20`, `noon`."""
    for found in with_figures(_CLOCK, text):
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "").lower()
        if half in ("am", "pm"):
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif hour == 24 and not minute:
            hour = 0
        written = f"{hour:02}:{minute:02}"
        if hour < 24 and minute < 60 and written != found.group():
            yield Step(found.start(), found.end(), written, 0.6 if half or found[2] else 1.1, "S195")
    for found in finditer(r"\b(?i:noon|midday|midnight)\b", text):
        yield Step(found.start(), found.end(), _WORDS[found.group().lower()], 0.6, "S195")
