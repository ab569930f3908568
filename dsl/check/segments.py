"""Segments: they lead to others than themselves."""

from __future__ import annotations

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.edits import line_gone


def segments(c: Context) -> None:
    """Every segment and tier."""
    for treated in c.strategy.treated:
        for ref in treated.leads_to:
            if ref.name == treated.name:
                fixes = [line_gone(ref.at, "that they lead nowhere")] if len(treated.leads_to) == 1 else []
                c.findings.add("S438", ref.at, fixes=fixes, name=treated.name)
