"""Which channels are open to each pair of customer and action, and what the pair scores through them.

In: candidates and how they stand with the contact policy. Out: `Open`: by action, the open channels as bits (the
first bit is the first choice), and the score through the first of them; the gates `channel`, `policy` and `score`
are added to the candidates' bits. A channel through which the score is zero or less is not open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.contact_policy import Standing
from stratagem.engine.decide.eligibility import UNKNOWN, YES, Candidates
from stratagem.engine.decide.gates import AFTER, STRATEGIC, Gate, mark
from stratagem.engine.decide.rules import ActionRule, Option, Rules


@dataclass
class Open:
    """By action: open channels as bits per customer, and the score through the first of them (0 where none is)."""

    channels: list[npt.NDArray[np.uint32]]
    first: list[npt.NDArray[np.float64]]


ALLOWED, BLANK_CHANNEL, FREE, GAIN, BLANK_SCORE = 1, 2, 4, 8, 16
"""What a channel says of a pair: allowed; not known whether; free of the contact policy; worth it; score missing."""


def _table() -> npt.NDArray[np.uint32]:
    """The gates `channel`, `policy` and `score` for what an action's channels say together."""
    found = np.zeros(32, np.uint32)
    for said in range(32):
        if not said & ALLOWED:
            found[said] |= mark(Gate.CHANNEL, bool(said & BLANK_CHANNEL))
        if not said & FREE:
            found[said] |= mark(Gate.POLICY)
        if not said & GAIN:
            found[said] |= mark(Gate.SCORE, bool(said & BLANK_SCORE))
    return found


MARKS = _table()


def screen(rules: Rules, candidates: Candidates, standing: Standing) -> Open:
    """Looks at every channel of every action for every customer, and marks the gates."""
    result = Open([], [])
    for rule in rules.actions:
        open_bits, first = _screen_action(rule, candidates, standing)
        result.channels.append(open_bits)
        result.first.append(first)
    _wait_for_phase(rules, candidates, result)
    return result


def _screen_action(
    rule: ActionRule, candidates: Candidates, standing: Standing
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float64]]:
    size = len(candidates)
    everyone, allowed_only = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    found, first = np.zeros(size, np.uint32), np.zeros(size, np.float64)
    for k, option in enumerate(rule.options):
        said, score = _say(rule, option, candidates, standing)
        allowed = (said & ALLOWED) != 0
        everyone |= said
        allowed_only |= said * allowed
        is_open = (said & (ALLOWED | FREE | GAIN)) == (ALLOWED | FREE | GAIN)
        np.copyto(first, score, where=is_open & (found == 0))
        found |= is_open * np.uint32(1 << k)
    # Where no channel is allowed, all are asked what they would say.
    any_allowed = (allowed_only & ALLOWED) != 0
    bits = MARKS[np.where(any_allowed, allowed_only, everyone)]
    # A channel may be free and another worth it: then the policy stands between the two.
    bits[(bits == 0) & (found == 0)] = mark(Gate.POLICY)
    if rule.plan.index in standing.following:
        bits |= ~standing.following[rule.plan.index] * np.uint32(AFTER)
    bits |= candidates.bits[rule.plan.index]
    candidates.bits[rule.plan.index] = bits
    shut = ((bits & np.uint32(STRATEGIC)) != 0) | candidates.excluded
    found[shut] = 0
    first[shut] = 0.0
    return found, first


def _say(
    rule: ActionRule, option: Option, candidates: Candidates, standing: Standing
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    """What one channel says of each customer, and the score through it."""
    size = len(candidates)
    state = candidates.truth(option.allowed)
    score = np.full(size, np.inf) if option.score is None else candidates.numbers(option.score)
    said = np.where(standing.blocked(rule, option), np.uint8(0), np.uint8(FREE))
    said |= (state == YES) * np.uint8(ALLOWED)
    said |= (state == UNKNOWN) * np.uint8(BLANK_CHANNEL)
    said |= (score > 0) * np.uint8(GAIN)
    said |= np.isnan(score) * np.uint8(BLANK_SCORE)
    return said, score


def _wait_for_phase(rules: Rules, candidates: Candidates, result: Open) -> None:
    """An action of a later phase waits while one of an earlier phase is open to the customer."""
    phased = [(rule.action.phase, rule.plan.index) for rule in rules.actions if rule.action.phase is not None]
    if len({phase for phase, _ in phased}) < 2:
        return
    now = np.full(len(candidates), np.iinfo(np.int64).max)
    for phase, index in phased:
        now = np.where(result.channels[index] != 0, np.minimum(now, phase), now)
    for phase, index in phased:
        waits = (result.channels[index] != 0) & (now < phase)
        candidates.bits[index] |= np.where(waits, mark(Gate.RANK), 0).astype(np.uint32)
        result.channels[index][waits] = 0
        result.first[index][waits] = 0.0
