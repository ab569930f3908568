"""What `--as-of` takes for a date or a moment, and what it refuses."""

from __future__ import annotations

from datetime import date, time

import pytest

from stratagem.engine.moment import Moment


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2028-02-29", date(2028, 2, 29), None),
        ("2026-11-02 14:30", date(2026, 11, 2), time(14, 30)),
        ("2026-11-02T23:59:59.999", date(2026, 11, 2), time(23, 59, 59)),
        ("2026-11-02T05:30+00:00", date(2026, 11, 2), time(6, 30)),
    ],
)
def test_a_date_has_no_time_and_a_moment_has(text: str, day: date, clock: time | None) -> None:
    assert Moment.parse(text, "Europe/Berlin") == Moment(day, clock, "Europe/Berlin")


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "20261102", "2026-W45-1", "2026-1-2", "2026-02-29", "2026-11-02T24:00", "9999-12-31"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Moment.parse(text)


@pytest.mark.parametrize(
    ("text", "zone", "skipped"),
    [
        ("2026-03-29 02:00", "Europe/Berlin", True),
        ("2026-03-29 02:59", "Europe/Berlin", True),
        ("2026-03-29 01:59", "Europe/Berlin", False),
        ("2026-03-29 03:00", "Europe/Berlin", False),
        ("2026-03-29 02:30", "UTC", False),
        ("2026-03-29", "Europe/Berlin", False),
        ("2026-10-25 02:30", "Europe/Berlin", False),  # twice is not never
        ("2026-03-08 02:30", "America/New_York", True),
        ("8999-03-01 02:30", "Europe/Berlin", False),
        ("0001-01-01 00:00", "Asia/Tokyo", False),
    ],
)
def test_a_time_that_the_clock_skips_is_known(text: str, zone: str, skipped: bool) -> None:
    assert Moment.parse(text, zone).skipped == skipped
