"""One customer's decision for the archive: all that it was made from, so that it can be made again without the batch.

In: a run and a customer of it. Out: a `DecisionRecord`. `replay` decides again from the record alone and a plan of
the same strategy, and gives the same record, byte for byte. Fields with a purpose of their own (`personal for`) are
not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from stratagem.dsl.expressions.tree import FieldRef
from stratagem.engine.decide.compile_rules import rules_of
from stratagem.engine.decide.decision import Decision, Decisions
from stratagem.engine.decide.gates import Gate, gate_name, truth
from stratagem.engine.decide.own_past import EPOCH, OwnPast
from stratagem.engine.decide.rules import Rules
from stratagem.engine.decide.single import Turn, Verdict, settle
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute, Plan, Staging, Tiering

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.decide.batch import Kept

RECORD_VERSION = 1
Value = bool | int | float | str | None


class Served(BaseModel):
    """An open action with its open channels, in the order in which the run tried them."""

    model_config = ConfigDict(frozen=True)

    action: str
    channels: tuple[str, ...]


class Refusal(BaseModel):
    """A channel that others' decisions had closed when this customer's turn came: gate `policy` or `budget`."""

    model_config = ConfigDict(frozen=True)

    action: str
    channel: str
    gate: str


class DecisionRecord(BaseModel):
    """What was read, what was found, what was decided.

    `inputs`: fields, facts, gates and scores of the customer, in evaluated form (dates as days, times as microseconds
    since 1970). `past`: what history said. `served`, `refused`: what depended on the other customers of the run.
    `prices`: per unit, as the run found them. `gates`: by action, each gate `passed`, `stopped` or `unknown`.
    """

    model_config = ConfigDict(frozen=True)

    format_version: int = RECORD_VERSION
    strategy: str
    strategy_hash: str
    as_of: str
    zone: str
    customer: str
    inputs: dict[str, Value]
    past: OwnPast
    served: tuple[Served, ...]
    refused: tuple[Refusal, ...]
    fit: Fit | None
    prices: dict[str, float]
    decisions: tuple[Decision, ...]
    gates: dict[str, dict[str, str]]
    ledger: str


class RecordError(ValueError):
    """The record cannot be replayed: it is of another version, or the plan is of another strategy."""


def record_of(decisions: Decisions, population: pl.DataFrame, customer: str) -> DecisionRecord:
    """The record of one customer of a run. KeyError for a stranger.

    `population`: the frame the run was made from.
    """
    kept = decisions.kept
    row = kept.candidates.ids.index_of(customer)
    if row is None:
        raise KeyError("no such customer in this run")
    columns = _inputs(kept.plan, population, customer)
    past, turns = _own_past(kept, row), tuple(_turns(kept, row))
    watch = _Watch(kept, row)
    verdict = settle(kept.rules, columns, kept.moment, past, turns, watch)
    refused = _fitting(kept, row, watch, verdict)
    verdict = settle(kept.rules, columns, kept.moment, past, turns, refused)
    return _record(kept.rules, verdict, columns, refused, kept.moment, kept.fit, decisions.allocation.prices)


def replay(record: DecisionRecord, plan: Plan) -> DecisionRecord:
    """Decides again from the record. RecordError where it does not fit this plan."""
    rules = rules_of(plan)
    if record.format_version != RECORD_VERSION:
        raise RecordError(f"the record has format version {record.format_version}; this is {RECORD_VERSION}")
    if record.strategy_hash != plan.strategy.hash:
        raise RecordError("the record was made by another strategy, or another version of it")
    moment = Moment.parse(record.as_of, record.zone)
    number = {r.action.name: r.plan.index for r in rules.actions}
    turns = [
        Turn(number[s.action], tuple(_option(rules, number[s.action], c) for c in s.channels)) for s in record.served
    ]
    refused = {(r.action, r.channel): Gate[r.gate.upper()] for r in record.refused}
    verdict = settle(rules, record.inputs, moment, record.past, turns, refused)
    return _record(rules, verdict, record.inputs, refused, moment, record.fit, record.prices)


def _record(
    rules: Rules,
    verdict: Verdict,
    columns: Mapping[str, Any],
    refused: Mapping[tuple[str, str], Gate],
    moment: Moment,
    fit: Fit | None,
    prices: Mapping[str, float],
) -> DecisionRecord:
    names = [r.action.name for r in rules.actions]
    return DecisionRecord(
        strategy=rules.strategy.name,
        strategy_hash=rules.strategy.hash,
        as_of=str(moment),
        zone=moment.zone,
        customer=verdict.customer,
        inputs=dict(columns),
        past=verdict.past,
        served=tuple(
            Served(
                action=names[t.action],
                channels=tuple(rules.actions[t.action].options[k].channel for k in t.options),
            )
            for t in verdict.turns
        ),
        refused=tuple(Refusal(action=a, channel=c, gate=gate_name(g)) for (a, c), g in sorted(refused.items())),
        fit=fit,
        prices=dict(prices),
        decisions=verdict.decisions,
        gates={name: truth(bits) for name, bits in zip(names, verdict.gates, strict=True)},
        ledger=verdict.ledger,
    )


def _option(rules: Rules, action: int, channel: str) -> int:
    return next(k for k, o in enumerate(rules.actions[action].options) if o.channel == channel)


def _inputs(plan: Plan, population: pl.DataFrame, customer: str) -> dict[str, Value]:
    """The customer's columns that the plan reads or makes, but personal fields."""
    import polars as pl

    wanted = [name for name in dict.fromkeys(_names(plan)) if name in population.columns]
    row = population.filter(pl.col("@id").cast(pl.String) == customer).select("@id", *wanted).row(0, named=True)
    return {name: _evaluated(value) for name, value in row.items()}


