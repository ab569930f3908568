"""Facts defined: assumptions, measures, values, tiers, segments, metrics, the stage and the exclusion.

In: units. Out: definitions in the resolver's `Facts`, which work each out when first asked for; and which of them reads
which others, by the words of their formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from stratagem.dsl.expressions.types import MISSING, YES_NO, Type
from stratagem.dsl.model.make.formulas import SCOPES, Formulas
from stratagem.dsl.model.make.unit import RANKED, Unit, by_rank, words_in
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.facts import EXCLUDED, STAGE, name_of
from stratagem.dsl.resolve.scope import CUSTOMER
from stratagem.dsl.resolve.symbols import Of, Table


def define(units: Sequence[Unit], formulas: Formulas) -> dict[str, Unit]:
    """Enter every fact of the strategy; gives the unit that defines each. Names declared twice keep their first
    definition."""
    facts = formulas.resolver.facts
    owners: dict[str, Unit] = {}
    words: dict[str, frozenset[str]] = {}
    for unit in units:
        for site in unit.sites:
            if site.key not in owners or site.key == EXCLUDED:
                owners[site.key], words[site.key] = unit, site.reads
                work = partial(_figure if site.kind == "figure" else _condition, site.node, formulas)
                facts.define(site.key, site.shown, site.span, work, unit.found)
    walking = [unit for unit in units if unit.moves]
    if walking:
        moves = [move for unit in walking for move in unit.moves]
        owners[STAGE], words[STAGE] = walking[0], frozenset(word for move in moves for word in words_in(move.when))
        facts.define(STAGE, STAGE, moves[0].span, partial(_stage, walking, formulas), walking[0].found)
    facts.reads = _reads(words, formulas.resolver.table)
    return owners


def _reads(words: Mapping[str, frozenset[str]], table: Table) -> dict[str, list[str]]:
    """By fact, the facts that its formula may read, by its words; too many do no harm."""
    meant: dict[str, list[str]] = {name: [EXCLUDED] for name in (RANKED, *table.of_kind(Of.GROUP))}
    for key in words:
        meant.setdefault("stage" if key == STAGE else name_of(key), []).append(key)
    for tier, symbol in table.of_kind(Of.TIER).items():
        meant.setdefault(tier, []).append(symbol.owner)
    return {
        key: sorted({read for word in held & meant.keys() for read in meant[word] if read in words})
        for key, held in words.items()
    }


def _figure(node: Node, formulas: Formulas) -> Type | None:
    if node.formula is None:
        return None
    made = formulas.value(node.formula, node.statement.id, SCOPES.get(node.statement.id, CUSTOMER))
    if node.statement.id == "segments":
        if by_rank(node):
            formulas.resolver.facts.type_of(EXCLUDED)
        if node.when is not None:
            formulas.condition(node.when, CUSTOMER)
        return MISSING if made is None else made.type
    return None if made is None else made.type


def _condition(node: Node, formulas: Formulas) -> Type | None:
    if node.when is not None:
        formulas.condition(node.when, SCOPES.get(node.statement.id, CUSTOMER))
    return YES_NO


def _stage(units: Sequence[Unit], formulas: Formulas) -> Type | None:
    """The conditions of the moves of all units that are made anew."""
    findings = formulas.resolver.findings
    before = findings.turn(None)
    for unit in units:
        findings.turn(unit.found)
        for move in unit.moves if not unit.made else ():
            if move.when is not None:
                formulas.condition(move.when, CUSTOMER)
    findings.turn(before)
    return YES_NO
