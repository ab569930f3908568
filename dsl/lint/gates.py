"""What must hold for an action to fire, gate by gate, as far as one can tell without data and without a day.

In: an action. Out: its gates by the names language.md gives them, each with what it asks and where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import inf

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.model.actions import Action, Decide
from stratagem.dsl.model.base import Part
from stratagem.dsl.model.facts import Plan_, Segment, Tiers
from stratagem.dsl.model.means import Allowed, Channel, Offer
from stratagem.dsl.possible.formulas import ANYTHING, Formula, every, some
from stratagem.dsl.possible.interval import Interval
from stratagem.dsl.record import record
from stratagem.dsl.values import Date

EPOCH = date(1970, 1, 1)
SERVING = ("service", "required")
"""Kinds that reach customers whom the strategy does not serve."""


@record
class Gate:
    """`asks` must hold; `alone`: the conditions it is made of, each of which must be possible for itself."""

    name: str
    asks: Formula
    label: Label
    alone: tuple[Formula, ...] = ()


def gates(c: Context, action: Action) -> tuple[Gate, ...]:
    """The gates that ask anything of a customer; worked out once for all rules."""
    known = c.once(_worked_out, reads="names")
    if action.name not in known:
        known[action.name] = _gates(c, action)
    return known[action.name]


def fires(c: Context, action: Action) -> bool:
    """Can all of its gates be open for one customer; asked once for all rules."""
    known = c.once(_asked, reads="names")
    if action.name not in known:
        known[action.name] = c.reasoner.possible(*(gate.asks for gate in gates(c, action)), days=days(action))
    return known[action.name]


def beyond(c: Context) -> tuple[object, ...]:
    """What gates and scores depend on beside what the action names: assumptions that are free, who is not served, and
    how actions are ranked."""
    return c.once(_beyond, reads="names")


def _beyond(c: Context) -> tuple[object, ...]:
    return (c.reasoner.definitions.free, *(block.stamp for block in c.blocks if _reaches_all(block.part)))


def _reaches_all(part: Part) -> bool:
    """A part that concerns actions which do not name it."""
    match part:
        case Tiers():
            return any(tier.stance == "do_not_serve" for tier in part.tiers)
        case Segment():
            return part.stance == "do_not_serve"
    return isinstance(part, Decide)


def _worked_out(c: Context) -> dict[str, tuple[Gate, ...]]:
    return {}


def _asked(c: Context) -> dict[str, bool]:
    return {}


def _gates(c: Context, action: Action) -> tuple[Gate, ...]:
    found = (*_who(c, action), *_where(c, action), *_what(c, action), *_how(c, action))
    return tuple(gate for gate in found if gate.asks != ANYTHING)


def days(action: Action) -> Interval:
    """The days on which it may fire, counted from 1970."""
    first = float((action.starts.value - EPOCH).days) if isinstance(action.starts, Date) else -inf
    last = float((action.ends.value - EPOCH).days) if isinstance(action.ends, Date) else inf
    return Interval(first, last)


def _who(c: Context, action: Action) -> Iterator[Gate]:
    reasoner = c.reasoner
    wanted = tuple(reasoner.member(ref.name) for ref in action.segments)
    if wanted:
        text = "for these" if len(wanted) > 1 else "for these customers"
        yield Gate("for", some(*wanted), Label(action.segments[0].at, text), wanted)
    named = {ref.name for ref in action.segments}
    for group in _unserved(c) if action.kind not in SERVING else ():
        if group.name in named:
            continue
        label = Label(group.place("stance"), f"`{group.name}` is not served")
        yield Gate("segment", reasoner.not_member(group.name), label)
    customer = c.strategy.customer
    if customer is not None and customer.excluded is not None:
        yield Gate("excluded", reasoner.included, Label(customer.excluded.at, "these are no customers"))


def _unserved(c: Context) -> list[Plan_]:
    return [group for group in c.strategy.treated if group.stance == "do_not_serve"]


def _where(c: Context, action: Action) -> Iterator[Gate]:
    if action.stages and c.strategy.journey is not None:
        asks = c.reasoner.at_stages(tuple(ref.name for ref in action.stages))
        text = "at these stages" if len(action.stages) > 1 else "at this stage"
        yield Gate("at", asks, Label(action.stages[0].at, text))


def _what(c: Context, action: Action) -> Iterator[Gate]:
    reasoner = c.reasoner
    if action.when is not None:
        asks = reasoner.true(action.when.expr)
        yield Gate("when", asks, Label(action.when.at, "when this holds"), (asks,))
    for unless in action.unless:
        asks = reasoner.false(unless.expr)
        yield Gate("unless", asks, Label(unless.at, "unless this holds"), (asks,))
    for offer in _offers(c, action):
        if offer.available is not None:
            asks = reasoner.true(offer.available.expr)
            yield Gate("offer", asks, Label(offer.available.at, f"`{offer.name}` is available then"), (asks,))


def _how(c: Context, action: Action) -> Iterator[Gate]:
    channels = [found for ref in action.channels if (found := c.strategy.channel(ref.name)) is not None]
    if not channels:
        return
    each = [tuple(c.reasoner.true(a.condition.expr) for a in _allowing(channel, action)) for channel in channels]
    label = Label(action.channels[0].at, "through these" if len(channels) > 1 else "through this channel")
    yield Gate("channel", some(*(every(*asked) for asked in each)), label, tuple(f for asked in each for f in asked))


def _allowing(channel: Channel, action: Action) -> Iterator[Allowed]:
    return (allowed for allowed in channel.allowed if not allowed.kinds or action.kind in allowed.kinds)


def _offers(c: Context, action: Action) -> list[Offer]:
    return [found for ref in action.offers if (found := c.strategy.offer(ref.name)) is not None]
