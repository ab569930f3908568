"""What a run may still use up: budgets, capacities, people's hours, stock and spend caps, less history.

In: rules, candidates, what history used. Out: `Means`: what is left of each supply, and what each action through each
of its channels takes of it. Money is in millionths, time in millionths of a second; sums are exact whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.eligibility import Bools, Candidates
from stratagem.engine.decide.rules import MILLION, PLENTY, Rules

Amounts = npt.NDArray[np.int64]


@dataclass
class Means:
    """`needs[action, option, supply]`: everything but money. `budget[action]` is the supply that pays, or the last,
    boundless one. `caps`: (supply, the actions it concerns, the customers it counts). After the rules' supplies
    stands one for each minimum: it is what is still wanted, and is needed only while the minimum is filled."""

    left: Amounts
    needs: Amounts
    budget: npt.NDArray[np.int32]
    caps: list[tuple[int, Bools, Bools]]

    @property
    def count(self) -> int:
        """How many supplies there are."""
        return len(self.left) - 1


def means_of(rules: Rules, candidates: Candidates, used: list[int]) -> Means:
    """What is left, and what each choice takes."""
    supplies, actions = len(rules.supplies) + len(rules.minimums), len(rules.actions)
    needs = np.zeros((actions, max(1, rules.widest), supplies), np.int64)
    budget = np.full(actions, supplies, np.int32)
    for a, rule in enumerate(rules.actions):
        if rule.budget >= 0:
            budget[a] = rule.budget
        for k, option in enumerate(rule.options):
            for supply, amount in option.needs:
                needs[a, k, supply] = min(amount, PLENTY)
    caps = [
        (i, np.array([i in r.caps for r in rules.actions], np.bool_), candidates.members(s.segments, rules.strategy))
        for i, s in enumerate(rules.supplies)
        if s.kind == "cap"
    ]
    left = [max(0, min(s.amount, PLENTY) - u) for s, u in zip(rules.supplies, used, strict=True)]
    return Means(np.array([*left, *(0 for _ in rules.minimums), PLENTY], np.int64), needs, budget, caps)


def to_units(money: npt.NDArray[np.float64]) -> Amounts:
    """Money in millionths, half away from zero; a missing cost is 0, an immense one PLENTY."""
    with np.errstate(over="ignore"):
        scaled = np.floor(np.abs(np.nan_to_num(money, nan=0.0, posinf=0.0, neginf=0.0)) * MILLION + 0.5)
    units = np.where(scaled >= PLENTY, PLENTY, np.minimum(scaled, PLENTY)).astype(np.int64)
    return np.where(money < 0, 0, units)


def exact_sum(amounts: Amounts) -> int:
    """The sum, without overflow."""
    high, low = amounts >> 32, amounts & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())


def first_beyond(amounts: Amounts, held: Bools, left: int) -> int:
    """The first place at which what is asked exceeds what those before have left; -1 where there is none.

    What is held is asked for, and must be there, but is not taken.
    """
    asked = np.minimum(amounts, left + 1)
    if exact_sum(asked) <= left:
        return -1
    if len(asked) > 1 and exact_sum(asked) >= PLENTY:  # halves, so that no running sum overflows
        half = len(asked) // 2
        found = first_beyond(asked[:half], held[:half], left)
        if found >= 0:
            return found
        gone = exact_sum(asked[:half][~held[:half]])
        found = first_beyond(asked[half:], held[half:], left - gone)
        return found if found < 0 else half + found
    taken = np.where(held, 0, asked)
    before = np.cumsum(taken) - taken
    over = np.flatnonzero(asked > left - before)
    return int(over[0]) if len(over) else -1
