"""Several slips in one strategy are all found, and mended at one go; the judge can say no.

The full counts are run by `python -m tests.mistakes together --count N`.
"""

from __future__ import annotations

from functools import cache

from tests.mistakes.corpus import base_text
from tests.mistakes.together import Outcome, outcome, outcomes

BASE, EACH, COUNT = "hotel", 4, 10
BLAMED, SOUND = 0.95, 0.9
"""What has been reached, and is not to be lost."""


@cache
def found() -> list[Outcome]:
    return list(outcomes(BASE, base_text(BASE), EACH, COUNT, seed=1))


def test_each_slip_is_blamed() -> None:
    assert sum(one.blamed for one in found()) >= BLAMED * EACH * COUNT


def test_mended_at_one_go_the_strategy_checks() -> None:
    assert sum(one.sound for one in found()) >= SOUND * COUNT, [one.left for one in found() if not one.sound]


def test_what_is_not_mended_is_seen() -> None:
    left = [outcome(base_text(BASE), one.slips, mended=lambda text: text) for one in found()]
    assert not any(one.same for one in left)
    assert sum(one.sound for one in left) < SOUND * COUNT
