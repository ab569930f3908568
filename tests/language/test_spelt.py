"""What a fix writes, held against what stands there: the same spelt another way is safe, everything else is not."""

from __future__ import annotations

import pytest

from stratagem.dsl.parse.spelt import only_spelt
from stratagem.dsl.pipeline import check_text

SAME = [
    ("31.12.2026", "2026-12-31", "S173"), ("31/12/2026", "2026-12-31", "S173"), ("€12", "12 EUR", "S170"),
    ("10.000,50", "10,000.50", "S171"), ("5,5 %", "5.5%", "S172"), ("8 pm", "20:00", "S195"),
    ("Order Total", "order_total", "S139"), ("win-back", "win_back", "S139"),
    ("if kind == gear", "when kind is gear", ""),
    ("\u2018Gold\u2019", '"Gold"', "S111"), ("Hold out", "hold out", "S153"), ("a && b;", "a and b", "S154"),
]  # fmt: skip
OTHER = [
    ("5/12/2026", "2026-12-05", "S173"), ("1.500", "1,500", "S171"), ("12.000 days", "12,000 days", "S198"),
    ("l0", "10", "S171"), ("weight -2", "weight 2", "S126"), ("orders - returns", "orders_returns", "S139"),
    ("a or b", "a and b", "S153"), ("a, b", "b, a", "S125"), ("not sold", "sold", "S126"), ("Gold", '"Gold"', "S127"),
    ("margn", "margin", "S139"), ("!!", "", "S141"),
    ("don't", 'don"t', "S111"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "code"), SAME)
def test_the_same_spelt_another_way(written: str, instead: str, code: str) -> None:
    assert only_spelt(written, instead, code)


@pytest.mark.parametrize(("written", "instead", "code"), OTHER)
def test_another_thing_is_another_thing(written: str, instead: str, code: str) -> None:
    assert not only_spelt(written, instead, code)


def test_a_line_that_is_only_spelt_another_way_has_a_safe_fix() -> None:
    head = 'language 1\nstrategy s "S"\n  currency EUR\n\n'
    for line, safe in {
        "assume fee = €12": True, "assume fee = $12": False, "assume Fee = 12 €": True, "assume fee 12 EUR": False,
        "assume fee = 12 EURO": True, "assumption fee = 12 EUR": False,
    }.items():  # fmt: skip
        found = check_text(head + line + "\n").errors
        assert [fix.safe for fix in found[0].fixes[:1]] == [safe], line
