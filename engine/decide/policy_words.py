"""What of the contact policy stands in an action's way, in words, for one customer.

In: a plan's rules, the customer's columns and history. Out: by action, each limit, silence, rest, quiet hour or `after`
that holds it back, with its line. Limits count what history says; what the same run gave the customer or the group
before is said by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from stratagem.dsl.expressions.speak import speak
from stratagem.dsl.model.base import Part, literal_text
from stratagem.engine.decide.compile_rules import rules_of
from stratagem.engine.decide.contact_policy import is_quiet
from stratagem.engine.decide.own_past import EPOCH, OwnPast
from stratagem.engine.decide.rules import ActionRule, Rules
from stratagem.engine.decide.windows import within
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Plan


def policy_words(plan: Plan, columns: Mapping[str, Any], past: OwnPast, moment: Moment) -> dict[str, tuple[str, ...]]:
    """By action: what stands in its way now; nothing where the policy leaves it free through all its channels."""
    rules = rules_of(plan)
    silent = {i for i in range(len(rules.silences)) if _silent(rules, i, columns, moment)}
    return {r.action.name: tuple(dict.fromkeys(_words(rules, r, past, silent, moment))) for r in rules.actions}


def _words(rules: Rules, rule: ActionRule, past: OwnPast, silent: set[int], moment: Moment) -> Iterator[str]:
    action = rule.action
    if action.name in past.resting:
        rests = [f"rests {literal_text(r.period)}" for r in action.rests]
        every = [f"every {literal_text(action.every)}" if action.every is not None else ""]
        yield _at(action, f"`{' and '.join(w for w in (*rests, *every) if w)}`: it was made not long ago")
    if action.after is not None and action.name not in past.following:
        asked = f"after {action.after.action.name} within {literal_text(action.after.within)}"
        yield _at(action.after, f"`{asked}`: there was none")
    for option in rule.options:
        if is_quiet(option, moment.time):
            yield f"it is within the quiet hours, through {option.channel}"
        for i in option.silences:
            if i in silent:
                yield _silence_words(rules, i)
        for i in option.limits:
            if past.room and past.room[i] <= 0:
                yield f"`limit {rules.limits[i].text}` is reached by past contacts"
        for i in option.group_limits:
            room = past.group_room[i] if i < len(past.group_room) else None
            if room is not None and room <= 0:
                yield f"`limit {rules.group_limits[i].text}` is reached by past contacts"


def _silent(rules: Rules, number: int, columns: Mapping[str, Any], moment: Moment) -> bool:
    silence = rules.silences[number]
    since = columns.get(silence.column)
    if since is None:
        return False
    timed = rules.silence_kinds[number] == "timestamp"
    start = EPOCH + (timedelta(microseconds=since) if timed else timedelta(days=since))
    return within(start, silence.period, moment)


def _silence_words(rules: Rules, number: int) -> str:
    declared = [s for p in rules.strategy.policies for s in p.silences][number]
    return _at(declared, f"`silence {literal_text(declared.period)} after {speak(declared.after.expr)}` holds")


def _at(part: Part, words: str) -> str:
    return f"{words} ({part.at.file}:{part.at.line})" if getattr(part.at, "file", "") else words
