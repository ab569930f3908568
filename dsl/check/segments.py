"""Segments: they lead to others than themselves."""

from __future__ import annotations

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.source import Span


def segments(c: Context) -> None:
    """Every segment and tier."""
    for treated in c.strategy.treated:
        for ref in treated.leads_to:
            if ref.name == treated.name:
                fixes = [_alone(ref.at)] if len(treated.leads_to) == 1 else []
                c.findings.add("S438", ref.at, fixes=fixes, name=treated.name)


def _alone(at: Span) -> Fix:
    """The whole line, which names nothing else."""
    line = at.on(at.line, 1, 1).to(at.below())
    return Fix("Take this line out (this assumes that they lead nowhere)", (Edit(line, ""),))
