"""Step 7: the whole population as one problem. Prices for what is scarce, then one pass in the order they give.

In: the contending pairs, the contest after the required actions. Out: the pairs served, and an `Allocation`: the price
of each constraint, the total reached, a proven upper bound and the gap between the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.capacity import Amounts
from stratagem.engine.decide.contest import Contest
from stratagem.engine.decide.dual import (
    Block,
    Ceiling,
    Scarce,
    Values,
    blocks_of,
    capped_values,
    evaluate,
    reduced,
    scarce_of,
)
from stratagem.engine.decide.eligibility import Candidates
from stratagem.engine.decide.prices import lowest
from stratagem.engine.decide.rank import Pairs, Places
from stratagem.engine.decide.rules import Rules

SAMPLE = 150_000
"""Pairs on which the prices are first found, those of every so-manieth customer; all of them then correct them."""
EVALUATIONS, POLISH = 150, 5
"""How often the bound is worked out on the sample, and on everyone (the more they are, the fewer times)."""


@dataclass
class Allocation:
    """What the allocation says of itself. Prices are score per unit (per EUR, contact, hour, item); 0: not scarce.

    `total` and `bound` count what the lists are worth by the rank's score, withheld places included.
    """

    prices: dict[str, float] = field(default_factory=dict)
    total: float = 0.0
    bound: float = 0.0

    @property
    def gap(self) -> float:
        """How far at most the total lies below the best that is possible, as a share of the bound."""
        return max(0.0, (self.bound - self.total) / self.bound) if self.bound > 0 else 0.0


@dataclass
class Problem:
    """The contending scored pairs `which` with values by option, and what is scarce. `price` as in `Scarce`."""

    pairs: Pairs
    which: Places
    value: Values
    cost: Amounts | None
    scarce: Scarce
    price: Values
    bound: float


def price_out(
    rules: Rules,
    candidates: Candidates,
    pairs: Pairs,
    which: Places,
    cost: Amounts | None,
    contest: Contest,
    minimums: list[int],
) -> Problem:
    """Finds the prices. `minimums[i]`: how many more are wanted through the channel of minimum i."""
    value = capped_values(rules, candidates, pairs, which)
    scarce = scarce_of(rules, contest, minimums)
    blocks = list(blocks_of(pairs, which, value, cost, contest))
    concerned = _concerned(blocks, scarce)
    price = _prices(concerned, scarce)
    bound, _ = evaluate(blocks, scarce, price)
    return Problem(pairs, which, value, cost, scarce, price, bound)


def _concerned(blocks: list[Block], scarce: Scarce) -> list[Block]:
    """The customers whom a price can move at all."""
    touches = np.asarray(scarce.needs.any(axis=(1, 2))) | scarce.money.any(axis=0)
    found = []
    for block in blocks:
        rows = np.flatnonzero(touches[block.action].any(axis=1))
        if len(rows):
            found.append(_rows(block, rows))
    return found


def _rows(block: Block, rows: npt.NDArray[np.int64]) -> Block:
    return Block(
        block.customer[rows],
        block.action[rows],
        block.value[rows],
        None if block.cost is None else block.cost[rows],
        block.held[rows],
        [Ceiling(c.number[rows], c.room[rows]) for c in block.ceilings],
    )


def _prices(blocks: list[Block], scarce: Scarce) -> Values:
    """Prices that make the bound low: found on every so-manieth customer, corrected on all."""
    customers = sum(len(b.customer) for b in blocks)
    if not len(scarce) or not customers:
        return np.zeros(len(scarce))
    highest = max(float(np.max(b.value)) for b in blocks)
    scale = _scale(blocks, scarce)
    upper = np.maximum(highest / scale * 4.0, 1.0)
    step = max(1, sum(b.action.size for b in blocks) // SAMPLE)
    sample = [_rows(b, np.arange(i % step, len(b.customer), step)) for i, b in enumerate(blocks)]
    share = sum(len(b.customer) for b in sample) / customers

    def on(part: list[Block], part_share: float, divisor: float) -> Values:
        def function(point: Values) -> tuple[float, Values]:
            bound, slope = evaluate(part, scarce, point * scale, part_share)
            return bound / divisor, slope * scale / divisor

        start = found if part_share == 1.0 and step > 1 else np.zeros(len(scarce))
        polish = step > 1 and part_share == 1.0
        most = max(1, POLISH - step // 20) if polish else EVALUATIONS
        return lowest(function, start, upper, most, to_zero=not polish)

    found = np.zeros(len(scarce))
    if step > 1:
        found = on(sample, share, share * customers)
    found = on(blocks, 1.0, float(customers))
    return np.array([float(f"{p:.9g}") for p in found * scale])


def _scale(blocks: list[Block], scarce: Scarce) -> Values:
    """A price for each scarce thing at which it costs about what a pair is worth."""
    block = max(blocks, key=lambda b: len(b.customer))
    values = block.value[np.isfinite(block.value)]
    typical = float(values.mean())
    needs = np.array([n[n > 0].mean() if (n > 0).any() else 0.0 for n in np.moveaxis(scarce.needs, 2, 0)])
    if block.cost is not None:
        paid = np.concatenate([b.cost[b.cost > 0] for b in blocks if b.cost is not None])
        mean = float(paid.mean()) if len(paid) else 1.0
        needs = np.where(scarce.money.any(axis=1), mean, needs)
    return np.where(needs > 0, typical / np.maximum(needs, 1e-12), 1.0)


def reduced_scores(problem: Problem) -> Values:
    """By pair and option: the score less what it takes, at the prices found."""
    pairs, which = problem.pairs, problem.which
    flat = Block(
        pairs.customer[which][:, None],
        pairs.action[which][:, None],
        problem.value[:, None, :],
        None if problem.cost is None else problem.cost[:, None, :].astype(np.float64),
        pairs.withheld[which][:, None],
        [],
    )
    return reduced(flat, problem.scarce, problem.price)[:, 0, :]


def tries_by(worth: Values) -> npt.NDArray[np.int8]:
    """The open options, the best first (the earlier one among equals), then -1."""
    order = np.argsort(-worth, axis=1, kind="stable").astype(np.int8)
    closed = np.isinf(np.take_along_axis(worth, order.astype(np.int64), axis=1))
    order[closed] = -1
    return order


def outcome(value: Values, chosen: npt.NDArray[np.int8]) -> float:
    """What the places taken are worth."""
    taken = np.flatnonzero(chosen >= 0)
    return float(value[taken, chosen[taken]].sum())
