"""Where on the journey a customer can stand, as formulas: what must hold of someone who is at a stage.

Two readings. The careful one lets history have put the customer anywhere the moves lead, whatever the facts are now.
The lasting one takes for granted that what cannot be undone (having bought, being on file) still shows in the data.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import TEXT
from stratagem.dsl.model.journey import Journey, Move
from stratagem.dsl.possible.formulas import (
    ANYTHING,
    NEVER,
    Choice,
    Formula,
    Relation,
    every,
    some,
)
from stratagem.dsl.possible.meaning import Meaning
from stratagem.dsl.possible.rows import NEEDS_ROWS, all_rows
from stratagem.dsl.possible.terms import COUNTED, number

STAGE = tree.StageRef(type=TEXT)
Possible = Callable[[Formula], bool]


class Standing:
    """Stages of one strategy. `possible` answers whether a formula can hold."""

    def __init__(self, journey: Journey | None, meaning: Meaning, possible: Possible) -> None:
        self.journey = journey or Journey(name="")
        self.meaning = meaning
        self.possible = possible

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Moves whose condition can be true."""
        return tuple(m for m in self.journey.moves if self.possible(self.condition(m)))

    def condition(self, move: Move) -> Formula:
        """The move's condition is known to hold; a move without one always may be taken."""
        return ANYTHING if move.condition is None else self.meaning.true(move.condition.expr)

    @cached_property
    def reachable(self) -> frozenset[str]:
        """Stages a customer can be in: the first, or any where a field says so, and where moves lead from there."""
        names = [s.name for s in self.journey.stages]
        found = set(names if self.journey.starts_in else names[:1])
        grown = True
        while grown:
            more = {m.target.name for m in self.moves if m.source.name in found} - found
            found |= more
            grown = bool(more)
        return frozenset(found & set(names))

    def at(self, stage: str) -> Formula:
        """A customer stands at the stage after the walk: nothing carried them on, or they fell there just now."""
        if stage not in self.reachable:
            return NEVER
        here = Choice(STAGE, frozenset({stage}))
        onward = [self._not(m) for m in self.journey.moves if m.source.name == stage]
        falls = [m for m in self.journey.moves if m.target.name == stage and not self.journey.forward(m)]
        fallen = (self._fell(m) for m in falls if m.source.name in self.reachable)
        return every(here, some(every(*onward), *fallen))

    def _fell(self, fall: Move) -> Formula:
        ahead = (m for m in self.journey.moves if m.source.name == fall.source.name and self.journey.forward(m))
        return every(self.condition(fall), *(self._not(m) for m in ahead))

    def _not(self, move: Move) -> Formula:
        return NEVER if move.condition is None else self.meaning.not_true(move.condition.expr)

    def at_any(self, stages: frozenset[str]) -> Formula:
        """At one of the stages."""
        return some(*(self.at(s) for s in sorted(stages)))

    def lasting(self, stage: str, passed: frozenset[str] = frozenset()) -> Formula:
        """What still shows of the way that leads to the stage."""
        stages = self.journey.stages
        if not stages or stages[0].name == stage:
            return ANYTHING
        before = passed | {stage}
        ways = (m for m in self.moves if m.target.name == stage and m.source.name not in before)
        return some(*(every(self._left_by(m), self.lasting(m.source.name, before)) for m in ways))

    def _left_by(self, move: Move) -> Formula:
        if move.condition is None:
            return ANYTHING
        return self._trace(self.meaning.definitions.opened(move.condition.expr))

    def _trace(self, expr: tree.Expr) -> Formula:
        """What must still hold of a condition that held once."""
        match expr:
            case tree.And(parts=parts):
                return every(*(self._trace(p) for p in parts))
            case tree.Or(parts=parts):
                return some(*(self._trace(p) for p in parts))
            case tree.SegmentRef(segment=name) if name in self.meaning.definitions.conditions:
                return self._trace(self.meaning.definitions.opened(self.meaning.definitions.conditions[name]))
            case tree.InTier(tiers=tiers) if self.meaning.definitions.tiers[tiers].condition is not None:
                condition = self.meaning.definitions.tiers[tiers].condition
                return ANYTHING if condition is None else self._trace(self.meaning.definitions.opened(condition.expr))
            case tree.Aggregate(kind="any"):
                return _has_rows(expr)
            case tree.Known(operand=operand, negated=False):
                return every(self.meaning.presence(operand, True), *self._rows_behind(operand))
            case tree.Compare(left=left, op=op, right=right):
                return every(*self._rows_behind(left), *self._rows_behind(right), *_counted(left, op, right, self))
        return ANYTHING

    def _rows_behind(self, expr: tree.Expr) -> list[Formula]:
        """A value that was known and cannot be without rows: the rows are still there."""
        inner = self._plain(expr)
        if isinstance(inner, tree.Since):
            inner = inner.operand
        return [_has_rows(inner)] if isinstance(inner, tree.Aggregate) and inner.kind in NEEDS_ROWS else []

    def _plain(self, expr: tree.Expr) -> tree.Expr:
        """Behind a name, the figure itself, where that is one aggregate."""
        while isinstance(expr, (tree.FactRef, tree.Rounded)):
            inner = expr.operand if isinstance(expr, tree.Rounded) else self.meaning.definitions.definition(expr)
            if inner is None:
                break
            expr = inner
        return expr


def _has_rows(term: tree.Aggregate) -> Formula:
    if term.window is not None and term.window.direction == "next":
        return ANYTHING
    return Relation(">=", all_rows(term.source), number(1.0))


def _counted(left: tree.Expr, op: str, right: tree.Expr, standing: Standing) -> list[Formula]:
    """So many rows once: so many rows now."""
    flipped = {"<": ">", "<=": ">=", "is": "is"}
    if isinstance(left, tree.Constant) and op in flipped:
        left, op, right = right, flipped[op], left
    counted = standing._plain(left)
    if op not in (">", ">=", "is") or not isinstance(right, tree.Constant):
        return []
    if not isinstance(counted, tree.Aggregate) or counted.kind not in COUNTED:
        return []
    if counted.window is not None and counted.window.direction == "next":
        return []
    return [Relation(">" if op == ">" else ">=", all_rows(counted.source), right)]
