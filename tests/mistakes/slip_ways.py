"""The likely slips: what a hurried hand does to any place of a strategy, as a table that can be read.

In: a line. Out: the line with one slip in it, once for each place where it can happen. Texts in quotes are left alone,
except by the slips of quotes; so are comments and long texts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FIGURES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "Fr. "}
NAMES = {"EUR": "euros", "GBP": "pounds", "USD": "dollars", "CHF": "francs"}
CURRENCY = r"\b(EUR|GBP|USD|CHF)\b"
MONEY = rf"(?<![\w,.])(\d[\d,.]*) {CURRENCY}"
DATE = r"\b(\d{4})-(\d\d)-(\d\d)\b"
NUMBER = r"(?<![\w,.-])"
TEXT = r'(?<!")"([^"\n]+)"(?!")'
SPAN = r"\b(\d+) (days|months|minutes)\b"
RATE = r" per (\d+ days|month|year|week|quarter)\b"
NAME = r"\b[a-z]+(?:_[a-z0-9]+)+\b"
LAST_OF_LIST = r", (?=\w+$)"
PLAIN_IS = r"\bis (?!known|missing|one|not)"

New = str | Callable[[re.Match[str]], str]
"""What stands there instead: a template of `re`, or a function."""
Line = Callable[[str, random.Random], Iterator[str]]
"""A line and dice → the line with the slip, once for each place."""


@dataclass(frozen=True)
class Way:
    """One kind of slip."""

    name: str
    spoil: Line


def masked(line: str) -> str:
    """The line with the insides of its texts, and its comment, blotted out; as long as it was."""
    plain = re.sub(r'"[^"]*"?', lambda m: "\0" * len(m[0]), line)
    return re.sub(r"(^|\s)#.*", lambda m: "\0" * len(m[0]), plain)


def _put(name: str, pattern: str, new: New, texts: bool = False) -> Way:
    """What fits a pattern, written another way. `texts`: the insides of texts are looked at too."""

    def spoil(line: str, dice: random.Random) -> Iterator[str]:
        for match in re.finditer(pattern, line if texts else masked(line)):
            put = match.expand(new) if isinstance(new, str) else new(match)
            if put != match[0] and "\0" not in put:
                yield line[: match.start()] + put + line[match.end() :]

    return Way(name, spoil)


def _indented(name: str, new: Callable[[int], str | None]) -> Way:
    """Another indent. `new`: how many blanks there are → what stands there instead."""

    def spoil(line: str, dice: random.Random) -> Iterator[str]:
        said = line.lstrip()
        put = new(len(line) - len(said))
        if put is not None:
            yield put + said

    return Way(name, spoil)


def _less(blanks: int) -> Callable[[int], str | None]:
    return lambda depth: " " * (depth - blanks) if depth >= blanks else None


def _letters(name: str, edit: Callable[[str, int], str]) -> Way:
    """A word of three letters or more with a letter wrong, at a place that the dice choose."""

    def spoil(line: str, dice: random.Random) -> Iterator[str]:
        for match in re.finditer(r"[A-Za-z_][A-Za-z0-9_]{2,}", masked(line)):
            word = edit(match[0], dice.randrange(1, len(match[0])))
            if word != match[0]:
                yield line[: match.start()] + word + line[match.end() :]

    return Way(name, spoil)


LETTERS = (
    _letters("letters: one is missing", lambda word, at: word[:at] + word[at + 1 :]),
    _letters("letters: one stands twice", lambda word, at: word[:at] + word[at - 1] + word[at:]),
    _letters("letters: two exchanged", lambda word, at: word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]),
    _put("letters: a capital at the line's start", r"^( *)([a-z]+)", lambda m: m[1] + m[2].title()),
)
INDENTS = (
    _indented("indent: a blank too many", lambda depth: " " * (depth + 1)),
    _indented("indent: a blank too few", _less(1)),
    _indented("indent: a step too deep", lambda depth: " " * (depth + 2)),
    _indented("indent: a step too flat", _less(2)),
    _indented("indent: tabs", lambda depth: "\t" * (depth // 2) if depth else None),
    _indented("indent: four blanks a step", lambda depth: " " * (2 * depth) if depth else None),
)
QUOTES = (
    _put("quotes: the closing one is missing", TEXT, r'"\1', texts=True),
    _put("quotes: the opening one is missing", TEXT, r'\1"', texts=True),
    _put("quotes: none", TEXT, r"\1", texts=True),
    _put("quotes: single ones", TEXT, r"'\1'", texts=True),
    _put("quotes: curly ones", TEXT, r"“\1”", texts=True),
)
DATES = (
    _put("dates: 31.12.2026", DATE, r"\3.\2.\1"),
    _put("dates: 31/12/2026", DATE, lambda m: f"{int(m[3])}/{int(m[2])}/{m[1]}" if int(m[3]) > 12 else m[0]),
    _put("dates: 12/31/2026", DATE, lambda m: f"{m[2]}/{m[3]}/{m[1]}" if int(m[3]) > 12 else m[0]),
    _put("dates: 2026/12/31", DATE, r"\1/\2/\3"),
    _put("dates: 31 December 2026", DATE, lambda m: f"{int(m[3])} {MONTHS[int(m[2]) - 1]} {m[1]}"),
    _put("dates: Dec 31, 2026", DATE, lambda m: f"{MONTHS[int(m[2]) - 1][:3]} {int(m[3])}, {m[1]}"),
)
MONEY_AND_NUMBERS = (
    _put("money: €12", MONEY, lambda m: SIGNS[m[2]] + m[1]),
    _put("money: 12€", MONEY, lambda m: m[1] + SIGNS[m[2]].strip()),
    _put("money: EUR 12", MONEY, r"\2 \1"),
    _put("money: no currency", MONEY, r"\1"),
    _put("money: 12 euros", MONEY, lambda m: f"{m[1]} {NAMES[m[2]]}"),
    _put("money: eur", CURRENCY, lambda m: m[1].lower()),
    _put("numbers: 1.000", r"\b(\d{1,3}),(\d{3})\b", r"\1.\2"),
    _put("numbers: 1 000", r"\b(\d{1,3}),(\d{3})\b", r"\1 \2"),
    _put("numbers: 1k", r"\b(\d{1,3}),000\b", r"\1k"),
    _put("numbers: 0,5", r"\b(\d+)\.(\d+)\b", r"\1,\2"),
    _put("numbers: .5", r"\b0\.(\d+)\b", r".\1"),
    _put("numbers: 5 %", r"(\d)%", r"\1 %"),
    _put("numbers: 5 percent", r"(\d)%", r"\1 percent"),
    _put("numbers: in words", NUMBER + r"([2-9])(?= \w)", lambda m: FIGURES[int(m[1])]),
)
UNITS = (
    _put("units: none", SPAN, r"\1"),
    _put("units: 7d", SPAN, lambda m: m[1] + m[2][0]),
    _put("units: 7days", SPAN, r"\1\2"),
    _put("units: / month", RATE, r" / \1"),
    _put("units: a month", RATE, r" a \1"),
    _put("units: every month", RATE, r" every \1"),
    _put("units: no period", RATE, ""),
)
ENGLISH = (
    _put("english: if for when", r"\bwhen\b", "if"),
    _put("english: when for where", r"\bwhere\b", "when"),
    _put("english: if for where", r"\bwhere\b", "if"),
    _put("english: = for is", PLAIN_IS, "= "),
    _put("english: == for is", PLAIN_IS, "== "),
    _put("english: equals", PLAIN_IS, "equals "),
    _put("english: !=", r"\bis not\b", "!="),
    _put("english: is empty", r"\bis missing\b", "is empty"),
    _put("english: in (…)", r"\bis one of\b", "in"),
    _put("english: =>", ">=", "=>"),
    _put("english: is at least", ">=", "is at least"),
    _put("english: is at most", "<=", "is at most"),
    _put("english: is greater than", " > ", " is greater than "),
    _put("english: less than", " < ", " less than "),
    _put("english: &&", r"\band\b", "&&"),
    _put("english: ||", r"\bor\b", "||"),
    _put("english: else", r"\botherwise\b", "else"),
    _put("english: except when", r"^( *)unless\b", r"\1except when"),
    _put("english: in the last", r"\bin last\b", "in the last"),
    _put("english: within the last", r"\bin last\b", "within the last"),
    _put("english: max", r"\bat most\b", "max"),
    _put("english: minimum", r"\bat least\b", "minimum"),
    _put("english: no =", r"^(  [a-z]+) = ", r"\1 "),
    _put("english: from … to", r"between (\S+(?: \w+)?) and", r"from \1 to"),
)
SIGNS_AND_LISTS = (
    _put("signs: and in a list", LAST_OF_LIST, " and "),
    _put("signs: or in a list", LAST_OF_LIST, " or "),
    _put("signs: ; in a list", LAST_OF_LIST, "; "),
    _put("signs: no comma", LAST_OF_LIST, " "),
    _put("signs: a colon", r"^( *[a-z]+(?: [a-z]+)?)(?= )", r"\1:"),
    _put("signs: a full stop", r"(?<=\w)$", "."),
    _put("signs: a comma at the end", r"(?<=\w)$", ","),
    _put("signs: a semicolon at the end", r"(?<=\w)$", ";"),
    _put("signs: a bullet", r"^( *)(?=\w)", r"\1- "),
)
OF_NAMES = (
    _put("names: a blank for _", NAME, lambda m: m[0].replace("_", " ")),
    _put("names: a hyphen for _", NAME, lambda m: m[0].replace("_", "-")),
    _put("names: in one word", NAME, lambda m: m[0].replace("_", "")),
    _put("names: CamelCase", NAME, lambda m: m[0].title().replace("_", "")),
)
WAYS: tuple[Way, ...] = (
    *LETTERS,
    *INDENTS,
    *QUOTES,
    *DATES,
    *MONEY_AND_NUMBERS,
    *UNITS,
    *ENGLISH,
    *SIGNS_AND_LISTS,
    *OF_NAMES,
)
