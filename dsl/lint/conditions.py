"""Where conditions stand in a part of the model, and what words say where."""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.expressions.tree import Aggregate, Cases, Expr, GroupAggregate, IfElse, PopulationAggregate
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.model.data import Customer, Source
from stratagem.dsl.model.facts import Segment, Tiers
from stratagem.dsl.model.journey import Hurdle, Move
from stratagem.dsl.model.learning import StrategyTest
from stratagem.dsl.model.means import Allowed, Offer


def conditions(block: Block) -> Iterator[Formula]:
    """The conditions that stand on lines of their own, but for those of tests (which expect what need not be)."""
    if not isinstance(block.part, StrategyTest):
        for part in block.parts:
            yield from (found for found in _own(part) if found is not None and readable(found))


def _own(part: Part) -> tuple[Formula | None, ...]:
    match part:
        case Segment() | Tiers() | Move() | Hurdle() | Allowed():
            return (part.condition,)
        case Action():
            return (part.when, *part.unless)
        case Offer():
            return (part.available,)
        case Source():
            return (part.row_excluded,)
        case Customer():
            return (part.excluded,)
    return ()


def formulas(block: Block) -> Iterator[Formula]:
    """Every formula and condition of the block; none of a test."""
    if not isinstance(block.part, StrategyTest):
        yield from (part for part in block.parts if isinstance(part, Formula) and readable(part))


def within(formula: Formula) -> Iterator[Expr]:
    """Conditions that stand in a formula: of cases, of `if`, and after `where`."""
    for expr in formula.expr.walk():
        match expr:
            case Aggregate(where=where) | GroupAggregate(where=where) | PopulationAggregate(where=where):
                if where is not None:
                    yield where
            case Cases(cases=cases):
                yield from (condition for _, condition in cases)
            case IfElse(condition=condition):
                yield condition


def readable(formula: Formula) -> bool:
    """Was it read, so that something can be said of it."""
    return bool(formula.text) and formula.expr.type.kind is not Kind.MISSING


def switches(c: Context) -> tuple[object, ...]:
    """What conditions depend on beside what they name: which assumptions may be anything (see Reasoner)."""
    return (c.reasoner.definitions.free,)
