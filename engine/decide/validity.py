"""How long a decision holds, and in a few words why it was made."""

from __future__ import annotations

import math
from datetime import date, timedelta

from stratagem.engine.decide.rules import ActionRule, Option, Rules
from stratagem.engine.decide.windows import calendar_period
from stratagem.engine.moment import Moment

WHOLE = 2.0**53
"""From here on every float is a whole number."""
LONGEST = timedelta(days=6)
"""A decision holds for a week, the as-of day included, unless something ends sooner."""


def valid_to(rules: Rules, rule: ActionRule, option: Option, moment: Moment) -> date:
    """The last day it holds: the action's own end, and the periods of the budgets and capacities it takes from."""
    ends = [moment.date + LONGEST]
    if rule.action.ends is not None:
        ends.append(rule.action.ends.value)
    for number in (rule.budget, *rule.caps, *(supply for supply, _ in option.needs)):
        if number >= 0:
            _, end = calendar_period(moment, rules.supplies[number].per)
            ends.append((end - timedelta(microseconds=1)).date())
    return max(moment.date, min(ends))


def reason_head(rule: ActionRule) -> str:
    """What the action asks of a customer's segment and stage: `for platinum, gold at regular`."""
    parts = []
    if rule.action.segments:
        parts.append("for " + ", ".join(ref.name for ref in rule.action.segments))
    if rule.action.stages:
        parts.append("at " + ", ".join(ref.name for ref in rule.action.stages))
    if rule.required:
        parts.append("required")
    return " ".join(parts)


def reason_of(rule: ActionRule, chance: float | None, worth: float | None, weight: float | None, cost: float) -> str:
    """The head, and the parts of the score: `for gold; chance 0.25, worth 12.5, weight 2, cost 0.01`."""
    named = (("chance", chance), ("worth", worth), ("weight", weight), ("cost", cost))
    parts = [f"{name} {plain(value)}" for name, value in named if value is not None]
    return "; ".join(p for p in (reason_head(rule), ", ".join(parts)) if p)


def plain(value: float) -> str:
    """A number rounded to four decimals, without needless ones; from `WHOLE` on a float has none."""
    if abs(value) >= WHOLE:
        return repr(value).removesuffix(".0")
    rounded = math.copysign(math.floor(abs(value) * 10_000 + 0.5) / 10_000, value) + 0.0
    return repr(rounded).removesuffix(".0")
