"""Ways out of a circle of formulas: one reading is taken out of a line, where what is left still says something.

In: findings that lines read each other in a circle, what was built, and the texts. Out: the findings, with fixes for at
most two of the lines. A reading is left out as one of several conditions, as a term of a sum, or as one of the values
of a choice; never as a factor, and never so that a bare figure is left. Where none can be left out, another fact that
shares a word with it stands in its place; failing that, a figure that is to be replaced, with the formula as a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.expressions.syntax import And, Arithmetic, Case, Cases, IfElse, Lit, Negative, Not, Or, Syntax
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.record import names as fields_of
from stratagem.dsl.record import replace
from stratagem.dsl.repair import CIRCLE
from stratagem.dsl.repair.candidates import facts
from stratagem.dsl.repair.likely import shared_words
from stratagem.dsl.repair.reads import led_to, reads
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import Use, uses
from stratagem.dsl.resolve.symbols import Of, Table
from stratagem.dsl.source import SourceText, Span

LINES = 2
"""Lines of the circle for which a way out is offered."""
MOST = 6
"""Circles for which it is worked out what may stand in a formula instead."""
_STAGE = "the stage"
_ASSUMED = "(this assumes that the rest is meant)"


def opened(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, circles among them with their ways out."""
    return [_opened(d, built, sources) if d.code == CIRCLE and not d.fixes else d for d in found]


