"""The text of a reason is the same from a plan and from a single decision, to the last digit."""

from __future__ import annotations

import numpy as np
import polars as pl

from stratagem.engine.decide.capacity import to_units
from stratagem.engine.decide.rules import PLENTY
from stratagem.engine.decide.single import _units
from stratagem.engine.decide.tables import _plain
from stratagem.engine.decide.validity import plain


def test_a_number_reads_the_same_in_a_list_and_alone() -> None:
    # 590.608 times the reciprocal of 10,000 reads 590.6080000000001: what a division by a constant gave.
    numbers = [590.608, 0.03, 433.71200000000005, 0.1 + 0.2, 20.0, -1.23456, 1_234_567.89, 0.00004, 0.0, -0.00004, -0.0]
    listed = pl.DataFrame({"n": numbers}).select(_plain(pl.col("n")))["n"].to_list()
    assert listed == [plain(n) for n in numbers]
    assert listed[:3] == ["590.608", "0.03", "433.712"]


def test_a_number_too_large_for_ten_thousand_of_it_reads_as_it_is() -> None:
    numbers = [2.0**53, -1e17, 5e303, 1.7e308]
    listed = pl.DataFrame({"n": numbers}).select(_plain(pl.col("n")))["n"].to_list()
    assert listed == [plain(n) for n in numbers] == ["9007199254740992", "-1e+17", "5e+303", "1.7e+308"]


def test_an_immense_cost_is_the_same_amount_in_a_list_and_alone() -> None:
    costs = [0.0, 1e-7, 5e-7, 12.3456785, 4e12, 1e13, 5e303, 1.7e308]
    assert to_units(np.array(costs)).tolist() == [_units(cost) for cost in costs]
    assert _units(1.7e308) == PLENTY
