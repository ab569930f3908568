"""Nodes in, the strategy out: names declared, facts resolved, every block built.

`build` always returns a strategy, even one with faults, so that all of it can be checked in one run; the findings say
which parts of it mean nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.currencies import CURRENCIES
from stratagem.dsl.expressions.syntax import Arithmetic, Name
from stratagem.dsl.expressions.types import Type
from stratagem.dsl.model.actions import Decide
from stratagem.dsl.model.base import Formula, Ref
from stratagem.dsl.model.business import Header
from stratagem.dsl.model.facts import Metric
from stratagem.dsl.model.make.cases import (
    make_cut_point,
    make_equals,
    make_expectation,
    make_given,
    make_rows,
)
from stratagem.dsl.model.make.clauses import ASIDE, normal_form, strategy_hash
from stratagem.dsl.model.make.declare import declare
from stratagem.dsl.model.make.facts import define
from stratagem.dsl.model.make.parts import Draft, Maker, Special
from stratagem.dsl.model.make.renewal import History, Reading, Renewal
from stratagem.dsl.model.make.repeats import one_of_each
from stratagem.dsl.model.make.source_fields import make_field
from stratagem.dsl.model.make.unit import Unit
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.nodes import Node
from stratagem.dsl.record import record, replace
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.resolver import Resolver
from stratagem.dsl.resolve.scope import RANK, one_row
from stratagem.dsl.resolve.symbols import Of, Table
from stratagem.dsl.source import NOWHERE, SourceText, Span

SPECIAL: dict[str, Special] = {
    "field": make_field,
    "given.is": make_given,
    "given.cut_point": make_cut_point,
    "given.rows": make_rows,
    "expect.equals": make_equals,
    "expect.condition": make_expectation,
    "expect.first_action": make_expectation,
    "expect.first_channel": make_expectation,
    "expect.no_action": make_expectation,
}


@record(slots=False)
class Built:
    """A strategy as far as it could be built, and what it was built with and of."""

    strategy: Strategy
    resolver: Resolver
    units: tuple[Unit, ...]
    sources: Mapping[str, SourceText]
    types: Mapping[str, Type | None]
    """Of every fact, by its key."""
    owners: Mapping[str, Unit]
    """The unit that defines each fact."""
    reading: Reading
    """Which fact reads which, and what follows from that."""
    written: Mapping[int, tuple[Node, bytes]]
    """The normal text of each statement that counts for the strategy's hash, by the identity of its node."""
    history: History
    version: int
    """Changes whenever any name does."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The top-level statements, without repeated blocks."""
        return tuple(unit.node for unit in self.units)

    def prepare(self) -> None:
        """Look up now what only a later check of changed texts asks for."""
        for unit in self.units:
            unit.prepare()


def build(
    nodes: Sequence[Node], findings: Findings, sources: Mapping[str, SourceText], before: Built | None = None
) -> Built:
    """The strategy that the nodes of all its files make together; `sources` are the files' texts by name.

    `before`: what was built of an earlier state of the same texts. Of statements that are still there (the same nodes)
    and name nothing that has changed, what was made then is taken again.
    """
    units = _units(nodes, findings, sources, before)
    currency, span = _currency([unit.node for unit in units])
    table = declare(units, findings, currency)
    findings.crowded = _crowded(units, table)
    resolver = Resolver(table, findings, currency)
    resolver.currency_at = span
    maker = Maker(resolver, SPECIAL)
    renewal = Renewal(units, resolver, before)
    owners = define(units, maker.formulas)
    types = renewal.resolve(owners)
    for unit in units:
        if not unit.made:
            _make(unit, maker)
    resolver.facts.close()
    findings.hold(unit.found for unit in units)
    written = _written(nodes, maker, before)
    strategy = _strategy(units, maker, strategy_hash(text for _, text in written.values()))
    history = renewal.stamp(owners, strategy.hash, written)
    return Built(
        strategy, resolver, tuple(units), sources, types, owners, renewal.reading, written, history, renewal.version
    )


