"""Facts defined: assumptions, measures, values, tiers, segments, metrics, the stage and the exclusion.

In: nodes. Out: definitions in the resolver's `Facts`, which work each out when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields

from stratagem.dsl.expressions.syntax import Name, Syntax, Window
from stratagem.dsl.expressions.types import MISSING, YES_NO, Type
from stratagem.dsl.model.make.declare import walk
from stratagem.dsl.model.make.formulas import SCOPES, Formulas
from stratagem.dsl.nodes import Node
from stratagem.dsl.resolve.facts import EXCLUDED, STAGE, metric_key
from stratagem.dsl.resolve.scope import CUSTOMER
from stratagem.dsl.source import Span

_FIGURES = ("assume", "measure", "value", "segments", "metric", "goal.metric")


def define(nodes: Sequence[Node], formulas: Formulas) -> None:
    """Enter every fact of the strategy. Names declared twice keep their first definition."""
    facts = formulas.resolver.facts
    defined: set[str] = set()
    moves = [node for node, _ in walk(nodes) if node.statement.id == "journey.move"]
    owners = _owners(nodes)
    for node, parent in walk(nodes):
        word = node.value("name")
        if node.statement.id == "customer.excluded" and node.when is not None:
            facts.define(EXCLUDED, EXCLUDED, node.span, _condition(node, formulas), _keys(owners, node.when))
        elif word is None or (node.statement.id == "assume" and parent is not None):
            continue
        elif node.statement.id in _FIGURES:
            key = metric_key(word.text) if "metric" in node.statement.id else word.text
            if key in defined:
                continue
            defined.add(key)
            reads = _keys(owners, node.formula, node.when)
            facts.define(key, f"`{word.text}`", word.span, _figure(node, formulas), reads)
        elif node.statement.id == "segment" and word.text not in defined:
            defined.add(word.text)
            facts.define(word.text, f"`{word.text}`", word.span, _condition(node, formulas), _keys(owners, node.when))
    if moves:
        reads = _keys(owners, *(move.when for move in moves))
        facts.define(STAGE, STAGE, moves[0].span, _stage(moves, formulas), reads)


def _owners(nodes: Sequence[Node]) -> dict[str, str]:
    """The `segments` block of each tier."""
    pairs = [(n, p) for n, p in walk(nodes) if n.statement.id.startswith("tier.") and p is not None]
    named = [(n.value("name"), p.value("name")) for n, p in pairs]
    return {tier.text: block.text for tier, block in named if tier is not None and block is not None}


def _keys(owners: Mapping[str, str], *formulas: Syntax | None) -> Iterator[str]:
    """The keys of the facts that formulas may read, by their words; too many do no harm."""
    for formula in formulas:
        for word in words_in(formula):
            yield from (owners.get(word, word), metric_key(word))
            if word == "stage":
                yield STAGE


def _figure(node: Node, formulas: Formulas) -> Callable[[], Type | None]:
    def resolve() -> Type | None:
        if node.formula is None:
            return None
        scope = SCOPES.get(node.statement.id, CUSTOMER)
        made = formulas.value(node.formula, node.statement.id, scope)
        if node.statement.id == "segments":
            if any(child.statement.id in ("tier.top", "tier.next") for child in node.children):
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


def _stage(moves: list[Node], formulas: Formulas) -> Callable[[], Type | None]:
    def resolve() -> Type | None:
        for move in moves:
            if move.when is not None:
                formulas.condition(move.when, CUSTOMER)
        return YES_NO

    return resolve


def words_in(syntax: Syntax | None) -> Iterator[str]:
    """The first word of every name that an expression holds."""
    waiting: list[object] = [syntax]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Name):
            yield part.path[0]
        elif isinstance(part, (tuple, list)):
            waiting.extend(part)
        elif isinstance(part, Syntax) or (
            hasattr(part, "__dataclass_fields__") and not isinstance(part, (Span, Window))
        ):
            waiting.extend(getattr(part, f.name) for f in fields(part))  # type: ignore[arg-type]
