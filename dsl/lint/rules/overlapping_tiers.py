"""Tiers whose bounds cover the same customers, so that a line does not mean what it says."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.check.tiers import Left, bound
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.facts import Tier, Tiers

RULE = Rule(
    "L021",
    Text(
        "warning",
        "`{name}` overlaps {before}",
        "The first line that holds wins: {why}.",
        "{how}",
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `segments` block; `from` under `from`, and `below` under `below`, is the usual order and no overlap."""
    yield from c.each(_of_block, reads="own", where=being(Tiers))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    left = Left()
    for tier in block.part.tiers if isinstance(block.part, Tiers) else ():
        if left.blocks(tier) is None:
            yield from _line(tier, left)
        left.take(tier)


def _line(tier: Tier, left: Left) -> Iterator[Diagnostic]:
    """A line that can hold someone, but fewer than it says."""
    figure = bound(tier)
    earlier = left.high_by or left.low_by
    if tier.bound == "top" and (earlier is not None or left.taken):
        yield _late(tier, earlier)
    elif tier.bound == "from" and left.low_by is not None and figure is not None and figure < left.low:
        yield _crossed(tier, left.low_by)
    elif tier.bound == "below" and left.high_by is not None and figure is not None and figure > left.high:
        yield _crossed(tier, left.high_by)


def _late(tier: Tier, earlier: Tier | None) -> Diagnostic:
    label = Label(earlier.at, "this line is tried first") if earlier is not None else None
    before = f"`{earlier.name}`" if earlier is not None else "the lines above"
    why = f"`{tier.name}` means the best of all that are tiered, but the lines above have taken customers already"
    return RULE.at(tier.at, labels=[label], name=tier.name, before=before, why=why, how="Put it first.")


def _crossed(tier: Tier, earlier: Tier) -> Diagnostic:
    label = Label(earlier.at, "takes them first")
    why = f"whom both bounds cover falls to `{earlier.name}`, and `{tier.name}` gets only those that are left"
    how = "Let one bound begin where the other ends."
    return RULE.at(tier.at, labels=[label], name=tier.name, before=f"`{earlier.name}`", why=why, how=how)