FEW, MOST_COMPARED = 600, 1_000_000
"""Words that mean nothing, and those times the names that there are, up to which the near ones are looked up."""


def _crowded(units: Sequence[Unit], table: Table) -> bool:
    """Would it take too long to compare every word of a formula that nothing is called with every name."""
    known = {*table.names(*Of), *table.sources}
    words: set[str] = set()
    for unit in units:
        for site in unit.sites:
            words |= site.reads
    unknown = len(words - known)
    return unknown > FEW and unknown * len(known) > MOST_COMPARED


def _units(
    nodes: Sequence[Node], findings: Findings, sources: Mapping[str, SourceText], before: Built | None
) -> list[Unit]:
    """A unit for each block; an earlier one where it is of the same nodes."""
    known = {tuple(map(id, unit.nodes)): unit for unit in before.units} if before is not None else {}
    units = []
    for group in one_of_each(nodes, findings, sources):
        unit = known.get(tuple(map(id, group)))
        units.append(unit if unit is not None else Unit(_together(group), tuple(group)))
    return units


def _together(group: Sequence[Node]) -> Node:
    """One node for a block that is written in several places."""
    if len(group) == 1:
        return group[0]
    return replace(group[0], children=[child for node in group for child in node.children])


def _written(nodes: Sequence[Node], maker: Maker, before: Built | None) -> dict[int, tuple[Node, bytes]]:
    known, text = before.written if before is not None else {}, maker.formulas.text
    return {id(n): known.get(id(n)) or (n, normal_form(n, text)) for n in nodes if n.statement.id not in ASIDE}


def _make(unit: Unit, maker: Maker) -> None:
    """Make the unit's part; what is found goes to the unit."""
    node = unit.node
    before = maker.findings.turn(unit.found)
    for source, condition in unit.filters:
        maker.formulas.condition(condition, one_row(source))
    if node.statement.builds is not None and TOP in node.statement.under:
        unit.part = _top(node, maker)
    unit.made = True
    maker.findings.turn(before)


def _currency(nodes: Sequence[Node]) -> tuple[str | None, Span]:
    for node in nodes:
        for child in node.children if node.statement.id == "strategy" else ():
            if child.statement.id == "strategy.currency" and "currency" in child.slots:
                slot = child.slots["currency"]
                return (slot.value if slot.value in CURRENCIES else None), slot.span
    return None, NOWHERE


def _strategy(units: Sequence[Unit], maker: Maker, digest: str) -> Strategy:
    draft = Draft(Strategy, NOWHERE)
    draft.values["hash"] = digest
    parts: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.node.statement.id == "language":
            draft.put("language", unit.node.value("language") or 1, unit.node.span)
        elif unit.part is not None:
            parts.setdefault(unit.node.statement.fills, []).append(unit)
    for field, filling in parts.items():
        together = tuple(unit.part for unit in filling)
        draft.put(field, together if field in draft.shape.several else together[-1], filling[0].node.span)
    draft.values.setdefault("header", Header(name=""))
    decide = draft.values.setdefault("decide", Decide())
    if decide.rank is None:
        draft.values["decide"] = replace(decide, rank=_default_rank(maker))
    made = draft.part()
    assert isinstance(made, Strategy)
    return made


def _default_rank(maker: Maker) -> Formula:
    """`chance * worth * weight - cost`, which ranks where nothing else is said."""
    chance, worth, weight, cost = (Name(NOWHERE, (part,)) for part in ("chance", "worth", "weight", "cost"))
    expected = Arithmetic(NOWHERE, "*", Arithmetic(NOWHERE, "*", chance, worth), weight)
    syntax = Arithmetic(NOWHERE, "-", expected, cost)
    return maker.formulas.formula(syntax, maker.formulas.value(syntax, "decide.rank", RANK), "decide.rank")


def _top(node: Node, maker: Maker) -> object:
    made = maker.make(node, None, "")
    if node.statement.id == "goal":
        metric = getattr(made, "metric", None)
        if isinstance(metric, Metric):
            return replace(made, measured_by=Ref(name=metric.name, at=metric.at))
    return made
