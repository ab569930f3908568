"""Formats generated and spoilt texts: the same statements, comments and strategy, and formatting twice is once.

In: a seed and minutes. Out: every complaint with the seed that makes it again, what was covered, and the seed to go on
with. `make long-format SEED=N` starts at input N, counted in thousands.
"""

from __future__ import annotations

from tests.fuzz.answers import Answer
from tests.fuzz.work import LARGE, Report, lay_out, one, until


def main(seed: int, minutes: float) -> int:
    """Format texts until the time is over. Returns how many complaints there were, at most 100."""
    report = Report()

    def step(number: int) -> None:
        found: Answer = one(number, report, LARGE, thorough=False)
        lay_out(number, found, report)

    start = seed * 1_000
    ended = until(minutes, start, step)
    print(report)
    print(f"inputs {start:,} to {ended - 1:,}; go on with SEED={ended // 1_000 + 1}")
    return min(report.wrong, 100)
