"""What a run used of every supply and limit, and what is left.

In: what a run kept, the pairs taken. Out: two frames, in the units people read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from stratagem.dsl.model.base import literal_text
from stratagem.engine.decide.allocate import Allocation
from stratagem.engine.decide.capacity import exact_sum, to_units
from stratagem.engine.decide.eligibility import Bools

if TYPE_CHECKING:
    from stratagem.engine.decide.batch import Kept

Ints = npt.NDArray[Any]


def supply_table(
    kept: Kept,
    allocation: Allocation,
    customer: Ints,
    action: Ints,
    option: Ints,
    cost: npt.NDArray[np.float64],
    sent: Bools,
) -> pl.DataFrame:
    """One row a supply: its amount for the period, used before, used by this run, left, price per unit."""
    rows = []
    units = to_units(cost)
    for number, supply in enumerate(kept.rules.supplies):
        if supply.kind in ("budget", "cap"):
            paid = np.array([number == r.budget or number in r.caps for r in kept.rules.actions], np.bool_)
            counts = sent & paid[action]
            if supply.kind == "cap":
                counts &= kept.candidates.members(supply.segments, kept.rules.strategy)[customer]
            used = exact_sum(units[counts])
        else:
            used = sum(
                int(((action == a) & (option == k) & sent).sum()) * amount
                for a, rule in enumerate(kept.rules.actions)
                for k, choice in enumerate(rule.options)
                for needed, amount in choice.needs
                if needed == number
            )
        before = kept.past.used[number]
        rows.append(
            {
                "name": supply.name,
                "kind": supply.kind,
                "unit": supply.unit,
                "per": literal_text(supply.per),
                "amount": supply.amount / supply.scale,
                "used_before": before / supply.scale,
                "used": used / supply.scale,
                "left": max(0, supply.amount - before - used) / supply.scale,
                "price": allocation.prices.get(supply.name, 0.0),
            }
        )
    return pl.DataFrame(rows, schema=SUPPLY_TYPES)


SUPPLY_TYPES: dict[str, Any] = {
    "name": pl.String,
    "kind": pl.String,
    "unit": pl.String,
    "per": pl.String,
    "amount": pl.Float64,
    "used_before": pl.Float64,
    "used": pl.Float64,
    "left": pl.Float64,
    "price": pl.Float64,
}
LIMIT_TYPES: dict[str, Any] = {
    "limit": pl.String,
    "contacts_before": pl.Int64,
    "contacts": pl.Int64,
    "reached_before": pl.Int64,
    "reached": pl.Int64,
}


def limit_table(kept: Kept, customer: Ints, action: Ints, option: Ints, sent: Bools) -> pl.DataFrame:
    """One row a limit: contacts it counts before and in this run, and how many customers (or groups) reached it."""
    rules, rows = kept.rules, []
    for number, limit in enumerate(rules.limits):
        bound = _bound(kept, [[number in o.limits for o in r.options] for r in rules.actions])[action, option] & sent
        before = kept.past.counted[number]
        during = np.bincount(customer[bound], minlength=len(before))
        rows.append(_reached(limit.text, limit.count, before, during))
    for number, limit in enumerate(rules.group_limits):
        flags = [[number in o.group_limits for o in r.options] for r in rules.actions]
        bound = _bound(kept, flags)[action, option] & sent
        before = kept.past.group_counted[number]
        groups = kept.past.groups[number].of[customer[bound]]
        during = np.bincount(groups, minlength=len(before))
        rows.append(_reached(limit.text, limit.count, before[:-1], during[:-1]))
    return pl.DataFrame(rows, schema=LIMIT_TYPES)


def _bound(kept: Kept, flags: list[list[bool]]) -> Bools:
    table = np.zeros((len(flags), max(1, kept.rules.widest)), np.bool_)
    for a, row in enumerate(flags):
        table[a, : len(row)] = row
    return table


def _reached(text: str, count: int, before: Ints, during: Ints) -> dict[str, object]:
    return {
        "limit": text,
        "contacts_before": int(before.sum()),
        "contacts": int(during.sum()),
        "reached_before": int((before >= count).sum()),
        "reached": int((before + during >= count).sum()),
    }
