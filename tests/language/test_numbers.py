"""Numbers in the ways of all countries, and what they are in the language's."""

from __future__ import annotations

import pytest

from stratagem.dsl.parse.mend.numbers import plain_number
from stratagem.dsl.pipeline import check_text

WAYS = {
    "60 000,00": "60,000.00", "1 234 567,8": "1,234,567.8", "1'234.50": "1,234.50", "60,000,00": "60,000.00",
    "10,00,000": "1,000,000", "10.000,50": "10,000.50", "1.234.567": "1,234,567", "12,5": "12.5", "0,125": "0.125",
    "1 000": "1,000", "1,000": "1,000", "1.234": "1.234", "5": "5",
}  # fmt: skip


@pytest.mark.parametrize("written", WAYS)
def test_a_number_is_read_as_it_was_meant(written: str) -> None:
    assert plain_number(written) == WAYS[written]


@pytest.mark.parametrize("written", ["1 00", "1.2.3", "1.000.50", "1,2 3"])
def test_what_may_be_several_numbers_is_none(written: str) -> None:
    assert plain_number(written) is None


@pytest.mark.parametrize(("currency", "wanted"), [("CAD", "3.40 CAD"), ("USD", "3.40 USD"), ("EUR", "3.40 EUR")])
def test_a_dollar_is_the_dollar_of_the_strategy(currency: str, wanted: str) -> None:
    strategy = f'language 1\n\nstrategy s "S"\n  currency {currency}\n\nchannel mail "Mail" outbound\n  costs $3.40\n'
    found = next(d for d in check_text(strategy).errors if d.code == "S170")
    assert wanted in found.fixes[0].title
