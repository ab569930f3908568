"""Step 6: the pairs of customer and action, their order, and who takes what at once because nothing is in the way.

In: what is open to whom, who is held out, the contest. Out: `Pairs` with the channel each took, or the gates that kept
it out. The order is by score, then declaration, then customer id; required actions come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.capacity import Amounts, exact_sum, to_units
from stratagem.engine.decide.contest import PLACES, Contest, Queue, boundless, join_units
from stratagem.engine.decide.eligibility import Bools, Candidates
from stratagem.engine.decide.gates import STRATEGIC, Gate
from stratagem.engine.decide.hashing import Texts
from stratagem.engine.decide.holdout import held_many
from stratagem.engine.decide.rules import Rules
from stratagem.engine.decide.score import Open
from stratagem.engine.decide.serve import Pace, serve

Places = npt.NDArray[np.int64]


@dataclass
class Pairs:
    """Every pair that some channel is open to, by action in declared order, then by customer id.

    `starts[a]` to `starts[a + 1]` are action a's. `open` are its channels as bits; `score` is that of the first.
    `tries` are the channels in the order tried, `place` says when the pair was served; both are set as it is.
    """

    customer: npt.NDArray[np.int32]
    action: npt.NDArray[np.int16]
    score: npt.NDArray[np.float64]
    open: npt.NDArray[np.uint32]
    withheld: Bools
    starts: list[int]
    chosen: npt.NDArray[np.int8]
    why: npt.NDArray[np.uint16]
    tries: npt.NDArray[np.int8]
    place: Places

    def __len__(self) -> int:
        return len(self.customer)


def pair_up(rules: Rules, candidates: Candidates, found: Open, ids: Texts) -> Pairs:
    """The open pairs, with who is held out; the gate `holdout` is marked on all that the strategy lets in."""
    parts: list[tuple[Any, ...]] = []
    size = len(candidates)
    everyone = np.arange(size)
    away = held_many(rules.holdout, ids, everyone) if rules.holdout else np.zeros(size, np.bool_)
    starts = [0]
    for a, rule in enumerate(rules.actions):
        held = away if rule.held_with_customer else np.zeros(size, np.bool_)
        let_in = _let_in(candidates, a)
        if rule.holdout is not None:
            held = held.copy()
            held[let_in] |= held_many(rule.holdout, ids, let_in)
        candidates.bits[a][let_in] |= np.where(held[let_in], int(Gate.HOLDOUT), 0).astype(np.uint32)
        is_open = found.channels[a] != 0
        rows = np.flatnonzero(is_open)
        parts.append((rows, np.full(len(rows), a), found.first[a][rows], found.channels[a][rows], held[rows]))
        starts.append(starts[-1] + len(rows))
    types = (np.int32, np.int16, np.float64, np.uint32, np.bool_)
    empty = tuple(np.zeros(0, t) for t in types)
    columns: list[Any] = [
        np.concatenate(c).astype(t) for c, t in zip(zip(empty, *parts, strict=True), types, strict=True)
    ]
    total = starts[-1]
    return Pairs(
        customer=columns[0],
        action=columns[1],
        score=columns[2],
        open=columns[3],
        withheld=columns[4],
        starts=starts,
        chosen=np.full(total, -1, np.int8),
        why=np.zeros(total, np.uint16),
        tries=in_order(columns[3], rules.widest),
        place=np.zeros(total, np.int64),
    )


def _let_in(candidates: Candidates, action: int) -> Places:
    """Rows of the customers whom the strategy's own gates let in."""
    bits = candidates.bits[action]
    return np.flatnonzero(((bits & np.uint32(STRATEGIC)) == 0) & ~candidates.excluded)


def first_option(open_bits: npt.NDArray[np.uint32]) -> npt.NDArray[np.int8]:
    """The first open channel's number."""
    lowest = open_bits & (~open_bits + np.uint32(1))
    return np.asarray(np.maximum(np.frexp(lowest.astype(np.float64))[1] - 1, 0), np.int8)


def in_order(open_bits: npt.NDArray[np.uint32], widest: int) -> npt.NDArray[np.int8]:
    """The open channels in order of preference, then -1."""
    masks: npt.NDArray[Any] = np.arange(1 << widest)
    which: npt.NDArray[Any] = open_bits
    if widest > 12:
        masks, which = np.unique(open_bits, return_inverse=True)
    table = np.full((len(masks), max(1, widest)), -1, np.int8)
    for row, bits in enumerate(masks.tolist()):
        options = [k for k in range(widest) if bits >> k & 1]
        table[row, : len(options)] = options
    return np.asarray(table[which])


