"""Dates and times of day as other countries write them. A date that can be read in two ways is offered in both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, has_figure, looked_up, search, with_figures

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
_YEAR = r"(\d{4}|['’]\d{2})"
_PART = (
    r"(?i:(?:the\s+)?(?:very\s+)?(end|start|beginning|begin|middle|mid|half|early|late|last day|first day|ende|anfang|"
    r"mitte|fin|d[eé]but|mi|eind|medio)[\s-]+(?:of\s+|de\s+|van\s+)?(?:the\s+)?)?"
)
_STARTS = frozenset(("start", "beginning", "begin", "early", "first day", "anfang", "début", "debut"))
_MIDDLES = frozenset(("middle", "mid", "half", "mitte", "mi", "medio"))
_SEPARATED = r"(?<![\w./-])(\d{1,4})\s?([./–—‑-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?![\w/-])"
_CLOCK = (
    r"(?<![\w:.,-])(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s?((?i:a\.?m\.?|p\.?m\.?|hrs?|h|uhr|o'clock|oclock))?"
    r"(?![\w:%])"
)
_LIKE_A_DATE = r"\d{4}|['’./–—‑-]\s?\d\d|[A-Z][a-z]{2,8}\.?,?\s\d\d|\d,\s?\d\d"
"""What every date has: a year, or two figures of one; where it is missing, no other pattern is looked for."""
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


@looked_up
def date_steps(text: str, month_first: bool = False) -> Iterator[Step]:
    """Every way a stretch of text may be meant as a date. `month_first`: the other dates of the file show it so."""
    if not any(finditer(_LIKE_A_DATE, text)):
        return
    for found in with_figures(_SEPARATED, text, *"./-–—‑"):
        yield from _numbers(found, month_first)
    yield from _named(text)
    for found in with_figures(r"(?<![\w.,-])(20\d\d|19\d\d) ?(\d\d) ?(\d\d)(?![\w.,-])", text):
        yield from _made(found, int(found[1]), int(found[2]), int(found[3]), "", 0.7)
    yield from _periods(text)
    yield from _named_days(text)


def _numbers(found: re.Match[str], month_first: bool) -> Iterator[Step]:
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
    months = month_first and not sure
    like = ", as in other dates of this file" if months else ""
    if middle <= 12:
        yield from _made(found, year, middle, first, "" if sure else "that the day comes first", 0.5 + 0.1 * months)
    if first <= 12 and not dotted and first != middle:
        yield from _made(found, year, first, middle, "" if sure else f"that the month comes first{like}", 0.5)


_FORMS = (
    (rf"\b{_DAY}\s*(?:of\s+)?[-\s/.]?\s*{_MONTH},?[-\s/.]\s*{_YEAR}(?!\w)", (3, 2, 1)),
    (rf"\b{_DAY}[-/.]{_MONTH}[-/.](\d{{2}})(?!\w)", (3, 2, 1)),
    (rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\w)", (3, 1, 2)),
    (rf"\b{_DAY}\s+{_MONTH},?\s+(\d{{2}})(?![\w.,%])", (3, 2, 1)),
    (rf"\b{_MONTH}\s+{_DAY},\s*(\d{{2}})(?![\w.,%])", (3, 1, 2)),
    (rf"\b{_YEAR}[-\s]{_MONTH}[-\s]{_DAY}\b", (1, 2, 3)),
)
"""Patterns of a day of a named month, with the groups of year, month and day."""


def _named(text: str) -> Iterator[Step]:
    """`1 October 2026`, `Oct 1st, 2026`, `2026 October 1`, `1-Oct-26`."""
    for pattern, (year, month, day) in _FORMS:
        for found in with_figures(pattern, text):
            number = _month(found[month])
            if number is not None:
                yield from _made(found, _year(found[year]), number, int(found[day]), "", 0.5)


def _year(written: str) -> int:
    """`2027`, `'27`."""
    figures = int(written.lstrip("'’"))
    return figures if figures > 99 else 2000 + figures


def _month(word: str) -> int | None:
    low = word.lower()
    if low in _ELSEWHERE:
        return _ELSEWHERE[low]
    return next((n for n, name in enumerate(_MONTHS, 1) if len(low) > 2 and name.startswith(low[:3])
                 and (name.startswith(low) or low == "sept" or abs(len(name) - len(low)) < 2)), None)  # fmt: skip


_OF_YEAR = r"[\s/-]*(?:of\s+|in\s+)?(?:FY\s?)?(\d{4}|['’]\d{2})(?!\w)"
_NO_DAY = r"(?<!\d )(?<!\d-)(?<!\d/)(?<!\d\.)(?<!\d)(?<!\dst )(?<!\dth )(?<!\drd )(?<!\dnd )(?<!\d of )"
"""No day of the month stands before it."""
_OF_MONTH = (
    rf"{_PART}{_NO_DAY}\b{_MONTH}(?:\s+of)?[\s/-]*{_YEAR}(?!\w)",
    rf"{_PART}{_NO_DAY}\b{_MONTH}-(\d{{2}})(?![\w-])",
)
_OF_QUARTER = rf"{_PART}\b(?i:q([1-4])|(\w+)\s+quarter){_OF_YEAR}"
_OF_HALF = rf"{_PART}\b(?i:h([12])|(\w+)\s+half){_OF_YEAR}"
_PART_OF_YEAR = rf"(?<![\w-]){_PART.removesuffix('?')}(?:year\s+)?(?:FY\s?)?(\d{{4}})\b"
_YEAR_MONTH = rf"{_PART}(?<![\w./-])(\d{{4}})[-/.](\d{{1,2}})(?![\w./-])"
_MONTH_YEAR = rf"{_PART}(?<![\w./-])(\d{{1,2}})[/.-](20\d\d)(?![\w./-])"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4}


def _periods(text: str) -> Iterator[Step]:
    """`end of Nov 2027`, `mid-October 2027`, `Q4 2026`, `end of 2026`, `2026-12`, `12/2026`, `2026`: one day of it."""
    for found in (found for pattern in _OF_MONTH for found in with_figures(pattern, text)):
        month = _month(found[2])
        if month is not None:
            yield from _day_of(found, found[1], _year(found[3]), month, month)
    for found in with_figures(_OF_QUARTER, text, *"qQ"):
        quarter = int(found[2] or _ORDINAL.get(found[3].lower(), 0))
        if quarter:
            yield from _day_of(found, found[1], _year(found[4]), 3 * quarter - 2, 3 * quarter)
    for found in with_figures(_OF_HALF, text, *"hH"):
        half = int(found[2] or _ORDINAL.get(found[3].lower(), 0))
        if 0 < half < 3:
            yield from _day_of(found, found[1], _year(found[4]), 6 * half - 5, 6 * half)
    for found in with_figures(r"\b(\d{4})[\s/-]*(?i:([qh])([1-4]))\b", text):
        months = 3 if found[2] in "qQ" else 6
        if months * int(found[3]) <= 12:
            yield from _day_of(found, None, int(found[1]), months * int(found[3]) - months + 1, months * int(found[3]))
    for found in with_figures(_PART_OF_YEAR, text):
        yield from _day_of(found, found[1], int(found[2]), 1, 12, 0.6)
    for found in with_figures(r"(?i:the\s+)?(?i:\byear[\s-]?end|\beoy|\bye)\s*(?:of\s+|in\s+)?(\d{4})\b", text):
        yield from _day_of(found, "end", int(found[1]), 1, 12, 0.6)
    for found in with_figures(_YEAR_MONTH, text):
        if 1 <= int(found[3]) <= 12:
            yield from _day_of(found, found[1], int(found[2]), int(found[3]), int(found[3]), 0.9 - 0.4 * bool(found[1]))
    for found in with_figures(_MONTH_YEAR, text):
        if 1 <= int(found[2]) <= 12:
            yield from _day_of(found, found[1], int(found[3]), int(found[2]), int(found[2]), 0.65)
    for found in with_figures(r"(?<![\w./,-])(20\d\d)(?![\w./,%-])(?!\s+[A-Z]{3}\b)", text):
        yield from _day_of(found, None, int(found[1]), 1, 12, 1.2)


FIRST, LAST = "that its first day is meant", "that its last day is meant"
_BEFORE_FIRST = r"(?i)(?:\b(?:from|since|between|starting(?:\s+(?:in|from|at|on))?|effective|before)|>=|<)\s*$"
"""What stands before the first day of a month: what begins with it, or ends before it."""
_RANGE = (
    r"(?i)\s*(?:-|–|—|→|->|(?:to|until|till|through|and|bis)\b)\s*(?:the\s+)?(?:[a-z]+\s+of\s+)?"
    r"(?:[qh]?[1-4]\s|\d|[a-z]{3,9}\.?[\s-]*['’]?\d)"
)
"""What follows the first of two dates."""


def _begins(found: re.Match[str]) -> bool:
    """Does something begin with these months, so that their first day is meant."""
    if found.start() == 0:
        return compiled(_RANGE).match(found.string, found.end()) is not None
    return compiled(_BEFORE_FIRST).search(found.string, 0, found.start()) is not None


def _day_of(
    found: re.Match[str], part: str | None, year: int, first: int, last: int, cost: float = 0.5
) -> Iterator[Step]:
    """The day of some months that is meant: the last one, unless they begin something, or another part is named."""
    low = (part or "").lower()
    if low in _STARTS or (not low and _begins(found)):
        yield from _made(found, year, first, 1, FIRST, cost)
    elif low in _MIDDLES:
        middle = (first + last + 1) // 2
        day, month = (15, first) if last == first else (1, middle)
        yield from _made(found, year, month, day, "that its middle is meant", cost)
    else:
        yield from _made(found, year, last, _last_day(max(year, 1), last), LAST, cost)


_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_DAYS = {"christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25), "new year's eve": (12, 31)}


def _named_days(text: str) -> Iterator[Step]:
    """`Christmas 2027`, `by autumn 2027`: a day or a time of the year by its name."""
    low = text.lower()
    for name in (name for name in (*_DAYS, *_SEASONS) if name in low):
        for found in with_figures(rf"{_PART}\b(?i:{name})(?:\s+of)?\s+{_YEAR}(?!\w)", text):
            if name in _SEASONS:
                yield from _day_of(found, found[1], _year(found[2]), *_SEASONS[name])
            elif (month_day := _DAYS[name]) and not found[1]:
                yield from _made(found, _year(found[2]), *month_day, f"that {name.title()} is that day", 0.5)


def _last_day(year: int, month: int) -> int:
    from calendar import monthrange  # only when there is a date: start-up time

    return monthrange(year, month)[1]


def _made(found: re.Match[str], year: int, month: int, day: int, assumes: str, cost: float) -> Iterator[Step]:
    """The step to a day that there is; for the 31st of a shorter month its last day."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 9999):
        return
    last = _last_day(year, month)
    if day > last:
        day, assumes, cost = last, "that the month's last day is meant", cost + 0.2
    written = f"{year:04}-{month:02}-{day:02}"
    if written != found.group():
        yield Step(found.start(), found.end(), written, cost, "S173", assumes)


