"""Aggregates over a customer's rows, over a group and over all customers; and days or months since a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import Aggregate, Expr, RowRef, Since, Window
from stratagem.dsl.expressions.types import DAYS, MONTHS, NUMBER, YES_NO, Kind, Type
from stratagem.dsl.resolve import names, population, unknown
from stratagem.dsl.resolve.arithmetic import typed
from stratagem.dsl.resolve.rules import DATES
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.symbols import Of, SourceNames
from stratagem.dsl.resolve.wording import say

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver

WHOLE = ("count", "any")
"""Kinds that take rows, not a field of them."""
WRITTEN = {"different": "number of different", "any": "any"}


def phrase(kind: str) -> str:
    """`sum of`, `number of different`, `any`: the aggregate as it is written."""
    return WRITTEN.get(kind, f"{kind} of")


def resolve(r: Resolver, syntax: s.Aggregate, scope: Scope) -> Expr | None:
    """After `of`: a source with many rows, then a group, or `customers`, or (in metrics) what one customer has."""
    head = syntax.subject.path[0]
    source = r.table.sources.get(head)
    if source is not None and source.shape == "many":
        return _own_rows(r, syntax, source, scope)
    if r.table.get(Of.GROUP, head) is not None:
        return population.over_group(r, syntax, scope)
    if head == "customers" or scope.population:
        return population.over_customers(r, syntax, scope)
    _no_subject(r, syntax, source, scope)
    return None


def _no_subject(r: Resolver, syntax: s.Aggregate, source: SourceNames | None, scope: Scope) -> None:
    head, span = syntax.subject.path[0], syntax.subject.span
    if r.findings.doubts(head):
        return
    if source is not None:
        shape = "one row per customer" if source.shape == "one" else "rows that are looked up"
        r.findings.add(
            "S275", span, labels=[Label(source.span, shape)], name=head, shape=shape, words=phrase(syntax.kind)
        )
        return
    symbol = r.table.shared(head)
    if symbol is not None or r.table.fields_named(head, "one"):
        grouped = population.of_group(r, syntax)
        r.findings.add("S271", syntax.span, fixes=grouped, words=f"{phrase(syntax.kind)} {head}")
        return
    known = [x.name for x in r.table.shaped("many")] + list(r.table.names(Of.GROUP)) + ["customers"]
    close = r.findings.near(head, known)
    fixes = [unknown.replace_with(span.start(len(head)), close), *_meant(r, syntax)]
    labels = [unknown.nearest(r.table, close, Of.SOURCE, Of.GROUP)]
    r.findings.add("S276", span, labels=labels, near=close, fixes=fixes, name=head, words=phrase(syntax.kind))


def _meant(r: Resolver, syntax: s.Aggregate) -> list[Fix]:
    """`source.field` where the two are exchanged, or where the field stands alone."""
    path, span = syntax.subject.path, syntax.subject.span
    turned = r.table.sources.get(path[-1]) if len(path) == 2 else None
    if turned is not None and path[0] in turned.fields:
        return [Fix(f"Write {path[1]}.{path[0]}", (Edit(span, f"{path[1]}.{path[0]}"),))]
    spellings = (path[0], path[0].removesuffix("s"), path[0].removesuffix("es")) if len(path) == 1 else ()
    for field in dict.fromkeys(spellings):  # `number of different halls`
        holders = [x.name for x in r.table.shaped("many") if field in x.fields]
        if holders:
            return unknown.one_of_few(span, [f"{name}.{field}" for name in holders], ())
    return []


def _own_rows(r: Resolver, syntax: s.Aggregate, source: SourceNames, scope: Scope) -> Expr | None:
    if not scope.own_rows:
        code = "S274" if scope.inner else "S272" if scope.population else "S287"
        r.findings.add(code, syntax.span, source=source.name, words=phrase(syntax.kind))
        return None
    where = None
    if syntax.where is not None:
        where = r.condition(syntax.where, scope.rows_of(source.name))
    field = _field(r, syntax, source)
    fine = _dated(r, syntax, source) and _sound(r, syntax, field, source)
    if not fine or (syntax.where is not None and where is None):
        return None
    window = None if syntax.window is None else Window(syntax.window.direction, syntax.window.period)
    kind = result(syntax.kind, field.type if field is not None else NUMBER)
    ref = field if isinstance(field, RowRef) else None
    return Aggregate(
        type=kind, span=syntax.span, kind=syntax.kind, source=source.name, field=ref, window=window, where=where
    )


def result(kind: str, operand: Type) -> Type:
    """The type of an aggregate over values of the operand's type."""
    if kind in ("count", "different"):
        return NUMBER
    if kind == "any":
        return YES_NO
    return operand


