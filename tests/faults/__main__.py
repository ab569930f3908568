"""Prints the table of faults with what becomes of each in each strategy: `python -m tests.faults [SEEDS]`.

Without a number one seed. The exit code is 1 when a fault is not caught on its line, or something else is found.
"""

from __future__ import annotations

import sys

from tests.faults.table import SECTIONS
from tests.faults.trial import STRATEGIES, Trial, try_out


def main(seeds: int) -> int:
    """Try every fault in every strategy so many times, and print a line for each."""
    wrong: list[Trial] = []
    count = 0
    for title, faults in SECTIONS.items():
        print(f"\n{title}")
        for fault in faults:
            count += 1
            cells = []
            for strategy in STRATEGIES:
                trials = [try_out(fault, strategy, seed) for seed in range(seeds)]
                bad = [t for t in trials if t.verdict != "caught"]
                wrong += bad
                codes = sorted({d.code for t in trials for d in t.caught})
                cells.append(bad[0].verdict.upper() if bad else f"{strategy} {'/'.join(codes)}")
            print(f"  {fault.name:32} {fault.severity:8} {'  '.join(f'{c:20}' for c in cells)}  {fault.says}")
    print(f"\n{count} faults in {len(STRATEGIES)} strategies, {seeds} times each: {len(wrong)} not as they should be.")
    for trial in wrong:
        print(f"\n{trial}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
