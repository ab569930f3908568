"""A text twice as long takes about twice the work: counted in calls, not in time, so that any machine sees the same."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile

import pytest

from tests.fuzz.answers import answer
from tests.fuzz.large import MAKERS, text

SHORT, LINE = 12 * 1024, 4 * 1024
MOST = 3.0
"""Times the calls of a text half as long. Twice is straight; four times is every line looked at for every line."""
FEW = 200_000
"""Calls below which the start of a text weighs more than its length."""
MOST_EACH = 450
"""Calls for a character of a text so short that a single line of it is still read."""
Work = Callable[[str], object]


def calls(work: Work, told: str) -> int:
    """How many calls a work on a text makes, once all is loaded that it needs."""
    work(told[: SHORT // 4][:-1])
    profile = Profile()
    profile.enable()
    work(told)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def grown(work: Work, seed: int) -> tuple[int, float]:
    """The calls that a text takes, and how many times those of the first half of it."""
    short, long = (calls(work, text(seed)[:size]) for size in (SHORT, 2 * SHORT))
    return long, long / short


@pytest.mark.parametrize("seed", range(len(MAKERS)))
def test_a_text_twice_as_long_takes_about_twice_the_work(seed: int) -> None:
    made, times = grown(lambda told: answer(told.encode(), seed, thorough=False), seed)
    assert times <= MOST or made < FEW


@pytest.mark.parametrize("seed", range(len(MAKERS)))
def test_no_character_takes_much_work(seed: int) -> None:
    made = calls(lambda told: answer(told.encode(), seed, thorough=False), text(seed)[:LINE])
    assert made <= MOST_EACH * LINE


def test_work_that_looks_at_every_line_for_every_line_is_seen() -> None:
    def every(told: str) -> int:
        lines = told.splitlines()
        return sum(len(line) for line in lines for other in lines if line.startswith(other[:3]))

    made, times = grown(every, 32)
    assert times > MOST and made > FEW
    assert calls(every, text(32)[: 2 * SHORT]) > MOST_EACH * LINE
