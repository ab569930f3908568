"""A measure or value whose formula lacks what all that reads it wants: `days since` before a date, the unit of a figure
that a rate is multiplied with.

In: the findings, what was built, and the texts. Out: the findings; those that such a formula gives cause to are one, at
the formula, where they are several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.expressions.types import DAYS, MONTHS, NUMBER, Type
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.model.build import Built
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.fold import mended
from stratagem.dsl.record import replace
from stratagem.dsl.repair import LABELS, UNFIT
from stratagem.dsl.repair.rephrase import holds
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import Use, uses
from stratagem.dsl.resolve.rules import DATES
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.source import SourceText

MOST = 6
"""Formulas for which this is worked out."""
WAYS = 2
_SINCE = (("days since", DAYS), ("months since", MONTHS))
_UNITS = {"months": ("months", "quarters", "years"), "days": ("days", "weeks")}
"""What a bare figure may count beside a rate, by the family of its period, the likeliest first."""
_A_YEAR = {"4": "quarters", "1": "years", "52": "weeks"}
"""So many of them are a year."""


def completed(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings of kinds that do not go together, with what the formulas of the facts they read lack."""
    made = list(found)
    told = [d for d in found if d.code in UNFIT and d.labels and not mended(d)]
    spans = {label.span for d in told for label in d.labels}
    trial, tried = Trial(built, found), 0
    for use in _formulas(built) if told else ():
        own = use.node.slots["name"].span
        if own not in spans or tried >= MOST:
            continue
        tried += 1
        going = [d for d in made if d.code in UNFIT and any(label.span == own for label in d.labels)]
        if going and not any(use.root is not None and use.root.span.holds(d.span) for d in going):
            trial.of(going)
            ways = list(_ways(use, built, trial, sources))[:WAYS]
            made = _told(use.node, going, ways, made, built) if ways else made
    return made


def _formulas(built: Built) -> Iterator[Use]:
    """A use of each measure's and value's formula that stands on one line."""
    for unit in built.units:
        node = unit.node
        if node.statement.id in ("measure", "value") and "name" in node.slots and node.formula is not None:
            use = next((use for use in uses(unit) if use.root is node.formula), None)
            if use is not None and node.formula.span.line == node.formula.span.end_line:
                yield use


def _ways(
    use: Use, built: Built, trial: Trial, sources: Mapping[str, SourceText]
) -> Iterator[tuple[str, Edit, Type | None]]:
    """What may be written, the edit that does, and the kind it makes of the fact, where that is another."""
    assert use.root is not None
    span, text = use.root.span, sources[use.root.span.file].slice(use.root.span)
    kind = built.resolver.facts.type_of(use.node.value("name").text)
    if kind is None:
        return
    for words, made in _SINCE if kind.kind in DATES else ():
        if holds(f"{words} {text}", use.root, use, trial):
            yield f"`{words}` before the date", Edit(span.start(0), f"{words} "), made
    units = _UNITS.get(kind.per or "", ())
    for token in tokens(text) if units else ():
        beside = text[: token.start].rstrip()[-1:] == "*" or text[token.end :].lstrip()[:1] == "*"
        usual = sorted(units, key=lambda unit: _A_YEAR.get(token.text) != unit)
        for unit in usual if token.kind == "NUMBER" and beside else ():
            new = f"{token.text} {unit[:-1] if token.text == '1' else unit}"
            if holds(text[: token.start] + new + text[token.end :], use.root, use, trial):
                at = span.on(span.line, span.column + token.start, span.column + token.end)
                yield new, Edit(at, new), replace(kind, per=None)


def _told(
    node: Node, going: Sequence[Diagnostic], ways: Sequence[tuple[str, Edit, Type | None]],
    made: Sequence[Diagnostic], built: Built,
) -> list[Diagnostic]:  # fmt: skip
    """One finding at the formula, where several come of it; else the ways are offered beside those of the one."""
    name = node.value("name").text
    title = "Write {} (this assumes that the lines that read `{}` are right)"
    fixes = tuple(Fix(title.format(words, name), (edit,)) for words, edit, _ in ways)
    first = going[0]
    if len(going) == 1:
        own = replace(first, fixes=(*first.fixes, *fixes))
        return [own if d is first else d for d in made]
    kind, wanted = built.resolver.facts.type_of(name) or NUMBER, ways[0][2] or NUMBER
    labels = tuple(Label(d.span, f"this takes {say(wanted)}") for d in going[:LABELS])
    args = {"name": name, "kind": say(kind), "wanted": say(wanted), "count": len(going)}
    assert node.formula is not None
    told = Diagnostic("S292", node.formula.span, args, labels, fixes=fixes)
    return [told if d is first else d for d in made if d is first or not any(d is each for each in going)]