def _names(plan: Plan) -> Iterator[str]:
    personal = {f"{s.name}.{f.name}" for s in plan.strategy.sources for f in s.fields if f.personal_for is not None}
    yield "@excluded"
    for step in (*plan.facts, *plan.candidates):
        if isinstance(step, Compute):
            read = [f"{n.source}.{n.field}" for n in step.expr.walk() if isinstance(n, FieldRef)]
            yield from (name for name in sorted(set(read)) if name not in personal)
            yield step.name
        elif isinstance(step, Tiering):
            yield from (step.name, f"{step.name}@open")
        else:
            assert isinstance(step, Staging)
            yield "stage"
    for action in plan.actions:
        gates = (action.segment, action.stage, action.dates, action.when, *action.unless, *action.allowed)
        parts = (action.chance, action.worth, action.weight, *action.cost, *action.score)
        yield from (name for name in (*gates, *parts) if name)
    yield from (s.column for s in plan.silences)
    yield from (name for cap in plan.strategy.decide.spend_caps for name in (ref.name for ref in cap.segments))


def _evaluated(value: Any) -> Value:
    """As the row evaluator has it: days and microseconds since 1970."""
    if isinstance(value, datetime):
        since = value.replace(tzinfo=None) - EPOCH
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    if isinstance(value, date):
        return (value - EPOCH.date()).days
    assert value is None or isinstance(value, bool | int | float | str)
    return value


def _own_past(kept: Kept, row: int) -> OwnPast:
    standing, names = kept.standing, [r.action.name for r in kept.rules.actions]
    shared: list[int | None] = []
    for groups, room in zip(standing.groups, standing.group_room, strict=True):
        number = int(groups.of[row])
        shared.append(None if number == groups.count else int(room[number]))
    return OwnPast(
        room=tuple(int(room[row]) for room in standing.room),
        group_room=tuple(shared),
        resting=tuple(names[a] for a, flags in sorted(standing.resting.items()) if flags[row]),
        following=tuple(names[a] for a, flags in sorted(standing.following.items()) if flags[row]),
    )


def _pairs(kept: Kept, row: int) -> list[int]:
    """The customer's pairs, in the order in which the run served them."""
    pairs = kept.pairs
    found = []
    for start, end in zip(pairs.starts, pairs.starts[1:], strict=False):
        at = start + int(pairs.customer[start:end].searchsorted(row))
        if at < end and pairs.customer[at] == row:
            found.append(at)
    required = [r.required for r in kept.rules.actions]
    return sorted(
        found,
        key=lambda p: (
            int(pairs.place[p]),
            not required[pairs.action[p]],
            -float(pairs.score[p]),
            int(pairs.action[p]),
        ),
    )


def _turns(kept: Kept, row: int) -> Iterator[Turn]:
    for pair in _pairs(kept, row):
        options = [int(k) for k in kept.pairs.tries[pair] if k >= 0]
        yield Turn(int(kept.pairs.action[pair]), tuple(options))


class _Watch(dict[tuple[str, str], Gate]):
    """Asked only for channels that the customer's own limits permit: what the run did not take, others had shut."""

    def __init__(self, kept: Kept, row: int) -> None:
        super().__init__()
        self.chosen: dict[tuple[str, str], bool] = {}
        self.why: dict[str, int] = {}
        for pair in _pairs(kept, row):
            rule = kept.rules.actions[int(kept.pairs.action[pair])]
            self.why[rule.action.name] = int(kept.pairs.why[pair])
            for k, option in enumerate(rule.options):
                self.chosen[rule.action.name, option.channel] = int(kept.pairs.chosen[pair]) == k

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        if self.chosen[key]:
            return default
        why = self.why[key[0]]
        self[key] = Gate.POLICY if why & Gate.POLICY and not why & Gate.BUDGET else Gate.BUDGET
        return self[key]


def _fitting(kept: Kept, row: int, watch: _Watch, verdict: Verdict) -> dict[tuple[str, str], Gate]:
    """The refusals, where an action lost one channel to a group's limit and another to a shortage told apart."""
    found = dict(watch)
    for rule, bits in zip(kept.rules.actions, verdict.gates, strict=True):
        name = rule.action.name
        lacking = int(kept.candidates.bits[rule.plan.index][row]) & ~bits
        if lacking & Gate.POLICY:
            mine = [key for key in found if key[0] == name]
            found[mine[-1]] = Gate.POLICY
    return found
