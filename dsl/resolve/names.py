"""What a name in a formula refers to: `spend`, `orders.amount`, `orders.product.category`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import (
    Aggregate,
    Expr,
    FactRef,
    FieldRef,
    IdentityRef,
    InTier,
    RowRef,
    ScorePart,
    SegmentRef,
    StageRef,
    TierRef,
)
from stratagem.dsl.expressions.types import NUMBER, SHARE, TEXT, YES_NO, Type, choice, money
from stratagem.dsl.record import record
from stratagem.dsl.resolve import unknown
from stratagem.dsl.resolve.facts import STAGE, metric_key
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.symbols import Of, SourceNames, Symbol
from stratagem.dsl.resolve.wording import either, name_kind, say
from stratagem.dsl.source import NOWHERE, Span

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver

Part = Literal["chance", "worth", "cost", "weight"]
PARTS: tuple[Part, ...] = ("chance", "worth", "cost", "weight")


@record
class Meaning:
    """One thing a name may mean here. `expr` is None when that thing is itself at fault. `write`: its full name."""

    expr: Expr | None
    span: Span
    words: str
    write: str = ""


def resolve(r: Resolver, syntax: s.Name, scope: Scope) -> Expr | None:
    """The one thing a name means, or a finding: nothing of that name, or several."""
    if len(syntax.path) > 1:
        return dotted(r, syntax, scope)
    found = meanings(r, syntax, scope)
    if len(found) == 1:
        if scope.row is not None and scope.customer:
            _warn_twice(r, syntax, scope, found[0])
        return found[0].expr
    if not found:
        unknown.bare(r, syntax, scope)
        return None
    written = either([f"`{m.write}`" for m in found if m.write]) or "another name for one of them"
    labels = [Label(m.span, f"{m.words}") for m in found]
    r.findings.add("S264", syntax.span, labels=labels, name=syntax.path[0], count=len(found), written=written)
    return None


def meanings(r: Resolver, syntax: s.Name, scope: Scope) -> list[Meaning]:
    """All that a bare name may mean where it stands; a field of the row at hand comes before all others."""
    word = syntax.path[0]
    row = r.table.sources.get(scope.row) if scope.row is not None else None
    if row is not None and word in row.fields:
        field = row.fields[word]
        ref = _row_ref(row, (word,), field, syntax.span)
        return [Meaning(ref, field.span, f"a field of `{row.name}`")]
    return list(_wider(r, syntax, scope))


def _wider(r: Resolver, syntax: s.Name, scope: Scope) -> Iterator[Meaning]:
    """What a bare name means beyond the row."""
    word, span = syntax.path[0], syntax.span
    if scope.rank and word in PARTS:
        yield Meaning(_score_part(r, word, span), NOWHERE, "a part of the score")
        return
    if word == "stage" and scope.stage and r.table.names(Of.STAGE):
        r.facts.type_of(STAGE)
        yield Meaning(StageRef(type=choice(*r.table.names(Of.STAGE)), span=span), NOWHERE, "the stage")
        return
    symbol = r.table.shared(word)
    if symbol is not None and (scope.customer or symbol.kind is Of.ASSUMPTION):
        yield Meaning(_fact(r, symbol, span), symbol.span, f"the {name_kind(symbol.kind)} `{word}`")
    metric = r.table.get(Of.METRIC, word) if scope.population else None
    if metric is not None:
        kind = r.facts.type_of(metric_key(word))
        ref = None if kind is None else FactRef(type=kind, span=span, name=word)
        yield Meaning(ref, metric.span, f"the metric `{word}`")
    if scope.customer:
        yield from _fields(r, word, span)


def _fields(r: Resolver, word: str, span: Span) -> Iterator[Meaning]:
    if r.table.identity(word):
        yield Meaning(IdentityRef(type=TEXT, span=span), NOWHERE, "the customer's identity")
        return
    for field in r.table.fields_named(word, "one"):
        ref = _field_ref(field.owner, word, field, span)
        yield Meaning(ref, field.span, f"a field of `{field.owner}`", f"{field.owner}.{word}")


def _score_part(r: Resolver, part: Part, span: Span) -> Expr:
    kinds = {"chance": SHARE, "weight": NUMBER}
    amount = money(r.currency) if r.currency else Type(money("").kind)
    return ScorePart(type=kinds.get(part, amount), span=span, part=part)


def _fact(r: Resolver, symbol: Symbol, span: Span) -> Expr | None:
    """A reference to a name of the shared space."""
    kind = r.facts.type_of(symbol.owner or symbol.name)
    if kind is None:
        return None
    if symbol.kind is Of.SEGMENT:
        return SegmentRef(type=YES_NO, span=span, segment=symbol.name)
    if symbol.kind is Of.TIER:
        return InTier(type=YES_NO, span=span, tiers=symbol.owner, names=(symbol.name,))
    if symbol.kind is Of.TIERS:
        return TierRef(type=choice(*r.table.tiers_of(symbol.name)), span=span, tiers=symbol.name)
    return FactRef(type=kind, span=span, name=symbol.name)


def _row_ref(source: SourceNames, path: tuple[str, ...], field: Symbol, span: Span) -> Expr | None:
    return None if field.type is None else RowRef(type=field.type, span=span, source=source.name, path=path)


def _field_ref(source: str, name: str, field: Symbol, span: Span) -> Expr | None:
    return None if field.type is None else FieldRef(type=field.type, span=span, source=source, field=name)


def _warn_twice(r: Resolver, syntax: s.Name, scope: Scope, taken: Meaning) -> None:
    """Inside `where` the row's field wins; say so when the customer has that name too."""
    if not isinstance(taken.expr, RowRef) or r.table.identity(syntax.path[0]):
        return
    others = list(_wider(r, syntax, scope))
    if others:
        labels = [Label(taken.span, f"taken: {taken.words}"), *(Label(m.span, f"not taken: {m.words}") for m in others)]
        r.findings.add("S268", syntax.span, labels=labels, name=syntax.path[0], source=scope.row)


