"""A slip at any place of a strategy is answered by a first fix that gives the file back; and the judge can say no.

The full counts are run by `python -m tests.mistakes slips --every N`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from stratagem.dsl.pipeline import Checked
from tests.mistakes.corpus import base_text
from tests.mistakes.judge import check
from tests.mistakes.slip_ways import WAYS, masked
from tests.mistakes.slips import BACK, BROKEN, CRASH, NO_FIX, OTHER, SILENT, SOUND, Slip, answer, share, slips

FLOOR = 0.97
"""What has been reached of the sample below, and is not to be lost."""
BASES = ("hotel", "insurer")
EVERY = 60
UNSAID = {"insurer:14 functions clims, sales, agents"}
"""Slips of the sample that leave a sound strategy: `claims` is a function nobody there is put in charge of."""


@cache
def sample() -> list[Slip]:
    return list(slips({name: base_text(name) for name in BASES}, seed=1, every=EVERY))


@cache
def found() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for one in map(answer, sample()):
        kinds.setdefault(one.kind, []).append(f"{one.slip.base}:{one.slip.line} {one.slip.after.strip()} {one.told}")
    return kinds


def test_each_way_is_tried_and_each_slip_is_another() -> None:
    assert len({slip.way for slip in sample()}) >= 0.9 * len(WAYS)
    assert len({(slip.base, slip.text) for slip in sample()}) >= 0.99 * len(sample()) >= 100


def test_the_first_fix_gives_the_file_back() -> None:
    counted = sum(len(told) for kind, told in found().items() if kind != SOUND)
    left = "\n".join(line for kind in (OTHER, BROKEN, NO_FIX) for line in found().get(kind, []))
    assert len(found()[BACK]) / counted >= FLOOR, left


def test_no_slip_brings_the_check_down() -> None:
    assert found().get(CRASH, []) == []


def test_no_slip_passes_unsaid() -> None:
    assert [line.strip() for line in found().get(SILENT, []) if line.strip() not in UNSAID] == []


# ---- The judge can say no ----


def one(way: str = "money: 12€", base: str = "hotel") -> Slip:
    return next(slips({base: base_text(base)}, 1, 10_000, [w for w in WAYS if w.name == way]))


def test_fixes_that_do_nothing_fall_below_the_floor() -> None:
    none = [answer(slip, fixer=lambda finding: None) for slip in sample()[:40]]
    assert {a.kind for a in none} <= {NO_FIX, SOUND} and share(none) == 0


def test_another_fix_than_the_right_one_is_told() -> None:
    slip = one()
    assert answer(slip).kind == BACK
    elsewhere = replace(slip, sound=slip.sound.replace("12 minutes", "13 minutes").replace("\n\n", "\n# more\n\n", 1))
    assert answer(elsewhere).kind == OTHER


def test_silence_and_a_fault_are_told() -> None:
    slip = one()
    assert answer(slip, lambda text, encoding: check(slip.sound)).kind == SILENT

    def falls(text: str, encoding: str) -> Checked:
        raise ValueError("a fault")

    assert answer(slip, falls).kind == CRASH


def test_a_name_that_nothing_reads_may_be_called_anything() -> None:
    slip = one("letters: one is missing", "bank")
    sound = base_text("bank").replace("strategy ", "strategy lonely_", 1)
    alone = replace(slip, sound=sound, before="lonely_x y", after="lonly_x y", text=sound)
    assert answer(alone, lambda text, encoding: check(base_text("bank"))).kind == SILENT
    known = next(word for word in sound.split() if word.startswith("lonely_"))
    alone = replace(alone, before=f"strategy {known}", after="strategy lonly")
    assert answer(alone, lambda text, encoding: check(base_text("bank"))).kind == SOUND


@pytest.mark.parametrize("line", ['  owner "Head of 12 EUR" # 12 EUR', 'segment a "is b" when c is d'])
def test_texts_and_comments_are_left_alone(line: str) -> None:
    assert len(masked(line)) == len(line) and "EUR" not in masked(line) and masked(line).count(" is ") <= 1
