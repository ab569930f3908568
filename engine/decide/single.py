"""Decides for one customer, by the rules of the batch, without frames.

In: a plan, the columns the row evaluator gave, what history says of the customer, and what is left of the supplies.
Out: a `Verdict`: the list, the gates, the ledger entry. For one customer who shares no group and meets no shortage it
is the batch's own answer (a test holds the two together); a customer of a batch is replayed with the order and the
shortages that the batch's record names (see `record.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from stratagem.engine.decide.compile_rules import rules_of
from stratagem.engine.decide.contact_policy import allowed_hours, is_quiet
from stratagem.engine.decide.decision import Decision
from stratagem.engine.decide.gates import AFTER, STRATEGIC, UNKNOWN_SHIFT, Gate, mark
from stratagem.engine.decide.holdout import held_one
from stratagem.engine.decide.identity import decision_id, id_prefix
from stratagem.engine.decide.own_past import EPOCH, OwnPast, Rows, own_past
from stratagem.engine.decide.rules import MILLION, PLENTY, ActionRule, Option, Rules
from stratagem.engine.decide.validity import reason_of, valid_to
from stratagem.engine.decide.windows import within
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Plan

Columns = Mapping[str, Any]
Refused = Mapping[tuple[str, str], Gate]
"""By action and channel: the gate that others' decisions have shut."""


@dataclass(frozen=True)
class Turn:
    """An open action and its open channels, in the order in which they are tried."""

    action: int
    options: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """One customer decided. `gates`: bits by action, in declared order. `turns`: the order they were served in."""

    customer: str
    decisions: tuple[Decision, ...]
    gates: tuple[int, ...]
    ledger: str
    past: OwnPast
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Usage:
    """What is left, by a supply's name, in its unit (EUR, contacts, hours, items). What is not named is plenty."""

    left: Mapping[str, float]


def decide_one(
    plan: Plan,
    columns: Columns,
    moment: Moment,
    contacts: Rows = (),
    outcomes: Rows = (),
    groups: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    usage: Usage | None = None,
) -> list[Decision]:
    """The customer's list. `columns`: the plan's columns with `@id`, in evaluated form; see `judge` for the rest."""
    return list(judge(plan, columns, moment, contacts, outcomes, groups, usage).decisions)


def judge(
    plan: Plan,
    columns: Columns,
    moment: Moment,
    contacts: Rows = (),
    outcomes: Rows = (),
    groups: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    usage: Usage | None = None,
) -> Verdict:
    """Decides, with gates and ledger. `groups`: contacts of all members, by each group the customer belongs to."""
    rules = rules_of(plan)
    past = own_past(rules, moment, contacts, outcomes, groups)
    return settle(rules, columns, moment, past, usage=usage)


def settle(
    rules: Rules,
    columns: Columns,
    moment: Moment,
    past: OwnPast,
    turns: Sequence[Turn] | None = None,
    refused: Refused | None = None,
    usage: Usage | None = None,
) -> Verdict:
    """The same from what history came to. `turns` and `refused`: order and shortages as a batch found them."""
    return _Table(rules, columns, moment, past, {} if refused is None else refused, usage).verdict(turns)


