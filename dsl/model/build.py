"""Nodes in, the strategy out: names declared, facts resolved, every block built.

`build` always returns a strategy, even one with faults, so that all of it can be checked in one run; the findings say
which parts of it mean nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.currencies import CURRENCIES
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.expressions.syntax import Arithmetic, Name
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
from stratagem.dsl.model.make.clauses import strategy_hash
from stratagem.dsl.model.make.declare import declare
from stratagem.dsl.model.make.facts import define
from stratagem.dsl.model.make.parts import Draft, Maker, Special
from stratagem.dsl.model.make.source_fields import make_field
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.findings import Findings
from stratagem.dsl.resolve.resolver import Resolver
from stratagem.dsl.resolve.scope import RANK, one_row
from stratagem.dsl.source import NOWHERE, SourceText, Span

ONLY_ONE = ("strategy", "business", "customer", "journey")
"""Blocks of which a strategy has one."""
SPREAD = ("resources", "decide")
"""Blocks that may be written in several places, and are one."""
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


@dataclass(frozen=True)
class Built:
    """A strategy as far as it could be built, and what it was built with."""

    strategy: Strategy
    resolver: Resolver
    nodes: tuple[Node, ...]
    sources: Mapping[str, SourceText]


def build(nodes: Sequence[Node], findings: Findings, sources: Mapping[str, SourceText]) -> Built:
    """The strategy that the nodes of all its files make together; `sources` are the files' texts by name."""
    top = _one_of_each(nodes, findings)
    currency, span = _currency(top)
    table = declare(top, findings, currency)
    resolver = Resolver(table, findings, currency)
    resolver.currency_at = span
    maker = Maker(resolver, SPECIAL)
    define(top, maker.formulas)
    _filters(top, maker)
    resolver.facts.resolve_all()
    strategy = _strategy(top, maker, strategy_hash(nodes))
    return Built(strategy, resolver, tuple(top), sources)


def _currency(nodes: Sequence[Node]) -> tuple[str | None, Span]:
    for node in nodes:
        for child in node.children if node.statement.id == "strategy" else ():
            if child.statement.id == "strategy.currency" and "currency" in child.slots:
                slot = child.slots["currency"]
                return (slot.value if slot.value in CURRENCIES else None), slot.span
    return None, NOWHERE


def _one_of_each(nodes: Sequence[Node], findings: Findings) -> list[Node]:
    """The nodes without repeated blocks, which are findings, and with spread ones brought together."""
    kept: list[Node] = []
    first: dict[str, int] = {}
    for node in nodes:
        kind = node.statement.id
        if kind not in first or kind not in (*ONLY_ONE, *SPREAD):
            first.setdefault(kind, len(kept))
            kept.append(node)
        elif kind in SPREAD:
            earlier = kept[first[kind]]
            kept[first[kind]] = replace(earlier, children=[*earlier.children, *node.children])
        else:
            earlier = kept[first[kind]]
            label = Label(earlier.span, f"the first `{kind}` block")
            fix = Fix(f"Delete this `{kind}` line", (Edit(node.span, ""),))
            findings.add("S401", node.span, labels=[label], fixes=[fix], block=kind)
    return kept


def _filters(nodes: Sequence[Node], maker: Maker) -> None:
    """Conditions on rows, whose scope depends on their source."""
    for node in nodes:
        word = node.value("name") if node.statement.id == "source" else None
        for child in node.children:
            if word is not None and child.statement.id == "source.row_excluded" and child.when is not None:
                maker.formulas.condition(child.when, one_row(word.text))


def _strategy(nodes: Sequence[Node], maker: Maker, digest: str) -> Strategy:
    draft = Draft(Strategy, NOWHERE)
    draft.values["hash"] = digest
    for node in nodes:
        if node.statement.id == "language":
            draft.put("language", node.value("language") or 1, node.span)
        elif node.statement.builds is not None and TOP in node.statement.under:
            draft.put(node.statement.fills, _top(node, maker), node.span)
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
            return replace(made, measured_by=Ref(name=metric.name, at=metric.at))  # type: ignore[call-arg]
    return made
