"""What holds of each quarter of CI's inputs. Together: 20,000 inputs, 5,000 accepted strategies x 5 customers, 2,000
round trips through the formatter. They are four files so that two processes share them."""

from __future__ import annotations

from tests.fuzz.coverage import lacking
from tests.fuzz.mutants import CHANGES
from tests.fuzz.work import quarter

INPUTS, RUNS, TRIPS = 5_000, 1_250, 500


def check_quarter(number: int) -> None:
    """Look at one quarter, print what was covered, and hold it to its counts."""
    report = quarter(number, INPUTS, RUNS, TRIPS)
    print(report)
    assert report.wrong == 0, "\n".join(report.complaints)
    assert report.inputs == INPUTS and len(report.texts) >= 0.95 * INPUTS
    assert report.run == RUNS and report.trips == TRIPS and report.changed >= TRIPS / 2
    assert report.accepted >= 0.3 * report.drawn and report.batches >= 10
    absent = lacking(report.used)
    assert len(absent) <= 4 and not any(name.startswith("statement") for name in absent), absent
    assert set(report.changes) == set(CHANGES)