class _Table:
    """One customer's pairs, while they are decided on."""

    def __init__(
        self, rules: Rules, columns: Columns, moment: Moment, past: OwnPast, refused: Refused, usage: Usage | None
    ) -> None:
        self.rules = rules
        self.columns = columns
        self.moment = moment
        self.past = past
        self.refused = refused
        self.customer = str(columns["@id"])
        self.excluded = columns.get("@excluded") is True
        self.left = _units_left(rules, usage)
        self.room = list(past.room)
        self.group_room = list(past.group_room)
        self.silent = [self._silent(i) for i in range(len(rules.silences))]
        self.away = held_one(rules.holdout, self.customer)
        self.gates = [0] * len(rules.actions)
        self.taken: dict[int, tuple[int, str]] = {}
        """By action: the option taken, and its status."""

    def verdict(self, turns: Sequence[Turn] | None) -> Verdict:
        found = [self._screen(rule) for rule in self.rules.actions]
        self._wait_for_phase(found)
        served = self._in_order(found) if turns is None else [_still_open(turn, found) for turn in turns]
        for turn in served:
            self._serve(turn)
        return Verdict(
            self.customer, tuple(self._decisions()), tuple(self.gates), self._ledger(), self.past, tuple(served)
        )

    def _silent(self, number: int) -> bool:
        silence = self.rules.silences[number]
        since = self.columns.get(silence.column)
        if since is None:
            return False
        kind = self.rules.silence_kinds[number]
        start = EPOCH + (timedelta(microseconds=since) if kind == "timestamp" else timedelta(days=since))
        return within(start, silence.period, self.moment)

    def _screen(self, rule: ActionRule) -> tuple[int, ...]:
        """The open channels of an action; its gates are marked."""
        bits = self._strategic(rule)
        if not bits & STRATEGIC and not self.excluded and self._held(rule):
            bits |= Gate.HOLDOUT
        said = [self._say(rule, option) for option in rule.options]
        pool = [s for s in said if s[0] is True] or said
        if not any(s[0] is True for s in said):
            bits |= mark(Gate.CHANNEL, any(s[0] is None for s in said))
        is_open = tuple(k for k, (allowed, free, gain) in enumerate(said) if allowed is True and free and gain is True)
        free, gain = any(s[1] for s in pool), any(s[2] is True for s in pool)
        if not gain:
            bits |= mark(Gate.SCORE, any(s[2] is None for s in pool))
        if not free or (free and gain and not is_open and any(s[0] is True for s in said)):
            bits |= Gate.POLICY
        if self._lacks_contact(rule):
            bits |= AFTER
        self.gates[rule.plan.index] = bits
        return () if bits & STRATEGIC or self.excluded else is_open

    def _strategic(self, rule: ActionRule) -> int:
        bits, plan = 0, rule.plan
        columns = (plan.segment, plan.stage, plan.dates, plan.when)
        for gate, column in zip((Gate.SEGMENT, Gate.STAGE, Gate.DATES, Gate.WHEN), columns, strict=True):
            if column is not None and self.columns.get(column) is not True:
                bits |= mark(gate, self.columns.get(column) is None)
        blocking = [self.columns.get(column) for column in plan.unless]
        if any(b is not False for b in blocking):
            bits |= mark(Gate.UNLESS, not any(b is True for b in blocking))
        return bits

    def _held(self, rule: ActionRule) -> bool:
        return (self.away and rule.held_with_customer) or held_one(rule.holdout, self.customer)

    def _say(self, rule: ActionRule, option: Option) -> tuple[bool | None, bool, bool | None]:
        """Is the channel allowed, does the policy leave it free, is it worth it."""
        allowed = True if option.allowed is None else self.columns.get(option.allowed)
        score = float("inf") if option.score is None else self.columns.get(option.score)
        return allowed, not self._blocked(rule, option), None if score is None else score > 0

    def _blocked(self, rule: ActionRule, option: Option) -> bool:
        name = rule.action.name
        return (
            name in self.past.resting
            or self._lacks_contact(rule)
            or is_quiet(option, self.moment.time)
            or any(self.silent[i] for i in option.silences)
            or not self._has_room(option)
        )

    def _lacks_contact(self, rule: ActionRule) -> bool:
        """Was the contact never made that `after ACTION within P` asks for."""
        return rule.action.after is not None and rule.action.name not in self.past.following

    def _has_room(self, option: Option) -> bool:
        """Do the limits leave room, after what history and the list so far have counted."""
        if any(self.room[i] <= 0 for i in option.limits):
            return False
        rooms = (self.group_room[i] if i < len(self.group_room) else None for i in option.group_limits)
        return all(room is None or room > 0 for room in rooms)

    def _wait_for_phase(self, found: list[tuple[int, ...]]) -> None:
        declared = {r.plan.index: r.action.phase for r in self.rules.actions}
        phases = {i: phase for i, phase in declared.items() if phase is not None and found[i]}
        for i, phase in phases.items():
            if phase > min(phases.values()):
                self.gates[i] |= Gate.RANK
                found[i] = ()

    def _in_order(self, found: list[tuple[int, ...]]) -> list[Turn]:
        def key(index: int) -> tuple[bool, float, int]:
            score = self._score(self.rules.actions[index].options[found[index][0]])
            return not self.rules.actions[index].required, -(score or 0.0), index

        return [Turn(i, found[i]) for i in sorted((i for i, options in enumerate(found) if options), key=key)]

    def _score(self, option: Option) -> float | None:
        return None if option.score is None else self.columns.get(option.score)

    def _serve(self, turn: Turn) -> None:
        rule = self.rules.actions[turn.action]
        if not turn.options:
            return
        places = self.rules.at_most
        ranked = sum(not self.rules.actions[i].required for i in self.taken)
        full = not rule.required and places is not None and ranked >= places
        if full or rule.not_with & self.taken.keys():
            self.gates[turn.action] |= Gate.RANK
            return
        reasons = 0
        for k in turn.options:
            option = rule.options[k]
            shut = self._shut(rule, option)
            if not shut:
                self._take(rule, k)
                return
            reasons |= shut
        self.gates[turn.action] |= reasons

    def _shut(self, rule: ActionRule, option: Option) -> int:
        if not self._has_room(option):
            return Gate.POLICY
        refused = self.refused.get((rule.action.name, option.channel))
        if refused:
            return refused
        return Gate.BUDGET if any(self.left[s] < amount for s, amount in self._asks(rule, option)) else 0

    def _asks(self, rule: ActionRule, option: Option) -> list[tuple[int, int]]:
        """What the choice takes of each supply that is watched."""
        if not self.left:
            return []
        asked = list(option.needs)
        cost = _units(self._cost(option))
        caps = [c for c in rule.caps if self._member(self.rules.supplies[c].segments)]
        asked += [(s, cost) for s in (rule.budget, *caps) if s >= 0]
        return [(s, amount) for s, amount in asked if s in self.left]

    def _member(self, segments: tuple[str, ...]) -> bool:
        tiers = self.rules.tier_of
        return any(
            self.columns.get(tiers[name]) == name if name in tiers else self.columns.get(name) is True
            for name in segments
        )

    def _cost(self, option: Option) -> float:
        return self.columns.get(option.cost) or 0.0

    def _take(self, rule: ActionRule, k: int) -> None:
        option, index = rule.options[k], rule.plan.index
        if self._held(rule):
            self.taken[index] = (k, "withheld")
            return
        self.taken[index] = (k, "required" if rule.required else "recommended")
        for i in option.limits:
            self.room[i] -= 1
        for i in option.group_limits:
            room = self.group_room[i] if i < len(self.group_room) else None
            if room is not None:
                self.group_room[i] = room - 1
        for supply, amount in self._asks(rule, option):
            self.left[supply] -= amount

    def _decisions(self) -> list[Decision]:
        def key(index: int) -> tuple[bool, float, int]:
            rule = self.rules.actions[index]
            return not rule.required, -(self._score(rule.options[self.taken[index][0]]) or 0.0), index

        return [self._line(i, position) for position, i in enumerate(sorted(self.taken, key=key), 1)]

    def _line(self, index: int, position: int) -> Decision:
        rule = self.rules.actions[index]
        k, status = self.taken[index]
        option, action, slots = rule.options[k], rule.action, self.rules.slots
        place = position - sum(self.rules.actions[i].required for i in self.taken)
        chance, worth, weight = (
            self.columns.get(c) if c else None for c in (rule.plan.chance, rule.plan.worth, rule.plan.weight)
        )
        prefix = id_prefix(self.rules.strategy.hash, self.moment, action.name)
        return Decision(
            customer=self.customer,
            position=position,
            slot=slots[place - 1] if not rule.required and 0 < place <= len(slots) else "",
            action=action.name,
            channel=option.channel,
            kind=action.kind,
            status=status,  # type: ignore[arg-type]
            score=self._score(option),
            chance=chance,
            worth=worth,
            weight=weight,
            cost=self._cost(option),
            goal=", ".join(ref.name for ref in action.serves),
            budget=action.paid_from.name if action.paid_from else "",
            decision_id=decision_id(prefix, self.customer),
            valid_from=self.moment.date,
            valid_to=valid_to(self.rules, rule, option, self.moment),
            hours="" if self.moment.time is not None else allowed_hours(option),
            reason=reason_of(rule, chance, worth, weight, self._cost(option)),
        )

    def _ledger(self) -> str:
        """The entry by the action that got furthest, as in `ledger.py`."""
        if self.excluded:
            return "excluded"
        statuses = {status for _, status in self.taken.values()}
        if statuses - {"withheld"}:
            return "acted on"
        return "held out" if statuses else FURTHEST[max(map(how_far, self.gates), default=0)]


def _still_open(turn: Turn, found: list[tuple[int, ...]]) -> Turn:
    """The turn as recorded, with only the channels that are open by the rules."""
    return Turn(turn.action, tuple(k for k in turn.options if k in found[turn.action]))


FURTHEST = ("not eligible", "data missing", "nothing to gain", "limited by policy", "out of budget or capacity")


def how_far(bits: int) -> int:
    """How far a pair got that was not taken."""
    unknown = bits >> UNKNOWN_SHIFT
    shut = STRATEGIC | Gate.CHANNEL
    if bits & (~unknown & shut | AFTER):
        return 0
    if unknown & (shut | Gate.SCORE):
        return 1
    if bits & Gate.SCORE:
        return 2
    return 4 if bits & Gate.BUDGET else 3


def _units(cost: float) -> int:
    """Money in millionths, half away from zero; an immense cost PLENTY, as in `capacity.to_units`."""
    return int(min(cost * MILLION + 0.5, PLENTY)) if cost > 0 else 0


def _units_left(rules: Rules, usage: Usage | None) -> dict[int, int]:
    if usage is None:
        return {}
    return {i: round(usage.left[s.name] * s.scale) for i, s in enumerate(rules.supplies) if s.name in usage.left}
