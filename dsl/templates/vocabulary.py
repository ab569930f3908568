"""What a message template may hold, as data: one list, read by the checker and by whoever fills templates.

`{{ NAME }}`, `{{ NAME | FILTER }}` and `{{ A if CONDITION else B }}` show a value; `{% if CONDITION %}`, `elif`, `else`
and `endif` choose between stretches of text; `{# … #}` is a remark. Nothing else exists: no loops, calls, arithmetic,
imports or insides of values.

Values are shown as people write them: `12.50 EUR`, `42 days`, `25%`, `2026-11-02`, `yes`. A bare number in a condition
is compared with money in the currency's unit, with a duration in days (or months, for one in months), with a share as
a fraction (0.25). A date is compared with a text such as "2026-10-01", a tier, stage or choice with its name. A name
that stands alone as a condition holds when it is yes; one that is not yes_no, when it is known. What is missing makes a
comparison unknown, as everywhere in the language, and only what is known to be true holds.
"""

from __future__ import annotations

from typing import Final, Literal

from stratagem.dsl.expressions.types import DATE, TEXT, Kind, Type
from stratagem.dsl.functions import ANY, DAY, MEASURED
from stratagem.dsl.record import record

Argument = Literal["any", "text", "count", "date_form"]
"""What may be written as an argument: any literal, a text, a whole number, a text of date letters."""


@record
class Filter:
    """One filter. `takes`: kinds of values it is for. `arguments`: what it is given, at least the first `needed`.

    `gives_text`: its result is text, whatever it took; otherwise it is of the kind it took.
    """

    name: str
    takes: tuple[Kind, ...]
    meaning: str
    example: str
    arguments: tuple[Argument, ...] = ()
    needed: int = 0
    gives_text: bool = True


_ALL: Final = (
    Filter(
        "default", ANY, "what is shown when the value is missing", 'first_name | default("friend")', ("any",), 1, False
    ),
    Filter(
        "round", MEASURED, "rounded half away from zero, to whole ones or to so many places", "spend | round",
        ("count",), gives_text=False,
    ),
    Filter("abs", MEASURED, "without its sign", "balance | abs", gives_text=False),
    Filter("number", MEASURED, "the figure without its unit", "quiet_days | number"),
    Filter(
        "date", DAY, "a date in another form, in English: %d %m %Y %y %B %b %A %a %H %M", 'renewal | date("%d %B %Y")',
        ("date_form",), 1,
    ),
    Filter("upper", ANY, "in capitals", "first_name | upper"),
    Filter("lower", ANY, "in small letters", "town | lower"),
    Filter("title", ANY, "each word with a capital", "first_name | title"),
    Filter("capitalize", ANY, "the first letter a capital, the others small", "first_name | capitalize"),
    Filter("trim", ANY, "without blanks at both ends", "first_name | trim"),
    Filter("truncate", ANY, "cut to so many characters, the last of them …", "town | truncate(20)", ("count",), 1),
    Filter("replace", ANY, "one text in place of another", 'town | replace("_", " ")', ("text", "text"), 2),
)  # fmt: skip

FILTERS: Final[dict[str, Filter]] = {f.name: f for f in _ALL}
"""Every filter, by name."""

TESTS: Final = ("known", "missing", "defined")
"""`NAME is known`, `NAME is missing`, each also with `not`; `defined` is another word for `known`."""

COMPARISONS: Final = ("==", "!=", "<", "<=", ">", ">=")

ALWAYS: Final[dict[str, Type]] = {
    "action": TEXT,
    "channel": TEXT,
    "offer": TEXT,
    "customer": TEXT,
    "as_of": DATE,
}
"""What every message may show beside the strategy's own names: labels, the customer's id, the as-of date."""

DATE_LETTERS: Final = "dmYyBbAaHM"
"""Letters that may follow `%` in the form of a date; `%%` is a per cent sign."""

DEEPEST: Final = 40
"""How deep brackets, `not` and `if` may stand in each other."""

MOST_WORDS: Final = 200
"""Words and signs of one expression."""

LONGEST: Final = 100_000
"""Characters of one template."""

MOST_PLACES: Final = 6
"""Places that `round` may keep."""


def date_form(text: str) -> bool:
    """Is the text a form that the filter `date` knows."""
    rest = text.replace("%%", "")
    return all(part[:1] in DATE_LETTERS and part != "" for part in rest.split("%")[1:])
