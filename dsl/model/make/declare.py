"""Names declared: every name of every statement entered in the table, sources with their fields and types.

In: the units of a strategy. Out: the table of names, and findings for those declared twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.diagnostics.diagnostic import Label
from stratagem.dsl.expressions.types import (
    DATE,
    DAYS,
    NUMBER,
    SHARE,
    TEXT,
    TIMESTAMP,
    YES_NO,
    Kind,
    Type,
    channel,
    choice,
)
from stratagem.dsl.model.actions import KINDS
from stratagem.dsl.model.make.unit import Unit, slot_parts
from stratagem.dsl.nodes import Node, Word, WrittenType
from stratagem.dsl.resolve import builtin
from stratagem.dsl.resolve.findings import Findings, Found
from stratagem.dsl.resolve.symbols import SHARED, Of, SourceNames, Symbol, Table
from stratagem.dsl.resolve.wording import a, name_kind

__all__ = ["declare", "field_type", "slot_parts"]

_PLAIN = {
    "number": NUMBER,
    "count": NUMBER,
    "share": SHARE,
    "duration": DAYS,
    "date": DATE,
    "timestamp": TIMESTAMP,
    "text": TEXT,
    "yes_no": YES_NO,
}


def declare(units: Sequence[Unit], findings: Findings, currency: str | None) -> Table:
    """All names of a strategy."""
    table = Table()
    for unit in units:
        for symbol in unit.declared:
            earlier = table.declare(symbol)
            if earlier is not None:
                repeated(findings, symbol, earlier)
    for unit in units:
        if unit.sources:
            _sources(unit, table, findings, currency)
    _matched(units, table)
    _built_in(table, currency)
    table.complete()
    return table


def _matched(units: Sequence[Unit], table: Table) -> None:
    """A source joined `by` a field that customers are matched on has no identity of its own: that column is a field."""
    said: dict[str, Node] = {}
    for unit in units:
        said.update(unit.matching)
    identity, matched = (said.get(name) for name in ("customer.identified_by", "customer.matched_on"))
    on: set[str] = set()
    if identity is not None and matched is not None:
        on = {word.text for word in matched.words("matched_on")} - {w.text for w in identity.words("identified_by")}
    for source in table.sources.values():
        by_match = source.joined_by in on and source.shape in ("one", "many")
        source.key = None if by_match else source.joined_by


def _sources(unit: Unit, table: Table, findings: Findings, currency: str | None) -> None:
    """Enter the sources of a unit; what was read of them before is taken again, where nothing it says has changed."""
    around = (currency, table.names(Of.CHANNEL))
    if unit.source_names is None or unit.source_names[0] != around:
        found = Found()
        before = findings.turn(found)
        named = [source for node in unit.sources if (source := _source(node, table, findings, currency)) is not None]
        findings.turn(before)
        unit.source_names = (around, named, found)
    findings.hold([unit.source_names[2]])
    for source in unit.source_names[1]:
        if not source.shape:
            findings.doubtful |= {source.name, *source.fields}
        earlier = table.sources.get(source.name)
        if earlier is not None:
            first = Symbol(Of.SOURCE, source.name, earlier.span)
            repeated(findings, Symbol(Of.SOURCE, source.name, source.span), first)
        elif source.name in (*builtin.FIELDS, "customers"):
            findings.add("S288", source.span, name=source.name)
        else:
            table.sources[source.name] = source


def repeated(findings: Findings, symbol: Symbol, earlier: Symbol) -> None:
    """Two declarations of one name: blame the second, show the first."""
    label = Label(earlier.span, f"{a(name_kind(earlier.kind))} of this name stands here already")
    space = "assumptions, measures, values, segments and tiers share one space of names; "
    findings.add(
        "S263",
        symbol.span,
        labels=[label],
        name=symbol.name,
        kind=a(name_kind(symbol.kind)),
        space=space if symbol.kind in SHARED else "",
    )


def _source(node: Node, table: Table, findings: Findings, currency: str | None) -> SourceNames | None:
    if "name" not in node.slots:
        return None
    word: Word = node.slots["name"].value
    source = SourceNames(word.text, "", word.span)
    for child in node.children:
        source.shape = source.shape or str(child.statement.sets.get("shape", ""))  # of two the first one holds
        for slot, kept in (("key", "joined_by"), ("dated_by", "dated_by")):
            if slot in child.slots and not getattr(source, kept):
                setattr(source, kept, child.slots[slot].value.text)
        if child.statement.id == "field" and "name" in child.slots:
            _field(child, source, table, findings, currency)
    return source


def _field(node: Node, source: SourceNames, table: Table, findings: Findings, currency: str | None) -> None:
    word: Word = node.slots["name"].value
    written = node.value("type")
    kind = None if written is None else field_type(written, table, currency)
    symbol = Symbol(Of.FIELD, word.text, word.span, source.name, kind)
    if node.formula is not None:
        source.worked_out.add(word.text)
    earlier = source.fields.setdefault(word.text, symbol)
    if earlier is not symbol:
        repeated(findings, symbol, earlier)


def field_type(written: WrittenType, table: Table, currency: str | None) -> Type:
    """The type a field says it has."""
    if written.kind == "one of":
        return choice(*dict.fromkeys(option.text for option in written.options))
    if written.kind == "channel":
        return channel(*table.names(Of.CHANNEL))
    per = None if written.per is None else written.per.family
    if written.kind == "money":
        return Type(Kind.MONEY, currency=currency, per=per)
    plain = _PLAIN[written.kind]
    return Type(plain.kind, family=plain.family, per=per)


def _built_in(table: Table, currency: str | None) -> None:
    kinds = {
        "timestamp": TIMESTAMP,
        "money": Type(Kind.MONEY, currency=currency),
        "channel": channel(*table.names(Of.CHANNEL)),
        "action": choice(*table.names(Of.ACTION)),
        "kind": choice(*KINDS),
        "outcome": choice(*builtin.OUTCOMES),
        "status": choice(*builtin.STATUSES),
        "stage": choice(*table.names(Of.STAGE)),
    }
    for name, fields in builtin.FIELDS.items():
        source = SourceNames(name, "many", dated_by=builtin.AT, built_in=True)
        for field, kind in fields.items():
            source.fields[field] = Symbol(Of.FIELD, field, source.span, name, kinds[kind])
        table.sources[name] = source
