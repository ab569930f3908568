"""Lets generated strategies that are accepted decide for generated customers: no exception, every value of its type.

In: a seed and minutes. Out: every complaint with the seed that makes it again, what was covered, and the seed to go on
with. `make long-generated SEED=N` starts at strategy N, counted in thousands.
"""

from __future__ import annotations

from tests.fuzz.work import LARGE, Report, decide, one, until


def main(seed: int, minutes: float) -> int:
    """Draw and run strategies until the time is over. Returns how many complaints there were, at most 100."""
    report = Report()

    def step(number: int) -> None:
        found = one(2 * number, report, LARGE, thorough=False)
        decide(2 * number, found, report, batch=number % 40 == 0)

    start = seed * 1_000
    ended = until(minutes, start, step)
    print(report)
    print(f"strategies {start:,} to {ended - 1:,}; go on with SEED={ended // 1_000 + 1}")
    return min(report.wrong, 100)
