"""Segments: they lead to others than themselves."""

from __future__ import annotations

from stratagem.dsl.check.context import Context


def segments(c: Context) -> None:
    """Every segment and tier."""
    for treated in c.strategy.treated:
        for ref in treated.leads_to:
            if ref.name == treated.name:
                c.findings.add("S438", ref.at, name=treated.name)
