"""The text of a reason is the same from a plan and from a single decision, to the last digit."""

from __future__ import annotations

import polars as pl

from stratagem.engine.decide.tables import _plain
from stratagem.engine.decide.validity import plain


def test_a_number_reads_the_same_in_a_list_and_alone() -> None:
    # 590.608 times the reciprocal of 10,000 reads 590.6080000000001: what a division by a constant gave.
    numbers = [590.608, 0.03, 433.71200000000005, 0.1 + 0.2, 20.0, -1.23456, 1_234_567.89, 0.00004, 0.0, -0.00004, -0.0]
    listed = pl.DataFrame({"n": numbers}).select(_plain(pl.col("n")))["n"].to_list()
    assert listed == [plain(n) for n in numbers]
    assert listed[:3] == ["590.608", "0.03", "433.712"]
