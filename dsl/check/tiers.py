"""Tiers: can each line hold anyone, given the lines before it; values: one is the main one."""

from __future__ import annotations

from decimal import Decimal

from stratagem.dsl.check.context import Context
from stratagem.dsl.check.lengths import size
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.expressions.tree import Constant
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.facts import Tier, Tiers
from stratagem.dsl.record import record
from stratagem.dsl.values import Share


@record(frozen=False, slots=False)
class Left:
    """What the lines so far leave: figures from `low` (included) up to `high`, and a share of all."""

    low: float = float("-inf")
    high: float = float("inf")
    low_by: Tier | None = None
    high_by: Tier | None = None
    taken: Decimal = Decimal(0)
    all_by: Tier | None = None

    def none(self) -> bool:
        """Nobody is left."""
        return self.all_by is not None or self.low >= self.high

    def blocks(self, tier: Tier) -> Tier | None:
        """The earlier line because of which this one never holds."""
        figure = bound(tier)
        if self.all_by is not None:
            return self.all_by
        if self.none():
            return self.low_by or self.high_by
        if tier.bound == "from" and figure is not None and figure >= self.high:
            return self.high_by
        if tier.bound == "below" and figure is not None and figure <= self.low:
            return self.low_by
        return None

    def take(self, tier: Tier) -> None:
        """Go past a line."""
        figure, share = bound(tier), size(tier.share)
        if tier.bound in ("top", "next") and share is not None:
            self.taken = self.taken + share if tier.bound == "next" else max(self.taken, share)
            if self.taken == 1:
                self.all_by = self.all_by or tier
        elif tier.bound == "otherwise":
            self.all_by = self.all_by or tier
        elif tier.bound == "from" and figure is not None and figure < self.high:
            self.high, self.high_by = figure, tier
        elif tier.bound == "below" and figure is not None and figure > self.low:
            self.low, self.low_by = figure, tier


def filled(block: Tiers) -> Left:
    """What all lines of a block leave."""
    left = Left()
    for tier in block.tiers:
        left.take(tier)
    return left


def bound(tier: Tier) -> float | None:
    """The figure that a line is `from` or `below`, where it is written out."""
    expr = tier.threshold.expr if tier.threshold is not None else None
    value = expr.value if isinstance(expr, Constant) else None
    return float(value) if isinstance(value, (int, float)) else None


def tiers(c: Context) -> None:
    """Every `segments` block."""
    for block in c.strategy.tiers:
        if not block.tiers:
            c.findings.add("S434", block.at, name=block.name)
            continue
        left = Left()
        for tier in block.tiers:
            _line(c, tier, left)


def _lower(tier: Tier, before: Decimal) -> list[Fix]:
    """A tenth of the share, or all who are left."""
    share = size(tier.share) or Decimal(0)
    place = tier.place("share")
    lower = [(share / 10, "a point was lost"), (1 - before, "all who are left are meant")]
    texts = [(literal_text(Share(value)), why) for value, why in lower if 0 < value <= 1 - before]
    return [Fix(f"Write {text} (this assumes that {why})", (Edit(place, text),)) for text, why in texts]


def _line(c: Context, tier: Tier, left: Left) -> None:
    blocker = left.blocks(tier)
    if blocker is not None:
        label = Label(blocker.at, "this line comes first, and takes all of them")
        c.findings.add("S430", tier.at, labels=[label], name=tier.name, before=blocker.name)
    if tier.bound == "next" and not left.taken:
        c.findings.add("S435", tier.at, name=tier.name)
    before, over = left.taken, left.taken > 1
    left.take(tier)
    if left.taken > 1 and not over:
        total = f"{left.taken * 100:.4g}%"
        c.findings.add("S432", tier.place("share"), fixes=_lower(tier, before), name=tier.name, total=total)


def values(c: Context) -> None:
    """One value is the main one."""
    marked = [v for v in c.strategy.values if v.main]
    for value in marked[1:]:
        label = Label(marked[0].at, "marked `main` already")
        place = value.place("main")
        edit = Edit(place.on(place.line, place.column - 1, place.end_column), "")
        fix = Fix("Leave `main` out here (this assumes that the first one is the main one)", (edit,))
        c.findings.add("S425", place, labels=[label], fixes=[fix], name=value.name)