_TWO_DAYS = (
    rf"\b{_DAY}\s*(?:of\s+)?[-\s]?\s*{_MONTH}\s+(?:to|until|till|-|–)\s+(?:the\s+)?"
    rf"(?:{_DAY}\s*(?:of\s+)?[-\s]?\s*{_MONTH},?\s+(\d{{4}})|(\d{{4}})-(\d\d)-(\d\d))"
)


def dates_of_one_year(text: str) -> Iterator[Step]:
    """`from 15 September to 30 April 2027`: the first day stands in the last such year before the second."""
    for found in with_figures(_TWO_DAYS, text):
        month, other = _month(found[2]), _month(found[4]) if found[4] else int(found[7])
        if month is None or other is None:
            continue
        last, day = int(found[5] or found[6]), int(found[3] or found[8])
        year = last - ((month, int(found[1])) > (other, day))
        written = f"{year}-{month:02}-{int(found[1]):02} to {last}-{other:02}-{day:02}"
        yield Step(found.start(), found.end(), written, 0.2, "S173")


_NO_YEAR = (
    (rf"\b{_DAY}\s*(?:of\s+)?[-\s]?\s*{_MONTH}(?![\w'’-]|,?\s*['’]?\d)", 1, 2),
    (rf"\b{_MONTH}\s+{_DAY}(?![\w'’-]|,?\s*['’]?\d)", 2, 1),
    (r"(?<![\w./,-])(\d{1,2})[./](\d{1,2})\.?(?![\w/%,-]|\.\d|\s*[A-Z%])", 1, 2),
)
_BEFORE_A_DAY = r"\b(?:by|to|from|on|until|before|done|reviewed|paid|as at|as of|effective|due|after)\s+(?:the\s+)?"
_EFFECTIVE = r"(?m)^\s+(?:version \d+ effective|reviewed) (\d{4}-\d\d-\d\d)\b"


