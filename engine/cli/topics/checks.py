"""The questions of the completeness checklists: `docs ASK3`, `docs five_steps`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from stratagem.engine.cli.topics.entry import Entry
from stratagem.engine.present.blocks import Block, Column, Heading, Pairs, Paragraph, Table, Verbatim
from stratagem.engine.present.colours import STRATEGY

if TYPE_CHECKING:
    from stratagem.engine.complete.framework import Check, Framework, GapText


def frameworks() -> dict[str, Framework]:
    """All installed checklists."""
    from stratagem.engine.plug import doors

    return doors.frameworks().items


def names() -> Iterator[str]:
    """What may be typed: the checks' codes, and the checklists' names."""
    for framework in frameworks().values():
        yield framework.name
        yield from (check.code for check in framework.checks)


def find(words: str) -> list[Entry]:
    """The check of that code, in capitals or not, or the checklist of that name."""
    found = [check_entry(f, c) for f in frameworks().values() for c in f.checks if c.code == words.upper()]
    return found + [framework_entry(f) for f in frameworks().values() if f.name == words]


def check_entry(framework: Framework, check: Check) -> Entry:
    """A check as an entry."""
    record = {
        "framework": framework.name,
        "source": framework.source,
        "about": list(check.about),
        "weight": check.weight,
        "gaps": [{"write": g.write, "under": g.under, "snippet": g.snippet} for g in check.gaps.values()],
    }
    return Entry("check", check.code, check.asks, partial(_check, framework, check), lambda: record)


def _check(framework: Framework, check: Check) -> Iterator[Block]:
    yield Heading(f"{check.code}: {check.asks}")
    yield Paragraph(f"{framework.title} ({framework.name})", "quiet")
    facts = (("source", framework.source), ("about", ", ".join(check.about)), ("weight", f"{check.weight:g}"))
    yield Pairs(facts)
    if check.gaps:
        yield Heading("What is written where it is missing")
    for gap in check.gaps.values():
        yield from _gap(gap)
    yield Paragraph(f'To accept the gap: waive {check.code} because "…"', "quiet")


def _gap(gap: GapText) -> Iterator[Block]:
    """The remedy; its `$words` stand for what the strategy calls things."""
    yield Paragraph(gap.write, indent=1)
    if not gap.snippet.strip():
        return
    if gap.under:
        yield Paragraph(f"under {gap.under}", "quiet", indent=2)
    yield Verbatim(gap.snippet.strip("\n"), language=STRATEGY, indent=3 if gap.under else 2)


def framework_entry(framework: Framework) -> Entry:
    """A checklist as an entry."""

    def record() -> dict[str, Any]:
        checks = [{"code": c.code, "asks": c.asks, "weight": c.weight} for c in framework.checks]
        return {"source": framework.source, "checks": checks}

    return Entry("checklist", framework.name, framework.title, partial(_framework, framework), record)


def _framework(framework: Framework) -> Iterator[Block]:
    yield Heading(f"{framework.title} ({framework.name})")
    yield Pairs((("source", framework.source),))
    yield Heading("Questions")
    columns = (Column("code"), Column("asks"), Column("weight", right=True))
    yield Table(columns, tuple((c.code, c.asks, f"{c.weight:g}") for c in framework.checks))
