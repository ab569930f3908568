"""How fields are typed and figures written, as data: the tables of the reference and of `stratagem docs`.

In: nothing. Out: `TYPES` and `FIGURES`, rows of three texts: what is written, what it means, an example. A test reads
every example.
"""

from __future__ import annotations

from typing import Final

Rows = tuple[tuple[str, str, str], ...]

TYPES: Final[Rows] = (
    ("text", "names, codes, addresses, remarks", "field product text"),
    ("number", "figures; in the file 12.50 or 1,234.50", "field pieces number"),
    ("share", "a part of a whole; in the file 38% or 0.38", "field discount share"),
    ("money", "an amount in the strategy's currency", "field amount money"),
    ("money per P", "an amount for each such time", "field fee money per month"),
    ("number per P", "a count for each such time", "field calls number per 14 days"),
    ("duration", "a length of time; in the file 3 days", "field patience duration"),
    ("date", "a day; with `as` in another spelling than 2026-10-01", 'field held_on date as "%d.%m.%Y"'),
    ("timestamp", "a day and a time", "field seen_at timestamp"),
    ("yes_no", "yes/no, true/false, 1/0; with `as` two other words", 'field came yes_no as ("x", "-")'),
    ("one of (…)", "one of the choices listed, written as in the file", "field kind one of (bread, cake)"),
    ("channel", "one of the strategy's channels", "field came_through channel"),
)

FIGURES: Final[Rows] = (
    ("number", "a comma between thousands, a point before decimals", "12,000.50"),
    ("%", "right after a number: a share; 38% is 0.38", "38%"),
    ("EUR, USD, …", "a currency's ISO code, after a number and a blank: money", "12.50 EUR"),
    ("year-month-day", "a date, with hours and minutes if wanted", "2026-10-01 20:00"),
    ("minute, hour, day, week", "lengths of one family: 1 week is 7 days", "90 days"),
    ("month, quarter, year", "lengths of the other: 1 year is 4 quarters or 12 months", "36 months"),
    ("per", "with a length, after money or a count: a rate", "6,000 EUR per month"),
    ("hours:minutes", "a time of day, for quiet hours", "20:00"),
)
