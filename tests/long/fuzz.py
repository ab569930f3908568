"""Answers generated and spoilt texts of 1 to 200 lines, and texts of 64 KiB: only diagnostics, in time, in little room.

A fifth of the inputs are formatted and read again as well, and three of four strategies drawn decide for customers, so
that one run adds to all three of the long counts; `format` and `generated` do one of the two with every input.

In: a seed and minutes. Out: every complaint with the seed that makes it again, what was covered, and the seed to go on
with. `make long-fuzz SEED=N` starts at input N (counted in thousands), so a run is taken up where the last one ended.
"""

from __future__ import annotations

import subprocess
import sys

from tests.fuzz.large import MAKERS
from tests.fuzz.work import LARGE, Report, decide, lay_out, one, until
from tests.tools.house import ROOT

MOST_SECONDS, MOST_MIB = 1.0, 256
LARGE_SHARE = 0.15
"""How much of the time the texts of 64 KiB take at most."""


def main(seed: int, minutes: float) -> int:
    """Answer inputs until the time is over. Returns how many complaints there were, at most 100."""
    report = Report()
    slow = large(seed, minutes * LARGE_SHARE)

    def step(number: int) -> None:
        found = one(number, report, LARGE, thorough=number % 20 == 0)
        if number % 8 in (0, 2, 4):
            decide(number, found, report, batch=number % 400 == 0)
        if number % 10 in (2, 7):
            lay_out(number, found, report)

    start = seed * 1_000
    ended = until(minutes * (1 - LARGE_SHARE), start, step)
    print(report)
    print(f"inputs {start:,} to {ended - 1:,}; go on with SEED={ended // 1_000 + 1}")
    return min(report.wrong + slow, 100)


def large(seed: int, minutes: float) -> int:
    """Texts of 64 KiB in a process of their own, a round of all kinds. Returns how many took too much."""
    first = seed * len(MAKERS)
    command = [sys.executable, "-m", "tests.fuzz.large", str(first), str(first + len(MAKERS))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60 + minutes * 600)
    rows = [line.split(" ", 3) for line in done.stdout.splitlines()]
    bad = [row for row in rows if float(row[1]) > MOST_SECONDS or float(row[2]) > MOST_MIB or row[3].strip()]
    for row in bad:
        print(f"large text {row[0]}: {row[1]} s, {row[2]} MiB {row[3]}", flush=True)
    print(f"{len(rows)} texts of 64 KiB, {len(bad)} too slow, too large or with complaints", flush=True)
    return len(bad) + (len(rows) < len(MAKERS))
