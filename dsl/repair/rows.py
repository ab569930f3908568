"""A fact about the customer where a customer's rows, or a field of theirs, are wanted: `count of trips_12m`.

In: the findings, what was built, and the texts. Out: the findings, those without a way out with what makes sense in the
place of the fact: the one source or field that does, or those that share a word with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.syntax import Aggregate, Name, Syntax
from stratagem.dsl.model.build import Built
from stratagem.dsl.record import names as fields_of
from stratagem.dsl.record import replace
from stratagem.dsl.repair import CIRCLE, NO_ROWS, OVER_ALL
from stratagem.dsl.repair.likely import shares_a_word
from stratagem.dsl.repair.rephrase import formulas, holds
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import Use, aggregates
from stratagem.dsl.resolve.aggregates import WHOLE
from stratagem.dsl.source import SourceText

MOST = 6
"""Formulas for which this is worked out."""
MANY = 80
"""Sources and fields beyond which nothing is tried."""
OFFERED = 2
"""So many of them are offered at most."""


def over_rows(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings of facts that stand where rows are wanted, or that read themselves there, with their ways out."""
    wanted = [n for n, d in enumerate(found) if d.code in (OVER_ALL, CIRCLE, NO_ROWS) and not d.fixes]
    made = list(found)
    if not wanted or len(wanted) > MOST:
        return made
    trial = Trial(built, found)
    for number in wanted:
        diagnostic = found[number]
        lines = {(diagnostic.span.file, diagnostic.span.line)}
        trial.of([diagnostic])
        for root, use in formulas(built, lines):
            fixes = tuple(_ways(root, use, diagnostic, trial, sources))
            if fixes:
                made[number] = replace(diagnostic, fixes=fixes)
                break
    return made


def _ways(
    root: Syntax, use: Use, diagnostic: Diagnostic, trial: Trial, sources: Mapping[str, SourceText]
) -> Iterator[Fix]:
    own = str(diagnostic.args.get("name", "")).strip("`")
    if diagnostic.code == NO_ROWS:
        yield from _by_itself(root, use, diagnostic, trial, sources)
        return
    text = sources[root.span.file].slice(root.span)
    for name, kinds in _places(root, own if diagnostic.code == CIRCLE else "", trial):
        known = list(_of_rows(kinds, trial)) if not isinstance(kinds, str) else _fields(kinds, trial)
        start, end = name.span.column - root.span.column, name.span.end_column - root.span.column
        tried = known if len(known) <= MANY else []
        fitting = [new for new in tried if holds(text[:start] + new + text[end:], root, use, trial)]
        alike = [new for new in fitting if shares_a_word(new.replace(".", "_"), name.path[-1])]
        few = sorted(fitting, key=lambda new: new.rpartition(".")[2] in trial.read) if len(fitting) <= OFFERED else []
        for new in (alike or few)[:OFFERED]:
            yield Fix(f"Write {new} (this assumes that `{new}` is meant)", (Edit(name.span, new),))


def _by_itself(
    root: Syntax, use: Use, diagnostic: Diagnostic, trial: Trial, sources: Mapping[str, SourceText]
) -> Iterator[Fix]:
    """`latest of people.joined_on`, where each customer has one row: the field alone. `number of different
    products.kind`, of a look-up: through the sources that have its key."""
    text = sources[root.span.file].slice(root.span)
    for part in aggregates(root):
        name, source = part.subject, trial.table.sources.get(part.subject.path[0])
        if source is None or len(name.path) != 2 or not name.span.holds(diagnostic.span):
            continue
        if source.shape == "one":
            ways = [(part.span, ".".join(name.path))] if part.where is None else []
        else:
            keyed = [s for s in trial.table.shaped("many") if not s.built_in and source.key in s.fields]
            ways = [(name.span, f"{s.name}.{source.key}.{name.path[1]}") for s in keyed]
        for at, new in ways:
            start, end = at.column - root.span.column, at.end_column - root.span.column
            if holds(text[:start] + new + text[end:], root, use, trial):
                yield Fix(f"Write {new} (this assumes that `{new}` is meant)", (Edit(at, new),))


def _places(syntax: Any, own: str, trial: Trial, row: str = "") -> Iterator[tuple[Name, str | Aggregate]]:
    """Where a fact stands in the place of rows, with the aggregate; or where it reads itself among a source's rows,
    with that source. `own`: the fact that reads itself; empty for any."""
    if isinstance(syntax, Aggregate):
        head = syntax.subject.path[0]
        if len(syntax.subject.path) == 1 and head not in trial.table.sources and own in ("", head):
            yield syntax.subject, syntax
        if syntax.where is not None:
            yield from _places(syntax.where, own, trial, head)
    elif isinstance(syntax, Name):
        if row in trial.table.sources and own and syntax.path == (own,):
            yield syntax, row
    elif isinstance(syntax, tuple):
        for part in syntax:
            yield from _places(part, own, trial, row)
    elif isinstance(syntax, Syntax):
        for name in fields_of(syntax):
            yield from _places(getattr(syntax, name), own, trial, row)


def _of_rows(aggregate: Aggregate, trial: Trial) -> Iterator[str]:
    """What the aggregate may go over: sources with many rows, or their fields."""
    for source in trial.table.shaped("many"):
        if source.built_in:
            continue
        if aggregate.kind in WHOLE:
            yield source.name
        else:
            yield from (f"{source.name}.{field}" for field in source.fields)


def _fields(source: str, trial: Trial) -> list[str]:
    return list(trial.table.sources[source].fields)