def closed(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, circles that nothing can be left out of with what may stand in their formulas instead."""
    bare = [n for n, d in enumerate(found) if d.code == CIRCLE and not d.fixes][:MOST]
    made = list(found)
    if bare:
        from stratagem.dsl.repair.stand_in import kept_as_remark

        trial, graph = Trial(built, found), reads(built)
        for number in bare:
            steps = _steps(found[number])[:LINES]
            own = [use for at, read in steps if (use := next(_readings(at, read, built), None)) is not None]
            trial.of([found[number]])
            instead = [fix for use in own for fix in _instead(use, trial, graph)]
            instead += [fix for use in own if not instead and (fix := _for_everyone(use, sources)) is not None]
            remarks = (kept_as_remark(use, trial, sources) for use in own)
            fixes = instead or [fix for fix in remarks if fix is not None]
            made[number] = replace(found[number], fixes=tuple(fixes[:LINES]))
    return made


def _loop(diagnostic: Diagnostic) -> list[str]:
    """What reads the next, the first one again at the end."""
    return [word.strip("`") for word in str(diagnostic.args.get("loop", "")).split(" → ")]


def _steps(diagnostic: Diagnostic) -> list[tuple[Span, str]]:
    """The first lines of the circle, each with what it reads."""
    return [(x.span, read) for x, read in zip(diagnostic.labels, _loop(diagnostic)[1:], strict=False)][: 2 * LINES]


def _for_everyone(use: Use, sources: Mapping[str, SourceText]) -> Fix | None:
    """A condition gone that may be left out."""
    root, source = use.root, sources.get(use.span.file)
    if not use.condition or root is None or source is None or use.node.statement.tail != "when?":
        return None
    line = source.lines[root.span.line - 1]
    before = line[: root.span.column - 1].rstrip()
    if not before.endswith(" when") or root.span.line != root.span.end_line:
        return None
    said = source.slice(root.span)
    at = root.span.on(root.span.line, len(before) - len(" when") + 1, root.span.end_column)
    return Fix(f"Take `when {said}` out (this assumes that everyone is meant)", (Edit(at, ""),))


def _instead(use: Use, trial: Trial, graph: Mapping[str, AbstractSet[str]]) -> Iterator[Fix]:
    """Of a line that reads itself: what has all its words in common with it, and does not lead back; else the one fact
    that nothing reads."""
    name, old = use.node.value("name"), use.path[-1]
    if name is None or name.text != old or sum(old in each.path for each in names_in(use.root)) != 1:
        return
    assumes = use.statement == "assume"
    others = [s.name for s in facts(trial.table) if (s.kind is Of.ASSUMPTION) == assumes and s.name != old]
    others = [new for new in others if old not in led_to(new, graph)]
    alike = [new for new in others if shared_words(new, old) > min(new.count("_"), old.count("_"))]
    main = _main(trial.built) if use.statement == "segments" else []
    wanted = [new for new in others if new in (*alike, *main) or new not in trial.read]
    held = [new for new in wanted if trial.holds(use, old, new)]
    unread = [new for new in held if new not in trial.read]
    likely = dict.fromkeys(new for new in held if new in alike)
    likely |= dict.fromkeys(unread if len(unread) == 1 else (), ", which is declared and read nowhere")
    if not likely and not unread:
        likely = dict.fromkeys(held, ", as tiers go by what a customer is worth")
    for new, why in likely.items():
        title = f"Write {new} (this assumes that `{new}` is meant{why or ''})"
        yield Fix(title, (Edit(use.span.last(len(old)), new),))


def _main(built: Built) -> list[str]:
    """The value that says what a customer is worth: the one that is `main`, else the first."""
    values = [unit.node for unit in built.units if unit.node.statement.id == "value" and "name" in unit.node.slots]
    values.sort(key=lambda node: "main" not in node.slots)
    return [node.value("name").text for node in values[:1]]


def _opened(diagnostic: Diagnostic, built: Built, sources: Mapping[str, SourceText]) -> Diagnostic:
    fixes: list[Fix] = []
    place = diagnostic.span
    for at, read in _steps(diagnostic):
        for use in _readings(at, read, built):
            if read == _STAGE and _loop(diagnostic)[0] == _STAGE and place == diagnostic.span:
                place = use.node.span  # it is this move that asks for the stage, and not the first one
            made = _ways(use, sources)
            if made:
                fixes.extend(made)
                break
    return replace(diagnostic, span=place, fixes=tuple(fixes[:LINES]))


def _readings(at: Span, read: str, built: Built) -> Iterator[Use]:
    """Where the thing declared at a place reads another one."""
    wanted = _words(read, built.resolver.table)
    for unit in built.units:
        for use in uses(unit):
            if use.root is None or use.path[-1] not in wanted:
                continue
            nodes = (use.node, use.parent) if use.parent is not None else (use.node,)
            own = any("name" in node.slots and node.slots["name"].span == at for node in nodes)
            own = own or ("name" not in use.node.slots and use.node.span.line == at.line and use.span.file == at.file)
            if own or (use.statement.startswith("journey") and not _declares(at, built)):
                yield use


def _words(read: str, table: Table) -> tuple[str, ...]:
    return ("stage",) if read == _STAGE else (read, *table.tiers_of(read))


def _declares(at: Span, built: Built) -> bool:
    """Is something declared there, by its name."""
    return any("name" in unit.node.slots and unit.node.slots["name"].span == at for unit in built.units)


def _ways(use: Use, sources: Mapping[str, SourceText]) -> list[Fix]:
    """The reading taken out of its line; of `A if … else B` what is left is for the reader."""
    source = sources.get(use.span.file)
    if source is None or use.root is None:
        return []
    if use.statement == "field" and use.node.formula is not None:
        before = source.lines[use.node.formula.span.line - 1][: use.node.formula.span.column - 1].rstrip(" =")
        at = use.span.on(use.span.line, len(before) + 1, len(source.lines[use.span.line - 1]) + 1)
        return [Fix("Take the formula out (this assumes that the file has such a column)", (Edit(at, ""),))]
    chain = list(_around(use.root, use.span))
    for inner, outer in pairwise(chain):
        if isinstance(outer, IfElse):
            return _either(inner, outer, source)
        edit = _left(inner, outer, source)
        if edit is not None:
            taken = source.slice(inner.span)
            return [Fix(f"Take `{taken}` out of it {_ASSUMED}", (edit,))]
        if isinstance(outer, Negative) or (isinstance(outer, Arithmetic) and outer.op in "+-"):
            return []
    return []


def _either(inner: Syntax, outer: IfElse, source: SourceText) -> list[Fix]:
    """The one value or the other, one that reads something first, without the condition."""
    values = [value for value in (outer.then, outer.otherwise) if value is not inner]
    values.sort(key=lambda value: not _says(value))
    ways = [source.slice(value.span) for value in values if _says(value) or isinstance(value, Lit)]
    title = "Write {0} without `if` (this assumes that this value is meant)"
    return [Fix(title.format(way), (Edit(outer.span, way),)) for way in ways]


def _around(syntax: Any, at: Span) -> Iterator[Syntax]:
    """The parts of a formula around a place, the innermost first."""
    if isinstance(syntax, tuple):
        for part in syntax:
            yield from _around(part, at)
    elif isinstance(syntax, Syntax) and syntax.span.holds(at):
        for name in fields_of(syntax):
            yield from _around(getattr(syntax, name), at)
        yield syntax


def _left(inner: Syntax, outer: Syntax, source: SourceText) -> Edit | None:
    """What is left of the outer part without the inner one; None where that would say nothing."""
    match outer:
        case And(parts=parts) | Or(parts=parts) if len(parts) > 1:
            return _of_several(inner, parts, source)
        case Cases(cases=cases, otherwise=otherwise) if isinstance(inner, Case) and len(cases) > 1 and otherwise:
            return _line(inner.span, source)
        case Arithmetic(op="+", left=left, right=right):
            return _term(inner, left, right, source)
        case Arithmetic(op="-", left=left, right=right):
            if inner is right or not _says(right):
                return _term(inner, left, right, source) if inner is right else None
            between = _between(left.span, right.span, source)
            return None if between is None or between.strip() != "-" else Edit(left.span.to(right.span.start(0)), "-")
    return None


def _of_several(inner: Syntax, parts: Sequence[Syntax], source: SourceText) -> Edit | None:
    number = next(n for n, part in enumerate(parts) if part is inner)
    beside = parts[number - 1] if number else parts[1]
    one, other = (beside, inner) if number else (inner, beside)
    between = _between(one.span, other.span, source)
    if between is None:
        return _line(inner.span, source)
    if re.fullmatch(r"\s+(?:and|or)\s+", between) is None:
        return None
    return Edit(one.span.after().to(other.span), "") if number else Edit(one.span.to(other.span.start(0)), "")


def _term(inner: Syntax, left: Syntax, right: Syntax, source: SourceText) -> Edit | None:
    """One side of a sum gone with the sign, where the other is more than a figure."""
    kept = left if inner is right else right
    between = _between(left.span, right.span, source)
    if not _says(kept) or between is None or re.fullmatch(r"\s*[-+]\s*", between) is None:
        return None
    return Edit(left.span.after().to(right.span), "") if kept is left else Edit(left.span.to(right.span.start(0)), "")


def _says(syntax: Syntax) -> bool:
    """Does it read anything, and is more than a figure written out."""
    return not isinstance(syntax, Not) and any(True for _ in names_in(syntax))


def _between(one: Span, other: Span, source: SourceText) -> str | None:
    """The text between two places of one line."""
    if one.end_line != other.line:
        return None
    return source.lines[one.end_line - 1][one.end_column - 1 : other.column - 1]


def _line(span: Span, source: SourceText) -> Edit | None:
    """A condition or a case on a line of its own, gone with its line."""
    text = source.lines[span.line - 1]
    alone = text.strip().startswith(source.slice(span)) and span.line == span.end_line
    if not alone or not text[: span.column - 1].isspace():
        return None
    return Edit(Span(span.file, span.line, 1, span.line + 1, 1), "")
