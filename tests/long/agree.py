"""Compare the row, columnar and reference evaluators on random formulas.

In: a seed and how many minutes. Out: every difference with its tree, and what was covered; 1 when there was one.
"""

from __future__ import annotations

import time

from tests.meaning.agreement import Result, batches, run, table


def main(seed: int, minutes: float) -> int:
    """Draw trees until the time is over; the first differences are printed at once."""
    end = time.monotonic() + minutes * 60
    result = Result()
    rounds = 0
    while time.monotonic() < end:
        for batch in batches(seed * 1_000_003 + rounds, each=4, size=300):
            before = len(result.differences)
            run(batch, result)
            for difference in result.differences[before : before + 5]:
                print(difference, flush=True)
            if time.monotonic() > end:
                break
        rounds += 1
    print(table(result))
    print(f"{len(result.differences)} differences")
    return 1 if result.differences else 0
