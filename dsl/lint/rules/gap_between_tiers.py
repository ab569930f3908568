"""Tiers that say nothing of some of the customers they are for."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context, being
from stratagem.dsl.check.tiers import filled
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lint.rule import Rule, Text
from stratagem.dsl.model.facts import Tiers

RULE = Rule(
    "L020",
    Text(
        "warning",
        "`{name}` leaves customers out",
        "Nobody's tier is said {where}.",
        'Write as the last line: rest "The others" otherwise',
        shows=True,
    ),
)


def find(c: Context) -> Iterator[Diagnostic]:
    """Every `segments` block."""
    yield from c.each(_of_block, reads="own", where=being(Tiers))


def _of_block(c: Context, block: Block) -> Iterator[Diagnostic]:
    if not isinstance(block.part, Tiers) or not block.part.tiers:
        return
    left = filled(block.part)
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
    yield RULE.at(block.part.at, name=block.part.name, where=where)
