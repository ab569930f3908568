"""Where conditions stand in a part of the model, and what words say where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from stratagem.dsl.check.context import Block, Context
from stratagem.dsl.expressions.tree import (
    Aggregate,
    And,
    Cases,
    Constant,
    Expr,
    FactRef,
    GroupAggregate,
    IfElse,
    Or,
    PopulationAggregate,
)
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.model.data import Customer, Source
from stratagem.dsl.model.facts import Segment, Tiers
from stratagem.dsl.model.journey import Hurdle, Move
from stratagem.dsl.model.learning import StrategyTest
from stratagem.dsl.model.means import Allowed, Offer
from stratagem.dsl.record import record
from stratagem.dsl.source import Span


@record
class Asked:
    """What a block asks of customers or rows; of a test (which expects what need not be) nothing."""

    own: tuple[Formula, ...] = ()
    """Conditions that stand on lines of their own."""
    within: tuple[Expr, ...] = ()
    """Conditions that stand in a formula: of cases, of `if`, and after `where`."""
    cases: tuple[Cases, ...] = ()
    joined: tuple[And | Or, ...] = ()
    """Conditions of several terms, inner ones too."""

    @property
    def conditions(self) -> Iterator[tuple[Expr, Span]]:
        """Every condition with its place."""
        yield from ((formula.expr, formula.at) for formula in self.own)
        yield from ((condition, condition.span) for condition in self.within)


def asked(block: Block) -> Asked:
    """What stands in the block; looked for once for all rules."""
    return block.keep(_asked, 0, partial(_asked, block))


def asks(block: Block) -> bool:
    """Is there a condition in it."""
    found = asked(block)
    return bool(found.own or found.within)


def _asked(block: Block) -> Asked:
    if isinstance(block.part, StrategyTest):
        return _NOTHING
    own = [found for part in block.parts for found in _own(part) if found is not None and readable(found)]
    within: list[Expr] = []
    cases: list[Cases] = []
    joined: list[And | Or] = []
    for part in block.parts:
        if isinstance(part, Formula) and readable(part):
            for expr in part.nodes:
                if type(expr) not in _LOOKED_AT:
                    continue
                match expr:
                    case And() | Or():
                        joined.append(expr)
                    case Aggregate(where=where) | GroupAggregate(where=where) | PopulationAggregate(where=where):
                        within += [where] if where is not None else []
                    case Cases():
                        cases.append(expr)
                        within += [condition for _, condition in expr.cases]
                    case IfElse(condition=condition):
                        within.append(condition)
    if not (own or within or joined):
        return _NOTHING
    return Asked(tuple(own), tuple(within), tuple(cases), tuple(joined))


_NOTHING = Asked()
_LOOKED_AT = frozenset({And, Or, Aggregate, GroupAggregate, PopulationAggregate, Cases, IfElse})


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


def readable(formula: Formula) -> bool:
    """Was it read, so that something can be said of it."""
    return bool(formula.text) and formula.expr.type.kind is not Kind.MISSING


def switches(c: Context) -> tuple[object, ...]:
    """What conditions depend on beside what they name: which assumptions may be anything (see Reasoner)."""
    return (c.reasoner.definitions.free,)


def by_assumption(c: Context, condition: Expr) -> bool:
    """Does it read figures that are assumed, and nothing else: it is then meant to be so as long as they are."""
    leaves = [part for part in condition.walk() if not any(True for _ in part.children())]
    read = [part for part in leaves if not isinstance(part, Constant)]
    assumed = c.reasoner.definitions.assumed
    return bool(read) and all(isinstance(part, FactRef) and part.name in assumed for part in read)