def costs(rules: Rules, candidates: Candidates, pairs: Pairs, which: Places) -> Amounts:
    """Cost of each of these pairs by channel, in millionths; 0 where no budget pays."""
    found = np.zeros((len(which), max(1, rules.widest)), np.int64)
    actions, customers = pairs.action[which], pairs.customer[which]
    for a, rule in enumerate(rules.actions):
        if rule.budget < 0:
            continue
        here = np.flatnonzero(actions == a)
        for k, option in enumerate(rule.options):
            found[here, k] = to_units(candidates.numbers(option.cost)[customers[here]])
    return found


def bind(rules: Rules, candidates: Candidates, pairs: Pairs, contest: Contest) -> bool:
    """Finds the supplies that could run short and the groups that could fill up. True where money could.

    What is withheld takes nothing, but keeps its place only where there would have been enough: it counts here.
    """
    wanted = [0] * contest.means.count
    for a, rule in enumerate(rules.actions):
        mine = slice(pairs.starts[a], pairs.starts[a + 1])
        open_bits = pairs.open[mine]
        for supply in {s for o in rule.options for s, _ in o.needs}:
            wanted[supply] += len(open_bits) * int(contest.means.needs[a, :, supply].max())
        if rule.budget >= 0:
            dearest = np.zeros(len(open_bits), np.int64)
            for k, option in enumerate(rule.options):
                units = to_units(candidates.numbers(option.cost)[pairs.customer[mine]])
                dearest = np.maximum(dearest, np.where(open_bits >> np.uint32(k) & np.uint32(1), units, 0))
            for supply in (rule.budget, *rule.caps):
                asked = dearest
                if supply != rule.budget:
                    asked = dearest[_members(contest, supply)[pairs.customer[mine]]]
                wanted[supply] += exact_sum(asked)
    contest.binding = [s for s in range(len(rules.supplies)) if wanted[s] > int(contest.means.left[s])]
    boundless(contest)
    join_units(contest, _crowded(pairs, contest))
    return any(rules.supplies[s].kind in ("budget", "cap") for s in contest.binding)


def _members(contest: Contest, supply: int) -> Bools:
    return next(members for number, _, members in contest.means.caps if number == supply)


def _crowded(pairs: Pairs, contest: Contest) -> list[Bools]:
    """By group limit: the groups whose pairs together could go beyond it."""
    found = []
    for i, group in enumerate(contest.group_of):
        bound = contest.group_binds[i].any(axis=1)[pairs.action]
        wanted = np.bincount(group[pairs.customer[bound]], minlength=len(contest.group_room[i]))
        crowded = wanted > contest.group_room[i]
        crowded[-1] = False
        found.append(crowded)
    return found


def contending(rules: Rules, pairs: Pairs, contest: Contest) -> Bools:
    """Which pairs' outcome depends on others. All the rest can take their first channel at once."""
    size = len(contest.room)
    if rules.minimums:
        return np.ones(len(pairs), np.bool_)
    first = first_option(pairs.open)
    busy = np.zeros(size, np.bool_)
    ranked = pairs.customer[~contest.required[pairs.action]]
    busy |= np.bincount(ranked, minlength=size) > contest.room[:, PLACES]
    for column in range(2, contest.room.shape[1]):
        bound = (contest.columns == column).any(axis=2)[pairs.action, first]
        busy |= np.bincount(pairs.customer[bound], minlength=size) > contest.room[:, column]
    busy[pairs.customer[_touches_supply(contest)[pairs.action]]] = True
    if contest.rivals.shape[1]:
        rival = np.asarray(contest.rivals.any(axis=1))
        busy[pairs.customer[rival[pairs.action]]] = True
    for group, crowded in zip(contest.group_of, _crowded(pairs, contest), strict=True):
        busy |= crowded[group]
    return busy[pairs.customer]


def _touches_supply(contest: Contest) -> Bools:
    """By action: can it take of a supply that may run short."""
    means = contest.means
    found: Bools = np.asarray(means.needs[:, :, contest.binding].any(axis=(1, 2)))
    found = found | np.isin(means.budget, contest.binding)
    for supply, concerned, _ in means.caps:
        if supply in contest.binding:
            found = found | concerned
    return found


def by_score(pairs: Pairs, which: Places, score: npt.NDArray[np.float64]) -> Places:
    """These pairs in the order of `score`, the highest first; ties stay by declaration, then customer id."""
    return which[np.argsort(-score, kind="stable")]


def serve_pairs(contest: Contest, pairs: Pairs, which: Places, turn: int, cost: Amounts | None, pace: Pace) -> Queue:
    """Serves these pairs in this order; what came of it stands in the pairs. `turn`: which pass of the run this is."""
    queue = Queue(pairs.customer[which], pairs.action[which], pairs.tries[which], pairs.withheld[which], cost)
    serve(contest, queue, pace)
    pairs.chosen[which] = queue.chosen
    pairs.why[which] |= np.where(queue.chosen < 0, queue.why, 0).astype(np.uint16)
    pairs.place[which] = (turn << 40) + np.arange(len(which))
    return queue
