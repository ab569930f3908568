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
from tests.mistakes.slip_moves import MOVES, Move
from tests.mistakes.slip_ways import WAYS as OF_SIGNS
from tests.mistakes.slip_ways import masked
from tests.mistakes.slip_words import words_of
from tests.mistakes.slips import (
    ALL,
    BACK,
    BROKEN,
    CRASH,
    MENDED,
    NO_FIX,
    OTHER,
    SILENT,
    SOUND,
    Answer,
    Slip,
    answer,
    keeps,
    share,
    share_of_rest,
    slips,
)

FLOORS = {"signs": 0.97, "words and lines": 0.94}
"""What has been reached of the sample below where all can be known, and is not to be lost."""
REST, REST_OTHERWISE = 0.7, 0.06
"""Where it cannot be known: how much is back or mended at least, and says another thing at most."""
BASES = ("hotel", "insurer")
EVERY = 90
UNSAID = {"insurer:14 functions clims, sales, agents"}
"""Slips of the sample that leave a sound strategy: `claims` is a function nobody there is put in charge of."""


@cache
def sample() -> list[Slip]:
    return list(slips({name: base_text(name) for name in BASES}, seed=1, every=EVERY, ways=ALL))


@cache
def found() -> list[Answer]:
    return [answer(slip) for slip in sample()]


def told(kinds: tuple[str, ...], answers: list[Answer] | None = None) -> list[str]:
    """The slips that came to these kinds, in words."""
    chosen = [a for a in (found() if answers is None else answers) if a.kind in kinds]
    return [f"{a.slip.base}:{a.slip.line} {a.slip.after.strip()} {a.told}".strip() for a in chosen]


def test_each_way_is_tried_and_each_slip_is_another() -> None:
    assert len({slip.way for slip in sample()}) >= 0.9 * len(ALL)
    assert len({(slip.base, slip.text) for slip in sample()}) >= 0.99 * len(sample()) >= 100


@pytest.mark.parametrize("what", FLOORS)
def test_the_first_fix_gives_the_file_back(what: str) -> None:
    signs = {way.name for way in OF_SIGNS}
    mine = [a for a in found() if (a.slip.way in signs) == (what == "signs")]
    assert share(mine) >= FLOORS[what], "\n".join(told((OTHER, BROKEN, NO_FIX), [a for a in mine if a.slip.known]))


def test_what_cannot_be_known_is_not_made_into_another_thing() -> None:
    rest = [a for a in found() if not a.slip.known]
    assert share_of_rest(rest, OTHER) <= REST_OTHERWISE, "\n".join(told((OTHER,), rest))
    assert share_of_rest(rest, BACK, MENDED) >= REST, "\n".join(told((OTHER, BROKEN, NO_FIX), rest))


def test_no_slip_brings_the_check_down() -> None:
    assert told((CRASH,)) == []


def test_no_slip_passes_unsaid() -> None:
    assert set(told((SILENT,))) <= UNSAID


# ---- The judge can say no ----


def one(way: str = "money: 12€", base: str = "hotel") -> Slip:
    return next(slips({base: base_text(base)}, 1, 10_000, [w for w in ALL if w.name == way]))


def test_fixes_that_do_nothing_fall_below_the_floor() -> None:
    none = [answer(slip, fixer=lambda finding: None) for slip in (*sample()[:30], *sample()[-30:])]
    assert {a.kind for a in none} <= {NO_FIX, SOUND} and share(none) == share_of_rest(none, BACK, MENDED) == 0


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


def test_a_fix_that_loses_a_word_or_calls_a_line_another_has_not_kept_all() -> None:
    slip = one("gone: a name")
    lines = slip.text.split("\n")
    at = slip.line - 1
    filled = [*lines[:at], f"{lines[at]} more", *lines[at + 1 :]]
    called = [*lines[:at], f"  once called {lines[at].strip()}", *lines[at + 1 :]]
    assert keeps(slip, "\n".join(filled))
    assert not keeps(slip, "\n".join(called))
    assert not keeps(slip, "\n".join([*lines[:at], *lines[at + 1 :]]))


def test_a_slip_that_can_be_known_is_not_mended_by_another_word() -> None:
    slip = one("gone: a name")
    fixed = answer(slip)
    assert answer(replace(slip, known=True)).kind == (OTHER if fixed.kind == MENDED else fixed.kind)


def test_words_are_taken_for_what_they_are() -> None:
    roles = [(word.text, word.role) for word in words_of('  limit 3 per 14 days across all # not "more"')]
    assert roles[:3] == [("limit", "head"), ("3", "figure"), ("per", "phrase")]
    assert roles[3:] == [("14", "figure"), ("days", "unit"), ("across", "phrase"), ("all", "phrase")]
    formula = words_of('measure calls "Calls" = count of rows in last 2 years where kind is at')
    assert [word.text for word in formula if word.role == "formula"] == ["count", "of", "in", "last", "where", "is"]


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_line_that_is_moved_takes_along_what_is_below_it(move: Move) -> None:
    lines = base_text("insurer").split("\n")
    moved = [new for at in range(len(lines)) if lines[at].strip() for new in move.spoil(lines, at)]
    assert moved and all(sorted(map(str.strip, new)) == sorted(map(str.strip, lines)) != new for new in moved)


@pytest.mark.parametrize("line", ['  owner "Head of 12 EUR" # 12 EUR', 'segment a "is b" when c is d'])
def test_texts_and_comments_are_left_alone(line: str) -> None:
    assert len(masked(line)) == len(line) and "EUR" not in masked(line) and masked(line).count(" is ") <= 1