def dotted(r: Resolver, syntax: s.Name, scope: Scope) -> Expr | None:
    """`source.field`, `lookup.field` of the row at hand, `source.lookup.field`."""
    head, rest = syntax.path[0], syntax.path[1:]
    row = r.table.sources.get(scope.row) if scope.row is not None else None
    if row is not None:
        if head == row.name:
            return row_field(r, syntax, row, rest)
        if len(rest) == 1 and r.table.lookups_for(head, row):
            return row_field(r, syntax, row, syntax.path)
    source = r.table.sources.get(head)
    if not scope.customer:
        unknown.dotted_out_of_reach(r, syntax, scope)
        return None
    if source is not None and source.shape == "one":
        return _customer_field(r, syntax, source, rest)
    through = [one for one in r.table.shaped("one") if r.table.lookups_for(head, one)]
    if len(rest) == 1 and len(through) == 1:
        return _customer_field(r, syntax, through[0], syntax.path)
    unknown.dotted(r, syntax, source, through)
    return None


def row_field(r: Resolver, syntax: s.Name, source: SourceNames, rest: tuple[str, ...]) -> Expr | None:
    """A field of a row of `source`, or of a look-up joined to it."""
    found = _reach(r, syntax, source, rest)
    return None if found is None else _row_ref(source, found[0], found[1], syntax.span)


def _customer_field(r: Resolver, syntax: s.Name, source: SourceNames, rest: tuple[str, ...]) -> Expr | None:
    found = _reach(r, syntax, source, rest)
    return None if found is None else _field_ref(source.name, ".".join(found[0]), found[1], syntax.span)


def _reach(
    r: Resolver, syntax: s.Name, source: SourceNames, rest: tuple[str, ...]
) -> tuple[tuple[str, ...], Symbol] | None:
    """The path and symbol of `field` or `lookup.field` from a source; a finding when there is none."""
    if len(rest) == 1:
        field = source.fields.get(rest[0])
        if field is None:
            unknown.field(r, syntax.span, rest[0], source)
        return None if field is None else (rest, field)
    lookups = r.table.lookups_for(rest[0], source)
    if not lookups:
        unknown.lookup(r, syntax, rest[0], source)
        return None
    for lookup in lookups:
        if rest[1] in lookup.fields:
            return (lookup.key or rest[0], rest[1]), lookup.fields[rest[1]]
    unknown.field(r, syntax.span, rest[1], lookups[0])
    return None


def provenance(r: Resolver, expr: Expr) -> Iterator[Label]:
    """What a side is, at its place; and where the name that makes it so was declared."""
    yield Label(expr.span, f"this is {say(expr.type)}")
    for part in expr.walk():
        if part.type != expr.type and part is not expr:
            continue
        symbol = _declared(r, part)
        if symbol is not None and symbol.span != NOWHERE:
            yield Label(symbol.span, f"`{symbol.name}` is declared here: {say(part.type)}")
            return


def _declared(r: Resolver, expr: Expr) -> Symbol | None:
    match expr:
        case FactRef(name=name):
            return r.table.shared(name) or r.table.get(Of.METRIC, name)
        case FieldRef(source=source, field=field):
            return _field_symbol(r, source, tuple(field.split(".")))
        case RowRef(source=source, path=path):
            return _field_symbol(r, source, path)
        case SegmentRef(segment=name) | TierRef(tiers=name) | InTier(names=(name, *_)):
            return r.table.shared(name)
        case Aggregate(field=RowRef(source=source, path=path)):
            return _field_symbol(r, source, path)
    return None


def _field_symbol(r: Resolver, source: str, path: tuple[str, ...]) -> Symbol | None:
    owner = r.table.sources.get(source)
    if owner is None or len(path) == 1:
        return None if owner is None else owner.fields.get(path[0])
    found = [x.fields[path[1]] for x in r.table.lookups_for(path[0], owner) if path[1] in x.fields]
    return found[0] if found else None
