"""The deciding rules once more, slow and plain: one pair after the other, each taken contact written into the history.

It shares no code with the engine but the values of the language. It is what "a batch and single calls in that
order agree" is held against: every pair is judged against the history alone, as a call of its own would be.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xxhash

from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.means import Channel, Limit
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.values import Duration, Money
from stratagem.engine.moment import Moment

USUAL = {"selling", "marketing", "service", "newsletter"}
Row = Mapping[str, Any]


@dataclass
class Contact:
    customer: str
    at: datetime
    action: str
    channel: str
    kind: str
    cost: float = 0.0


@dataclass
class World:
    strategy: Strategy
    rows: dict[str, Row]
    moment: Moment
    contacts: list[Contact] = field(default_factory=list)
    declined: list[tuple[str, datetime, str]] = field(default_factory=list)
    lists: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By customer: (action, channel, status), as taken."""
    short: set[tuple[str, str]] = field(default_factory=set)
    """Customer and action: a channel was open to them, and a budget or a capacity did not suffice."""

    def now(self) -> datetime:
        return datetime.combine(self.moment.date, self.moment.time or time(0))


def later(at: datetime, period: Duration) -> datetime:
    if period.family == "days":
        return at + timedelta(seconds=float(period.seconds))
    month = at.month - 1 + int(period.months)
    year, month = at.year + month // 12, month % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def in_window(world: World, at: datetime, period: Duration) -> bool:
    if world.moment.time is None:
        at = datetime.combine(at.date(), time(0))
    return at <= world.now() < later(at, period)


def same_period(world: World, at: datetime, per: Duration) -> bool:
    """Both in one calendar period: month, quarter, year, or ISO week."""
    now = world.now()
    if per.family == "months":
        size = int(per.months)
        return (at.year * 12 + at.month - 1) // size == (now.year * 12 + now.month - 1) // size
    if per.seconds == 604_800:
        return at.isocalendar()[:2] == now.isocalendar()[:2]
    assert per.seconds == 86_400
    return at.date() == now.date()


def channel_of(world: World, name: str) -> Channel:
    return next(c for c in world.strategy.channels if c.name == name)


def action_of(world: World, name: str) -> Action:
    return next(a for a in world.strategy.actions if a.name == name)


def held(world: World, group: str, share: Any, customer: str) -> bool:
    digest = xxhash.xxh64_intdigest(f"{world.strategy.name}/{group}/{customer}".encode())
    return Fraction(digest, 2**64) < Fraction(share.value)


def withheld(world: World, action: Action, customer: str) -> bool:
    everyone = world.strategy.decide.hold_out
    bound = everyone is not None and action.kind in (set(everyone.kinds) or USUAL - {"service"})
    if everyone and bound and held(world, "decide", everyone.share, customer):
        return True
    return action.hold_out is not None and held(world, action.name, action.hold_out, customer)


def limit_holds(world: World, limit: Limit, channel: str | None, customer: str, kind: str) -> bool:
    """Does the limit leave room for one more contact of this kind."""
    kinds = set(limit.kinds) or USUAL
    if kind not in kinds:
        return True
    together = [customer]
    if limit.group is not None:
        column = f"people.{limit.group.name}"
        value = world.rows[customer][column]
        if value is None:
            return True
        together = [c for c, row in world.rows.items() if row[column] == value]
    count = sum(
        c.customer in together
        and c.kind in kinds
        and channel_of(world, c.channel).outbound
        and (channel is None or c.channel == channel)
        and in_window(world, c.at, limit.rate.per)
        for c in world.contacts
    )
    return count < limit.rate.amount.value


def policy_allows(world: World, action: Action, channel: Channel, customer: str) -> bool:
    mine = [c for c in world.contacts if c.customer == customer]
    outbound = [c for c in mine if c.action == action.name and channel_of(world, c.channel).outbound]
    spacing = [r.period for r in action.rests if not r.after_declined] + ([action.every] if action.every else [])
    if any(in_window(world, c.at, p) for c in outbound for p in spacing):
        return False
    for who, at, what in world.declined:
        for rest in action.rests:
            if rest.after_declined and (who, what) == (customer, action.name) and in_window(world, at, rest.period):
                return False
    if lacks_contact(world, action, mine):
        return False
    if not channel.outbound:
        return True
    return _outbound_policy(world, action, channel, customer)


def lacks_contact(world: World, action: Action, mine: Sequence[Contact]) -> bool:
    """Was the contact never made that `after ACTION within P` asks for."""
    after = action.after
    return after is not None and not any(
        c.action == after.action.name and in_window(world, c.at, after.within) for c in mine
    )


