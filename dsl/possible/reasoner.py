"""Questions about one strategy, answered within bounds: what would take long to tell counts as possible.

In: typed conditions, each with how it must turn out. Out: can that be, for any customer on any day. A no is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import YES_NO, Kind
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.possible.formulas import ANYTHING, All, Any, Formula, every
from stratagem.dsl.possible.interval import EVERYTHING, Interval
from stratagem.dsl.possible.meaning import Meaning
from stratagem.dsl.possible.plain import Plain
from stratagem.dsl.possible.reading import Marks, Reading
from stratagem.dsl.possible.search import Search
from stratagem.dsl.possible.standing import Standing
from stratagem.dsl.possible.terms import Definitions

LARGEST = 1500
"""Nodes of one condition with every name written out."""
MOST_ATOMS, MOST_STEPS = 300, 150
"""Of one question: things asked of quantities, and branches of the search."""


class Reasoner:
    """Answers about the conditions of one strategy."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self.definitions = Definitions(strategy, _free(strategy), LARGEST)
        self.meaning = Meaning(self.definitions)
        self._plain = Plain(self.definitions)
        self._reading = Reading(self.definitions)
        self._answers: dict[tuple[str, int], bool] = {}
        self._within: dict[int, bool] = {}
        self._glances: dict[int, bool] = {}
        self._members: dict[str, Formula] = {}
        self._standing_at: dict[tuple[str, ...], Formula] = {}

    def possible(self, *formulas: Formula, days: Interval = EVERYTHING) -> bool:
        """Can all of these hold together. `days`: the as-of days looked at."""
        asked = every(*formulas)
        if size(asked) > MOST_ATOMS:
            return True
        return Search(self.definitions, days, MOST_STEPS).possible(asked)

    def plain(self, condition: tree.Expr) -> bool:
        """Is it told at a glance that the condition, and each of its terms, can go either way; or is it too much."""
        place = self.definitions.key(condition)
        if place not in self._glances:
            self._glances[place] = not self._readable(condition) or self._plain.open(condition) is not None
        return self._glances[place]

    def independent(self, conditions: Sequence[tree.Expr]) -> bool:
        """Is it told at a glance that each can go either way, whatever the others do."""
        return all(map(self._readable, conditions)) and self._plain.apart(conditions) is not None

    def never(self, condition: tree.Expr) -> bool:
        """Can the condition never be known to hold, for anybody."""
        return self._ask("never", condition)

    def never_fails(self, condition: tree.Expr) -> bool:
        """Can the condition never be known not to hold."""
        return self._ask("never fails", condition)

    def _ask(self, question: str, condition: tree.Expr) -> bool:
        asked = question, self.definitions.key(condition)
        if asked not in self._answers:
            told = self.plain(condition)
            wanted = self.true if question == "never" else self.false
            self._answers[asked] = not told and not self.possible(wanted(condition))
        return self._answers[asked]

    def touching(self, one: tree.Expr, *others: tree.Expr) -> bool:
        """Is one worked out from a field or figure that the others are worked out from too."""
        return self._readable(one) and self._meets(self._reading.of, one, others)

    def naming(self, one: tree.Expr, *others: tree.Expr) -> bool:
        """Does one name a figure, segment or tier that the others name too."""
        return self._readable(one) and self._meets(self._reading.surface, one, others)

    def _meets(self, read: Callable[[tree.Expr], Marks], one: tree.Expr, others: Iterable[tree.Expr]) -> bool:
        marks = read(one)
        return any(self._readable(other) and not marks.isdisjoint(read(other)) for other in others)

    def true(self, condition: tree.Expr) -> Formula:
        """The condition is known to hold."""
        return self.meaning.true(condition) if self._readable(condition) else ANYTHING

    def false(self, condition: tree.Expr) -> Formula:
        """The condition is known not to hold."""
        return self.meaning.false(condition) if self._readable(condition) else ANYTHING

    def not_true(self, condition: tree.Expr) -> Formula:
        """The condition does not hold, or is unknown."""
        return self.meaning.not_true(condition) if self._readable(condition) else ANYTHING

    def not_false(self, condition: tree.Expr) -> Formula:
        """The condition holds, or is unknown."""
        return self.meaning.not_false(condition) if self._readable(condition) else ANYTHING

    def unknown(self, condition: tree.Expr) -> Formula:
        """Whether the condition holds is unknown."""
        if not self._readable(condition):
            return ANYTHING
        return every(self.meaning.not_true(condition), self.meaning.not_false(condition))

    def known(self, value: tree.Expr, is_known: bool = True) -> Formula:
        """The value is there, or it is missing."""
        if not self._readable(value):
            return ANYTHING
        return self.meaning.presence(self.definitions.opened(value), is_known)

    def member(self, name: str) -> Formula:
        """The customer is in this segment or tier."""
        if name not in self._members:
            self._members[name] = self.true(membership(self.strategy, name))
        return self._members[name]

    def not_member(self, name: str) -> Formula:
        """The customer is not in this segment or tier, or that is unknown."""
        return self.not_true(membership(self.strategy, name))

    def at_stages(self, stages: tuple[str, ...]) -> Formula:
        """The customer stands at one of these stages after the walk; nothing is asked where none can be reached."""
        if stages not in self._standing_at:
            self._standing_at[stages] = self._at_stages(stages)
        return self._standing_at[stages]

    def _at_stages(self, stages: tuple[str, ...]) -> Formula:
        moves = self.strategy.journey.moves if self.strategy.journey is not None else ()
        if not all(self._readable(move.condition.expr) for move in moves if move.condition is not None):
            return ANYTHING
        reachable = self._standing.reachable
        wanted = frozenset(stages) & reachable
        return self._standing.at_any(wanted) if wanted else ANYTHING

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self.strategy.journey, self.meaning, self.possible)

    @cached_property
    def included(self) -> Formula:
        """The customer is not one of the excluded."""
        customer = self.strategy.customer
        if customer is None or customer.excluded is None:
            return ANYTHING
        return self.not_true(customer.excluded.expr)

    def _readable(self, expr: tree.Expr) -> bool:
        place = self.definitions.key(expr)
        if place not in self._within:
            known = expr.type.kind is not Kind.MISSING
            self._within[place] = known and self.definitions.within(expr, LARGEST)
        return self._within[place]


def membership(strategy: Strategy, name: str) -> tree.Expr:
    """Is the customer in this segment or tier, as a condition."""
    tier = next((t for t in strategy.all_tiers if t.name == name), None)
    if tier is None:
        return tree.SegmentRef(type=YES_NO, segment=name)
    return tree.InTier(type=YES_NO, tiers=tier.tiers, names=(name,))


def size(formula: Formula) -> int:
    """How many things are asked of single quantities."""
    atoms = 0
    waiting = [formula]
    for found in waiting:
        if isinstance(found, (All, Any)):
            waiting += found.parts
        else:
            atoms += 1
    return atoms


def _free(strategy: Strategy) -> frozenset[str]:
    """Assumptions that are there to be switched: those that say yes or no, and those that a scenario changes."""
    switched = {a.name for a in strategy.assumptions if a.type.kind is Kind.YES_NO}
    return frozenset(switched | {a.name for s in strategy.scenarios for a in s.assumptions})
