"""Serving pairs in their order: each takes the first of its channels that limits and supplies still permit.

In: a contest and a queue of pairs. Out: the queue's `chosen` and `why`, the contest's state after them. The result
is that of serving them one by one. It is worked out for many at once: pairs of different customers meet only
in supplies; so a stretch of the queue is served as if supplies sufficed, every customer's next pair in one
step; where a supply would have run short within it, the stretch is cut there, and what comes after is undone and
served again, knowing what is left. Short tails with many pairs of few customers are served one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.capacity import first_beyond
from stratagem.engine.decide.contest import PLACES, Contest, Ints, Queue
from stratagem.engine.decide.eligibility import Bools
from stratagem.engine.decide.gates import Gate

RANK, POLICY, BUDGET = int(Gate.RANK), int(Gate.POLICY), int(Gate.BUDGET)


@dataclass(frozen=True)
class Pace:
    """How much is served at once. It changes the speed, never the result."""

    stretch: int = 1 << 18
    least: int = 1 << 12
    alone: int = 48
    """Steps with fewer pairs than this are left to the one-by-one form."""


USUAL = Pace()


def serve(contest: Contest, queue: Queue, pace: Pace = USUAL) -> None:
    """Serves the whole queue."""
    at, calm, guess = 0, True, pace.least
    while at < len(queue):
        if calm:
            end = min(len(queue), at + pace.stretch)
            safe = _safe_length(contest, queue, at, end)
            if safe == end - at or safe >= pace.least:
                at = _stretch(contest, queue, at, at + safe, False, pace)
                continue
            calm, guess = False, pace.least
        goal = min(len(queue), at + guess)
        reached = _stretch(contest, queue, at, goal, True, pace)
        # The distance to the last shortage is a fair guess of the distance to the next.
        guess = guess * 2 if reached == goal else max(pace.least // 16, reached - at)
        calm, at = guess >= pace.stretch, reached


def _safe_length(contest: Contest, queue: Queue, at: int, end: int) -> int:
    """How many pairs from `at` on can be served whatever they take, since what they could take suffices."""
    pairs, length = np.arange(at, end), end - at
    for supply in contest.binding:
        left = int(contest.left[supply])
        if not contest.is_money(supply) and int(contest.means.needs[:, :, supply].max()) * len(pairs) <= left:
            continue
        most = np.zeros(len(pairs), np.int64)
        for j in range(queue.tries.shape[1]):
            options = queue.tries[at:end, j]
            amounts = contest.amount(supply, queue, pairs, options)
            amounts[(options < 0) | (amounts > left)] = 0
            np.maximum(most, amounts, out=most)
        beyond = first_beyond(most, queue.withheld[at:end], left)
        length = length if beyond < 0 else min(length, beyond)
    return length


def _stretch(contest: Contest, queue: Queue, at: int, end: int, watch: bool, pace: Pace) -> int:
    """Serves pairs `at` to `end` and settles the supplies; with `watch`, only up to where one would run short."""
    waiting = np.arange(at, end)
    while len(waiting):
        units = contest.unit[queue.customer[waiting]]
        contest.scratch[units[::-1]] = waiting[::-1]
        leads = contest.scratch[units] == waiting
        step, waiting = waiting[leads], waiting[~leads]
        if len(step) < pace.alone and len(waiting):
            _one_by_one(contest, queue, np.sort(np.concatenate([step, waiting])))
            break
        _step(contest, queue, step)
        waiting = _drop_full(contest, queue, waiting)
    return _settle(contest, queue, at, end, watch)


def _drop_full(contest: Contest, queue: Queue, waiting: Ints) -> Ints:
    """Pairs whose customer's list is full need not wait."""
    full = (contest.room[queue.customer[waiting], PLACES] <= 0) & ~contest.required[queue.action[waiting]]
    queue.why[waiting[full]] |= RANK
    return np.asarray(waiting[~full])


def _step(contest: Contest, queue: Queue, pairs: Ints) -> None:
    """Serves pairs of which no two meet but in supplies."""
    customers, actions = queue.customer[pairs], queue.action[pairs]
    ranked = ~contest.required[actions]
    out = ranked & (contest.room[customers, PLACES] <= 0)
    if contest.taken.shape[1]:
        out |= (contest.taken[customers] & contest.rivals[actions]).any(axis=1)
    queue.why[pairs[out]] |= RANK
    pairs = pairs[~out]
    for j in range(queue.tries.shape[1]):
        pairs = pairs[queue.tries[pairs, j] >= 0]
        if not len(pairs):
            break
        pairs = _try(contest, queue, pairs, j)


def _try(contest: Contest, queue: Queue, pairs: Ints, j: int) -> Ints:
    """Tries the pairs' channel number j; gives back those that could not take it."""
    customers, actions, options = queue.customer[pairs], queue.action[pairs], queue.tries[pairs, j]
    codes = contest.codes(actions, options)
    limited = np.zeros(len(pairs), np.bool_)
    columns = contest.by_code[codes]
    for i in range(columns.shape[1]):
        limited |= contest.room[customers, columns[:, i]] <= 0
    for i, group in enumerate(contest.group_of):
        limited |= contest.group_binds[i, actions, options] & (contest.group_room[i][group[customers]] <= 0)
    short = contest.closed()[codes]
    for supply in (s for s in contest.binding if contest.is_money(s)):
        short |= contest.amount(supply, queue, pairs, options) > contest.left[supply]
    queue.why[pairs[limited]] |= POLICY
    queue.why[pairs[short & ~limited]] |= BUDGET
    takes = ~(limited | short)
    queue.chosen[pairs[takes]] = options[takes]
    _take(contest, queue, pairs[takes])
    return pairs[~takes]


