"""What the pairs compete for, as arrays: places in a customer's list, contact limits, and supplies.

In: rules, how the candidates stand, and what is left. Out: `Contest`, the state that `serve` changes as pairs take
what they need; `Queue`, the pairs in the order in which they are served, with what became of each.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stratagem.engine.decide.capacity import Amounts, Means
from stratagem.engine.decide.contact_policy import ROOMY, Standing
from stratagem.engine.decide.eligibility import Bools
from stratagem.engine.decide.rules import PLENTY, Rules

Ints = npt.NDArray[np.int64]
PLACES = 1
"""The column of `room` with the places left in a customer's list; column 0 is never short."""


@dataclass
class Queue:
    """Pairs in order. `tries[pair]` are its open channels in the order in which it tries them, then -1.

    `cost[pair, option]` in millionths, only where money can run short. `chosen` is the option taken (-1 none);
    `why` has the gates that kept it from taking one.
    """

    customer: npt.NDArray[np.int32]
    action: npt.NDArray[np.int16]
    tries: npt.NDArray[np.int8]
    withheld: Bools
    cost: Amounts | None = None
    chosen: npt.NDArray[np.int8] = field(init=False)
    why: npt.NDArray[np.uint16] = field(init=False)

    def __post_init__(self) -> None:
        self.chosen = np.full(len(self.customer), -1, np.int8)
        self.why = np.zeros(len(self.customer), np.uint16)

    def __len__(self) -> int:
        return len(self.customer)


@dataclass
class Contest:
    """The state. `columns[action, option]` are the columns of `room` that it takes one of (0 for none).

    `binding` are the supplies that can run short at all; nothing is checked against the others.
    """

    room: npt.NDArray[np.int16]
    columns: npt.NDArray[np.int32]
    group_of: list[Ints]
    group_room: list[npt.NDArray[np.int32]]
    group_binds: npt.NDArray[np.bool_]
    means: Means
    binding: list[int]
    required: Bools
    rival_bit: npt.NDArray[np.uint64]
    rivals: npt.NDArray[np.uint64]
    taken: npt.NDArray[np.uint64]
    unit: Ints
    """Customers with one number are served one after the other; numbers of different customers do not meet."""
    left: Amounts = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.means.left.copy()
        self.by_code = self.columns.reshape(-1, self.columns.shape[2])
        self.scratch = np.zeros(int(self.unit.max(initial=0)) + 1, np.int64)

    def is_money(self, supply: int) -> bool:
        """A budget or a cap: what is taken of it varies by pair."""
        return bool((self.means.budget == supply).any()) or any(number == supply for number, _, _ in self.means.caps)

    def amount(self, supply: int, queue: Queue, pairs: Ints, options: npt.NDArray[np.int8]) -> Amounts:
        """What these pairs take of a supply through these options."""
        actions = queue.action[pairs]
        if queue.cost is None or not self.is_money(supply):
            return self.means.needs[:, :, supply].ravel()[self.codes(actions, options)]
        paid = queue.cost.ravel()[pairs * queue.cost.shape[1] + options]
        counts = (self.means.budget == supply)[actions]
        for number, concerned, members in self.means.caps:
            if number == supply:
                counts = concerned[actions] & members[queue.customer[pairs]]
        return np.where(counts, paid, 0)

    def codes(self, actions: npt.NDArray[np.int16], options: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
        """One number for each action and option; -1 as an option gives some number that means nothing."""
        return actions.astype(np.int32) * np.int32(self.columns.shape[1]) + options

    def closed(self) -> Bools:
        """By code: does it need more of some supply, money apart, than is left."""
        binding = [s for s in self.binding if not self.is_money(s)]
        return (self.means.needs[:, :, binding] > self.left[binding]).any(axis=2).ravel()


def contest_of(rules: Rules, standing: Standing, means: Means) -> Contest:
    """The state before anyone is served; nothing binds yet (see `bind`)."""
    actions, widest, size = len(rules.actions), max(1, rules.widest), standing.size
    room = np.full((size, 2 + len(rules.limits)), ROOMY, np.int16)
    if rules.at_most is not None:
        room[:, PLACES] = min(rules.at_most, ROOMY)
    for i, left in enumerate(standing.room):
        room[:, 2 + i] = left
    most = max((len(o.limits) for a in rules.actions for o in a.options), default=0)
    columns = np.zeros((actions, widest, max(1, most)), np.int32)
    group_binds = np.zeros((len(rules.group_limits), actions, widest), np.bool_)
    for a, rule in enumerate(rules.actions):
        for k, option in enumerate(rule.options):
            columns[a, k, : len(option.limits)] = [2 + i for i in option.limits]
            for i in option.group_limits:
                group_binds[i, a, k] = True
    rival_bit, rivals, words = _rivals(rules)
    return Contest(
        room=room,
        columns=columns,
        group_of=[g.of for g in standing.groups],
        group_room=[r.copy() for r in standing.group_room],
        group_binds=group_binds,
        means=means,
        binding=[],
        required=np.array([r.required for r in rules.actions], np.bool_),
        rival_bit=rival_bit,
        rivals=rivals,
        taken=np.zeros((size if words else 0, words), np.uint64),
        unit=np.arange(size),
    )


def _rivals(rules: Rules) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], int]:
    """Bits of the actions that `not with` names, in words of 64, and for each action those that exclude it."""
    named = [a for a, rule in enumerate(rules.actions) if rule.not_with]
    words = (len(named) + 63) // 64
    own = np.zeros((len(rules.actions), words), np.uint64)
    others = np.zeros((len(rules.actions), words), np.uint64)
    for i, a in enumerate(named):
        own[a, i // 64] = np.uint64(1) << np.uint64(i % 64)
    for a in named:
        for b in rules.actions[a].not_with:
            others[a] |= own[b]
    return own, others, words


def join_units(contest: Contest, crowded: list[Bools]) -> None:
    """Customers of one crowded group become one unit; groups that share a customer become one too.

    `crowded` by group limit: which groups can come to their limit in this run.
    """
    unit = contest.unit.copy()
    links = [(group, flag[group]) for group, flag in zip(contest.group_of, crowded, strict=True) if flag[group].any()]
    changed = bool(links)
    while changed:
        before = unit.copy()
        for group, inside in links:
            least = np.full(int(group.max()) + 1, len(unit), np.int64)
            np.minimum.at(least, group[inside], unit[inside])
            unit[inside] = least[group[inside]]
        changed = bool((unit != before).any()) and len(links) > 1
    contest.unit = unit


State = tuple[npt.NDArray[np.int16], list[npt.NDArray[np.int32]], npt.NDArray[np.uint64], Amounts]


def set_aside(contest: Contest) -> State:
    """What serving changes, as it is now."""
    return contest.room.copy(), [r.copy() for r in contest.group_room], contest.taken.copy(), contest.left.copy()


def put_back(contest: Contest, state: State) -> None:
    """The contest as it was; the state is the contest's own from here on."""
    contest.room, contest.group_room, contest.taken, contest.left = state


def boundless(contest: Contest) -> None:
    """No supply is short: what is left is made plenty for all that do not bind."""
    free = [i for i in range(contest.means.count) if i not in contest.binding]
    contest.left[free] = PLENTY
