"""One run over the open pairs: who takes what at once, who contends, in which order, at which prices.

In: rules, candidates, pairs, contest. Out: the pairs with what each took, and the `Allocation`. The passes, in order:
required actions; then, when minimums are declared, the best pairs through each minimum's channel until it is
reached; then all other pairs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.allocate import Allocation, Problem, outcome, price_out, reduced_scores, tries_by
from stratagem.engine.decide.capacity import Amounts
from stratagem.engine.decide.contest import Contest, put_back, set_aside
from stratagem.engine.decide.dual import Values
from stratagem.engine.decide.eligibility import Bools, Candidates
from stratagem.engine.decide.rank import (
    Pairs,
    Places,
    bind,
    by_score,
    contending,
    costs,
    first_option,
    serve_pairs,
)
from stratagem.engine.decide.rules import PLENTY, Rules
from stratagem.engine.decide.serve import Pace

Columns = tuple[npt.NDArray[Any], ...]
REQUIRED, MINIMUM, RANKED, AT_ONCE = 0, 1, 2, 3
"""Turns of a run. What nothing stands in the way of is taken at once; its place does not matter."""


LARGE, LARGE_GAP, SMALL_GAP = 100_000, 0.005, 1e-6


class Run:
    """The passes of one run, and what they share."""

    def __init__(self, rules: Rules, candidates: Candidates, pairs: Pairs, contest: Contest, pace: Pace) -> None:
        self.rules = rules
        self.candidates = candidates
        self.pairs = pairs
        self.contest = contest
        self.pace = pace
        self.money = False

    def decide(self) -> Allocation:
        """Serves every pair."""
        pairs, contest = self.pairs, self.contest
        self.money = bind(self.rules, self.candidates, pairs, contest)
        busy = contending(self.rules, pairs, contest)
        at_once = np.flatnonzero(~busy)
        pairs.chosen[at_once] = first_option(pairs.open[at_once])
        pairs.place[at_once] = AT_ONCE << 40
        required = contest.required[pairs.action]
        self._pass(np.flatnonzero(busy & required), REQUIRED)
        return self._ranked(np.flatnonzero(busy & ~required), at_once)

    def _pass(self, which: Places, turn: int, cost: Amounts | None = None) -> None:
        if self.money and cost is None:
            cost = costs(self.rules, self.candidates, self.pairs, which)
        serve_pairs(self.contest, self.pairs, which, turn, cost, self.pace)

    def _ranked(self, which: Places, at_once: Places) -> Allocation:
        if not self.rules.prices:
            self._plain(which)
            return Allocation()
        cost = costs(self.rules, self.candidates, self.pairs, which) if self.money else None
        problem = price_out(self.rules, self.candidates, self.pairs, which, cost, self.contest, self._wanted())
        self._better_of(problem)
        sure = self._sure(at_once)
        per_unit = dict(zip(problem.scarce.names, self._per_unit(problem).tolist(), strict=True))
        total = sure + outcome(problem.value, self.pairs.chosen[which])
        return Allocation(per_unit, total, max(total, sure + problem.bound))

    def _better_of(self, problem: Problem) -> None:
        """The priced order; the plain one where, by the luck of rounding to whole pairs, it comes to more.

        That can only be where the priced order leaves a gap; in a large crowd a small one is not looked into.
        """
        start = set_aside(self.contest)
        pairs, which = self.pairs, problem.which
        before = self._kept(which)
        self._priced(problem)
        priced = outcome(problem.value, pairs.chosen[which])
        if priced >= problem.bound * (1 - (LARGE_GAP if len(which) > LARGE else SMALL_GAP)):
            return
        after, end = self._kept(which), set_aside(self.contest)
        self._bring_back(which, before)
        put_back(self.contest, start)
        self._plain(which)
        if outcome(problem.value, pairs.chosen[which]) <= priced:
            self._bring_back(which, after)
            put_back(self.contest, end)

    def _kept(self, which: Places) -> Columns:
        pairs = self.pairs
        return tuple(column[which] for column in (pairs.chosen, pairs.why, pairs.tries, pairs.place))

    def _bring_back(self, which: Places, kept: Columns) -> None:
        pairs = self.pairs
        columns: Columns = (pairs.chosen, pairs.why, pairs.tries, pairs.place)
        for column, values in zip(columns, kept, strict=True):
            column[which] = values

    def _plain(self, which: Places) -> None:
        """By score, each through the first of its channels that is open."""
        self._in_turn(by_score(self.pairs, which, self.pairs.score[which]))

    def _priced(self, problem: Problem) -> None:
        """By what is left of the score at the prices found, channels likewise."""
        worth = reduced_scores(problem)
        self.pairs.tries[problem.which] = tries_by(worth)
        self._in_turn(by_score(self.pairs, problem.which, worth.max(axis=1)))

    def _in_turn(self, ordered: Places) -> None:
        """Minimums first, then all the rest, in this order."""
        for number, count in enumerate(self._wanted()):
            if count > 0:
                ordered = self._fill(number, count, ordered)
        self._pass(ordered, RANKED)

    def _wanted(self) -> list[int]:
        """By minimum: how many more are wanted through its channel."""
        pairs, found = self.pairs, []
        taken = np.flatnonzero((pairs.chosen >= 0) & ~pairs.withheld)
        for number, minimum in enumerate(self.rules.minimums):
            through = self._through(number)[pairs.action[taken], pairs.chosen[taken]]
            found.append(max(0, minimum.count - int(through.sum())))
        return found

    def _through(self, number: int) -> Bools:
        """By action and option: does it go through the channel of this minimum."""
        channel = self.rules.minimums[number].channel
        found = np.zeros((len(self.rules.actions), max(1, self.rules.widest)), np.bool_)
        for a, rule in enumerate(self.rules.actions):
            for k, option in enumerate(rule.options):
                found[a, k] = option.channel == channel
        return found

    def _fill(self, number: int, count: int, ordered: Places) -> Places:
        """The first pairs in this order that can go through the minimum's channel do; gives back all others."""
        pairs, contest, supply = self.pairs, self.contest, len(self.rules.supplies) + number
        through = self._through(number)[pairs.action[ordered]]
        opened = pairs.open[ordered]
        option = np.full(len(ordered), -1, np.int8)
        for k in range(through.shape[1]):
            option[through[:, k] & ((opened >> np.uint32(k) & np.uint32(1)) != 0)] = k
        which = ordered[option >= 0]
        usual, why = pairs.tries[which].copy(), pairs.why[which].copy()
        pairs.tries[which] = -1
        pairs.tries[which, 0] = option[option >= 0]
        contest.means.needs[:, :, supply] = self._through(number)
        contest.left[supply] = count
        contest.binding.append(supply)
        self._pass(which, MINIMUM)
        contest.binding.remove(supply)
        contest.left[supply] = PLENTY
        contest.means.needs[:, :, supply] = 0
        passed = pairs.chosen[which] < 0
        pairs.tries[which[passed]] = usual[passed]
        pairs.why[which[passed]] = why[passed]
        return ordered[pairs.chosen[ordered] < 0]

    def _sure(self, at_once: Places) -> float:
        """What those are worth who took their first channel at once."""
        mine = at_once[~self.contest.required[self.pairs.action[at_once]]]
        return float(self.pairs.score[mine].sum())

    def _per_unit(self, problem: Problem) -> Values:
        """Prices per unit that people read; a minimum's is what one more contact costs, as a negative price."""
        scales = [self.rules.supplies[s].scale for s in self.contest.binding]
        scales += [1] * (len(problem.scarce) - len(scales))
        return problem.price * problem.scarce.sign * np.array(scales, np.float64)