def yearless_steps(text: str, line: str, hints: Hints) -> Iterator[Step]:
    """`by 31 January`, `done 20/11`: the first such day after the strategy's own, and after those that a goal sets on
    its way; of a review the last one before."""
    if not has_figure(text) or search(_BEFORE_A_DAY, text) is None or any(finditer(r"\d{4}", text)):
        return
    own = next((found[1] for each in hints.texts for found in finditer(_EFFECTIVE, each, "effective", "reviewed")), "")
    block = next((each for each in hints.texts if line in each), "") if line.startswith("from ") else ""
    since = max([own, *(found.group() for found in finditer(r"(?<=by )\d{4}-\d\d-\d\d", block))])
    for pattern, of_day, of_month in _NO_YEAR if own else ():
        for found in with_figures(pattern, text):
            before = compiled(_BEFORE_A_DAY + "$").search(text, 0, found.start())
            month = int(found[of_month]) if found[of_month].isdigit() else _month(found[of_month]) or 0
            day = int(found[of_day])
            day, month = (month, day) if month > 12 >= day else (day, month)
            if before is not None and 1 <= month <= 12 and 1 <= day <= _last_day(2024, month):
                past = before.group().startswith("reviewed")
                year = int(since[:4]) + (f"{month:02}-{day:02}" <= since[5:]) - past
                meant = f"{year}, the {'last such day before' if past else 'first such day after'} {since}"
                yield from _made(found, year, month, day, meant, 0.4)


