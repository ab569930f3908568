"""What is known so far along one line of search: an interval, a set of values and a presence for each quantity.

Atoms enter one by one; each narrows what the quantities may be, and `Impossible` is raised as soon as nothing is left.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from stratagem.dsl.possible import interval as iv
from stratagem.dsl.possible.formulas import Choice, Order, Presence, Relation
from stratagem.dsl.possible.interval import EVERYTHING, Interval
from stratagem.dsl.possible.quantities import Quantities, Quantity
from stratagem.dsl.possible.terms import DAY_SECONDS

ROUNDING = Interval(-5e-7, 5e-7)
"""How far rounding to six places can move a figure."""
FLIPPED: dict[Order, Order] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_SIDES: dict[Order, frozenset[str]] = {
    "<": frozenset("<"),
    "<=": frozenset("<="),
    ">": frozenset(">"),
    ">=": frozenset(">="),
    "=": frozenset("="),
    "!=": frozenset("<>"),
}
_A_DAY = iv.exactly(DAY_SECONDS)
_NO_VALUES: frozenset[str | bool] = frozenset()


class Impossible(Exception):
    """Nothing is left that a quantity could be."""


class Related:
    """Two quantities of which neither is a number, and the order they stand in; `leaves` are those of both."""

    __slots__ = ("leaves", "left", "order", "right")

    def __init__(self, order: Order, left: Quantity, right: Quantity) -> None:
        self.order = order
        self.left = left
        self.right = right
        self.leaves = left.leaves | right.leaves


class Store:
    """The quantities and what they may be, by their numbers; `days` holds the as-of days that are looked at."""

    def __init__(self, quantities: Quantities, days: Interval) -> None:
        self.quantities = quantities
        self.days = days
        self.numbers: dict[int, Interval] = {}
        self.present: dict[int, bool] = {}
        self.allowed: dict[int, frozenset[str | bool]] = {}
        self.refused: dict[int, frozenset[str | bool]] = {}
        self.sides: dict[tuple[int, int], frozenset[str]] = {}
        self.terms: dict[int, Quantity] = {}
        self.tied: dict[int, Quantity] = {}
        """Of the terms, those that stand for a formula, or lie between two days."""
        self.wholes: dict[int, Quantity] = {}
        """Of the terms, those that are worked out from others here."""
        self.rows: dict[int, Quantity] = {}
        """Of the terms, figures over rows of the customer."""
        self.relations: tuple[Related, ...] = ()
        self.changed: set[int] = set()
        """Quantities of which something new is known since the store was last settled."""

    def copy(self) -> Store:
        """A store of its own with the same contents, taken as settled."""
        other = Store(self.quantities, self.days)
        other.numbers, other.present = dict(self.numbers), dict(self.present)
        other.allowed, other.refused = dict(self.allowed), dict(self.refused)
        other.sides, other.terms = dict(self.sides), dict(self.terms)
        other.tied, other.wholes, other.rows = dict(self.tied), dict(self.wholes), dict(self.rows)
        other.relations = self.relations
        return other

    # --- Atoms ------------------------------------------------------------------------------------------------

    def add(self, atom: Relation | Choice | Presence) -> None:
        """Take an atom as holding."""
        of = self.quantities.of
        if isinstance(atom, Presence):
            self.set_present(of(atom.term), atom.known)
        elif isinstance(atom, Choice):
            self.choose(of(atom.term), atom.values, atom.among)
        else:
            self.relate(of(atom.left), atom.order, of(atom.right))

    def set_present(self, term: Quantity, known: bool) -> None:
        """A quantity that is there, or that is missing."""
        self.note(term)
        found = term.number
        before = self.present.get(found)
        if before is None:
            self.present[found] = known
            self.changed.add(found)
        elif before is not known:
            raise Impossible

    def mark_known(self, quantity: Quantity) -> None:
        """A value that is there has every part it cannot do without."""
        for term in quantity.needed:
            self.set_present(term, True)

    def choose(self, term: Quantity, values: frozenset[str | bool], among: bool) -> None:
        """A quantity that is one of some values, or none of them."""
        self.mark_known(term)
        self.note(term)
        found = term.number
        if not among:
            self.refused[found] = self.refused.get(found, _NO_VALUES) | values
        else:
            self.allowed[found] = self.allowed.get(found, values) & values
        self.changed.add(found)
        if found in self.allowed and not self.left(term):
            raise Impossible

    def left(self, term: Quantity) -> frozenset[str | bool]:
        """The values that are still open, of those that it is known to be among."""
        return self.allowed.get(term.number, _NO_VALUES) - self.refused.get(term.number, _NO_VALUES)

    def relate(self, left: Quantity, order: Order, right: Quantity) -> None:
        """Two quantities that stand in an order."""
        self.mark_known(left)
        self.mark_known(right)
        if left.value is not None and right.value is None:
            left, order, right = right, FLIPPED[order], left
        if right.value is None:
            self._order(left.number, order, right.number)
            related = Related(order, left, right)
            self.relations = (*self.relations, related)
            self.changed |= related.leaves
        else:
            self.bound(left, order, right.value.low)

    def _order(self, left: int, order: Order, right: int) -> None:
        """Two quantities that stand in one order cannot stand in the opposite one."""
        if left == right and "=" not in _SIDES[order]:
            raise Impossible
        if left > right:
            left, right, order = right, left, FLIPPED[order]
        kept = self.sides.get((left, right), frozenset("<=>")) & _SIDES[order]
        if not kept:
            raise Impossible
        self.sides[left, right] = kept

    def bound(self, quantity: Quantity, order: Order, value: float) -> None:
        """Narrow a quantity by its order to a number."""
        now = self.evaluate(quantity)
        if order == "!=":
            if quantity.leaf or now.point is not None:
                self.narrow(quantity, now.without(value))
        else:
            self.narrow(quantity, now.meet(_target(order, value)))

    # --- Numbers ----------------------------------------------------------------------------------------------

    def note(self, term: Quantity) -> None:
        """Take note of a term; one that is met for the first time gets all that it can be by its nature."""
        found = term.number
        if found in self.terms:
            return
        self._enter(term)
        self.changed.add(found)
        if term.options:
            self.allowed[found] = self.allowed.get(found, term.options) & term.options
        nature = self.days if term.today else term.nature
        self.numbers[found] = self.numbers.get(found, EVERYTHING).meet(nature)

    def _enter(self, term: Quantity) -> None:
        found = term.number
        self.terms[found] = term
        if term.rows is not None:
            self.rows[found] = term
        if term.definition is not None:
            self.tied[found] = term
        elif not term.leaf:
            self.wholes[found] = term

    def evaluate(self, quantity: Quantity) -> Interval:
        """What a quantity may be, given what its parts may be."""
        if quantity.leaf:
            if quantity.number not in self.terms:
                self.note(quantity)
            return self.numbers[quantity.number]
        if quantity.value is not None:
            return quantity.value
        computed = _WORKED_OUT[quantity.how](*map(self.evaluate, quantity.parts)) if quantity.how else EVERYTHING
        known = self.numbers.get(quantity.number)
        return computed if known is None else computed.meet(known)

    def narrow(self, quantity: Quantity, to: Interval) -> None:
        """Take a quantity as lying within an interval, and its parts as far as that tells."""
        found = quantity.number
        if quantity.leaf:
            if found not in self.terms:
                self.note(quantity)
            self._narrow_to(found, to, quantity.step)
            return
        if quantity.value is not None:
            if quantity.value.meet(to).empty:
                raise Impossible
            return
        if found not in self.terms:
            self._enter(quantity)
        now = self._narrow_to(found, to)
        if now is EVERYTHING:
            self.evaluate(quantity)  # nothing to hand on, but its parts are taken note of
        elif quantity.how:
            self._push(quantity, now)

    def _narrow_to(self, found: int, to: Interval, step: float | None = None) -> Interval:
        """Narrow one quantity, counted in steps or not; gives what is left."""
        before = self.numbers.get(found, EVERYTHING)
        now = before.meet(to)
        if now is not before and step:
            now = now.on_grid(step)
            now = before if now == before else now
        if now is not before:
            self.numbers[found] = now
            self.changed.add(found)
        if now.low >= now.high and now.empty:
            raise Impossible
        return now

    def _push(self, whole: Quantity, to: Interval) -> None:
        """From a whole to its parts."""
        match whole.how:
            case "+" | "-" | "*" | "/":
                left, right = whole.parts
                for part, back in _inverses(whole.how, left, right, self.evaluate(left), self.evaluate(right), to):
                    self.narrow(part, back)
            case "negative":
                self.narrow(whole.parts[0], iv.negate(to))
            case "rounded":
                self.narrow(whole.parts[0], iv.add(to, ROUNDING))
            case "days":
                left, right = whole.parts
                days = iv.divide(to, _A_DAY)
                self.narrow(left, iv.add(days, self.evaluate(right)))
                self.narrow(right, iv.subtract(self.evaluate(left), days))


def _rounded(of: Interval) -> Interval:
    return iv.add(of, ROUNDING)


def _days(left: Interval, right: Interval) -> Interval:
    return iv.multiply(iv.subtract(left, right), _A_DAY)


def _least(*ends: Interval) -> Interval:
    return Interval(min(e.low for e in ends), min(e.high for e in ends))


def _most(*ends: Interval) -> Interval:
    return Interval(max(e.low for e in ends), max(e.high for e in ends))


_WORKED_OUT: dict[str, Callable[..., Interval]] = {
    "+": iv.add, "-": iv.subtract, "*": iv.multiply, "/": iv.divide, "negative": iv.negate, "rounded": _rounded,
    "days": _days, "min": _least, "max": _most,
}  # fmt: skip


def _inverses(
    how: str, left: Quantity, right: Quantity, a: Interval, b: Interval, to: Interval
) -> tuple[tuple[Quantity, Interval], ...]:
    if how == "+":
        return (left, iv.subtract(to, b)), (right, iv.subtract(to, a))
    if how == "-":
        return (left, iv.add(to, b)), (right, iv.subtract(a, to))
    if how == "*":
        return (left, iv.divide(to, b)), (right, iv.divide(to, a))
    return ((left, iv.multiply(to, b)),)


def _target(order: Order, value: float) -> Interval:
    match order:
        case "<":
            return Interval(-math.inf, value, high_open=True)
        case "<=":
            return Interval(-math.inf, value)
        case ">":
            return Interval(value, math.inf, low_open=True)
        case ">=":
            return Interval(value)
    return iv.exactly(value)
