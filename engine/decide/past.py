"""What history leaves a run: how often each customer and group was contacted, what rests, what is used up.

In: frames of contacts and outcomes (`@id, at, action, channel, kind, cost` and `@id, at, action, outcome`; `at` is a
Datetime, in UTC when it has a zone, else on the strategy's wall clock), the candidates and the moment.
Out: `Past`, arrays with one place per customer, group or supply. Contacts after the moment do not count; contacts
by former names of an action or channel count for the present one; only outbound channels count for limits and rests.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.values import Duration
from stratagem.engine.decide.eligibility import Bools, Candidates
from stratagem.engine.decide.rules import MILLION, ActionRule, Limit, Rules, Supply
from stratagem.engine.decide.windows import calendar_period, latest, within_column
from stratagem.engine.moment import Moment

Counts = npt.NDArray[np.int32]
ROW = "@customer row"


@dataclass(frozen=True)
class History:
    """Contacts made, and what came of them. Either may lack."""

    contacts: pl.DataFrame | pl.LazyFrame | None = None
    outcomes: pl.DataFrame | pl.LazyFrame | None = None


@dataclass
class Groups:
    """A declared group over the population: each customer's number, and the number that means no group."""

    of: npt.NDArray[np.int64]
    count: int


@dataclass
class Past:
    """`counted` by limit, per customer; `group_counted` by limit, per group; `used` by supply.

    `resting` and `following` are by action: who may not be contacted with it yet, and whom `after` lets in.
    """

    counted: list[Counts]
    groups: list[Groups]
    group_counted: list[Counts]
    used: list[int]
    size: int
    resting: dict[int, Bools] = field(default_factory=dict)
    following: dict[int, Bools] = field(default_factory=dict)


def look_back(rules: Rules, candidates: Candidates, history: History, moment: Moment) -> Past:
    """History as it bears on this run."""
    size = len(candidates)
    contacts = _ready(history.contacts, rules, candidates, moment)
    outcomes = _ready(history.outcomes, rules, candidates, moment)
    groups = [_groups(candidates, limit.group or "") for limit in rules.group_limits]
    past = Past(
        counted=[np.zeros(size, np.int32) for _ in rules.limits],
        groups=groups,
        group_counted=[np.zeros(g.count + 1, np.int32) for g in groups],
        used=[0] * len(rules.supplies),
        size=size,
    )
    _follow(past, rules, contacts, size, moment)
    if contacts is not None and len(contacts):
        _count(past, rules, contacts, moment)
        past.used = [supply_used(s, i, rules, contacts, moment, candidates) for i, s in enumerate(rules.supplies)]
    _rest(past, rules, contacts, outcomes, moment)
    return past


def wall_clock_column(frame: pl.LazyFrame, moment: Moment) -> pl.LazyFrame:
    """`at` as Datetime (microseconds) on the wall clock of the moment's zone."""
    dtype = frame.collect_schema()["at"]
    at = pl.col("at")
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        at = at.dt.convert_time_zone(moment.zone).dt.replace_time_zone(None)
    elif dtype.is_integer():
        at = at.cast(pl.Int64)
    return frame.with_columns(at.cast(pl.Datetime("us")))


def _ready(
    frame: pl.DataFrame | pl.LazyFrame | None, rules: Rules, candidates: Candidates, moment: Moment
) -> pl.DataFrame | None:
    """Rows up to the moment, under present names, with the customer's row (missing for strangers)."""
    if frame is None:
        return None
    lazy = wall_clock_column(frame.lazy(), moment).filter(pl.col("at") <= latest(moment))
    present = set(lazy.collect_schema())
    kinds = {a.action.name: a.action.kind for a in rules.actions}
    for name in ("action", "channel"):
        if name in present:
            lazy = lazy.with_columns(pl.col(name).cast(pl.String).replace(rules.renamed))
    known = pl.col("kind").cast(pl.String) if "kind" in present else pl.lit(None, pl.String)
    lazy = lazy.with_columns(
        pl.coalesce(known, pl.col("action").replace_strict(kinds, default=None, return_dtype=pl.String)).alias("kind")
    )
    rows = pl.DataFrame({"@id": candidates.ids, ROW: np.arange(len(candidates))}).lazy()
    return lazy.with_columns(pl.col("@id").cast(pl.String)).join(rows, on="@id", how="left").collect()


def _groups(candidates: Candidates, group: str) -> Groups:
    column = candidates.frame.get_column(candidates.groups[group])
    known = column.is_not_null().to_numpy()
    numbers = np.zeros(len(column), np.int64)
    _, numbers[known] = np.unique(
        column.drop_nulls().cast(pl.String).cast(pl.Categorical).to_physical().to_numpy(), return_inverse=True
    )
    count = int(numbers[known].max()) + 1 if known.any() else 0
    return Groups(np.where(known, numbers, count), count)


def counted_by(limit: Limit, strategy: Strategy, moment: Moment) -> pl.Expr:
    """Which past contacts a limit counts."""
    outbound = [c.name for c in strategy.channels if c.outbound and limit.channel in (None, c.name)]
    return (
        pl.col("channel").is_in(outbound)
        & pl.col("kind").is_in(sorted(limit.kinds))
        & within_column(pl.col("at"), limit.period, moment)
    )


