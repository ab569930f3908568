"""Kinds that do not go together because of what a name was declared as: a field of a wrong type, an assumption whose
figure lacks its unit or its period.

In: the findings, and what was built. Out: the findings. Where another kind of one field or assumption takes several of
them away and brings no other, they are one finding at its declaration; where it takes one away, that is offered too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Literal

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.expressions.syntax import Lit
from stratagem.dsl.expressions.tree import Constant
from stratagem.dsl.expressions.types import DAYS, MONTHS, NUMBER, SHARE, Kind, Type, money
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.build import Built
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.nodes import Node, walk
from stratagem.dsl.parse.fold import mended
from stratagem.dsl.record import record, replace
from stratagem.dsl.repair import LABELS, UNFIT
from stratagem.dsl.repair.declare import kinds_of
from stratagem.dsl.repair.trial import Trial
from stratagem.dsl.repair.uses import Use, uses
from stratagem.dsl.resolve.literals import evaluated
from stratagem.dsl.resolve.mends import reworded
from stratagem.dsl.resolve.rules import DATES
from stratagem.dsl.resolve.wording import say
from stratagem.dsl.source import Span
from stratagem.dsl.values import Rate

MOST = 12
"""Declarations for which it is worked out whether they are at fault."""
_OF_ONE_SIDE = ("S309", "S315", "S316")
"""Findings of one thing alone, whose kind is not what is asked: that it was declared wrongly comes first."""
_PERIODS: tuple[tuple[Literal["months", "days"], str], ...] = (
    ("months", "per year"), ("months", "per month"), ("months", "per quarter"),
    ("days", "per week"), ("days", "per day"),
)  # fmt: skip
"""What a rate may be per, by the family of its period."""


@record
class Declared:
    """A field or an assumption, where it says its kind, and that kind."""

    name: str
    owner: str
    at: Span
    kind: Type
    node: Node


def declared_otherwise(found: Sequence[Diagnostic], built: Built) -> list[Diagnostic]:
    """The findings, those that one declaration is to blame for brought together."""
    made = list(found)
    blamed = _blamed(found, built)
    if not blamed:
        return made
    lines = {(d.span.file, d.span.line) for d in found if mended(d) or d.code.startswith("S1")}
    standing = (declared for declared in _declarations(built) if declared.node.slots["name"].span in blamed)
    trial = Trial(built, found)
    for declared in islice(standing, MOST):
        numbers = blamed[declared.node.slots["name"].span]
        _one(declared, [n for n in dict.fromkeys(numbers) if made[n].code], made, trial, lines)
    told = {(d.span.file, d.span.line) for d in made if d.code == "S292"}
    return [d for d in made if d.code and not (d.code == "S415" and _at(d, told))]


def _at(dated: Diagnostic, told: AbstractSet[tuple[str, int]]) -> bool:
    """Is the field that is to date the rows one of which the kind is said already."""
    return any((label.span.file, label.span.line) in told for label in dated.labels)


def _blamed(found: Sequence[Diagnostic], built: Built) -> dict[Span, list[int]]:
    """By the places of names, the findings whose formulas take their kinds from there."""
    unfit = [number for number, d in enumerate(found) if d.code in UNFIT and d.labels and not mended(d)]
    behind = _behind(built) if unfit else {}
    blamed: dict[Span, list[int]] = {}
    for number in unfit:
        for label in found[number].labels:
            for span in (label.span, *behind.get(label.span, ())):
                blamed.setdefault(span, []).append(number)
    for span, number in (*_reckoned_with(unfit, found, built), *_in_rows(unfit, found, built)):
        if number not in blamed.setdefault(span, []):
            blamed[span].append(number)
    return blamed


def _in_rows(unfit: Sequence[int], found: Sequence[Diagnostic], built: Built) -> Iterator[tuple[Span, int]]:
    """The places of the fields of which another field of the rows is worked out: `amount money = hours * rate`."""
    for unit in (unit for unit in built.units if unfit and unit.node.statement.id == "source"):
        owner = unit.node.value("name")
        source = built.resolver.table.sources.get(owner.text) if owner is not None else None
        fields = source.fields if source is not None else {}
        for formula in (child.formula for child in unit.node.children if child.formula is not None):
            read = [fields[name.path[-1]].span for name in names_in(formula) if name.path[-1] in fields]
            yield from ((span, n) for n in unfit if formula.span.holds(found[n].span) for span in read)


def _reckoned_with(unfit: Sequence[int], found: Sequence[Diagnostic], built: Built) -> Iterator[tuple[Span, int]]:
    """The places of the assumptions that stand in what does not fit: `margin - cost * 12 months`; in a scenario the one
    whose figure it is."""
    assumed = {u.node.value("name").text: u.node.slots["name"].span for u in built.units if _is_assumption(u.node)}
    if not unfit or not assumed:
        return
    for use in (use for unit in built.units for use in uses(unit) if len(use.path) == 1 and use.path[0] in assumed):
        inside = use.node.formula.span if use.statement == "assume" and use.node.formula is not None else None
        for number in unfit:
            span = found[number].span
            if span.holds(use.span) or span == inside:
                yield assumed[use.path[0]], number


def _is_assumption(node: Node) -> bool:
    return node.statement.id == "assume" and "name" in node.slots


def _behind(built: Built) -> dict[Span, list[Span]]:
    """By the place of each measure and value those of the fields that its formula takes its kind from."""
    table, found = built.resolver.table, dict[Span, list[Span]]()
    for unit in built.units:
        for node, _ in walk((unit.node,)):
            if node.statement.id in ("measure", "value") and "name" in node.slots:
                paths = [name.path for name in names_in(node.formula) if len(name.path) == 2]
                owned = [(table.sources[owner], field) for owner, field in paths if owner in table.sources]
                found[node.slots["name"].span] = [s.fields[field].span for s, field in owned if field in s.fields]
    return found


def _declarations(built: Built) -> Iterator[Declared]:
    """Every field, and every assumption with a figure."""
    table = built.resolver.table
    for unit in built.units:
        node = unit.node
        if node.statement.id == "source":
            owner = node.value("name")
            source = table.sources.get(owner.text) if owner is not None else None
            for child in node.children if source is not None else ():
                word = child.value("name") if child.statement.id == "field" and "type" in child.slots else None
                field = source.fields.get(word.text) if source is not None and word is not None else None
                if field is not None and field.type is not None and child.formula is None:
                    yield Declared(field.name, field.owner, child.slots["type"].span, field.type, child)
        elif node.statement.id == "assume" and isinstance(node.formula, Lit) and "name" in node.slots:
            made = evaluated(node.formula.value)
            if made is not None:
                yield Declared(node.value("name").text, "", node.formula.span, made[1], node)


def _one(
    declared: Declared,
    numbers: Sequence[int],
    made: list[Diagnostic],
    trial: Trial,
    lines: AbstractSet[tuple[str, int]],
) -> None:
    """What another kind of this declaration would do about what is said of its uses. `lines`: those that could not be
    read as they stand: what follows from a guess at a kind is not said."""
    built = trial.built
    uses = [use for use in trial.uses_of(declared.name) if _of(use, declared, built)]
    spans = [use.root.span for use in uses if use.root is not None]
    spans += [use.node.formula.span for use in uses if use.statement == "assume" and use.node.formula is not None]
    spans += [use.node.slots["value"].span for use in uses if "value" in use.node.slots]
    going = [n for n, d in enumerate(made) if d.code in UNFIT and (n in numbers or any(s.holds(d.span) for s in spans))]
    if not going:  # another declaration has explained them all
        return
    read = [use for use in uses if use.statement != "assume"]
    scenic = [replace(use, root=use.node.formula) for use in uses if use.statement == "assume"]
    trial.of([made[n] for n in going], made)
    through = any(not any(s.holds(made[n].span) for s in spans) for n in going)
    others = list(_others(declared, read, scenic, built))
    for written, kind in others:
        holds = kind != declared.kind and _holds(declared, kind, [*read, *scenic], trial)
        if holds and (trial.changed or not through):  # else what is said of the facts between stays as it is
            further = [text for text, other in others if other == kind and text != written and kind.is_rate]
            if (declared.at.file, declared.at.line) in lines:
                made[:] = [replace(d, code="") if n in going else d for n, d in enumerate(made)]
                _guess(declared, written, made)
            else:
                _say(declared, dict.fromkeys((written, *further)), kind, going, made)
            return


def _guess(declared: Declared, written: str, made: list[Diagnostic]) -> None:
    """Among the kinds offered on the line of the declaration the one that its uses want comes first."""
    for number, diagnostic in enumerate(made):
        if (diagnostic.span.file, diagnostic.span.line) == (declared.at.file, declared.at.line):
            wanted = [fix for fix in diagnostic.fixes if any(e.text.split()[-1:] == [written] for e in fix.edits)]
            others = [fix for fix in diagnostic.fixes if fix not in wanted]
            made[number] = replace(diagnostic, fixes=(*wanted, *others))


def _of(use: Use, declared: Declared, built: Built) -> bool:
    """Is this a use of the thing declared, and not of another of its name."""
    if not declared.owner or use.path == (declared.name,):
        return not declared.owner or built.resolver.table.shared(declared.name) is None
    return use.path[-2:] == (declared.owner, declared.name)


def _others(declared: Declared, uses: Sequence[Use], scenic: Sequence[Use], built: Built) -> Iterator[tuple[str, Type]]:
    """The kinds it may be of, each with what would be written."""
    currency = built.resolver.currency
    if declared.owner:
        yield from kinds_of(declared.name, uses, currency)
        return
    literal = declared.node.formula
    assert isinstance(literal, Lit)
    found = evaluated(literal.value)
    said = [e for use in scenic if isinstance(use.root, Lit) and (e := evaluated(use.root.value)) is not None]
    if found is None:
        return
    constant = Constant(type=found[1], span=literal.span, value=found[0])
    amount = money(currency) if currency is not None else NUMBER
    kinds = [*(kind for _, kind in said), amount, SHARE, DAYS, MONTHS, NUMBER]
    for text, of in _amounts(literal_text(literal.value), found[1], currency):
        for family, period in (*_said_periods(scenic, of), *_PERIODS):
            yield f"{text} {period}", Type(of.kind, currency=of.currency, per=family)
    if found[1].kind is Kind.NUMBER and found[1].is_rate and currency is not None:
        figure, _, period = literal_text(literal.value).partition(" per ")
        yield f"{figure} {currency} per {period}", Type(Kind.MONEY, currency=currency, per=found[1].per)
    for kind in kinds:
        new = reworded(constant, kind)
        if new:
            yield new, kind


def _amounts(text: str, kind: Type, currency: str | None) -> Iterator[tuple[str, Type]]:
    """What may come again and again: the figure as it stands, and as an amount of money."""
    if kind.kind in (Kind.MONEY, Kind.NUMBER) and not kind.is_rate:
        yield text, kind
    if kind == NUMBER and currency is not None:
        yield f"{text} {currency}", money(currency)


def _holds(declared: Declared, kind: Type, uses: Sequence[Use], trial: Trial) -> bool:
    """Does everything make sense if it is of this kind."""
    if not declared.owner:
        with trial.with_type(declared.name, kind):
            return trial.sound(uses)
    with trial.with_field(trial.table.sources[declared.owner], declared.name, kind):
        return trial.sound(uses)


def _said_periods(scenic: Sequence[Use], kind: Type) -> Iterator[tuple[Literal["months", "days"], str]]:
    """The periods that scenarios write for it, with their family."""
    for use in scenic:
        value = use.root.value if isinstance(use.root, Lit) else None
        if not isinstance(value, Rate):
            continue
        found = evaluated(value)
        if found is not None and found[1].per is not None and found[1].kind is kind.kind:
            yield found[1].per, f"per {literal_text(value).partition(' per ')[2]}"


def _say(declared: Declared, ways: Iterable[str], kind: Type, going: Sequence[int], made: list[Diagnostic]) -> None:
    """At the declaration where more than one finding goes, or a period or currency is lacking; else as one more way
    out. `ways`: what may be written, the likeliest first."""
    assumed = "that its uses are right" if len(going) > 1 or kind.is_rate else "that this line is right"
    fix, *others = (
        Fix(f"Declare `{declared.name}` as {written} (this assumes {assumed})", (Edit(declared.at, written),))
        for written in ways
    )
    first = made[going[0]]
    bare = not declared.owner and declared.kind == NUMBER and kind.kind is Kind.MONEY  # `assume cost = 22`
    if len(going) == 1 and not kind.is_rate and not bare:
        blamed = first.code in _OF_ONE_SIDE and declared.kind.kind not in DATES  # `not solved_on`: is it known
        fixes = (fix, *first.fixes) if blamed else (*first.fixes, fix)
        made[going[0]] = replace(first, fixes=fixes)
        return
    labels = tuple(Label(made[n].span, f"this takes {say(kind)}") for n in going[:LABELS])
    args = {"name": declared.name, "kind": say(declared.kind), "wanted": say(kind), "count": len(going)}
    for number in going[1:]:
        made[number] = replace(made[number], code="")
    rest = first.fixes if len(going) == 1 and bare else ()
    made[going[0]] = Diagnostic("S292", declared.at, args, labels, fixes=(fix, *others, *rest))
