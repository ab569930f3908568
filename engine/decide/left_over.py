"""What history leaves of every supply, for single decisions.

In: a plan, the contacts of everyone (rows of the built-in source), the moment. Out: `Usage`. A spend cap on segments is
not among them: whom past contacts were in which segment only a run over everyone knows.
"""

from __future__ import annotations

import polars as pl

from stratagem.engine.decide.compile_rules import rules_of
from stratagem.engine.decide.past import supply_used
from stratagem.engine.decide.single import Usage
from stratagem.engine.decide.windows import latest
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Plan


def left_over(plan: Plan, contacts: pl.LazyFrame | None, moment: Moment) -> Usage:
    """By supply, what is left of it in the calendar period that holds the moment, in its own unit."""
    rules = rules_of(plan)
    made = None if contacts is None else contacts.filter(pl.col("at") <= latest(moment)).collect()
    left = {}
    for number, supply in enumerate(rules.supplies):
        if supply.kind != "cap":
            used = 0 if made is None else supply_used(supply, number, rules, made, moment)
            left[supply.name] = max(0, supply.amount - used) / supply.scale
    return Usage(left)
