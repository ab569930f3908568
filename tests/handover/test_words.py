"""Values in words where the cases in messages.md do not reach, and the one list of filters."""

from __future__ import annotations

import pytest

from stratagem.dsl.expressions.types import DAYS, MONTHS, NUMBER, SHARE, Kind, Type, money
from stratagem.dsl.templates.reader import faults
from stratagem.dsl.templates.vocabulary import FILTERS, date_form
from stratagem.engine.handover import words
from stratagem.engine.handover.clean import address, many_lines, one_line
from stratagem.engine.handover.templates import read_template
from stratagem.engine.handover.words import Shown, filtered
from tests.handover.test_messages import names
from tests.handover.world import known


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (12.5, money("EUR"), "12.50 EUR"),
        (12.345, money("EUR"), "12.35 EUR"),
        (-0.001, money("EUR"), "0.00 EUR"),
        (1234.5, money("JPY"), "1,235 JPY"),
        (1.23456, money("KWD"), "1.235 KWD"),
        (500.0, Type(Kind.MONEY, currency="EUR", per="months"), "500.00 EUR per year"),
        (3.0, Type(Kind.NUMBER, per="days"), "3 per week"),
        (3.0, NUMBER, "3"),
        (1e300, NUMBER, f"{1e300:,.0f}"),
        (0.1 + 0.2, NUMBER, "0.3"),
        (-0.0, NUMBER, "0"),
        (0.25, SHARE, "25%"),
        (1 / 3, SHARE, "33.333333%"),
        (1.5e308, SHARE, f"{15 * 10**309:,}%"),
        (86_400.0, DAYS, "1 day"),
        (5400.0, DAYS, "90 minutes"),
        (24.0, MONTHS, "2 years"),
        (10**9, Type(Kind.DATE), "9999-12-31"),
    ],
)
def test_a_value_in_words(value: float, kind: Type, said: str) -> None:
    assert words.words(Shown(value, kind)) == said


@pytest.mark.parametrize(
    ("value", "kind", "places", "said"),
    [
        (0.285, SHARE, 0, "29%"),
        (0.2855, SHARE, 1, "28.6%"),
        (2.675, NUMBER, 2, "2.68"),
        (-2.5, NUMBER, 0, "-3"),
        (1e20, money("EUR"), 2, "100,000,000,000,000,000,000.00 EUR"),
        (100_000.0, DAYS, 1, "1.2 days"),
        (18.4, MONTHS, 0, "18 months"),
    ],
)
def test_rounding_is_half_away_from_zero_of_what_is_shown(value: float, kind: Type, places: int, said: str) -> None:
    assert words.words(filtered(Shown(value, kind), "round", (places,))) == said


def test_every_filter_of_the_list_has_an_example_that_both_readers_take() -> None:
    declared = {"balance": "spend", "renewal": "born_on", "town": "people.town", "quiet_days": "patience"}
    for name, named in FILTERS.items():
        field = named.example.split()[0]
        text = "{{ " + named.example.replace(field, declared.get(field, field)) + " }}"
        assert list(faults(text, names())) == [] and read_template(text, known()).parts, name
    assert set(FILTERS) == set(words._FILTERS) | {"default"}


@pytest.mark.parametrize(
    ("form", "good"), [("%d.%m.%Y", True), ("100%%", True), ("%", False), ("%-d", False), ("%s", False)]
)
def test_forms_of_dates(form: str, good: bool) -> None:
    assert date_form(form) is good


def test_what_cleaning_takes_out_and_leaves() -> None:
    assert one_line("a\r\nb\tc\u2028d\x00e\x1b[1m\u202e") == "a b c de[1m"
    assert many_lines("a\r\nb\rc\td\x85e\x00") == "a\nb\nc\td\ne"
    kept = "Jean\u00a0Luc 👩‍👩‍👧 Μαρία شیرین\u200cزاده"
    assert one_line(kept) == many_lines(kept) == kept
    assert address("  a@b.example ") == "a@b.example"
    assert [address(bad) for bad in ("", "  ", "a\nb", "a\x00b", "a\u202eb", "a\tb")] == [None] * 6
