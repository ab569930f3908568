"""Tiers: can each line hold anyone, given the lines before it, and does the block leave anyone out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from stratagem.dsl.check.context import Context
from stratagem.dsl.check.lengths import size
from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.tree import Constant
from stratagem.dsl.model.facts import Tier, Tiers


@dataclass
class _Left:
    """What the lines so far leave: figures from `low` (included) up to `high`, and a share of all."""

    low: float = float("-inf")
    high: float = float("inf")
    low_by: Tier | None = None
    high_by: Tier | None = None
    taken: Decimal = Decimal(0)
    all_by: Tier | None = None

    def none(self) -> bool:
        return self.all_by is not None or self.low >= self.high


def tiers(c: Context) -> None:
    """Every `segments` block."""
    for block in c.strategy.tiers:
        if not block.tiers:
            c.findings.add("S434", block.at, name=block.name)
            continue
        left = _Left()
        for tier in block.tiers:
            _line(c, tier, left)
        _gap(c, block, left)


def _line(c: Context, tier: Tier, left: _Left) -> None:
    figure = _figure(tier)
    blocker = _never(tier, figure, left)
    if blocker is not None:
        label = Label(blocker.at, "this line comes first, and takes all of them")
        c.findings.add("S430", tier.at, labels=[label], name=tier.name, before=blocker.name)
    _shares(c, tier, left)
    if tier.bound == "otherwise":
        left.all_by = left.all_by or tier
    elif tier.bound == "from" and figure is not None and figure < left.high:
        left.high, left.high_by = figure, tier
    elif tier.bound == "below" and figure is not None and figure > left.low:
        left.low, left.low_by = figure, tier


def _never(tier: Tier, figure: float | None, left: _Left) -> Tier | None:
    """The earlier line because of which this one never holds."""
    if left.all_by is not None:
        return left.all_by
    if left.none():
        return left.low_by or left.high_by
    if figure is None:
        return None
    if tier.bound == "from" and figure >= left.high:
        return left.high_by
    if tier.bound == "below" and figure <= left.low:
        return left.low_by
    return None


def _figure(tier: Tier) -> float | None:
    expr = tier.threshold.expr if tier.threshold is not None else None
    value = expr.value if isinstance(expr, Constant) else None
    return float(value) if isinstance(value, (int, float)) else None


def _shares(c: Context, tier: Tier, left: _Left) -> None:
    """`top` and `next`: at most all of them, in an order that means something."""
    share = size(tier.share)
    if tier.bound not in ("top", "next") or share is None:
        return
    earlier = left.high_by or left.low_by
    if tier.bound == "top" and (earlier is not None or left.taken):
        label = Label(earlier.at, "this line is tried first") if earlier is not None else None
        c.findings.add("S431", tier.at, labels=[label], name=tier.name)
    if tier.bound == "next" and not left.taken:
        c.findings.add("S435", tier.at, name=tier.name)
    over = left.taken > 1
    left.taken = left.taken + share if tier.bound == "next" else max(left.taken, share)
    if left.taken > 1 and not over:
        c.findings.add("S432", tier.place("share"), name=tier.name, total=f"{left.taken * 100:.4g}%")
    elif left.taken == 1:
        left.all_by = left.all_by or tier


def _gap(c: Context, block: Tiers, left: _Left) -> None:
    """Nobody is left out, unless the strategist leaves a gap on purpose: then `otherwise` says so."""
    if left.none() or left.taken > 1:
        return
    if left.high_by is not None and left.low_by is not None:
        where = f"from `{left.low_by.name}` up to `{left.high_by.name}`"
    elif left.high_by is not None:
        where = f"below `{left.high_by.name}`"
    elif left.low_by is not None:
        where = f"from the bound of `{left.low_by.name}` upwards"
    else:
        where = f"after the first {left.taken * 100:.4g}%" if left.taken else "everywhere"
    c.findings.add("S433", block.at, name=block.name, where=where)


def values(c: Context) -> None:
    """One value is the main one."""
    marked = [v for v in c.strategy.values if v.main]
    for value in marked[1:]:
        label = Label(marked[0].at, "marked `main` already")
        c.findings.add("S425", value.place("main"), labels=[label], name=value.name)
