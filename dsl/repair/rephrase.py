"""Formulas that read, and say what they say in words that mean nothing here: `days between today and renews_on`.

In: the findings, what was built, and the texts. Out: the findings; where another wording of a formula leaves nothing
to be said of it, that is the finding, and what was said of its words is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.diagnostics.suggest import distance
from stratagem.dsl.expressions.syntax import Case, Lit, Syntax
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.lines.pieces import cut
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.build import Built
from stratagem.dsl.parse.fold import mended
from stratagem.dsl.parse.formulas import read_formula
from stratagem.dsl.parse.hints import Hints
from stratagem.dsl.parse.mend.search import said_otherwise
from stratagem.dsl.parse.mend.step import Step, changes
from stratagem.dsl.record import names as fields_of
from stratagem.dsl.record import replace
from stratagem.dsl.repair import UNFIT, WORDS
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import Use, uses
from stratagem.dsl.source import SourceText, Span
from stratagem.dsl.values import Money, Number, Rate, Value

MOST = 6
"""Formulas of which other wordings are looked for."""


def rephrased(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, with one for each formula that is only worded otherwise."""
    wanted = [d for d in found if (d.code in WORDS or _odd(d, sources)) and not mended(d)]
    lines = {(d.span.file, d.span.line) for d in wanted}
    if not wanted or len(lines) > MOST:
        return list(found)
    trial = Trial(built, found)
    hints = Hints([piece for source in sources.values() for piece in cut(source.text)])
    made = list(found)
    for root, use in formulas(built, lines):
        own = [d for d in made if root.span.holds(d.span)]
        first = next((d for d in own if d in wanted), None)
        if first is None:
            continue
        told = _reworded(root, use, first, own, trial, hints, sources)
        if told is not None:
            made[made.index(first)] = told
            made = [d for d in made if d is told or not any(d is each for each in own)]
    return made


def _odd(diagnostic: Diagnostic, sources: Mapping[str, SourceText]) -> bool:
    """Kinds that do not go together, with no way out, or with a text among them that may be a name in quotes."""
    if diagnostic.code not in UNFIT or not diagnostic.fixes:
        return diagnostic.code in UNFIT
    source = sources.get(diagnostic.span.file)
    return source is not None and '"' in source.slice(diagnostic.span)


def with_periods(found: Sequence[Diagnostic], built: Built) -> list[Diagnostic]:
    """A scenario's figure that lacks the currency or the period which the assumption has."""
    assumed = {
        unit.node.value("name").text: unit.node.formula
        for unit in built.units
        if unit.node.statement.id == "assume" and "name" in unit.node.slots
    }
    made = list(found)
    for number, diagnostic in enumerate(found):
        if diagnostic.code != "S310" or diagnostic.fixes:
            continue
        for line in (x for u in built.units if u.node.statement.id == "scenario" for x in u.node.children):
            own = line.value("name") if line.statement.id == "assume" else None
            usual = assumed.get(own.text) if own is not None else None
            if line.formula is None or line.formula.span != diagnostic.span or not isinstance(usual, Lit):
                continue
            new = _like(line.formula.value, usual.value) if isinstance(line.formula, Lit) else ""
            if new:
                fix = Fix(f"Write {new} (this assumes the unit of the assumption)", (Edit(diagnostic.span, new),))
                made[number] = replace(diagnostic, fixes=(fix,))
    return made


def _like(figure: Value, usual: Value) -> str:
    """A figure with the currency and the period that the usual one has and it has not; empty where it has others."""
    amount, kept = (part.amount if isinstance(part, Rate) else part for part in (figure, usual))
    if isinstance(amount, Number) and isinstance(kept, Money):
        amount = Money(amount.value, kept.currency)
    per = figure.per if isinstance(figure, Rate) else usual.per if isinstance(usual, Rate) else None
    if type(amount) is not type(kept) or (isinstance(figure, Rate) and not isinstance(usual, Rate)):
        return ""
    return literal_text(amount if per is None else Rate(amount, per))  # type: ignore[arg-type]


def formulas(built: Built, lines: set[tuple[str, int]]) -> Iterator[tuple[Syntax, Use]]:
    """Each formula with a name on one of these lines, in its part on that line."""
    seen: set[Span] = set()
    for unit in built.units:
        for use in uses(unit):
            if use.root is not None and (use.span.file, use.span.line) in lines:
                part = _on_line(use.root, use.span)
                if part is not None and part.span not in seen:
                    seen.add(part.span)
                    yield part, use


def _on_line(root: Any, at: Span) -> Syntax | None:
    """The largest part of a formula around a place that stands on one line."""
    if isinstance(root, tuple):
        return next((found for part in root if (found := _on_line(part, at)) is not None), None)
    if not isinstance(root, Syntax) or not root.span.holds(at):
        return None
    if root.span.line == root.span.end_line and not isinstance(root, Case):  # a case is a value and its condition
        return root
    return _on_line(tuple(getattr(root, name) for name in fields_of(root)), at)


def _reworded(
    root: Syntax,
    use: Use,
    first: Diagnostic,
    own: Sequence[Diagnostic],
    trial: Trial,
    hints: Hints,
    sources: Mapping[str, SourceText],
) -> Diagnostic | None:
    """The first other wording of which nothing is to be said."""
    span, text = root.span, sources[root.span.file].slice(root.span)
    trial.of(own)
    if first.code in UNFIT:
        bare = _bare(root, use, text, trial)
        return bare or (None if first.fixes else _with_units(first, root, use, text, trial))
    at = first.span.column - span.column
    for tried, steps in (*_closed_words(text, at), *_sorts(text, at, hints), *said_otherwise(text, at, hints)):
        if not holds(tried, root, use, trial):
            continue
        change = changes(text, tried)
        start, end = change[0].start, change[-1].end
        instead = tried[change[0].new_start : change[-1].new_end]
        place = span.on(span.line, span.column + start, span.column + end)
        assumed = [step.assumes for step in steps if step.assumes]
        title = f"Write: {tried}" + (f" (this assumes {', '.join(assumed)})" if assumed else "")
        args = {"written": text[start:end].strip(), "instead": instead.strip()}
        fix = Fix(title, (Edit(place, instead),))
        return Diagnostic("S153" if instead.strip() else "S126", place, args, fixes=(fix,))
    return None


