"""Who is a customer: the identity that sources meet in, and groups."""

from __future__ import annotations

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.resolve.unknown import MOST_OFFERED


def identity(c: Context) -> None:
    """Every source about customers is joined by the identity, or by a field to match on."""
    customer = c.strategy.customer
    about = [s for s in c.strategy.sources if s.shape in ("one", "many")]
    if customer is None:
        return
    if customer.by_row_number or any(s.by_row_number for s in about):
        _row_number(c)
        return
    if customer.identified_by is None:
        keys = sorted({source.key.name for source in about if source.key is not None})
        lines = [f"identified by {key}" for key in keys[:MOST_OFFERED]]
        fixes = [Fix(f"Write below it: {line}", (Edit(customer.at.below(), f"  {line}\n"),)) for line in lines]
        c.findings.add("S409", customer.at, fixes=fixes, name=customer.name)
        return
    joins = {customer.identified_by.name, *(ref.name for ref in customer.matched_on)}
    for source in about:
        if source.key is not None and source.key.name not in joins:
            label = Label(customer.identified_by.at, "customers are identified here")
            c.findings.add(
                "S410",
                source.key.at,
                labels=[label],
                source=source.name,
                key=source.key.name,
                identity=customer.identified_by.name,
            )
    listed = c.strategy.source(customer.listed_in.name) if customer.listed_in else None
    if customer.listed_in is not None and listed is not None and listed.shape == "lookup":
        c.findings.add("S412", customer.listed_in.at, name=customer.listed_in.name)


def _row_number(c: Context) -> None:
    """`row number`, on both sides, with one source about customers and no other."""
    customer = c.strategy.customer
    assert customer is not None
    about = [s for s in c.strategy.sources if s.shape in ("one", "many")]
    fitting = len(about) == 1 and about[0].by_row_number
    if customer.by_row_number and fitting:
        for action in c.strategy.actions:
            for rest in action.rests:
                c.findings.add("S437", rest.at, name=action.name)
        return
    labels = [Label(s.at, "a source about customers") for s in about]
    c.findings.add("S411", customer.at, labels=labels, name=customer.name)


def groups(c: Context) -> None:
    """A group's name is not that of a source: `count of NAME` must mean one thing."""
    for group in c.strategy.customer.groups if c.strategy.customer else ():
        source = c.table.sources.get(group.name)
        if source is not None or group.name == "customers":
            label = Label(source.span, "the source") if source is not None else None
            c.findings.add("S413", group.at, labels=[label], name=group.name)
