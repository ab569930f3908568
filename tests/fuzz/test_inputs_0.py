"""Part 1 of 4 of what CI looks at: see `quarter`."""

from __future__ import annotations

from tests.fuzz.quarter import check_quarter


def test_only_diagnostics_come_out_and_what_is_accepted_runs() -> None:
    check_quarter(0)
