"""Step 5, before the run takes anything: whom history, silences, rests and the hour keep an action from.

In: rules, candidates, what history left, the moment. Out: `Standing`: how many more contacts each limit allows each
customer and group, and by option who is blocked already. What the run itself takes is counted in `serve.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

import numpy as np
import numpy.typing as npt
import polars as pl

from stratagem.dsl.model.means import Quiet
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.eligibility import Bools, Candidates, as_days
from stratagem.engine.decide.past import Groups, Past
from stratagem.engine.decide.rules import ActionRule, Option, Rules
from stratagem.engine.decide.windows import within_column
from stratagem.engine.moment import Moment

ROOMY = 32_000
"""Stands for no limit: more contacts than a customer can get in one run."""


@dataclass
class Standing:
    """`room` by limit and customer, `group_room` by limit and group; the place after the last group is for no group."""

    room: list[npt.NDArray[np.int16]]
    groups: list[Groups]
    group_room: list[npt.NDArray[np.int32]]
    silent: list[Bools]
    resting: dict[int, Bools]
    following: dict[int, Bools]
    moment: Moment
    size: int

    def blocked(self, rule: ActionRule, option: Option) -> Bools:
        """Whom the policy keeps from this action through this channel, whatever else the run does."""
        found = np.full(self.size, is_quiet(option, self.moment.time))
        index = rule.plan.index
        if index in self.resting:
            found |= self.resting[index]
        if index in self.following:
            found |= ~self.following[index]
        for i in option.silences:
            found |= self.silent[i]
        for i in option.limits:
            found |= self.room[i] <= 0
        for i in option.group_limits:
            found |= self.group_room[i][self.groups[i].of] <= 0
        return found


def stand(rules: Rules, candidates: Candidates, past: Past, moment: Moment) -> Standing:
    """Limits less what history counted, and the silences in force."""
    room = [_left(limit.count, counted) for limit, counted in zip(rules.limits, past.counted, strict=True)]
    group_room = []
    for limit, counted in zip(rules.group_limits, past.group_counted, strict=True):
        left = (min(limit.count, ROOMY) - counted).astype(np.int32)
        left[-1] = np.iinfo(np.int32).max
        group_room.append(left)
    silent = silences_in_force(rules, candidates, moment)
    return Standing(room, past.groups, group_room, silent, past.resting, past.following, moment, len(candidates))


def _left(count: int, counted: npt.NDArray[np.int32]) -> npt.NDArray[np.int16]:
    return np.clip(min(count, ROOMY) - counted, -1, ROOMY).astype(np.int16)


def silences_in_force(rules: Rules, candidates: Candidates, moment: Moment) -> list[Bools]:
    """By silence: for whom it holds now. A missing date is no silence."""
    found = []
    for silence, kind in zip(rules.silences, rules.silence_kinds, strict=True):
        column = candidates.frame.get_column(silence.column)
        start = as_days(pl.col(silence.column), column.dtype, kind)
        holds = pl.DataFrame({silence.column: column}).select(within_column(start, silence.period, moment))
        found.append(holds.to_series().fill_null(False).to_numpy())
    return found


def is_quiet(option: Option, at: time | None) -> bool:
    """Does the hour forbid it. Without a time of day no hour does."""
    if at is None:
        return False
    now = _second(at)
    return any(_within(now, start, end) for start, end in option.quiet)


def quiet_now(strategy: Strategy, at: time | None) -> tuple[Quiet, ...]:
    """The quiet hours of the strategy that hold at a time of day; none without one."""
    hours = (quiet for policy in strategy.policies for quiet in policy.quiet)
    if at is None:
        return ()
    return tuple(q for q in hours if _within(_second(at), _second(q.start.value), _second(q.end.value)))


def _second(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _within(now: int, start: int, end: int) -> bool:
    """Is it between the two, the first included; where the second is the earlier hour, over midnight."""
    return start <= now < end if start <= end else now >= start or now < end


def allowed_hours(option: Option) -> str:
    """The hours of the day in which quiet hours let it out, as `09:00–20:00`; empty when any hour will do."""

    def clock(seconds: int) -> str:
        return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"

    return ", ".join(f"{clock(end)}–{clock(start)}" for start, end in option.quiet)
