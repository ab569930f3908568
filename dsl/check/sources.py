"""Sources and their fields: shape, dates, ageing, purposes."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from stratagem.dsl.check.context import Context
from stratagem.dsl.check.lengths import longer
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.expressions.syntax import Aggregate
from stratagem.dsl.expressions.tree import RowRef
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.base import Ref
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.make.unit import names_in
from stratagem.dsl.nodes import walk
from stratagem.dsl.values import Duration


def sources(c: Context) -> None:
    """Each source by itself."""
    for source in c.strategy.sources:
        if not source.shape:
            c.findings.add("S414", source.at, fixes=[_per_customer(c, source)], name=source.name)
        _dates(c, source)
        _row_loops(c, source)


def _per_customer(c: Context, source: Source) -> Fix | None:
    """Its rows are about customers, where it has the field that identifies them; many, where it is dated."""
    customer = c.strategy.customer
    identity = customer.identified_by.name if customer is not None and customer.identified_by is not None else ""
    if not any(field.name == identity for field in source.fields):
        return _one_per_key(c, source)
    several = source.dated_by is not None and not _read_bare(c, source)
    line = f"{'many' if several else 'one'} per customer by {identity}"
    title = f"Write below it: {line} (this assumes that its rows are about customers)"
    return Fix(title, (Edit(source.at.below(), f"  {line}\n"),))


def _read_bare(c: Context, source: Source) -> bool:
    """Is a field read by its name alone that no other source has: as only where each customer has one."""
    others = {field.name for other in c.strategy.sources if other is not source for field in other.fields}
    own = {field.name for field in source.fields} - others
    tops = (unit.node for unit in c.built.units if unit.node.statement.id in _ABOUT_ONE)
    formulas = (part for top in tops for node, _ in walk((top,)) for part in (node.when, node.formula))
    read = (name.path for formula in formulas for name in names_in(formula, but=Aggregate))
    return any(len(path) == 1 and path[0] in own for path in read)


_ABOUT_ONE = ("customer", "measure", "value", "segments", "segment", "action", "channel")
"""Blocks whose formulas are about one customer."""


def _one_per_key(c: Context, source: Source) -> Fix | None:
    """A look-up, where it shares one field with a source that has one row per customer."""
    held = {field.name for other in c.strategy.sources if other is not source for field in other.fields}
    keys = [field.name for field in source.fields if field.name in held]
    if len(keys) != 1:
        return None
    line = f"one per {keys[0]}"
    title = f"Write below it: {line} (this assumes that it is looked up by that)"
    return Fix(title, (Edit(source.at.below(), f"  {line}\n"),))


def _dates(c: Context, source: Source) -> None:
    dated = source.field(source.dated_by.name) if source.dated_by else None
    if source.dated_by is None or dated is None:
        return
    if dated.type.kind not in (Kind.DATE, Kind.TIMESTAMP, Kind.MISSING):
        label = Label(dated.at, f"declared as {dated.type.kind.value}")
        c.findings.add("S415", source.dated_by.at, labels=[label], field=dated.name, kind=dated.type.kind.value)


def ageing(c: Context) -> None:
    """What is to be retired needs a date to be retired by, and to live longer than it takes to come anew."""
    for source in c.strategy.sources:
        _ages(c, source)


def _ages(c: Context, source: Source) -> None:
    retired, refreshed = source.retired_after, source.refreshed_every
    if source.dated_by is None and source.shape in ("one", "many") and retired is not None:
        label = Label(source.at, f"`{source.name}` has no `dated by`")
        c.findings.add("S416", source.place("retired_after"), labels=[label], source=source.name)
    if isinstance(retired, Duration) and isinstance(refreshed, Duration) and longer(refreshed, retired):
        label = Label(source.place("refreshed_every"), "the file is made anew this often")
        c.findings.add("S417", source.place("retired_after"), labels=[label], source=source.name)


def _row_loops(c: Context, source: Source) -> None:
    """Row formulas that read each other in a circle."""
    formulas = {f.name: f for f in source.fields if f.formula is not None}
    reads = {
        name: {e.path[0] for e in f.formula.expr.walk() if isinstance(e, RowRef) and len(e.path) == 1}
        for name, f in formulas.items()
        if f.formula is not None
    }
    try:
        TopologicalSorter({name: read & set(formulas) for name, read in reads.items()}).prepare()
    except CycleError as loop:
        ring = [formulas[name] for name in reversed(loop.args[1])]
        labels = [Label(f.at, f"`{f.name}` is worked out from others in the circle") for f in ring[:-1]]
        path = " → ".join(f"`{f.name}`" for f in ring)
        c.findings.add("S269", ring[0].at, labels=labels, name=f"`{ring[0].name}`", loop=path)


def purposes(c: Context) -> None:
    """Personal data has a purpose that is said, and an address is personal."""
    for source in c.strategy.sources:
        for field in source.fields:
            if field.personal_for is not None and not field.personal_for.strip():
                c.findings.add("S420", field.place("personal_for"), field=field.name)
    _addresses(c)


def _addresses(c: Context) -> None:
    for channel in c.strategy.channels:
        found = field_of(c, channel.address) if channel.address else None
        if channel.address is None or found is None:
            continue
        if found.type.kind not in (Kind.TEXT, Kind.MISSING):
            label = Label(found.at, f"declared as {found.type.kind.value}")
            c.findings.add("S424", channel.address.at, labels=[label], field=found.name)
        elif found.personal_for is None:
            label = Label(found.at, "declared here, without `personal for`")
            c.findings.add("S418", channel.address.at, labels=[label], field=found.name, channel=channel.name)


def field_of(c: Context, ref: Ref) -> SourceField | None:
    """The field that `source.field` names."""
    head, _, name = ref.name.rpartition(".")
    source = c.strategy.source(head) if head else None
    return source.field(name) if source is not None else None
