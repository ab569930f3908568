"""One customer's history, as single decisions read it: how often each limit counts them, what rests, what may follow.

In: rows of contacts and outcomes of the customer (and of everyone in each of their groups), in evaluated form: mappings
with `at` (microseconds on the wall clock, or a datetime), `action`, `channel`, `kind`, `outcome`. Out: `OwnPast`.
The rules are those of `past.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from stratagem.dsl.values import Duration
from stratagem.engine.decide.rules import Limit, Rules
from stratagem.engine.decide.windows import latest, within
from stratagem.engine.moment import Moment

Rows = Iterable[Mapping[str, Any]]
EPOCH = datetime(1970, 1, 1)


class OwnPast(BaseModel):
    """`room` by limit and `group_room` by limit per group: how many more contacts they leave (None: in no group).

    `resting`: actions that may not be repeated yet. `following`: actions whose `after` lets the customer in.
    """

    model_config = ConfigDict(frozen=True)

    room: tuple[int, ...] = ()
    group_room: tuple[int | None, ...] = ()
    resting: tuple[str, ...] = ()
    following: tuple[str, ...] = ()


class _Event:
    """A past contact or outcome under present names."""

    __slots__ = ("action", "at", "channel", "kind", "outcome")

    def __init__(self, row: Mapping[str, Any], rules: Rules, kinds: Mapping[str, str]) -> None:
        at = row["at"]
        self.at: datetime = at if isinstance(at, datetime) else EPOCH + timedelta(microseconds=at)
        action, channel = row.get("action"), row.get("channel")
        self.action = rules.renamed.get(action, action) if action else None
        self.channel = rules.renamed.get(channel, channel) if channel else None
        self.kind = row.get("kind") or kinds.get(self.action or "")
        self.outcome = row.get("outcome")


def own_past(
    rules: Rules,
    moment: Moment,
    contacts: Rows = (),
    outcomes: Rows = (),
    groups: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> OwnPast:
    """What history says of the customer. `groups`: contacts of all members by group, only of groups one is in."""
    kinds = {a.action.name: a.action.kind for a in rules.actions}
    made = _events(contacts, rules, kinds, moment)
    came = _events(outcomes, rules, kinds, moment)
    outbound = {c.name for c in rules.strategy.channels if c.outbound}
    shared = {name: _events(rows, rules, kinds, moment) for name, rows in (groups or {}).items()}
    return OwnPast(
        room=tuple(_room(limit, made, outbound, moment) for limit in rules.limits),
        group_room=tuple(
            _room(limit, shared[limit.group], outbound, moment) if limit.group in shared else None
            for limit in rules.group_limits
        ),
        resting=tuple(_resting(rules, made, came, outbound, moment)),
        following=tuple(_following(rules, made, moment)),
    )


def _events(rows: Rows, rules: Rules, kinds: Mapping[str, str], moment: Moment) -> list[_Event]:
    last = latest(moment)
    events = (_Event(row, rules, kinds) for row in rows if row.get("at") is not None)
    return [event for event in events if event.at <= last]


def _room(limit: Limit, made: list[_Event], outbound: set[str], moment: Moment) -> int:
    counted = sum(
        e.channel in outbound
        and limit.channel in (None, e.channel)
        and e.kind in limit.kinds
        and within(e.at, limit.period, moment)
        for e in made
    )
    return limit.count - counted


def _resting(rules: Rules, made: list[_Event], came: list[_Event], outbound: set[str], moment: Moment) -> Iterable[str]:
    """Actions had too lately: `rests`, `every`, and `rests … after declined`."""

    def lately(events: list[_Event], name: str, period: Duration) -> bool:
        return any(e.action == name and within(e.at, period, moment) for e in events)

    sent = [e for e in made if e.channel in outbound]
    declined = [e for e in came if e.outcome == "declined"]
    for rule in rules.actions:
        action = rule.action
        rested = any(lately(declined if r.after_declined else sent, action.name, r.period) for r in action.rests)
        if rested or (action.every is not None and lately(sent, action.name, action.every)):
            yield action.name


def _following(rules: Rules, made: list[_Event], moment: Moment) -> Iterable[str]:
    for rule in rules.actions:
        after = rule.action.after
        if after and any(e.action == after.action.name and within(e.at, after.within, moment) for e in made):
            yield rule.action.name