def _outbound_policy(world: World, action: Action, channel: Channel, customer: str) -> bool:
    number = 0
    for policy in world.strategy.policies:
        for quiet in policy.quiet:
            if action.kind in (set(quiet.kinds) or USUAL) and world.moment.time is not None:
                start, end, now = quiet.start.value, quiet.end.value, world.moment.time
                if (start <= now < end) if start <= end else (now >= start or now < end):
                    return False
        for silence in policy.silences:
            number += 1
            since = world.rows[customer][f"policy@silence:{number}"]
            bound = since is not None and action.kind in (set(silence.kinds) or USUAL)
            if bound and in_window(world, datetime.combine(since, time(0)), silence.period):
                return False
        if not all(limit_holds(world, x, None, customer, action.kind) for x in policy.limits):
            return False
    return all(limit_holds(world, x, channel.name, customer, action.kind) for x in channel.limits)


def minutes(world: World, action: Action, channel: Channel, people: str) -> Decimal:
    """Seconds this choice takes of these people."""
    timed = {r.name for r in world.strategy.resources.resources if r.hours is not None}
    of_action = [r.name for r in action.uses if r.name in timed]
    of_channel = [r.name for r in channel.uses if r.name in timed]
    total = Decimal(0)
    if action.takes and people in (of_action or of_channel):
        total += action.takes.seconds
    if channel.takes and people in (of_channel or of_action):
        total += channel.takes.seconds
    return total


def supplies_allow(world: World, action: Action, channel: Channel, customer: str) -> bool:
    run = world.contacts
    strategy = world.strategy

    def spent(budget: str, per: Duration, segments: Sequence[str] = ()) -> Fraction:
        return sum(
            (
                Fraction(round(c.cost * 10**6), 10**6)
                for c in run
                if (a := action_of(world, c.action)).paid_from and a.paid_from.name == budget
                if same_period(world, c.at, per)
                if not segments or any(world.rows[c.customer][s] is True for s in segments)
            ),
            Fraction(0),
        )

    cost = Fraction(round((world.rows[customer][f"{action.name}@cost:{channel.name}"] or 0.0) * 10**6), 10**6)
    for budget in strategy.resources.budgets:
        amount = budget.amount.amount
        assert isinstance(amount, Money)
        if cost and action.paid_from and action.paid_from.name == budget.name:
            if spent(budget.name, budget.amount.per) + cost > Fraction(amount.amount):
                return False
            for cap in strategy.decide.spend_caps:
                names = [s.name for s in cap.segments]
                if cap.budget.name == budget.name and any(world.rows[customer][s] is True for s in names):
                    most = Fraction(amount.amount) * Fraction(cap.share.value)
                    if spent(budget.name, budget.amount.per, names) + cost > most:
                        return False
    if channel.capacity is not None:
        gone = sum(c.channel == channel.name and same_period(world, c.at, channel.capacity.per) for c in run)
        if gone + 1 > channel.capacity.amount.value:
            return False
    for offer in strategy.offers:
        if offer.stock is not None and offer.name in (r.name for r in action.offers):
            gone = sum(
                offer.name in (r.name for r in action_of(world, c.action).offers)
                and same_period(world, c.at, offer.stock.per)
                for c in run
            )
            if gone + 1 > offer.stock.amount.value:
                return False
    for people in strategy.resources.resources:
        needed = minutes(world, action, channel, people.name)
        if people.hours is not None and needed:
            gone_time = sum(
                (
                    minutes(world, action_of(world, c.action), channel_of(world, c.channel), people.name)
                    for c in run
                    if same_period(world, c.at, people.hours.per)
                ),
                Decimal(0),
            )
            if gone_time + needed > people.hours.amount.value * 3600:
                return False
    return True


def let_in(row: Row, action: Action) -> bool:
    open_gates = all(row.get(f"{action.name}@{g}", True) is True for g in ("segment", "stage", "dates", "when"))
    return open_gates and row.get(f"{action.name}@unless:1", False) is False and not row["@excluded"]


def usable(world: World, action: Action, customer: str) -> list[tuple[str, float]]:
    """Channels that are allowed, worth it and that history lets through, with the score."""
    row, found = world.rows[customer], []
    for ref in action.channels:
        score = float("inf") if action.kind == "required" else row[f"{action.name}@score:{ref.name}"]
        allowed = row[f"{ref.name}@allowed:{action.kind}"] is True
        worth_it = allowed and score is not None and score > 0
        if worth_it and policy_allows(world, action, channel_of(world, ref.name), customer):
            found.append((ref.name, score))
    return found


Pair = tuple[int, float, int, str, Action, tuple[str, ...]]


