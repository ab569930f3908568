"""Ways out of errors (and of remarks on the order of lines) that nothing better is known for, found in the text alone.

In: findings, and the files' texts. Out: the findings, errors without a fix with one where there is one that loses
nothing: a line moved, put in another order, said once in place of twice; a name declared; a comparison written out.
A line is taken out only where it says nothing or repeats another, never one that says who is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.record import replace
from stratagem.dsl.source import SourceText

Way = Callable[[Diagnostic, SourceText, Mapping[str, SourceText]], Sequence[Fix] | Diagnostic]


_REMARKS = frozenset(("L013",))
"""Remarks of rules that only the text shows a way out of."""
MOST = 40
"""Errors of one strategy for which a way out is looked for in the text."""


def last_resort(found: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, with what can be done about errors that offer nothing yet; remarks of rules wait until none is."""
    lines = {(d.span.file, d.span.line) for d in found if severity(d) == "error"}
    if lines:
        found = [d for d in found if severity(d) == "error" or not _waits(d, lines)]
    if lines:
        from stratagem.dsl.parse.ways.conditions import gathered
        from stratagem.dsl.parse.ways.first import first_of_all
        from stratagem.dsl.parse.ways.headless import headed

        found = first_of_all(gathered(headed(found, sources), sources), sources)
    if not any(_bare(d) for d in found):
        return list(found)
    from stratagem.dsl.parse.ways.table import WAYS  # only when there is a fault: start-up time

    bare = [d for d in found if _bare(d)][:MOST]
    ways = {id(d): _with_way(d, sources, WAYS) for d in bare}
    return _once([ways.get(id(d), d) for d in found])


def _once(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Without findings that one before them on the same line offers the same for: `when friend or map_search`."""
    seen: set[object] = set()
    kept: list[Diagnostic] = []
    for diagnostic in found:
        key = (diagnostic.code, diagnostic.span.file, diagnostic.span.line, *diagnostic.fixes[:1])
        if not diagnostic.fixes or key not in seen:
            kept.append(diagnostic)
        seen.add(key)
    return kept


def _waits(diagnostic: Diagnostic, lines: AbstractSet[tuple[str, int]]) -> bool:
    """Does it wait until no error is left: a rule's remark, or that a label is lacking on a line with an error."""
    unlabelled = diagnostic.code == "S138" and (diagnostic.span.file, diagnostic.span.line) in lines
    return unlabelled or diagnostic.code.startswith("L")


def _bare(diagnostic: Diagnostic) -> bool:
    return not diagnostic.fixes and (severity(diagnostic) == "error" or diagnostic.code in _REMARKS)


def _with_way(diagnostic: Diagnostic, sources: Mapping[str, SourceText], ways: Mapping[str, Way]) -> Diagnostic:
    source = sources.get(diagnostic.span.file)
    way = ways.get(diagnostic.code)
    if source is None or way is None or not 0 < diagnostic.span.line <= len(source.lines):
        return diagnostic
    made = way(diagnostic, source, sources)
    if isinstance(made, Diagnostic):
        return made
    fixes = tuple(made)
    return replace(diagnostic, fixes=fixes) if fixes else diagnostic