def impossible_day(text: str) -> Iterator[Step]:
    """`2026-11-31`, `2026-13-01`, `24:00`: what there is nearest to it."""
    for found in with_figures(r"\b(\d{4})-(\d{2})-(\d{2})\b", text, "-"):
        year, month, day = (int(found[n]) for n in (1, 2, 3))
        if month > 12 and day <= 12:
            yield Step(found.start(), found.end(), f"{year:04}-{day:02}-{month:02}", 0.6, "S174", "that the day came "
                       "before the month")  # fmt: skip
        elif month > 12:
            last = _last_day(max(year, 1), 12)
            written = f"{year:04}-12-{min(day, last) or 1:02}"
            yield Step(found.start(), found.end(), written, 0.7, "S174", "that the last month is meant")
        elif 1 <= month <= 12 and day == 0:
            written = f"{year:04}-{month:02}-01"
            yield Step(found.start(), found.end(), written, 0.7, "S174", "that the first day is meant")
        elif 1 <= month <= 12 and day > _last_day(max(year, 1), month):
            last = _last_day(max(year, 1), month)
            yield Step(found.start(), found.end(), f"{year:04}-{month:02}-{last:02}", 0.6, "S174", "that the month's "
                       "last day is meant")  # fmt: skip
    for found in with_figures(r"\b24:00\b", text, "24:00"):
        yield Step(found.start(), found.end(), "00:00", 0.6, "S174", "that midnight is meant")
    for found in with_figures(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])", text, ":"):
        hour, minute = int(found[1]), int(found[2])
        if hour > 24 and hour - 24 < 24 and minute < 60:
            written = f"{hour - 24:02}:{minute:02}"
            yield Step(found.start(), found.end(), written, 0.7, "S174", "that it is the next day")
        elif minute > 59 and hour < 24:
            yield Step(found.start(), found.end(), f"{hour:02}:59", 0.7, "S174", "that the hour's end is meant")


@looked_up
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


def clock(written: str) -> str:
    """`8pm`, `20.00 Uhr`, `20`, `2000`, `8 in the evening`, `noon` as `20:00`; empty when it is no time of day."""
    written = re.sub(r"(?i)\s*(?:in the (?:afternoon|evening)|at night)$", "pm", written.strip())
    written = re.sub(r"(?i)\s*in the morning$", "am", written)
    if re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d", written):
        return f"{written[:2]}:{written[2:]}"
    steps = [step for step in time_steps(written.strip()) if step.start == 0 and step.end == len(written.strip())]
    return steps[0].text if steps else written.strip() if re.fullmatch(r"\d{2}:\d{2}", written.strip()) else ""