def pairs_in_order(world: World) -> list[Pair]:
    """Required first, then by score, declaration, customer id; an action of a later phase waits."""
    found: list[Pair] = []
    for customer, row in world.rows.items():
        mine: list[Pair] = []
        for index, action in enumerate(world.strategy.actions):
            channels = usable(world, action, customer) if let_in(row, action) else []
            if channels:
                names = tuple(n for n, _ in channels)
                mine.append((action.kind != "required", -channels[0][1], index, customer, action, names))
        phases = [p[4].phase for p in mine if p[4].phase is not None]
        found += [p for p in mine if p[4].phase is None or p[4].phase == min(phases)]
    return sorted(found, key=lambda p: p[:4])


def decide_plainly(world: World) -> None:
    """Fills `world.lists`; every contact taken stands in `world.contacts` afterwards."""
    pairs = pairs_in_order(world)
    scored = [p for p in pairs if p[4].kind != "required"]
    for pair in pairs[: len(pairs) - len(scored)]:
        _serve(world, pair, pair[5])
    for minimum in world.strategy.decide.minimums:
        for pair in scored:
            have = sum(c == minimum.channel.name and s != "withheld" for x in world.lists.values() for _, c, s in x)
            if have < minimum.count.value and minimum.channel.name in pair[5] and not _stands(world, pair):
                _serve(world, pair, (minimum.channel.name,))
    for pair in scored:
        if not _stands(world, pair):
            _serve(world, pair, pair[5])


def _stands(world: World, pair: Pair) -> bool:
    return any(a == pair[4].name for a, _, _ in world.lists.get(pair[3], []))


def _serve(world: World, pair: Pair, channels: Sequence[str]) -> None:
    customer, action = pair[3], pair[4]
    mine = world.lists.setdefault(customer, [])
    ranked = [a for a, _, _ in mine if action_of(world, a).kind != "required"]
    most = world.strategy.decide.at_most
    if action.kind != "required" and most is not None and len(ranked) >= most:
        return
    rivals = {r.name for r in action.not_with} | {
        a.name for a in world.strategy.actions if action.name in (r.name for r in a.not_with)
    }
    if rivals & {a for a, _, _ in mine}:
        return
    for name in channels:
        channel = channel_of(world, name)
        # Rests are of past runs; within one run an action comes up once, so the policy is asked as it stands.
        if not policy_allows(world, action, channel, customer):
            continue
        if not supplies_allow(world, action, channel, customer):
            world.short.add((customer, action.name))
        else:
            away = withheld(world, action, customer)
            status = "withheld" if away else "required" if action.kind == "required" else "recommended"
            mine.append((action.name, name, status))
            if not away:
                cost = world.rows[customer][f"{action.name}@cost:{name}"] or 0.0
                world.contacts.append(Contact(customer, world.now(), action.name, name, action.kind, cost))
            return


def taken(world: World) -> Iterator[tuple[str, str, str, str]]:
    for customer, mine in world.lists.items():
        for action, channel, status in mine:
            yield customer, action, channel, status


# ---- the ledger ----

ENTRIES = ("not eligible", "data missing", "nothing to gain", "limited by policy", "out of budget or capacity")


def ledger_of(world: World, customer: str, history: Sequence[Contact]) -> str:
    """Where the customer ended, once everything is decided. `history`: the contacts before this run."""
    if world.rows[customer]["@excluded"]:
        return "excluded"
    statuses = {status for _, _, status in world.lists.get(customer, [])}
    if statuses:
        return "held out" if statuses == {"withheld"} else "acted on"
    mine = [c for c in history if c.customer == customer]
    return ENTRIES[max(_reached(world, action, customer, mine) for action in world.strategy.actions)]


def _reached(world: World, action: Action, customer: str, mine: Sequence[Contact]) -> int:
    """How far an action got that was not taken."""
    row = world.rows[customer]
    gates = [row.get(f"{action.name}@{gate}", True) for gate in ("segment", "stage", "dates", "when")]
    blocked = row.get(f"{action.name}@unless:1", False)
    gates.append(None if blocked is None else not blocked)
    allowed = [row[f"{ref.name}@allowed:{action.kind}"] for ref in action.channels]
    gates.append(True if True in allowed else None if None in allowed else False)
    asked = [ref.name for ref, a in zip(action.channels, allowed, strict=True) if a is True or True not in allowed]
    scores = [1.0 if action.kind == "required" else row[f"{action.name}@score:{name}"] for name in asked]
    gains = any(score is not None and score > 0 for score in scores)
    if False in gates or lacks_contact(world, action, mine):
        return 0
    if None in gates or (not gains and None in scores):
        return 1
    if not gains:
        return 2
    return 4 if (customer, action.name) in world.short else 3


def day(text: str) -> date:
    return date.fromisoformat(text)
