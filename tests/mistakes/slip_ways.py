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
SIGNS = {
    "EUR": "€",
    "GBP": "£",
    "USD": "$",
    "CHF": "Fr. ",
    "CAD": "$",
    "NOK": "kr ",
    "PLN": "zł",
    "ZAR": "R",
    "JPY": "¥",
}
NAMES = {
    "EUR": "euros",
    "GBP": "pounds",
    "USD": "dollars",
    "CHF": "francs",
    "CAD": "dollars",
    "NOK": "kroner",
    "PLN": "zloty",
    "ZAR": "rand",
    "JPY": "yen",
}
CURRENCY = rf"\b({'|'.join(SIGNS)})\b"
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
    known: bool = True
    """Whether what stood there can be known from the rest."""


def masked(line: str) -> str:
    """The line with the insides of its texts, and its comment, blotted out; as long as it was."""
    plain = re.sub(r'"[^"]*"?', lambda m: "\0" * len(m[0]), line)
    return re.sub(r"(^|\s)#.*", lambda m: "\0" * len(m[0]), plain)


def put(name: str, pattern: str, new: New, texts: bool = False, known: bool = True) -> Way:
    """What fits a pattern, written another way. `texts`: the insides of texts are looked at too."""

    def spoil(line: str, dice: random.Random) -> Iterator[str]:
        for match in re.finditer(pattern, line if texts else masked(line)):
            said = match.expand(new) if isinstance(new, str) else new(match)
            if said != match[0] and "\0" not in said:
                yield line[: match.start()] + said + line[match.end() :]

    return Way(name, spoil, known)


def _indented(name: str, new: Callable[[int], str | None]) -> Way:
    """Another indent. `new`: how many blanks there are → what stands there instead."""

    def spoil(line: str, dice: random.Random) -> Iterator[str]:
        said = line.lstrip()
        indent = new(len(line) - len(said))
        if indent is not None:
            yield indent + said

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
    put("letters: a capital at the line's start", r"^( *)([a-z]+)", lambda m: m[1] + m[2].title()),
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
    put("quotes: the closing one is missing", TEXT, r'"\1', texts=True),
    put("quotes: the opening one is missing", TEXT, r'\1"', texts=True),
    put("quotes: none", TEXT, r"\1", texts=True),
    put("quotes: single ones", TEXT, r"'\1'", texts=True),
    put("quotes: curly ones", TEXT, r"“\1”", texts=True),
)
DATES = (
    put("dates: 31.12.2026", DATE, r"\3.\2.\1"),
    put("dates: 31/12/2026", DATE, lambda m: f"{int(m[3])}/{int(m[2])}/{m[1]}" if int(m[3]) > 12 else m[0]),
    put("dates: 12/31/2026", DATE, lambda m: f"{m[2]}/{m[3]}/{m[1]}" if int(m[3]) > 12 else m[0]),
    put("dates: 2026/12/31", DATE, r"\1/\2/\3"),
    put("dates: 31 December 2026", DATE, lambda m: f"{int(m[3])} {MONTHS[int(m[2]) - 1]} {m[1]}"),
    put("dates: Dec 31, 2026", DATE, lambda m: f"{MONTHS[int(m[2]) - 1][:3]} {int(m[3])}, {m[1]}"),
)
MONEY_AND_NUMBERS = (
    put("money: €12", MONEY, lambda m: SIGNS[m[2]] + m[1]),
    put("money: 12€", MONEY, lambda m: m[1] + SIGNS[m[2]].strip()),
    put("money: EUR 12", MONEY, r"\2 \1"),
    put("money: no currency", MONEY, r"\1"),
    put("money: 12 euros", MONEY, lambda m: f"{m[1]} {NAMES[m[2]]}"),
    put("money: eur", CURRENCY, lambda m: m[1].lower()),
    put("numbers: 1.000", r"\b(\d{1,3}),(\d{3})\b", r"\1.\2"),
    put("numbers: 1 000", r"\b(\d{1,3}),(\d{3})\b", r"\1 \2"),
    put("numbers: 1k", r"\b(\d{1,3}),000\b", r"\1k"),
    put("numbers: 0,5", r"\b(\d+)\.(\d+)\b", r"\1,\2"),
    put("numbers: .5", r"\b0\.(\d+)\b", r".\1"),
    put("numbers: 5 %", r"(\d)%", r"\1 %"),
    put("numbers: 5 percent", r"(\d)%", r"\1 percent"),
    put("numbers: in words", NUMBER + r"([2-9])(?= \w)", lambda m: FIGURES[int(m[1])]),
)
UNITS = (
    put("units: none", SPAN, r"\1"),
    put("units: 7d", SPAN, lambda m: m[1] + m[2][0]),
    put("units: 7days", SPAN, r"\1\2"),
    put("units: / month", RATE, r" / \1"),
    put("units: a month", RATE, r" a \1"),
    put("units: every month", RATE, r" every \1"),
    put("units: no period", RATE, ""),
)
ENGLISH = (
    put("english: if for when", r"\bwhen\b", "if"),
    put("english: when for where", r"\bwhere\b", "when"),
    put("english: if for where", r"\bwhere\b", "if"),
    put("english: = for is", PLAIN_IS, "= "),
    put("english: == for is", PLAIN_IS, "== "),
    put("english: equals", PLAIN_IS, "equals "),
    put("english: !=", r"\bis not\b", "!="),
    put("english: is empty", r"\bis missing\b", "is empty"),
    put("english: in (…)", r"\bis one of\b", "in"),
    put("english: =>", ">=", "=>"),
    put("english: is at least", ">=", "is at least"),
    put("english: is at most", "<=", "is at most"),
    put("english: is greater than", " > ", " is greater than "),
    put("english: less than", " < ", " less than "),
    put("english: &&", r"\band\b", "&&"),
    put("english: ||", r"\bor\b", "||"),
    put("english: else", r"\botherwise\b", "else"),
    put("english: except when", r"^( *)unless\b", r"\1except when"),
    put("english: in the last", r"\bin last\b", "in the last"),
    put("english: within the last", r"\bin last\b", "within the last"),
    put("english: max", r"\bat most\b", "max"),
    put("english: minimum", r"\bat least\b", "minimum"),
    put("english: no =", r"^(  [a-z]+) = ", r"\1 "),
    put("english: from … to", r"between (\S+(?: \w+)?) and", r"from \1 to"),
)
SIGNS_AND_LISTS = (
    put("signs: and in a list", LAST_OF_LIST, " and "),
    put("signs: or in a list", LAST_OF_LIST, " or "),
    put("signs: ; in a list", LAST_OF_LIST, "; "),
    put("signs: no comma", LAST_OF_LIST, " "),
    put("signs: a colon", r"^( *[a-z]+(?: [a-z]+)?)(?= )", r"\1:"),
    put("signs: a full stop", r"(?<=\w)$", "."),
    put("signs: a comma at the end", r"(?<=\w)$", ","),
    put("signs: a semicolon at the end", r"(?<=\w)$", ";"),
    put("signs: a bullet", r"^( *)(?=\w)", r"\1- "),
)
OF_NAMES = (
    put("names: a blank for _", NAME, lambda m: m[0].replace("_", " ")),
    put("names: a hyphen for _", NAME, lambda m: m[0].replace("_", "-")),
    put("names: in one word", NAME, lambda m: m[0].replace("_", "")),
    put("names: CamelCase", NAME, lambda m: m[0].title().replace("_", "")),
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
