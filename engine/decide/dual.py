"""The priced problem: what the population would choose if every scarce thing had a price, and what that adds up to.

In: the contending pairs with their scores, and what is left of each supply. Out: for given prices, an upper bound on the
total score that any choice within the supplies can reach, and how much of each supply would be wanted.

For each customer the best pairs at these prices are picked, at most as many as the list and the contact limits allow.
Limits are used where they nest (so that picking the best first is exact); those that do not nest, limits per
group and `not with` are left out, which keeps the bound true. A channel further down an action's list never counts for
more than the ones before it: the order of preference comes before a saving.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.capacity import Amounts
from stratagem.engine.decide.contest import PLACES, Contest
from stratagem.engine.decide.eligibility import Bools, Candidates
from stratagem.engine.decide.rank import Pairs, Places
from stratagem.engine.decide.rules import Rules

Values = npt.NDArray[np.float64]
ROWS = 1 << 16
"""Customers worked on at a time."""


@dataclass
class Scarce:
    """What has a price. `left` of each; `sign` is -1 for a minimum, of which more is wanted.

    `needs[action, option, scarce]`; `money[scarce, action]`: does the pair's cost count; `members[scarce]`: for whom.
    """

    names: list[str]
    left: Values
    sign: Values
    needs: Values
    money: Bools
    members: list[Bools | None]

    def __len__(self) -> int:
        return len(self.left)


@dataclass
class Block:
    """Customers with equally many pairs: arrays by customer, pair, option. Closed options are worth minus infinity.

    `places[customer]`; `nested` limits: (which pairs they count, how many of them each customer may have).
    """

    customer: npt.NDArray[np.int32]
    action: npt.NDArray[np.int16]
    value: Values
    cost: Values | None
    held: Bools
    places: Values
    nested: list[tuple[Bools, Values]]
    tight: bool


def capped_values(rules: Rules, candidates: Candidates, pairs: Pairs, which: Places) -> Values:
    """Score of these pairs by channel; never more than through a channel before it; closed ones minus infinity."""
    found = np.full((len(which), max(1, rules.widest)), -np.inf)
    actions, customers, opened = pairs.action[which], pairs.customer[which], pairs.open[which]
    for a, rule in enumerate(rules.actions):
        here = np.flatnonzero(actions == a)
        ceiling = np.full(len(here), np.inf)
        for k, option in enumerate(rule.options):
            if option.score is None:
                continue
            is_open = (opened[here] >> np.uint32(k) & np.uint32(1)).astype(np.bool_)
            score = np.where(is_open, candidates.numbers(option.score)[customers[here]], np.inf)
            ceiling = np.minimum(ceiling, score)
            found[here[is_open], k] = ceiling[is_open]
    return found


def scarce_of(rules: Rules, contest: Contest, minimums: list[int]) -> Scarce:
    """The supplies that may run short, then the minimums, `minimums[i]` still wanted of each."""
    means, supplies = contest.means, contest.binding
    needs = means.needs[:, :, supplies].astype(np.float64)
    money = np.array([means.budget == s for s in supplies], np.bool_).reshape(len(supplies), len(rules.actions))
    members: list[Bools | None] = [None] * len(supplies)
    for number, concerned, inside in means.caps:
        if number in supplies:
            money[supplies.index(number)] = concerned
            members[supplies.index(number)] = inside
    wanted = [m for m, count in zip(rules.minimums, minimums, strict=True) if count > 0]
    through = np.zeros((*needs.shape[:2], len(wanted)))
    for i, minimum in enumerate(wanted):
        for a, rule in enumerate(rules.actions):
            for k, option in enumerate(rule.options):
                through[a, k, i] = option.channel == minimum.channel
    return Scarce(
        names=[*(rules.supplies[s].name for s in supplies), *(f"at least through {m.channel}" for m in wanted)],
        left=np.array([*(contest.left[s] for s in supplies), *(c for c in minimums if c > 0)], np.float64),
        sign=np.array([1.0] * len(supplies) + [-1.0] * len(wanted)),
        needs=np.concatenate([needs, through], axis=2),
        money=np.concatenate([money, np.zeros((len(wanted), len(rules.actions)), np.bool_)]),
        members=[*members, *(None for _ in wanted)],
    )


def blocks_of(
    pairs: Pairs, which: Places, value: Values, cost: Amounts | None, contest: Contest
) -> Iterator[Block]:
    """The pairs by customer, customers with equally many pairs together, in order of the customers' rows."""
    order = np.argsort(pairs.customer[which], kind="stable")
    _, starts, counts = np.unique(pairs.customer[which][order], return_index=True, return_counts=True)
    nested = _nested_limits(pairs, which, contest)
    for count in np.unique(counts).tolist():
        firsts = starts[counts == count]
        for low in range(0, len(firsts), ROWS):
            at = order[firsts[low : low + ROWS, None] + np.arange(count)]
            customer = pairs.customer[which[at[:, 0]]]
            places = contest.room[customer, PLACES].astype(np.float64)
            limits = [(inside[at], contest.room[customer, column].astype(np.float64)) for column, inside in nested]
            limits = [(i, room) for i, room in limits if bool((i.sum(axis=1) > room).any())]
            yield Block(
                customer=customer,
                action=pairs.action[which[at]],
                value=value[at],
                cost=None if cost is None else cost[at].astype(np.float64),
                held=pairs.withheld[which[at]],
                places=places,
                nested=limits,
                tight=bool((places < count).any()) or bool(limits),
            )


