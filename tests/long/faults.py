"""Plants every fault of tests/faults in the three strategies, with new seeds, for as long as it may.

In: a seed and minutes. Out: the trials that did not go as they should; how many there were, and of how many faults.
"""

from __future__ import annotations

import itertools
import time

from tests.faults.table import FAULTS
from tests.faults.trial import STRATEGIES, try_out


def main(seed: int, minutes: float) -> int:
    """Go round the table until the time is over. Returns the number of trials that went wrong, at most 100."""
    end = time.monotonic() + minutes * 60
    bad: dict[str, int] = {}
    tried = 0
    for turn in itertools.count():
        for fault, strategy in itertools.product(FAULTS, STRATEGIES):
            if time.monotonic() > end:
                rounds = f"{tried} trials of {len(FAULTS)} faults in {len(STRATEGIES)} strategies, {turn} whole rounds"
                print(f"{rounds}: {sum(bad.values())} went wrong.")
                print("\n".join(f"  {name}: {count}" for name, count in sorted(bad.items())))
                return min(sum(bad.values()), 100)
            trial = try_out(fault, strategy, seed * 100_000 + turn)
            tried += 1
            if trial.verdict != "caught":
                bad[fault.name] = bad.get(fault.name, 0) + 1
                print(trial, flush=True)
    raise AssertionError("the rounds have no end")
