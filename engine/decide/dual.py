"""The priced problem: what the population would choose if every scarce thing had a price, and what that adds up to.

In: the contending pairs with their scores, and what is left of each supply. Out: for given prices, an upper bound on
the total score that any choice within the supplies can reach, and how much of each supply would be wanted.

For each customer (for each group of customers, where a limit per group can bind) the best pairs at these prices are
picked, at most as many as the list and the contact limits allow. Limits are used where they nest, so that picking the
best first is exact; what does not nest, and `not with`, is left out, which keeps the bound true. A channel further down
an action's list never counts for more than the ones before it: the order of preference comes before a saving.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.capacity import Amounts
from stratagem.engine.decide.contest import PLACES, Contest
from stratagem.engine.decide.eligibility import Bools, Candidates
from stratagem.engine.decide.rank import Pairs, Places
from stratagem.engine.decide.rules import Rules

Values = npt.NDArray[np.float64]
PLENTIFUL = 2**31 - 1
"""Room that nothing can fill."""
ROWS = 1 << 17
"""Pairs worked on at a time."""
LARGEST_GROUP = 256
"""Pairs of a group up to which the bound reckons with a limit per group."""


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
class Ceiling:
    """At most so many of the pairs that share a number: `number[row, pair]` (-1: not counted), `room[row, number]`."""

    number: npt.NDArray[np.int16]
    room: npt.NDArray[np.int32]


@dataclass
class Block:
    """Customers, or groups of them, with equally many pairs: arrays by row, pair, option.

    Closed options are worth minus infinity. What is `held` takes nothing. The `ceilings` nest.
    """

    customer: npt.NDArray[np.int32]
    action: npt.NDArray[np.int16]
    value: Values
    cost: Values | None
    held: Bools
    ceilings: list[Ceiling]
    slack: npt.NDArray[np.int32] = field(init=False)
    """By row: so many pairs can be picked whichever they are."""

    def __post_init__(self) -> None:
        self.slack = np.full(len(self.action), PLENTIFUL, np.int32)
        for ceiling in self.ceilings:
            self.slack = np.minimum(self.slack, _least_room(ceiling))


def _least_room(ceiling: Ceiling) -> npt.NDArray[np.int32]:
    """By row, the smallest room of any number that a pair has."""
    rows = np.arange(len(ceiling.number))[:, None]
    rooms = ceiling.room[rows, np.maximum(ceiling.number, 0)]
    return np.asarray(np.where(ceiling.number >= 0, rooms, PLENTIFUL).min(axis=1), np.int32)


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


def blocks_of(pairs: Pairs, which: Places, value: Values, cost: Amounts | None, contest: Contest) -> Iterator[Block]:
    """The pairs by customer or group; rows with equally many pairs together, in order of the customers' ids."""
    customer = pairs.customer[which].astype(np.int64)
    group = _crowded_group(pairs, which, contest)
    unit = customer if group is None else np.where(group.unit >= 0, len(contest.room) + group.unit, customer)
    order = np.lexsort((customer, unit))
    _, starts, counts = np.unique(unit[order], return_index=True, return_counts=True)
    nested = _nested_limits(pairs, which, contest, None if group is None else group.counted)
    for count in np.unique(counts).tolist():
        firsts = starts[counts == count]
        rows = max(1, ROWS // count)
        for low in range(0, len(firsts), rows):
            at = order[firsts[low : low + rows, None] + np.arange(count)]
            yield Block(
                customer=pairs.customer[which[at]],
                action=pairs.action[which[at]],
                value=value[at],
                cost=None if cost is None else cost[at].astype(np.float64),
                held=pairs.withheld[which[at]],
                ceilings=list(_ceilings(customer[at], at, nested, group, contest)),
            )


@dataclass
class _Group:
    """By pair: its crowded group (-1 for none), and whether the group's limit counts it. `room` by group."""

    unit: Places
    counted: Bools
    room: npt.NDArray[np.int64]


def _crowded_group(pairs: Pairs, which: Places, contest: Contest) -> _Group | None:
    """The first limit per group that some groups can reach. Of very large groups the limit is left out."""
    for i, of in enumerate(contest.group_of):
        group = of[pairs.customer[which]]
        size = np.bincount(group, minlength=len(contest.group_room[i]))
        counted = _always_counted(pairs, which, contest.group_binds[i])
        asked = np.bincount(group[counted], minlength=len(contest.group_room[i]))
        crowded = (asked > contest.group_room[i]) & (size <= LARGEST_GROUP)
        if crowded.any():
            unit = np.where(crowded[group], group, -1)
            return _Group(unit, counted, contest.group_room[i].astype(np.int64))
    return None


def _always_counted(pairs: Pairs, which: Places, bound: Bools) -> Bools:
    """Pairs that a limit counts through whichever of their open channels. `bound` by action and option."""
    inside = ~pairs.withheld[which]
    for k in range(bound.shape[1]):
        is_open = (pairs.open[which] >> np.uint32(k) & np.uint32(1)).astype(np.bool_)
        inside &= ~is_open | bound[pairs.action[which], k]
    return inside


def _ceilings(
    customer: Places, at: Places, nested: list[tuple[int, Bools]], group: _Group | None, contest: Contest
) -> Iterator[Ceiling]:
    """The ceilings of one block that can be reached: places in the lists, limits per customer, limit per group."""
    fresh = np.zeros(customer.shape, np.int64)
    fresh[:, 1:] = customer[:, 1:] != customer[:, :-1]
    local = np.cumsum(fresh, axis=1)
    grouped = group is not None and bool((group.unit[at[:, 0]] >= 0).any())
    # In a group the places of those that its limit counts, and of the others, are kept apart: else they would not nest.
    side = group.counted[at].astype(np.int64) if group is not None and grouped else np.zeros_like(local)
    found = [_by_customer(customer, 2 * local + side, np.ones(at.shape, np.bool_), PLACES, contest)]
    found += [_by_customer(customer, local, inside[at], column, contest) for column, inside in nested]
    if group is not None and grouped:
        counted = group.counted[at] & (group.unit[at] >= 0)
        room = np.where(group.unit[at[:, 0]] >= 0, group.room[group.unit[at[:, 0]]], PLENTIFUL)
        found.append(Ceiling(np.where(counted, 0, -1).astype(np.int16), room[:, None].astype(np.int32)))
    for ceiling in found:
        if _can_bind(ceiling):
            yield ceiling


def _by_customer(customer: Places, number: Places, counted: Bools, column: int, contest: Contest) -> Ceiling:
    room = np.zeros((len(customer), int(number.max()) + 1), np.int32)
    rows = np.arange(len(customer))[:, None]
    room[rows, number] = contest.room[customer, column]
    return Ceiling(np.where(counted, number, -1).astype(np.int16), room)


def _can_bind(ceiling: Ceiling) -> bool:
    asked = np.zeros(ceiling.room.shape, np.int32)
    rows, columns = np.nonzero(ceiling.number >= 0)
    np.add.at(asked, (rows, ceiling.number[rows, columns]), 1)
    return bool((asked > ceiling.room).any())


def _nested_limits(pairs: Pairs, which: Places, contest: Contest, group: Bools | None) -> list[tuple[int, Bools]]:
    """Limits of which any two either count disjoint pairs or one counts all of the other's, with the pairs counted.

    Beside a limit per group (the pairs it counts are given) each must count only such pairs, or none of them.
    """
    found: list[tuple[int, Bools]] = []
    for column in range(contest.room.shape[1] - 1, PLACES, -1):
        inside = _always_counted(pairs, which, (contest.columns == column).any(axis=2))
        within = group is None or not (inside & ~group).any() or not (inside & group).any()
        if inside.any() and within and all(_nests(inside, other) for _, other in found):
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
                pays = pays & inside[block.customer]
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
    """By row, the pairs that are worth their price, the best first, within the ceilings."""
    gains = best > 0
    tight = np.flatnonzero(gains.sum(axis=1) > block.slack)
    if len(tight):
        gains[tight] = _pick_tight(block, best, tight)
    return gains


def _pick_tight(block: Block, best: Values, chosen: Places) -> Bools:
    """The same for rows of which not all can be picked: again and again the best that its ceilings still allow."""
    free = np.where(best[chosen] > 0, best[chosen], -np.inf)
    picked = np.zeros(free.shape, np.bool_)
    live = np.arange(len(chosen))
    ceilings = [(c.number[chosen], c.room[chosen]) for c in block.ceilings]
    for number, room in ceilings:
        free[(number >= 0) & (room[live[:, None], np.maximum(number, 0)] <= 0)] = -np.inf
    while len(live):
        at = free[live].argmax(axis=1)
        goes = free[live, at] > -np.inf
        live, at = live[goes], at[goes]
        picked[live, at] = True
        free[live, at] = -np.inf
        for number, room in ceilings:
            took = number[live, at]
            rows, took = live[took >= 0], took[took >= 0]
            room[rows, took] -= 1
            full = room[rows, took] <= 0
            rows, took = rows[full], took[full]
            free[rows] = np.where(number[rows] == took[:, None], -np.inf, free[rows])
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
                counts = counts & members[block.customer[rows, columns]]
            use[i] += float(paid[counts].sum())
    return np.asarray(use)