def _nested_limits(pairs: Pairs, which: Places, contest: Contest) -> list[tuple[int, Bools]]:
    """Limits of which any two either count disjoint pairs or one counts all of the other's, with the pairs counted."""
    found: list[tuple[int, Bools]] = []
    for column in range(contest.room.shape[1] - 1, PLACES, -1):
        bound = (contest.columns == column).any(axis=2)
        inside = ~pairs.withheld[which] & ~contest.required[pairs.action[which]]
        for k in range(bound.shape[1]):
            is_open = (pairs.open[which] >> np.uint32(k) & np.uint32(1)).astype(np.bool_)
            inside &= ~is_open | bound[pairs.action[which], k]
        if inside.any() and all(_nests(inside, other) for _, other in found):
            found.append((column, inside))
    return found


def _nests(one: Bools, other: Bools) -> bool:
    shared = one & other
    return not shared.any() or bool((shared == one).all()) or bool((shared == other).all())


def reduced(block: Block, scarce: Scarce, prices: Values) -> Values:
    """Scores less what the choice takes at these prices. What is withheld takes nothing."""
    signed = scarce.sign * prices
    toll = (scarce.needs @ signed)[block.action]
    if block.cost is not None:
        for i in np.flatnonzero(prices):
            pays = scarce.money[i][block.action]
            inside = scarce.members[i]
            if inside is not None:
                pays = pays & inside[block.customer][:, None]
            toll = toll + np.where(pays, signed[i], 0.0)[..., None] * block.cost
    return block.value - np.where(block.held[..., None], 0.0, toll)


def evaluate(blocks: list[Block], scarce: Scarce, prices: Values, share: float = 1.0) -> tuple[float, Values]:
    """The bound at these prices, and its slope in them. `share`: of the population that the blocks hold."""
    total, use = 0.0, np.zeros(len(scarce))
    for block in blocks:
        worth = reduced(block, scarce, prices)
        option = worth.argmax(axis=2)
        best = np.take_along_axis(worth, option[..., None], axis=2)[..., 0]
        picked = _pick(block, best)
        total += float(best[picked].sum())
        use += _wanted(block, scarce, picked & ~block.held, option)
    left = scarce.left * share
    slope = scarce.sign * (left - use)
    return total + float((scarce.sign * prices) @ left), slope


def _pick(block: Block, best: Values) -> Bools:
    """By customer, the pairs that are worth their price, the best first, within places and nested limits."""
    gains = best > 0
    if not block.tight:
        return gains
    picked = np.zeros(best.shape, np.bool_)
    rows = np.arange(len(best))
    order = np.argsort(-best, axis=1, kind="stable")
    places = block.places.copy()
    rooms = [(inside, room.copy()) for inside, room in block.nested]
    for j in range(best.shape[1]):
        at = order[:, j]
        takes = gains[rows, at] & (places > 0)
        for inside, room in rooms:
            takes &= ~inside[rows, at] | (room > 0)
        picked[rows, at] = takes
        places -= takes
        for inside, room in rooms:
            room -= takes & inside[rows, at]
    return picked


def _wanted(block: Block, scarce: Scarce, picked: Bools, option: Places) -> Values:
    rows, columns = np.nonzero(picked)
    actions, options = block.action[rows, columns].astype(np.int64), option[rows, columns]
    widest = scarce.needs.shape[1]
    times = np.bincount(actions * widest + options, minlength=scarce.needs.shape[0] * widest)
    use = times.astype(np.float64) @ scarce.needs.reshape(len(times), len(scarce))
    if block.cost is not None:
        paid = block.cost[rows, columns, options]
        for i, members in enumerate(scarce.members):
            counts = scarce.money[i][actions]
            if members is not None:
                counts = counts & members[block.customer[rows]]
            use[i] += float(paid[counts].sum())
    return np.asarray(use)
