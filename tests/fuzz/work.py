"""Many inputs, one after the other: what was tried, and what was wrong.

In: seeds. Out: a `Report`: how many inputs, how many different ones, how many accepted, what they were made of, and the
complaints, each with the seed that makes it again.
"""

from __future__ import annotations

import gc
import random
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from stratagem.dsl.parse import hints
from tests.fuzz.answers import Answer, answer
from tests.fuzz.coverage import table
from tests.fuzz.mutants import mutant
from tests.fuzz.roundtrip import round_trip
from tests.fuzz.running import CUSTOMERS, in_batch, row_by_row
from tests.fuzz.strategies import FEW, strategy

SMALL = (0, 0, 0, 0, 0, 0, 0, 10, 25)
LARGE = (*[FEW] * 10, *[0] * 4, *[10] * 3, 25, 50, 100)
"""As many up to fifteen lines as above: small ones are as good at finding what goes wrong, and more can be tried."""
MOST_KEPT = 20
_BETWEEN_SEARCHES, _BETWEEN_WHOLE_ONES = 100, 2_000
"""Inputs of a long run after which Python searches for circles among the newest objects, and among all there are: what
is kept for the next input would be gone through again and again."""


@dataclass
class Report:
    """What many inputs came to."""

    inputs: int = 0
    drawn: int = 0
    """Whole strategies among them; the others are spoilt."""
    accepted: int = 0
    """Of the strategies drawn, those without an error."""
    run: int = 0
    """Accepted strategies, of either sort, that decided for customers."""
    batches: int = 0
    trips: int = 0
    changed: int = 0
    lines: int = 0
    slowest: tuple[float, int] = (0.0, 0)
    used: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    wrong: int = 0

    def complain(self, seed: int, what: Iterable[str]) -> None:
        """Keep complaints, the first ones in full."""
        for words in what:
            self.wrong += 1
            if len(self.complaints) < MOST_KEPT:
                self.complaints.append(f"seed {seed}: {words}")

    def __str__(self) -> str:
        lines = [
            f"{self.inputs:,} inputs, {len(self.texts):,} of them different, "
            f"{self.lines / max(1, self.inputs):.0f} lines each; "
            f"the slowest took {self.slowest[0]:.2f} s (seed {self.slowest[1]})",
            f"{self.drawn:,} strategies drawn, {self.accepted:,} accepted "
            f"({100 * self.accepted / max(1, self.drawn):.0f}%); {self.inputs - self.drawn:,} spoilt",
            f"{self.run:,} accepted strategies decided for {CUSTOMERS} customers, {self.batches:,} for all at once",
            f"{self.trips:,} texts formatted and read again, {self.changed:,} of them changed",
            table(self.used),
            "  changes: " + ", ".join(f"{name} {count:,}" for name, count in self.changes.most_common()),
            f"{self.wrong:,} complaints",
            *self.complaints,
        ]
        return "\n".join(lines)


def one(seed: int, report: Report, sizes: tuple[int, ...], thorough: bool) -> Answer:
    """One input: a strategy for an even seed, a spoilt text for an odd one."""
    data = _input(seed, report, sizes)
    began = time.process_time()
    found = answer(data, seed, thorough)
    report.slowest = max(report.slowest, (time.process_time() - began, seed))
    report.inputs += 1
    report.lines += data.count(b"\n")
    report.texts.add(hash(data))
    report.accepted += found.accepted and seed % 2 == 0
    report.complain(seed, found.complaints)
    return found


def _input(seed: int, report: Report, sizes: tuple[int, ...]) -> bytes:
    if seed % 2:
        return mutant(seed, report.changes)
    made = strategy(seed, random.Random(f"size {seed}").choice(sizes))
    report.drawn += 1
    report.used.update(made.used)
    return made.text.encode()


def decide(seed: int, found: Answer, report: Report, batch: bool) -> None:
    """Let an accepted strategy decide for customers."""
    if not found.accepted or found.checked is None or found.checked.strategy is None:
        return
    report.run += 1
    report.complain(seed, row_by_row(found.checked.strategy, seed))
    if batch:
        report.batches += 1
        report.complain(seed, in_batch(found.checked.strategy, seed))


def lay_out(seed: int, found: Answer, report: Report) -> None:
    """Format an input that could be read as text."""
    if found.checked is None:
        return
    try:
        trip = round_trip(found.text, found.checked)
    except Exception:
        report.complain(seed, [traceback.format_exc()])
        return
    report.trips += 1
    report.changed += trip.changed
    report.complain(seed, trip.complaints)


def until(minutes: float, start: int, step: Callable[[int], None]) -> int:
    """Seeds from `start` on, until the time is over. Returns the seed to go on with."""
    end, seed = time.monotonic() + minutes * 60, start
    gc.disable()  # a search for circles after each input goes through all that is kept, for the few there are
    while time.monotonic() < end:
        step(seed)
        seed += 1
        if seed % _BETWEEN_SEARCHES == 0:
            gc.collect(0 if seed % _BETWEEN_WHOLE_ONES else 2)
    gc.enable()
    return seed


@contextmanager
def fewer_tries(whole: bool) -> Iterator[None]:
    """Let the search for what a faulty line means try less, as it does in a file of many faults; `whole`: as always."""
    kept = hints.MOST_TRIALS, hints.ALL_TRIALS
    if not whole:
        hints.MOST_TRIALS, hints.ALL_TRIALS = 20, 120
    try:
        yield
    finally:
        hints.MOST_TRIALS, hints.ALL_TRIALS = kept


def quarter(number: int, inputs: int = 5_000, runs: int = 1_250, trips: int = 500) -> Report:
    """One of the four parts of what CI looks at: so many inputs, of which so many decide and so many are formatted.

    For the sake of time nine in ten spoilt texts are mended with fewer tries; the long runs always use all.
    """
    report = Report()
    for seed in range(number * inputs, (number + 1) * inputs):
        with fewer_tries(whole=seed % 20 < 3):
            _look(seed, report, runs, trips)
    return report


def _look(seed: int, report: Report, runs: int, trips: int) -> None:
    found = one(seed, report, SMALL, thorough=seed % 40 < 2)
    if report.run < runs:
        decide(seed, found, report, batch=seed % 97 == 0)
    if report.trips < trips and seed % 9 < 2:
        lay_out(seed, found, report)
