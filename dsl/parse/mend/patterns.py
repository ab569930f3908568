"""The pattern of a date as spreadsheets and people write it, in the language's way.

In: `DD.MM.YYYY`, `d mmm yy`, `TT.MM.JJJJ`, `31.12.2026`. Out: `%d.%m.%Y`; empty when it cannot be one pattern only.
"""

from __future__ import annotations

import re

from stratagem.dsl.parse.mend.step import compiled

_PARTS = (
    ("dddd", "%A"), ("ddd", "%a"), ("dd?|tt?", "%d"), ("mmmm", "%B"), ("mmm", "%b"), ("mm?", "%m"),
    ("yyyy|jjjj|aaaa", "%Y"), ("yy|jj|aa", "%y"), ("hh?", "%H"), ("nn|mi", "%M"), ("ss?", "%S"),
)  # fmt: skip
_PART = "(?i)" + "|".join(f"({letters})" for letters, _ in _PARTS)
_EXAMPLE = r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:([ T])(\d\d):(\d\d)(:\d\d)?)?"


def date_pattern(text: str) -> str:
    """The pattern with a `%` before the letter of each part."""
    text = text.strip()
    if text[:1].isdigit():
        return _of_example(text)
    made, at = "", 0
    while at < len(text):
        found = compiled(_PART).match(text, at)
        if found is not None and found.group() != "T":
            made += _PARTS[(found.lastindex or 1) - 1][1]
            at = found.end()
        elif text[at].isalpha() and text[at] != "T":
            return ""
        else:
            made += text[at]
            at += 1
    made = re.sub(r"(?<=:)%m|(?<=%H)%m|%m(?=:)", "%M", made)
    return made if len(re.findall("%[dmbBYyH]", made)) > 1 else ""


def _of_example(text: str) -> str:
    """`31.12.2026`: a date that can be read in one way."""
    found = compiled(_EXAMPLE).fullmatch(text)
    if found is None:
        return ""
    first, middle, sign = int(found[1]), int(found[3]), found[2]
    time = f"{found[5]}%H:%M{':%S' * bool(found[8])}" if found[5] else ""
    if len(found[1]) == 4:
        return f"%Y{sign}%m{sign}%d{time}"
    year = {4: "%Y", 2: "%y"}.get(len(found[4]), "")
    if not year or (first <= 12 and middle <= 12 and sign != "."):
        return ""
    return (f"%m{sign}%d{sign}" if middle > 12 else f"%d{sign}%m{sign}") + year + time