def _count(past: Past, rules: Rules, contacts: pl.DataFrame, moment: Moment) -> None:
    own = contacts.filter(pl.col(ROW).is_not_null())
    for i, limit in enumerate(rules.limits):
        rows = own.filter(counted_by(limit, rules.strategy, moment)).get_column(ROW).to_numpy()
        past.counted[i] = np.bincount(rows, minlength=len(past.counted[i])).astype(np.int32)
    for i, limit in enumerate(rules.group_limits):
        rows = own.filter(counted_by(limit, rules.strategy, moment)).get_column(ROW).to_numpy()
        groups = past.groups[i]
        past.group_counted[i] = np.bincount(groups.of[rows], minlength=groups.count + 1).astype(np.int32)


def _marked(frame: pl.DataFrame, which: pl.Expr, size: int) -> Bools:
    found = np.zeros(size, np.bool_)
    found[frame.filter(which & pl.col(ROW).is_not_null()).get_column(ROW).to_numpy()] = True
    return found


def _rest(
    past: Past, rules: Rules, contacts: pl.DataFrame | None, outcomes: pl.DataFrame | None, moment: Moment
) -> None:
    """Who had which action too lately: `rests`, `every`, and `rests … after declined`."""
    outbound = pl.col("channel").is_in([c.name for c in rules.strategy.channels if c.outbound])
    spaced = [(period, rule) for rule in rules.actions for period in spacing(rule)]
    declined = [(r.period, rule) for rule in rules.actions for r in rule.action.rests if r.after_declined]
    if contacts is not None:
        _mark_resting(past, contacts.filter(outbound), spaced, moment)
    if outcomes is not None:
        _mark_resting(past, outcomes.filter(pl.col("outcome") == "declined"), declined, moment)


def spacing(rule: ActionRule) -> list[Duration]:
    """The periods that must pass between two contacts with the action."""
    periods = [r.period for r in rule.action.rests if not r.after_declined]
    return [*periods, *([rule.action.every] if rule.action.every is not None else [])]


def _mark_resting(past: Past, events: pl.DataFrame, periods: list[tuple[Duration, ActionRule]], moment: Moment) -> None:
    """Marks each action's customers with an event of it in its period; events are looked through once a period."""
    for period in dict.fromkeys(period for period, _ in periods):
        recent = events.filter(within_column(pl.col("at"), period, moment) & pl.col(ROW).is_not_null())
        by_action = recent.select("action", ROW).partition_by("action", as_dict=True, include_key=False)
        for wanted, rule in periods:
            if wanted == period:
                resting = past.resting.setdefault(rule.plan.index, np.zeros(past.size, np.bool_))
                if (rule.action.name,) in by_action:
                    resting[by_action[rule.action.name,].get_column(ROW).to_numpy()] = True


def _follow(past: Past, rules: Rules, contacts: pl.DataFrame | None, size: int, moment: Moment) -> None:
    """Whom `after ACTION within P` lets in: contacted with it, through any channel, within P."""
    for rule in rules.actions:
        after = rule.action.after
        if after is None:
            continue
        if contacts is None:
            past.following[rule.plan.index] = np.zeros(size, np.bool_)
            continue
        had = (pl.col("action") == after.action.name) & within_column(pl.col("at"), after.within, moment)
        past.following[rule.plan.index] = _marked(contacts, had, size)


def time_taken(rules: Rules, action: str | None, channel: str | None) -> dict[int, int]:
    """Time by supply that a past contact took, whether or not its action and channel still exist."""
    actions = {a for a, _ in rules.times}
    channels = {c for _, c in rules.times}
    return rules.times[action if action in actions else "", channel if channel in channels else ""]


def supply_used(
    supply: Supply,
    number: int,
    rules: Rules,
    contacts: pl.DataFrame,
    moment: Moment,
    candidates: Candidates | None = None,
) -> int:
    """What past contacts took of a supply in the calendar period that holds the moment, in its whole units.
    `candidates` say who is in the segments of a spend cap."""
    start, end = calendar_period(moment, supply.per)
    rows = contacts.filter((pl.col("at") >= start) & (pl.col("at") < end))
    if supply.kind == "capacity":
        return int((rows.get_column("channel") == supply.subject).sum())
    if supply.kind == "stock":
        offering = [a.action.name for a in rules.actions if supply.subject in (r.name for r in a.action.offers)]
        return int(rows.get_column("action").is_in(offering).sum())
    if supply.kind == "hours":
        counts = rows.group_by("action", "channel").len().rows()
        return sum(time_taken(rules, action, channel).get(number, 0) * count for action, channel, count in counts)
    if "cost" not in rows.columns:
        return 0
    paid = [a.action.name for a in rules.actions if number == a.budget or number in a.caps]
    rows = rows.filter(pl.col("action").is_in(paid) & pl.col("cost").is_not_null())
    if supply.kind == "cap" and candidates is not None:
        inside = candidates.members(supply.segments, rules.strategy)
        rows = rows.filter(pl.col(ROW).is_not_null())
        rows = rows.filter(pl.Series(inside[rows.get_column(ROW).to_numpy()], dtype=pl.Boolean))
    return int(rows.select((pl.col("cost").cast(pl.Float64) * MILLION + 0.5).floor().cast(pl.Int64).sum()).item() or 0)
