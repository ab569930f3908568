"""Limits that can never stop anything, because another always stops it first or nothing is counted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from stratagem.dsl.check.context import Context
from stratagem.dsl.check.lengths import DAYS_A_MONTH, size
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.diagnostics.edits import line_gone
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.actions import KINDS
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.means import Channel, Limit, Resource
from stratagem.dsl.values import Duration, Rate

RULE = Rule(
    "L055",
    Text("warning", "This limit never stops anything", "{why}.", "{help}"),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Limits of channels and of the contact policy, capacities, and figures under `decide`."""
    yield from _inbound(c)
    yield from _looser(c)
    for channel in c.strategy.channels:
        yield from _capacity(c, channel)
    yield from _of_decide(c)


def _inbound(c: Context) -> Iterator[Diagnostic]:
    for channel in c.strategy.channels:
        for limit in channel.limits if not channel.outbound else ():
            label = Label(channel.at, f"`{channel.name}` is inbound")
            why = "Customers come through an inbound channel by themselves; only contacts through outbound ones count"
            yield RULE.at(limit.at, labels=[label], why=why, help="Delete it, or make the channel outbound.")


def _looser(c: Context) -> Iterator[Diagnostic]:
    """A limit beside another that counts at least the same contacts, and allows fewer."""
    across = [limit for policy in c.strategy.policies for limit in policy.limits]
    for channel in c.strategy.channels:
        if channel.outbound:
            over_all = [limit for limit in across if limit.scope == "all"]
            yield from _beside(channel.limits, [*channel.limits, *over_all])
    for scope in {(limit.scope, limit.group.name if limit.group else "") for limit in across}:
        same = [x for x in across if (x.scope, x.group.name if x.group else "") == scope]
        yield from _beside(same, same)


def _beside(limits: tuple[Limit, ...] | list[Limit], others: list[Limit]) -> Iterator[Diagnostic]:
    for place, limit in enumerate(limits):
        for other in others:
            earlier = other not in limits or list(limits).index(other) < place
            if other is not limit and _stops_first(other, limit) and (earlier or not _stops_first(limit, other)):
                label = Label(other.at, "this one is reached first")
                why = f"{literal_text(other.rate)} always stops a contact before {literal_text(limit.rate)} does"
                fixes = [line_gone(limit.at, "that the tighter limit is meant")]
                said = "Delete it, or write a lower figure."
                yield RULE.at(limit.at, labels=[label], fixes=fixes, why=why, help=said)
                break


def _stops_first(tight: Limit, loose: Limit) -> bool:
    """Can the second never be reached while the first is kept, whatever months its windows fall in."""
    most, allowed = size(tight.rate), size(loose.rate)
    if most is None or allowed is None or not _kinds(loose) <= _kinds(tight):
        return False
    if not isinstance(tight.rate, Rate) or not isinstance(loose.rate, Rate):
        return False
    if tight.rate.per.family == loose.rate.per.family:
        windows = _length(loose.rate.per) / _length(tight.rate.per)
    else:
        windows = _days(loose.rate.per, DAYS_A_MONTH[1]) / _days(tight.rate.per, DAYS_A_MONTH[0])
    return allowed >= most * ceil(windows)


def _kinds(limit: Limit) -> frozenset[str]:
    """Kinds of action that it counts and binds."""
    return frozenset(limit.kinds or (kind for kind in KINDS if kind != "required"))


def _length(period: Duration) -> Decimal:
    return period.seconds if period.family == "days" else period.months


def _days(period: Duration, a_month: int) -> Decimal:
    return period.seconds / 86_400 if period.family == "days" else period.months * a_month


def _capacity(c: Context, channel: Channel) -> Iterator[Diagnostic]:
    """A capacity beside people whose hours do not suffice for as much, even in a month begun afresh."""
    takes, most = channel.takes, size(channel.capacity)
    if not isinstance(takes, Duration) or takes.family != "days" or most is None:
        return
    used = {ref.name for ref in channel.uses}
    for person in c.strategy.resources.resources:
        hours = _hours(person) if person.name in used else None
        if hours is not None and takes.seconds > 0 and _no_longer(channel.capacity, person.hours):
            contacts = int(hours * 3_600 / takes.seconds)
            if contacts < most:
                label = Label(person.place("hours"), f"enough for {contacts:,} contacts")
                why = f"The hours of `{person.name}` come to fewer contacts, and end before it"
                yield RULE.at(channel.place("capacity"), labels=[label], why=why, help="Write a lower figure.")
                return


def _hours(person: Resource) -> Decimal | None:
    return size(person.hours) if person.kind == "people" and isinstance(person.hours, Rate) else None


def _no_longer(capacity: object, hours: object) -> bool:
    """Is the period of the capacity no longer than the one the hours are for."""
    assert isinstance(capacity, Rate) and isinstance(hours, Rate)
    return _days(capacity.per, DAYS_A_MONTH[1]) <= _days(hours.per, DAYS_A_MONTH[0])


def _of_decide(c: Context) -> Iterator[Diagnostic]:
    for cap in c.strategy.decide.spend_caps:
        if (size(cap.share) or Decimal(0)) >= 1:
            why = f"All of `{cap.budget.name}` may be spent anyway"
            yield RULE.at(cap.at, why=why, help="Delete it, or write a lower figure.")
    for least in c.strategy.decide.minimums:
        if size(least.count) == 0:
            why = f"There are never fewer than none through `{least.channel.name}`"
            yield RULE.at(least.at, why=why, help="Delete it, or write a higher figure.")
    most = c.strategy.decide.at_most
    for slot in c.strategy.decide.slots:
        if most is not None and slot.takes > most:
            label = Label(c.strategy.decide.place("at_most"), "actions a customer gets at most")
            why = f"No customer gets more than {most} actions"
            yield RULE.at(slot.at, labels=[label], why=why, help="Write a lower figure.")
