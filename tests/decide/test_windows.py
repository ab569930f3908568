"""Windows run from D, included, to D + P, excluded; periods are those of the calendar."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest

from stratagem.dsl.values import Duration
from stratagem.engine.decide.windows import calendar_period, within, within_column
from stratagem.engine.moment import Moment
from tests.decide.worlds import lasts

DAY = "2026-11-04"
CASES = [
    # start, period, as of, in the window?
    ("2026-10-28 00:00", "7 days", DAY, False),
    ("2026-10-29 00:00", "7 days", DAY, True),
    ("2026-11-04 00:00", "7 days", DAY, True),
    ("2026-11-04 17:00", "7 days", DAY, True),  # later on the as-of day, which has no hour
    ("2026-11-05 00:00", "7 days", DAY, False),
    ("2026-10-28 10:00", "7 days", f"{DAY} 10:00", False),
    ("2026-10-28 10:01", "7 days", f"{DAY} 10:00", True),
    ("2026-11-04 10:00", "7 days", f"{DAY} 10:00", True),
    ("2026-11-04 10:01", "7 days", f"{DAY} 10:00", False),
    ("2026-01-31 00:00", "1 month", "2026-02-27", True),
    ("2026-01-31 00:00", "1 month", "2026-02-28", False),  # a month from the 31st ends with February
    ("2026-01-28 15:00", "1 month", "2026-02-28 12:00", True),
    ("2026-01-29 10:00", "1 month", "2026-02-28 12:00", False),
    ("2026-11-03 23:00", "36 hours", DAY, True),
    ("2026-11-02 23:00", "36 hours", DAY, False),
    ("2025-11-04 00:00", "1 year", DAY, False),
    ("2025-11-05 00:00", "1 year", DAY, True),
]


@pytest.mark.parametrize(("start", "period", "as_of", "inside"), CASES)
def test_a_window(start: str, period: str, as_of: str, inside: bool) -> None:
    moment, at = Moment.parse(as_of), datetime.fromisoformat(start)
    assert within(at, lasts(period), moment) is inside
    column = pl.DataFrame({"at": [at, None]}, schema={"at": pl.Datetime("us")})
    assert column.select(within_column(pl.col("at"), lasts(period), moment)).to_series().to_list() == [inside, None]


PERIODS = [
    ("1 week", "2026-11-04", "2026-11-02", "2026-11-09"),
    ("7 days", "2026-11-08", "2026-11-02", "2026-11-09"),
    ("1 week", "2026-11-09", "2026-11-09", "2026-11-16"),
    ("1 month", "2026-02-28", "2026-02-01", "2026-03-01"),
    ("1 quarter", "2026-11-04", "2026-10-01", "2027-01-01"),
    ("1 year", "2026-11-04", "2026-01-01", "2027-01-01"),
    ("2 months", "2026-11-04", "2026-11-01", "2027-01-01"),
    ("1 day", "2026-11-04 23:59", "2026-11-04", "2026-11-05"),
    ("1 hour", "2026-11-04 09:30", "2026-11-04 09:00", "2026-11-04 10:00"),
]


@pytest.mark.parametrize(("per", "as_of", "start", "end"), PERIODS)
def test_a_calendar_period(per: str, as_of: str, start: str, end: str) -> None:
    found = calendar_period(Moment.parse(as_of), lasts(per))
    assert found == (datetime.fromisoformat(start), datetime.fromisoformat(end))


def test_a_window_past_the_end_of_time_is_still_open() -> None:
    assert within(datetime(2026, 1, 1), Duration(lasts("9000 years").count, "year"), Moment.parse(DAY))