def _take(contest: Contest, queue: Queue, pairs: Ints, back: bool = False) -> None:
    """Counts what pairs took against places and limits, or gives it back. Going forth, no two share a unit."""
    sign = 1 if back else -1
    customers, actions, options = queue.customer[pairs], queue.action[pairs], queue.chosen[pairs]
    ranked = customers[~contest.required[actions]]
    _add(contest.room, ranked, np.full(len(ranked), PLACES), sign, back)
    if contest.taken.shape[1] and back:
        np.bitwise_and.at(contest.taken, customers, ~contest.rival_bit[actions])
    elif contest.taken.shape[1]:
        contest.taken[customers] |= contest.rival_bit[actions]
    sent = ~queue.withheld[pairs]
    customers, actions, options = customers[sent], actions[sent], options[sent]
    for i in range(contest.columns.shape[2]):
        columns = contest.columns[actions, options, i]
        there = columns > 0
        _add(contest.room, customers[there], columns[there], sign, back)
    for i, group in enumerate(contest.group_of):
        members = group[customers[contest.group_binds[i, actions, options]]]
        np.add.at(contest.group_room[i], members[members < len(contest.group_room[i]) - 1], np.int32(sign))


def _add(
    room: npt.NDArray[np.int16], rows: npt.NDArray[np.int32], columns: npt.NDArray[Any], sign: int, repeats: bool
) -> None:
    if repeats:
        np.add.at(room, (rows, columns), np.int16(sign))
    else:
        room[rows, columns] += np.int16(sign)


def _settle(contest: Contest, queue: Queue, at: int, end: int, watch: bool) -> int:
    """Takes from the supplies what was chosen; cuts where one would run short. Gives the place reached."""
    if not contest.binding:
        return end
    took = at + np.flatnonzero(queue.chosen[at:end] >= 0)
    held = queue.withheld[took]
    amounts = {s: contest.amount(s, queue, took, queue.chosen[took]) for s in contest.binding}
    cut = len(took)
    if watch:
        beyond = [first_beyond(amounts[s], held, int(contest.left[s])) for s in contest.binding]
        cut = min([b for b in beyond if b >= 0], default=cut)
    for supply in contest.binding:
        contest.left[supply] -= int(amounts[supply][:cut][~held[:cut]].sum())
    if cut == len(took):
        return end
    reached = int(took[cut])
    undone = reached + np.flatnonzero(queue.chosen[reached:end] >= 0)
    _take(contest, queue, undone, back=True)
    queue.chosen[reached:end] = -1
    queue.why[reached:end] = 0
    return reached


def _one_by_one(contest: Contest, queue: Queue, pairs: Ints) -> None:
    """The plain form, for stretches in which few customers have many pairs."""
    customers, actions = queue.customer[pairs].tolist(), queue.action[pairs].tolist()
    tries, withheld = queue.tries[pairs].tolist(), queue.withheld[pairs].tolist()
    short = _short_by_option(contest, queue, pairs)
    for i, (pair, customer, action) in enumerate(zip(pairs.tolist(), customers, actions, strict=True)):
        if not contest.required[action] and contest.room[customer, PLACES] <= 0:
            queue.why[pair] |= RANK
            continue
        if contest.taken.shape[1] and bool((contest.taken[customer] & contest.rivals[action]).any()):
            queue.why[pair] |= RANK
            continue
        for j, option in enumerate(tries[i]):
            if option < 0:
                break
            if _limited(contest, customer, action, option):
                queue.why[pair] |= POLICY
            elif short[i, j]:
                queue.why[pair] |= BUDGET
            else:
                queue.chosen[pair] = option
                _take_one(contest, customer, action, option, withheld[i])
                break


def _short_by_option(contest: Contest, queue: Queue, pairs: Ints) -> Bools:
    """Which of the pairs' tries ask more of a supply than is left."""
    short = np.zeros((len(pairs), queue.tries.shape[1]), np.bool_)
    for j in range(queue.tries.shape[1]):
        for supply in contest.binding:
            amounts = contest.amount(supply, queue, pairs, queue.tries[pairs, j])
            short[:, j] |= amounts > contest.left[supply]
    return short


def _limited(contest: Contest, customer: int, action: int, option: int) -> bool:
    if any(contest.room[customer, c] <= 0 for c in contest.columns[action, option].tolist()):
        return True
    return any(
        contest.group_binds[i, action, option] and contest.group_room[i][group[customer]] <= 0
        for i, group in enumerate(contest.group_of)
    )


def _take_one(contest: Contest, customer: int, action: int, option: int, withheld: bool) -> None:
    if not contest.required[action]:
        contest.room[customer, PLACES] -= 1
    if contest.taken.shape[1]:
        contest.taken[customer] |= contest.rival_bit[action]
    if withheld:
        return
    for column in contest.columns[action, option].tolist():
        if column:
            contest.room[customer, column] -= 1
    for i, group in enumerate(contest.group_of):
        if contest.group_binds[i, action, option] and group[customer] < len(contest.group_room[i]) - 1:
            contest.group_room[i][group[customer]] -= 1
