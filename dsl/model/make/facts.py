"""Facts defined: assumptions, measures, values, tiers, segments, metrics, the stage and the exclusion.

In: units. Out: definitions in the resolver's `Facts`, which work each out when first asked for; and which of them reads
which others, by the words of their formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from stratagem.dsl.expressions.types import MISSING, YES_NO, Type
from stratagem.dsl.model.make.formulas import SCOPES, Formulas
from stratagem.dsl.model.make.unit import RANKED, Site, Unit, by_rank, words_in
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.facts import EXCLUDED, STAGE, metric_key
from stratagem.dsl.resolve.scope import CUSTOMER
from stratagem.dsl.resolve.symbols import Of, Table


def define(units: Sequence[Unit], formulas: Formulas) -> dict[str, Unit]:
    """Enter every fact of the strategy; gives the unit that defines each. Names declared twice keep their first
    definition."""
    owners: dict[str, Unit] = {}
    for unit in units:
        for site in unit.sites:
            if site.key not in owners or site.key == EXCLUDED:
                owners[site.key] = unit
                _define(site, unit, formulas)
    walking = [unit for unit in units if unit.moves]
    if walking:
        moves = [move for unit in walking for move in unit.moves]
        owners[STAGE] = walking[0]
        reads = _stage_reads(moves, formulas.resolver.table)
        formulas.resolver.facts.define(STAGE, STAGE, moves[0].span, _stage(walking, formulas), reads, walking[0].found)
    return owners


def _define(site: Site, unit: Unit, formulas: Formulas) -> None:
    work = _figure(site.node, formulas) if site.kind == "figure" else _condition(site.node, formulas)
    table = formulas.resolver.table
    formulas.resolver.facts.define(site.key, site.shown, site.span, work, lambda: keys(table, site.reads), unit.found)


def keys(table: Table, words: frozenset[str]) -> Iterator[str]:
    """The keys of the facts that a formula may read, by its words; too many do no harm."""
    for word in words:
        symbol = table.get(Of.TIER, word)
        yield symbol.owner if symbol is not None else word
        yield metric_key(word)
        if word == "stage":
            yield STAGE
        elif word == RANKED or table.get(Of.GROUP, word) is not None:
            yield EXCLUDED


def _stage_reads(moves: Sequence[Node], table: Table) -> Callable[[], Iterator[str]]:
    return lambda: keys(table, frozenset(word for move in moves for word in words_in(move.when)))


def _figure(node: Node, formulas: Formulas) -> Callable[[], Type | None]:
    def resolve() -> Type | None:
        if node.formula is None:
            return None
        scope = SCOPES.get(node.statement.id, CUSTOMER)
        made = formulas.value(node.formula, node.statement.id, scope)
        if node.statement.id == "segments":
            if by_rank(node):
                formulas.resolver.facts.type_of(EXCLUDED)
            if node.when is not None:
                formulas.condition(node.when, CUSTOMER)
            return MISSING if made is None else made.type
        return None if made is None else made.type

    return resolve


def _condition(node: Node, formulas: Formulas) -> Callable[[], Type | None]:
    def resolve() -> Type | None:
        if node.when is not None:
            formulas.condition(node.when, SCOPES.get(node.statement.id, CUSTOMER))
        return YES_NO

    return resolve


def _stage(units: Sequence[Unit], formulas: Formulas) -> Callable[[], Type | None]:
    """The conditions of the moves of all units that are made anew."""

    def resolve() -> Type | None:
        findings = formulas.resolver.findings
        before = findings.turn(None)
        for unit in units:
            findings.turn(unit.found)
            for move in unit.moves if not unit.made else ():
                if move.when is not None:
                    formulas.condition(move.when, CUSTOMER)
        findings.turn(before)
        return YES_NO

    return resolve
