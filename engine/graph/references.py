"""What an expression reads, as ids of graph nodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from stratagem.dsl.expressions import tree
from stratagem.dsl.model.strategy import Strategy


def node_id(kind: str, name: str) -> str:
    """`measure:spend`, `field:orders.amount`, `tier:tier.gold`."""
    return f"{kind}:{name}"


class Names:
    """Which kind of fact a bare name is, for one strategy."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self.kinds: dict[str, str] = {}
        groups = (
            ("assumption", strategy.assumptions),
            ("measure", strategy.measures),
            ("value", strategy.values),
            ("metric", strategy.metrics),
        )
        for kind, items in groups:
            self.kinds.update({item.name: node_id(kind, item.name) for item in items})

    def fact(self, name: str) -> str:
        return self.kinds.get(name, node_id("measure", name))

    def dated_by(self, source: str) -> str | None:
        found = self.strategy.source(source)
        dated = found.dated_by.name if found and found.dated_by else "at" if found is None else None
        return None if dated is None else node_id("field", f"{source}.{dated}")


@singledispatch
def _reads(expr: tree.Expr, names: Names) -> Iterator[str]:
    """Most nodes read only through their children."""
    return iter(())


@_reads.register
def _(expr: tree.FieldRef, names: Names) -> Iterator[str]:
    yield from field_reads(expr.source, tuple(expr.field.split(".")), names)


@_reads.register
def _(expr: tree.IdentityRef, names: Names) -> Iterator[str]:
    for source in names.strategy.sources:
        if source.shape in ("one", "many") and source.key:
            yield node_id("field", f"{source.name}.{source.key.name}")


@_reads.register
def _(expr: tree.RowRef, names: Names) -> Iterator[str]:
    yield from field_reads(expr.source, expr.path, names)


def field_reads(source: str, path: tuple[str, ...], names: Names) -> Iterator[str]:
    """A field; `orders.product.category` reads the look-up's field and, on both sides, the key that joins it."""
    yield node_id("field", f"{source}.{path[0]}")
    for lookup in names.strategy.sources if len(path) == 2 else ():
        if lookup.shape == "lookup" and lookup.key and lookup.key.name == path[0] and lookup.field(path[1]):
            yield node_id("field", f"{lookup.name}.{path[0]}")
            yield node_id("field", f"{lookup.name}.{path[1]}")


@_reads.register
def _(expr: tree.FactRef, names: Names) -> Iterator[str]:
    yield names.fact(expr.name)


@_reads.register
def _(expr: tree.SegmentRef, names: Names) -> Iterator[str]:
    yield node_id("segment", expr.segment)


@_reads.register
def _(expr: tree.TierRef, names: Names) -> Iterator[str]:
    yield node_id("tiers", expr.tiers)


@_reads.register
def _(expr: tree.InTier, names: Names) -> Iterator[str]:
    yield node_id("tiers", expr.tiers)
    for tier in expr.names:
        yield node_id("tier", f"{expr.tiers}.{tier}")


@_reads.register
def _(expr: tree.StageRef, names: Names) -> Iterator[str]:
    yield "journey:stage"


@_reads.register
def _(expr: tree.Aggregate, names: Names) -> Iterator[str]:
    yield node_id("source", expr.source)
    dated = names.dated_by(expr.source)
    if dated and (expr.window or expr.kind in ("first", "latest")):
        yield dated


@_reads.register
def _(expr: tree.GroupAggregate, names: Names) -> Iterator[str]:
    yield node_id("group", expr.group)


def references(expr: tree.Expr, names: Names) -> frozenset[str]:
    """Ids of the nodes that the expression reads, itself and below."""
    return frozenset(found for part in expr.walk() for found in _reads(part, names))
