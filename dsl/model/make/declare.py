"""Names declared: every name of every statement entered in the table, sources with their fields and types.

In: the nodes of a strategy. Out: the table of names, and findings for those declared twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from stratagem.dsl.catalogue.pattern import SlotPart, compile_pattern, slots
from stratagem.dsl.catalogue.statement import Statement
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
from stratagem.dsl.nodes import Node, Word, WrittenType
from stratagem.dsl.resolve import builtin
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.symbols import SHARED, Of, SourceNames, Symbol, Table
from stratagem.dsl.resolve.wording import a, name_kind

_FACTS = {"assume": Of.ASSUMPTION, "measure": Of.MEASURE, "value": Of.VALUE}
_OWN_SPACE = {"strategy", "customer", "journey", "slot", "any", "field"}
"""Names that nothing refers to, or that the table keeps elsewhere."""
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


_MATCHING = ("customer.identified_by", "customer.matched_on")


@cache
def slot_parts(statement: Statement) -> tuple[SlotPart, ...]:
    """The slots of a statement's phrase."""
    return tuple(slots(compile_pattern(statement.pattern)))


def walk(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node | None]]:
    """Every node with its parent, parents first."""
    waiting: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(nodes)]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        waiting.extend((child, node) for child in reversed(node.children))


def declare(nodes: Sequence[Node], findings: Findings, currency: str | None) -> Table:
    """All names of a strategy."""
    table = Table()
    for node, parent in walk(nodes):
        for word, kind in _declared(node, parent):
            _enter(table, findings, Symbol(kind, word.text, word.span, owner=_owner(kind, parent)))
    for node, _ in walk(nodes):
        if node.statement.id == "source":
            _source(node, table, findings, currency)
    _matched(nodes, table)
    _built_in(table, currency)
    return table


def _matched(nodes: Sequence[Node], table: Table) -> None:
    """A source joined `by` a field that customers are matched on has no identity of its own: that column is a field."""
    said = {node.statement.id: node for node, _ in walk(nodes) if node.statement.id in _MATCHING}
    identity, matched = (said.get(name) for name in _MATCHING)
    if identity is None or matched is None:
        return
    on = {word.text for word in matched.words("matched_on")} - {w.text for w in identity.words("identified_by")}
    for source in table.shaped("one", "many"):
        source.key = None if source.key in on else source.key


def _declared(node: Node, parent: Node | None) -> Iterator[tuple[Word, Of]]:
    for part in slot_parts(node.statement):
        if part.kind not in ("name", "names") or part.name not in node.slots:
            continue
        kind = part.arguments[0] if part.arguments else "any"
        if kind == "fact":
            of = _FACTS[node.statement.id]
        elif kind in _OWN_SPACE or kind == Of.SOURCE:
            continue
        else:
            of = Of(kind)
        if of is Of.ASSUMPTION and parent is not None:
            continue
        yield from ((word, of) for word in node.words(part.name))


def _owner(kind: Of, parent: Node | None) -> str:
    if kind is not Of.TIER or parent is None or "name" not in parent.slots:
        return ""
    return str(parent.slots["name"].value.text)


def _enter(table: Table, findings: Findings, symbol: Symbol) -> None:
    earlier = table.declare(symbol)
    if earlier is not None:
        repeated(findings, symbol, earlier)


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


def _source(node: Node, table: Table, findings: Findings, currency: str | None) -> None:
    if "name" not in node.slots:
        return
    word: Word = node.slots["name"].value
    source = SourceNames(word.text, "", word.span)
    for child in node.children:
        source.shape = str(child.statement.sets.get("shape", source.shape))
        for slot in ("key", "dated_by"):
            if slot in child.slots:
                setattr(source, slot, child.slots[slot].value.text)
        if child.statement.id == "field" and "name" in child.slots:
            _field(child, source, table, findings, currency)
    if not source.shape:
        findings.doubtful |= {source.name, *source.fields}
    earlier = table.sources.get(word.text)
    if earlier is not None:
        repeated(findings, Symbol(Of.SOURCE, word.text, word.span), Symbol(Of.SOURCE, word.text, earlier.span))
    elif word.text in (*builtin.FIELDS, "customers"):
        findings.add("S288", word.span, name=word.text)
    else:
        table.sources[word.text] = source


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
