"""Aggregates over a customer's group, and over all customers (in metrics and goals only)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Edit, Fix
from stratagem.dsl.expressions import syntax as s
from stratagem.dsl.expressions.tree import Expr, GroupAggregate, InTier, PopulationAggregate, SegmentRef
from stratagem.dsl.expressions.types import NUMBER, SHARE, YES_NO
from stratagem.dsl.resolve import aggregates, unknown
from stratagem.dsl.resolve.facts import EXCLUDED
from stratagem.dsl.resolve.scope import Scope
from stratagem.dsl.resolve.symbols import Of

if TYPE_CHECKING:
    from stratagem.dsl.resolve.resolver import Resolver


def over_group(r: Resolver, syntax: s.Aggregate, scope: Scope) -> Expr | None:
    """`sum of building.yearly_margin`, `count of building where …`."""
    group = syntax.subject.path[0]
    if not scope.own_rows or scope.inner:
        code = "S272" if scope.population else "S287" if not scope.inner else "S274"
        r.findings.add(code, syntax.span, source=group, words=aggregates.phrase(syntax.kind))
        return None
    r.facts.type_of(EXCLUDED)
    inside = scope.each_customer()
    if not _plain(r, syntax, allowed=("count", "any", "sum", "average", "smallest", "largest", "different")):
        return None
    operand, fine = _operand(r, syntax, syntax.subject.path[1:], inside)
    where = r.condition(syntax.where, inside) if syntax.where is not None else None
    if not fine or (syntax.where is not None and where is None):
        return None
    kind = aggregates.result(syntax.kind, operand.type if operand is not None else NUMBER)
    return GroupAggregate(type=kind, span=syntax.span, kind=syntax.kind, group=group, operand=operand, where=where)


def of_group(r: Resolver, syntax: s.Aggregate) -> list[Fix]:
    """`sum of spend over household`: of the group that a customer belongs to."""
    over, subject = syntax.over, syntax.subject
    if over is None or len(subject.path) != 1 or r.table.get(Of.GROUP, over.path[0]) is None:
        return []
    new = f"{over.path[0]}.{subject.path[0]}"
    title = f"Write {new} (this assumes that the group of the customer is meant)"
    return [Fix(title, (Edit(subject.span.to(over.span), new),))]


def over_customers(r: Resolver, syntax: s.Aggregate, scope: Scope) -> Expr | None:
    """`share of customers where …`, `average of yearly_margin over gold`."""
    if not scope.population:
        words = f"{aggregates.phrase(syntax.kind)} {'.'.join(syntax.subject.path)}"
        r.findings.add("S271", syntax.span, fixes=of_group(r, syntax), words=words)
        return None
    everyone = syntax.subject.path[0] == "customers"
    inside = scope.each_customer()
    kinds = ("share", "count", "sum", "average", "smallest", "largest", "different")
    if not _plain(r, syntax, allowed=kinds):
        return None
    path = syntax.subject.path[1:] if everyone else syntax.subject.path
    operand, fine = _operand(r, syntax, path, inside)
    where = r.condition(syntax.where, inside) if syntax.where is not None else None
    over = _over(r, syntax.over) if syntax.over is not None else None
    wrong = (syntax.where is not None and where is None) or (syntax.over is not None and over is None)
    if not fine or wrong:
        return None
    if syntax.kind == "share":
        if where is None:
            r.findings.add("S279", syntax.span)
            return None
        return PopulationAggregate(type=SHARE, span=syntax.span, kind="share", operand=None, where=where, over=over)
    kind = aggregates.result(syntax.kind, operand.type if operand is not None else NUMBER)
    return PopulationAggregate(type=kind, span=syntax.span, kind=syntax.kind, operand=operand, where=where, over=over)


def _plain(r: Resolver, syntax: s.Aggregate, allowed: tuple[str, ...]) -> bool:
    """No window and no order of rows: customers have no date."""
    if syntax.window is not None:
        r.findings.add("S280", syntax.window.span, name=syntax.subject.path[0])
        return False
    if syntax.kind not in allowed:
        words = aggregates.phrase(syntax.kind)
        r.findings.add("S281", syntax.span, words=words, name=syntax.subject.path[0])
        return False
    return True


def _operand(r: Resolver, syntax: s.Aggregate, path: tuple[str, ...], inside: Scope) -> tuple[Expr | None, bool]:
    """What is summed or counted of each customer; whether that is as it should be."""
    words, name = aggregates.phrase(syntax.kind), ".".join(syntax.subject.path)
    needs = syntax.kind not in ("count", "any", "share")
    if bool(path) is not needs:
        head = syntax.subject.path[0]
        meant = r.table.shared(head) is not None and path == (head,) and syntax.where is None
        whole = f"customers where {head}" if meant else "customers" if path == (head,) else head
        instead = f"{words} {head}.NAME" if needs else f"{words} {whole}"
        written = instead.removeprefix(f"{words} ")
        fixes = [Fix(f"Write {written}", (Edit(syntax.subject.span, written),))] if not needs else []
        r.findings.add("S277", syntax.subject.span, fixes=fixes, words=words, name=name, instead=instead)
        return None, False
    if not path:
        return None, True
    span = syntax.subject.span
    operand = r.expr(s.Name(span.last(len(".".join(path))), path), inside)
    if operand is None or not aggregates.fits(r, syntax, operand):
        return None, False
    return operand, True


def _over(r: Resolver, name: s.Name) -> Expr | None:
    """The segment or tier after `over`, as a condition."""
    word = name.path[0]
    symbol = r.table.shared(word) if len(name.path) == 1 else None
    if symbol is not None and symbol.kind is Of.SEGMENT:
        return None if r.facts.type_of(word) is None else SegmentRef(type=YES_NO, span=name.span, segment=word)
    if symbol is not None and symbol.kind is Of.TIER:
        tier = InTier(type=YES_NO, span=name.span, tiers=symbol.owner, names=(word,))
        return None if r.facts.type_of(symbol.owner) is None else tier
    if not r.findings.doubts(word):
        close = r.findings.near(word, r.table.names(Of.SEGMENT, Of.TIER))
        fixes = [unknown.replace_with(name.span, close)]
        labels = [unknown.nearest(r.table, close, Of.SEGMENT, Of.TIER)]
        r.findings.add("S282", name.span, labels=labels, near=close, fixes=fixes, name=".".join(name.path))
    return None
