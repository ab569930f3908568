"""All passes over a strategy, in one order. Each reads the whole strategy and adds its findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable

from stratagem.dsl.check import (
    actions,
    customers,
    empty,
    goals,
    header,
    journey,
    learning,
    lists,
    matrix,
    raised,
    segments,
    shares,
    sources,
    templates,
    tiers,
)
from stratagem.dsl.check.context import Context
from stratagem.dsl.lint.run import lint
from stratagem.dsl.model.build import Built
from stratagem.dsl.resolve.findings import Findings, Found
from stratagem.dsl.source import Span

PASSES: tuple[Callable[[Context], None], ...] = (
    header.complete,
    header.header,
    header.former_names,
    customers.identity,
    customers.groups,
    sources.sources,
    sources.purposes,
    tiers.values,
    tiers.tiers,
    segments.segments,
    journey.journey,
    goals.goals,
    goals.cohorts,
    shares.figures,
    actions.channels,
    actions.margins,
    actions.actions,
    actions.order,
    templates.templates,
    matrix.matrices,
    learning.questions,
    learning.scenarios,
    raised.by_itself,
    learning.tests,
    learning.waivers,
    lists.once_each,
    lists.tests_once,
)
"""What is said of a strategy whatever else is wrong with it."""
OF_ONE_BLOCK: tuple[Callable[[Context], None], ...] = (
    header.header,
    goals.goals,
    shares.figures,
    actions.channels,
    templates.templates,
    learning.tests,
    lists.once_each,
    lists.tests_once,
)
"""Those among them that look at one block and at what is declared: they hold also where lines elsewhere say nothing."""
WHEN_SOUND: tuple[Callable[[Context], None], ...] = (
    sources.ageing,
    actions.budgets,
    matrix.gaps,
    empty.blocks,
    empty.language,
)
"""What is said of things that seem to be absent, once there is no error: until then they may be misspelt."""


def check(built: Built, findings: Findings, known_codes: Iterable[str] = (), off: Container[str] = ()) -> None:
    """Run every pass. `known_codes`: what `waive` may name beside the built-in codes. `off`: rules not to run."""
    context = Context(built, findings, frozenset(known_codes))
    for each in PASSES:
        each(context)
    if findings.found_errors():
        return
    for each in WHEN_SOUND:
        each(context)
    lint(context, off)


def check_whole_blocks(built: Built, findings: Findings, unread: Iterable[Span]) -> None:
    """What is said of single blocks, of those all of whose lines could be read; `unread`: the lines that could not."""
    context, found = Context(built, findings), Found()
    before = findings.turn(found)
    for each in OF_ONE_BLOCK:
        each(context)
    findings.turn(before)
    heads = sorted((node.span.file, node.span.line) for node in built.nodes)
    broken = {bisect_right(heads, (span.file, span.line)) for span in unread}
    for diagnostic in found.diagnostics:
        if bisect_right(heads, (diagnostic.span.file, diagnostic.span.line)) not in broken:
            findings.keep(diagnostic)
