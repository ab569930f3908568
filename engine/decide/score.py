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
from stratagem.engine.decide.eligibility import UNKNOWN, YES, Bools, Candidates
from stratagem.engine.decide.gates import STRATEGIC, Gate, mark
from stratagem.engine.decide.rules import ActionRule, Rules


@dataclass
class Open:
    """By action: open channels as bits per customer, and the score through the first of them (0 where none is)."""

    channels: list[npt.NDArray[np.uint32]]
    first: list[npt.NDArray[np.float64]]


@dataclass
class _Tally:
    """What the channels of one action come to, while they are gone through."""

    allowed: Bools
    unknown: Bools
    free: Bools
    free_allowed: Bools
    gain: Bools
    gain_allowed: Bools
    blank: Bools
    blank_allowed: Bools


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
    tally = _Tally(*(np.zeros(size, np.bool_) for _ in range(8)))
    found, first = np.zeros(size, np.uint32), np.zeros(size, np.float64)
    for k, option in enumerate(rule.options):
        state = candidates.truth(option.allowed)
        allowed = state == YES
        free = ~standing.blocked(rule, option)
        score = np.full(size, np.inf) if option.score is None else candidates.numbers(option.score)
        gain, blank = score > 0, np.isnan(score)
        tally.allowed |= allowed
        tally.unknown |= state == UNKNOWN
        tally.free |= free
        tally.free_allowed |= free & allowed
        tally.gain |= gain
        tally.gain_allowed |= gain & allowed
        tally.blank |= blank
        tally.blank_allowed |= blank & allowed
        is_open = allowed & free & gain
        first = np.where(is_open & (found == 0), score, first)
        found |= is_open.astype(np.uint32) << np.uint32(k)
    bits = candidates.bits[rule.plan.index] | _marks(tally, found)
    candidates.bits[rule.plan.index] = bits
    shut = ((bits & np.uint32(STRATEGIC)) != 0) | candidates.excluded
    found[shut] = 0
    return found, np.where(found == 0, 0.0, first)


def _marks(tally: _Tally, found: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The gates `channel`, `policy` and `score`. Where no channel is allowed, all are asked what they would say."""
    any_allowed = tally.allowed
    free = np.where(any_allowed, tally.free_allowed, tally.free)
    gain = np.where(any_allowed, tally.gain_allowed, tally.gain)
    blank = np.where(any_allowed, tally.blank_allowed, tally.blank)
    # A channel may be free and another worth it: then the policy stands between the two.
    between = any_allowed & free & gain & (found == 0)
    bits = np.zeros(len(found), np.uint32)
    for flags, sign in (
        (~any_allowed, mark(Gate.CHANNEL)),
        (~any_allowed & tally.unknown, mark(Gate.CHANNEL, True)),
        (~gain, mark(Gate.SCORE)),
        (~gain & blank, mark(Gate.SCORE, True)),
        (~free | between, mark(Gate.POLICY)),
    ):
        if flags.any():
            bits |= flags * np.uint32(sign)
    return bits


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