def _field(r: Resolver, syntax: s.Aggregate, source: SourceNames) -> Expr | None:
    path = syntax.subject.path[1:]
    return names.row_field(r, syntax.subject, source, path) if path else None


def _asked_of(kind: str, source: SourceNames) -> list[str]:
    """The fields that an aggregate may go over, as far as their kinds tell: figures, or what there are several of; of
    the first and latest row its day before all else."""
    kinds = {name: field.type for name, field in source.fields.items() if field.type is not None}
    if kind != "different":
        day = [source.dated_by] if kind in ("first", "latest") and source.dated_by in kinds else []
        return [*day, *(name for name, each in kinds.items() if each.is_numeric)]
    choices = [name for name, each in kinds.items() if each.kind is Kind.CHOICE]
    return choices or [name for name, each in kinds.items() if each.kind is Kind.TEXT and name != source.joined_by]


def _sound(r: Resolver, syntax: s.Aggregate, field: Expr | None, source: SourceNames) -> bool:
    """Does the aggregate have the field it needs, of a kind it can take."""
    words, span = phrase(syntax.kind), syntax.subject.span
    named = len(syntax.subject.path) > 1
    if syntax.kind == "share":
        r.findings.add("S281", syntax.span, words=words, name=source.name)
        return False
    if syntax.kind in WHOLE:
        if named:
            fix = Fix(f"Write {source.name}", (Edit(span, source.name),))
            r.findings.add("S277", span, fixes=[fix], words=words, name=source.name, instead=f"{words} {source.name}")
        return not named
    if not named:
        able = _asked_of(syntax.kind, source)
        example = next(iter(able or source.fields), "FIELD")
        fixes = unknown.one_of_few(span, (), [f"{source.name}.{name}" for name in able], each=True)
        instead = f"{words} {source.name}.{example}"
        r.findings.add("S277", span, fixes=fixes, words=words, name=source.name, instead=instead)
        return False
    return field is not None and fits(r, syntax, field)


def _able(kind: str, type_: Type) -> bool:
    """Can the aggregate go over values of this kind."""
    if kind in ("sum", "average"):
        return type_.is_numeric
    return kind not in ("smallest", "largest") or type_.is_numeric or type_.kind in DATES


def fits(r: Resolver, syntax: s.Aggregate, operand: Expr) -> bool:
    """Can values of this kind be summed, ordered or counted as the aggregate does."""
    kind = operand.type
    able = True
    if syntax.kind in ("sum", "average"):
        able = kind.is_numeric
    elif syntax.kind in ("smallest", "largest"):
        able = kind.is_numeric or kind.kind in DATES
    if not able:
        words = phrase(syntax.kind)
        head = syntax.span.start(0).to(operand.span.start(0))
        fix = Fix("Write number of different", (Edit(head, "number of different "),))
        fixes = [_counted(syntax, kind), _amount(r, syntax), fix]
        r.findings.add("S315", operand.span, labels=r.sides(operand), fixes=fixes, words=words, kind=say(kind))
    return able


