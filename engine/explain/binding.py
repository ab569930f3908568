"""What of the contact policy can stand in an action's way: each statement as it is written, and its line.

In: the strategy, an action with its channels, what is known of the customer, the time of day. Out: sentences' parts.
Silences and quiet hours that do not hold are left out where that is plain without the history: no date, another hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stratagem.dsl.model.base import Part, literal_text
from stratagem.dsl.model.means import Channel, Limit
from stratagem.dsl.source import Span
from stratagem.engine.decide.rules import BOUND_BY_DEFAULT
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import ActionPlan, Plan


def in_the_way(plan: Plan, action: ActionPlan, values: Mapping[str, Any], as_of: str) -> str:
    """The note of a gate `policy` that is shut: the statement, or the ones among which it is."""
    found = tuple(dict.fromkeys((*_own(action), *_of_policies(plan, action, values, as_of))))
    if not found:
        return ""
    return f"{found[0]} stands in the way" if len(found) == 1 else f"one of these stands in the way: {', '.join(found)}"


def _own(plan: ActionPlan) -> Iterator[str]:
    """The action's own: `after`, `every`, `rests`."""
    action = plan.action
    if action.after is not None:
        text = f"after {action.after.action} within {literal_text(action.after.within)}"
        yield _said(text, action.after.at)
    if action.every is not None:
        yield _said(f"every {literal_text(action.every)}", action.place("every"))
    for rest in action.rests:
        yield _said(f"rests {literal_text(rest.period)}{' after declined' if rest.after_declined else ''}", rest.at)


def _of_policies(plan: Plan, action: ActionPlan, values: Mapping[str, Any], as_of: str) -> Iterator[str]:
    """Limits of its outbound channels and of all, silences that have a date, quiet hours of this hour."""
    strategy, kind = plan.strategy, action.action.kind
    channels = [c for c in strategy.channels if c.outbound and c.name in action.channels]
    for channel in channels:
        yield from (_limit(limit, channel) for limit in channel.limits if _binds(limit, kind))
    if not channels:
        return
    quiet = _quiet(plan, as_of)
    silences = iter(plan.silences)
    for policy in strategy.policies:
        yield from (_limit(limit, None) for limit in policy.limits if _binds(limit, kind))
        yield from (said for part, said in quiet if part in policy.quiet and _binds(part, kind))
        for silence, column in zip(policy.silences, silences, strict=False):
            if _binds(silence, kind) and values.get(column.column) is not None:
                yield _said(f"silence {literal_text(silence.period)}", silence.at)


def _quiet(plan: Plan, as_of: str) -> list[tuple[Part, str]]:
    from stratagem.engine.decide.contact_policy import quiet_now

    found = quiet_now(plan.strategy, Moment.parse(as_of).time)
    return [(q, _said(f"quiet from {literal_text(q.start)} to {literal_text(q.end)}", q.at)) for q in found]


def _binds(part: Any, kind: str) -> bool:
    """Does a limit, a silence or quiet hours bind this kind of action."""
    return kind in (part.kinds or BOUND_BY_DEFAULT)


def _limit(limit: Limit, channel: Channel | None) -> str:
    scope = f"of {channel.name}" if channel else f"per {limit.group}" if limit.group else "across all"
    return _said(f"limit {literal_text(limit.rate)} {scope}", limit.at)


def _said(text: str, at: Span) -> str:
    return f"`{text}` ({at.file}:{at.line})"