_AFTER_IS = re.compile(r"\bis\s+(?:not\s+)?$")
_ANSWERS = ("missing", "known", "yes", "no")


def _closed_words(text: str, at: int) -> list[tuple[str, tuple[Step, ...]]]:
    """`seen-on`: a name with hyphens, and nothing else where there is one; else `is miissing`: a slip in one of the few
    words that stand after `is` whatever is asked about."""
    hyphens: list[tuple[str, tuple[Step, ...]]] = [
        (text[: m.start()] + m.group().replace("-", "_") + text[m.end() :], ())
        for m in re.finditer(r"[a-z][\w.]*(?:-\w+)+", text)
        if m.start() <= at <= m.end()
    ]
    if hyphens:
        return hyphens
    token = next((token for token in tokens(text) if token.start == at), None)
    if token is None or _AFTER_IS.search(text[:at]) is None:
        return []
    slips = [word for word in _ANSWERS if distance(token.text, word, 1) == 1]
    return [(text[:at] + word + text[token.end :], ()) for word in slips]


_SORT = re.compile(r"[a-z]\w* is (not )?(?:an? )?([a-z]\w*)\b")


def _sorts(text: str, at: int, hints: Hints) -> list[tuple[str, tuple[Step, ...]]]:
    """`guest is staff`, where nothing of a customer is called `guest`: the field `is_staff`."""
    said = _SORT.match(text, at)
    if said is None or f"is_{said[2]}" not in hints.paths:
        return []
    return [(f"{text[:at]}{said[1] or ''}is_{said[2]}{text[said.end() :]}", ())]


def holds(tried: str, root: Syntax, use: Use, trial: Trial) -> bool:
    """Is nothing to be said of a formula with this text in the place of one of its parts."""
    read = reading(tried, root)
    return read is not None and trial.sound([replace(use, root=_with(use.root, root, read))])


def reading(tried: str, root: Syntax) -> Syntax | None:
    """A text as a formula in the place of another one; None where it is none."""
    span = root.span
    number = span.line - span.anchor.lines
    line = Line(span.file, number, span.column, tried, number, anchor=span.anchor)
    return read_formula(line, tokens(tried), lambda _: None)


_UNITS = ("months", "years", "days", "weeks", "hours")
"""What a bare figure may count, the likeliest first."""
WAYS = 2


_QUOTED = re.compile(r'"([a-z][\w.]*)"')
_PERIOD = re.compile(r"(\d[\d,.]*(?: [A-Z]{3})?) per (?:\d+ )?[a-z]+")


def _bare(root: Syntax, use: Use, text: str, trial: Trial) -> Diagnostic | None:
    """A name that stands in quotes; an amount per some time, where what it is held against has none."""
    for pattern, code in ((_QUOTED, "S153"), (_PERIOD, "S126")):
        for match in pattern.finditer(text):
            name = match[1].rpartition(".")[2]
            if code == "S153" and not (trial.table.kinds_of(name) or name in trial.read):
                continue
            tried = text[: match.start()] + match[1] + text[match.end() :]
            if holds(tried, root, use, trial):
                gone = match if code == "S153" else re.compile(" per .+").search(match[0])
                assert gone is not None
                start = match.start() + (gone.start() if code == "S126" else 0)
                at = root.span.on(root.span.line, root.span.column + start, root.span.column + match.end())
                new = match[1] if code == "S153" else ""
                title = f"Write: {tried}" + (" (this assumes that it is meant without a period)" if not new else "")
                args = {"written": gone[0].strip(), "instead": new}
                return Diagnostic(code, at, args, fixes=(Fix(title, (Edit(at, new),)),))
    return None


def _with_units(first: Diagnostic, root: Syntax, use: Use, text: str, trial: Trial) -> Diagnostic | None:
    """A rate times a bare number, where an amount is wanted: the number counts months, or the like."""
    fixes: list[Fix] = []
    for token in tokens(text):
        before = text[: token.start].rstrip()[-1:]
        if token.kind != "NUMBER" or not (before == "*" or text[token.end :].lstrip()[:1] == "*"):
            continue
        for unit in _UNITS:
            new = f"{token.text} {unit[:-1] if token.text == '1' else unit}"
            if len(fixes) < WAYS and holds(text[: token.start] + new + text[token.end :], root, use, trial):
                at = root.span.on(root.span.line, root.span.column + token.start, root.span.column + token.end)
                fixes.append(Fix(f"Write {new} (this assumes that {unit} are meant)", (Edit(at, new),)))
    return replace(first, fixes=tuple(fixes)) if fixes else None


def _with(syntax: Any, old: Syntax, new: Syntax) -> Any:
    """An expression with one part of it replaced."""
    if syntax is old:
        return new
    if isinstance(syntax, tuple):
        return tuple(_with(part, old, new) for part in syntax)
    if not isinstance(syntax, Syntax) or not syntax.span.holds(old.span):
        return syntax
    return replace(syntax, **{n: _with(getattr(syntax, n), old, new) for n in fields_of(syntax) if n != "span"})