def _counted(syntax: s.Aggregate, kind: Type) -> Fix | None:
    """The sum of yes and no is the number of rows where it is yes."""
    path = syntax.subject.path
    if syntax.kind != "sum" or kind.kind is not Kind.YES_NO or len(path) != 2:
        return None
    head = Edit(syntax.span.start(0).to(syntax.subject.span), f"count of {path[0]}")
    where = syntax.where
    if where is None:
        more = [Edit(syntax.span.after(), f" where {path[1]}")]
    elif isinstance(where, s.Or):
        more = [Edit(where.span.start(0), f"{path[1]} and ("), Edit(where.span.after(), ")")]
    else:
        more = [Edit(where.span.start(0), f"{path[1]} and ")]
    return Fix(f"Write count of {path[0]} … where {path[1]}", (head, *more))


def _amount(r: Resolver, syntax: s.Aggregate) -> Fix | None:
    """The one field of the source that has amounts."""
    source = r.table.sources.get(syntax.subject.path[0])
    fields = source.fields.items() if source is not None and not source.built_in else ()
    able = [name for name, field in fields if field.type is not None and _able(syntax.kind, field.type)]
    if len(able) != 1 or source is None:
        return None
    title = f"Write {source.name}.{able[0]} (this assumes that it is meant: no other field of `{source.name}` fits)"
    return Fix(title, (Edit(syntax.subject.span, f"{source.name}.{able[0]}"),))


def _dated(r: Resolver, syntax: s.Aggregate, source: SourceNames) -> bool:
    """Windows and `first of`, `latest of` need rows with a date."""
    if source.dated_by is not None or (syntax.window is None and syntax.kind not in ("first", "latest")):
        return True
    what = phrase(syntax.kind) if syntax.window is None else f"in {syntax.window.direction}"
    at = syntax.span if syntax.window is None else syntax.window.span
    days = [f.name for f in source.fields.values() if f.type is not None and f.type.kind in DATES]
    below = source.span.below()
    fixes = [Fix(f"Write below the source: dated by {day}", (Edit(below, f"  dated by {day}\n"),)) for day in days]
    labels = [Label(source.span, "no `dated by` here")]
    r.findings.add("S273", at, labels=labels, fixes=fixes, name=source.name, what=what)
    return False


def _its_day(r: Resolver, syntax: s.Since) -> Fix | None:
    """The field that dates the rows, in place of another field of theirs."""
    asked = syntax.operand
    source = r.table.sources.get(asked.subject.path[0]) if isinstance(asked, s.Aggregate) else None
    if source is None or source.dated_by is None or not isinstance(asked, s.Aggregate):
        return None
    day = f"{source.name}.{source.dated_by}"
    return Fix(f"Write {day}", (Edit(asked.subject.span, day),))


def _without_day(r: Resolver, syntax: s.Since) -> bool:
    """`days since latest of visits`: the field that dates the rows is meant."""
    asked = syntax.operand
    alone = isinstance(asked, s.Aggregate) and asked.kind not in WHOLE and len(asked.subject.path) == 1
    source = r.table.sources.get(asked.subject.path[0]) if isinstance(asked, s.Aggregate) and alone else None
    if source is None or source.dated_by is None or not isinstance(asked, s.Aggregate):
        return False
    words, day, span = phrase(asked.kind), f"{source.name}.{source.dated_by}", asked.subject.span
    fix = Fix(f"Write {day} (this assumes that the day of these rows is meant)", (Edit(span, day),))
    r.findings.add("S277", span, fixes=[fix], words=words, name=source.name, instead=f"{words} {day}")
    return True


def since(r: Resolver, syntax: s.Since, scope: Scope) -> Expr | None:
    """`days since D`, `months since D`, `days until D`."""
    if _without_day(r, syntax):
        return None
    operand = r.expr(syntax.operand, scope)
    if operand is None:
        return None
    if operand.type.kind not in (*DATES, Kind.MISSING):
        fix, sides = _its_day(r, syntax), r.sides(operand)
        r.findings.add("S316", operand.span, labels=sides, fixes=[fix], kind=say(operand.type), words=syntax.kind)
        return None
    kind = MONTHS if syntax.kind == "months since" else DAYS
    return Since(type=kind, span=syntax.span, kind=syntax.kind, operand=typed(operand, Type(Kind.DATE)))
