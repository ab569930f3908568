"""Lengths of time, and so much in one, as other countries and people write them: `60d`, `half an hour`, `2 a week`.

In: a text. Out: steps to a number with its unit in full, and to rates with `per`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.parse.mend.comparisons import ANY_UNIT
from stratagem.dsl.parse.mend.likely import Rows
from stratagem.dsl.parse.mend.numbers import COUNTS, plain_number
from stratagem.dsl.parse.mend.step import Step, compiled, finditer, looked_up, match, with_figures

LENGTHS = {
    "m": "minutes", "min": "minutes", "mins": "minutes", "minuts": "minutes", "hr": "hours", "hrs": "hours",
    "h": "hours", "d": "days", "dy": "days", "dys": "days", "wk": "weeks", "wks": "weeks", "w": "weeks",
    "mo": "months", "mon": "months", "mos": "months", "mth": "months", "mths": "months", "mnth": "months",
    "mnths": "months",
    "q": "quarters", "qtr": "quarters", "qtrs": "quarters", "y": "years", "yr": "years", "yrs": "years",
    "fortnight": "2 weeks", "fortnights": "2 weeks",
}  # fmt: skip
ABROAD = {
    "minutes": "minuten minuter minutos minuti minutter",
    "hours": "std stunde stunden heure heures uur uren timer timmar horas ore",
    "days": "tag tage tagen jour jours dag dagen dage dager dagar día días dia dias giorni",
    "weeks": "woche wochen semaine semaines week weken uge uger uke uker vecka veckor semana semanas",
    "months": "monat monate monaten mois maand maanden måned måneder md mdr månad månader mes meses mesi",
    "quarters": "quartal quartale trimestre kvartal kwartaal",
    "years": "jahr jahre jahren an ans année années jaar år año años anni",
}  # fmt: skip
"""Units of time in the languages of the neighbours."""
_ELSEWHERE = {word: unit for unit, words in ABROAD.items() for word in words.split()}
OFTEN = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year",
    "annually": "year", "annual": "year",
}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_PERIOD = rf"((?:\d+\s+)?(?:{ANY_UNIT})s?)\b"
_OFTEN = "|".join(OFTEN)
_SHORT = "|".join(word for word in LENGTHS if "fortnight" not in word)
_COUNTED = "|".join(COUNTS)
_CODE = "(?:[A-Z]{3}\\s*)?"

_BARE_UNIT = rf"\b(?:(?:a|an|one|every|each|the|last|next|within|of)\s+)({ANY_UNIT})\b"
_TWO_SPANS = rf"\b(\d+)\s+({ANY_UNIT})s?\s+(?:and\s+)?(\d+)\s+({ANY_UNIT})s?\b"
_HOW_OFTEN = rf"\b(?i:{_OFTEN})\b"
_OFTEN_AN_AMOUNT = rf"\b(?i:({_OFTEN}))\s+(\d[\d,.]*(?:\s*[A-Z]{{3}}\b)?)"
_A_TIME = r"/|\b(?:a|an|each|every|(?:in|within)(?:\s+(?:an?|any|one|each))?|pro|p\.)\s"
_RATE = rf"(\d[\d.,]*\s*{_CODE})\s*(?:{_A_TIME})\s*{_PERIOD}"
_PER_SHORT = (
    rf"(\d[\d,.]*(?:\s*[A-Z]{{3}})?)\s*(?:p?/|per\s?|pro\s|p\.)\s*((?i:{_SHORT}|{'|'.join(_ELSEWHERE)}|{ANY_UNIT}))(?!\w)\.?"
)
_SHORT_TIMES = r"^(?:takes|answers|hours|people|process|technology)\b"
"""At the start of a line whose lengths of time may be told in minutes."""


@looked_up
def length_steps(text: str) -> Iterator[Step]:
    """`60d`, `6 mins`, `two weeks`, `a week`, `monthly`, `in last year`, `12-month`."""
    short = match(_SHORT_TIMES, text) is not None
    for found in with_figures(r"(\d[\d,]*)\s*-?\s*([^\W\d_]+)\b\.?", text):
        unit = _length(found[2])
        if unit is None or (found[2] == "m" and not short):
            continue
        count = plain_number(found[1]) or found[1]
        if unit.startswith("2 "):
            count, unit = str(2 * int(count.replace(",", ""))), unit[2:]
        written = f"{count} {unit if count != '1' else unit.removesuffix('s')}"
        if written != found.group().rstrip("."):
            cost = 0.15 if found[2].lower() in _ELSEWHERE else 0.6
            yield Step(found.start(), found.end(), written, cost, "S198")
    for found in with_figures(r"^(minutes|hours|days)\s+(\d[\d,.]*)\s*([A-Za-z]+)\b", text, "minutes", "hours", "days"):
        if _length(found[3]) == found[1]:
            yield Step(found.start(2), found.end(), found[2], 0.3, "S198")
    for found in finditer(_BARE_UNIT, text):
        start = found.start(1)
        article = found.group().split()[0] in ("a", "an", "one")
        yield Step(found.start() if article else start, found.end(), f"1 {found[1]}", 0.9, "S198")
    for found in finditer(_HOW_OFTEN, text):
        unit = OFTEN[found.group().lower()]
        for written in (f"per {unit}", f"every 1 {unit}"):
            yield Step(found.start(), found.end(), written, 0.7, "S198")
    for found in finditer(_TWO_SPANS, text):
        if found[2] in _DAYS and found[4] in _DAYS and found[2] != found[4]:
            days = int(found[1]) * _DAYS[found[2]] + int(found[3]) * _DAYS[found[4]]
            rough = "that a month has 30 days, and a year 365"
            yield Step(found.start(), found.end(), f"{days} days", 0.5, "S198", rough)
    for found in with_figures(r"\b(\d+)\s?h(?:ours?|rs?)?\s?(\d{1,2})(?:\s?m(?:in(?:ute)?s?)?)?\b", text, "h"):
        yield Step(found.start(), found.end(), f"{int(found[1]) * 60 + int(found[2])} minutes", 0.3, "S198")
    for found in with_figures(r"(?<![\w.,])(\d+)\s?m\b", text, "m"):
        written = f"{found[1]} months" if found[1] != "1" else "1 month"
        yield Step(found.start(), found.end(), written, 0.7 if short else 0.4, "S198", "months" if short else "")
    yield from _spoken_lengths(text)
    for found in finditer(r"\b(?:a\s+)?half\s+(?:a\s+)?year\b", text, "half"):
        yield Step(found.start(), found.end(), "6 months", 0.4, "S198")
    for found in with_figures(r"(?<=last )(\d+)(?=\s*(?:$|where\b|\)))", text, "last "):
        yield Step(found.start(), found.end(), f"{found[1]} days", 0.7, "S198", "days")
    for found in with_figures(r"\b(\d+)\s+(?:year|month|day)s?\s+(?:old|long|ago)\b", text, "old", "long", "ago"):
        yield Step(found.start(), found.end(), found[1], 0.6, "S153")
    for found in with_figures(r"\b(\d+)\s+(?:working|business|calendar|full)\s+(days?)\b", text, "day"):
        yield Step(found.start(), found.end(), f"{found[1]} {found[2]}", 1.0, "S198", "that any day counts")


_HALVES = Rows((
    (r"\b(?:an?\s+|one\s+)?half\s+(?:an?\s+)?hour\b|\b½\s*h(?:our)?\b", "30 minutes"),
    (r"\b(?:an?\s+|one\s+)?quarter\s+(?:of\s+)?(?:an?\s+)?hour\b", "15 minutes"),
    (r"\bthree\s+quarters\s+(?:of\s+)?an\s+hour\b", "45 minutes"),
    (r"\b(?:an?|one)\s+hour\s+and\s+a\s+half\b|\b(?:one|1)\s+and\s+a\s+half\s+hours?\b|\b1\s?½\s*h(?:ours?)"
     r"?\b", "90 minutes"),
    (r"\b(?:(?:an?|one)\s+)?year\s+and\s+a\s+half\b|\b(?:one|1)\s+and\s+a\s+half\s+years?\b", "18 months"),
    (r"\b(?:an?\s+)?half\s+a\s+day\b", "12 hours"), (r"\ba\s+couple\s+of\s+(?=(?:days|weeks|months|years)\b)", "2 "),
    (r"\b(?:half[ -]?yearly|semi-?annual(?:ly)?|every half year|twice (?:a|per) year)\b", "every 6 months"),
    (r"\b(?:bi-?weekly|fortnightly|every (?:other|second|2nd) week)\b", "every 2 weeks"),
    (r"\b(?:bi-?monthly|every (?:other|second|2nd) month)\b", "every 2 months"),
    (r"\b(?:four times|4 times|4x) (?:a|per) year\b", "every 3 months"),
    (r"\bevery (?:other|second|2nd) day\b", "every 2 days"), (r"\bevery (?:other|second|2nd) year\b", "every 2 years"),
    (r"\b(?:nightly|(?:every|each) (?:night|morning|evening))\b", "every 1 day"),
    (r"\bonce (?:a|per) (day|week|month|quarter|year)\b", r"every 1 \1"),
))  # fmt: skip
"""Lengths of time that are said without a figure."""


def _spoken_lengths(text: str) -> Iterator[Step]:
    for _, (pattern, written) in _HALVES.likely(text):
        for found in compiled(pattern).finditer(text):
            yield Step(found.start(), found.end(), found.expand(written), 0.25, "S198")


def _length(word: str) -> str | None:
    """The unit that a word means; None when it is one already, or none."""
    low = word.lower()
    if low in LENGTHS:
        return LENGTHS[low]
    if low in _ELSEWHERE:
        return _ELSEWHERE[low]
    if re.fullmatch(rf"(?:{ANY_UNIT})s?", low):
        return low if low.endswith("s") else low + "s"
    return None


@looked_up
def rate_steps(text: str) -> Iterator[Step]:
    """`300/week`, `2 a week`, `2 every 7 days`, `3 x per week`, `twice per month`."""
    for found in finditer(_RATE, text):
        unit = found[2]
        yield Step(found.start(), found.end(), f"{found[1].strip()} per {unit}", 0.7, "S198")
    times = r"(\d[\d.,]*)\s*(?:x|×|times)\s+(?:per|a|an|every|in)\s+"
    for found in with_figures(times + _PERIOD, text, "x", "×", "times"):
        yield Step(found.start(), found.end(), f"{found[1]} per {found[2]}", 0.7, "S198")
    for found in with_figures(rf"(\d[\d.,]*\s*{_CODE})\s*(?:p\.?\s?a\.?|per annum|per year)(?!\w)", text, "p"):
        yield Step(found.start(), found.end(), f"{found[1].strip()} per year", 0.5, "S198")
    for found in with_figures(rf"(\d[\d.,]*\s*{_CODE})\s*(?:p\.?\s?m\.?)(?!\w)", text, "p"):
        yield Step(found.start(), found.end(), f"{found[1].strip()} per month", 0.6, "S198")
    for found in finditer(_OFTEN_AN_AMOUNT, text):
        yield Step(found.start(), found.end(), f"{found[2]} per {OFTEN[found[1].lower()]}", 0.4, "S198")
    for found in with_figures(_PER_SHORT, text, "/", "per", "pro", "p."):
        unit = "month" if found[2].lower() == "m" else (_length(found[2]) or "").removesuffix("s")
        written = f"{found[1]} per {unit if ' ' not in unit else unit + 's'}"
        if unit and written != found.group():
            yield Step(found.start(), found.end(), written, 0.3, "S198")
    for found in finditer(rf"\bper\s+({_COUNTED})\s+(?=(?:{ANY_UNIT})s?\b)", text, "per"):
        yield Step(found.start(), found.end(), f"per {COUNTS[found[1]]} ", 0.4, "S198")
    for found in finditer(r"\b(?:per|a|an|every|each|in a)\s+fortnight\b", text, "fortnight"):
        yield Step(found.start(), found.end(), "per 14 days", 0.5, "S198")
    for found in finditer(rf"\b(once|twice)\s+(?:per|a|an|every|in|each)\s+{_PERIOD}", text, "once", "twice"):
        yield Step(found.start(), found.end(), f"{1 if found[1] == 'once' else 2} per {found[2]}", 0.7, "S198")
