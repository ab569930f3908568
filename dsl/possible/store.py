"""What is known so far along one line of search: an interval, a set of values and a presence for each quantity.

Atoms enter one by one; each narrows what the quantities may be, and `Impossible` is raised as soon as nothing is left.
"""

from __future__ import annotations

import math

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.possible import interval as iv
from stratagem.dsl.possible.formulas import Choice, Order, Presence, Relation
from stratagem.dsl.possible.interval import EVERYTHING, Interval
from stratagem.dsl.possible.terms import COUNTED, DAY_SECONDS, Definitions, Today, grid, is_leaf, on_days

ROUNDING = 5e-7
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


class Impossible(Exception):
    """Nothing is left that a quantity could be."""


class Store:
    """The quantities and what they may be; `days` holds the as-of days that are looked at."""

    def __init__(self, definitions: Definitions, days: Interval) -> None:
        self.definitions = definitions
        self.key = definitions.key
        self.constant = definitions.constant
        self.days = days
        self.numbers: dict[int, Interval] = {}
        self.present: dict[int, bool] = {}
        self.allowed: dict[int, frozenset[str | bool]] = {}
        self.refused: dict[int, frozenset[str | bool]] = {}
        self.sides: dict[tuple[int, int], frozenset[str]] = {}
        self.terms: dict[int, tree.Expr] = {}
        self.tied: dict[int, tree.Expr] = {}
        """Of the terms, those that stand for a formula, or lie between two days."""
        self.wholes: dict[int, tree.Expr] = {}
        """Of the terms, those that are worked out from others here."""
        self.relations: tuple[Relation, ...] = ()
        self.changed: set[int] = set()
        """Quantities of which something new is known since the store was last settled."""

    def copy(self) -> Store:
        """A store of its own with the same contents, taken as settled."""
        other = Store(self.definitions, self.days)
        other.numbers, other.present = dict(self.numbers), dict(self.present)
        other.allowed, other.refused = dict(self.allowed), dict(self.refused)
        other.sides, other.terms = dict(self.sides), dict(self.terms)
        other.tied, other.wholes = dict(self.tied), dict(self.wholes)
        other.relations = self.relations
        return other

    # --- Atoms ------------------------------------------------------------------------------------------------

    def add(self, atom: Relation | Choice | Presence) -> None:
        """Take an atom as holding."""
        if isinstance(atom, Presence):
            self.set_present(atom.term, atom.known)
        elif isinstance(atom, Choice):
            self.choose(atom)
        else:
            self.relate(atom)

    def set_present(self, term: tree.Expr, known: bool) -> None:
        """A quantity that is there, or that is missing."""
        found = self.note(term)
        if found not in self.present:
            self.present[found] = known
            self.changed.add(found)
        elif self.present[found] is not known:
            raise Impossible

    def mark_known(self, expr: tree.Expr) -> None:
        """A value that is there has every part it cannot do without."""
        for term in self.definitions.needed(expr):
            self.set_present(term, True)

    def choose(self, atom: Choice) -> None:
        self.mark_known(atom.term)
        found = self.note(atom.term)
        if not atom.among:
            self.refused[found] = self.refused.get(found, frozenset()) | atom.values
        else:
            self.allowed[found] = self.allowed.get(found, atom.values) & atom.values
        self.changed.add(found)
        left = self.allowed.get(found)
        if left is not None and not left - self.refused.get(found, frozenset()):
            raise Impossible

    def relate(self, atom: Relation) -> None:
        self.mark_known(atom.left)
        self.mark_known(atom.right)
        left, right = self.constant(atom.left), self.constant(atom.right)
        if left is not None and right is None:
            atom = Relation(FLIPPED[atom.order], atom.right, atom.left)
            left, right = right, left
        if right is None:
            self._order(atom)
            self.relations = (*self.relations, atom)
            self.changed |= self.definitions.leaves(atom.left) | self.definitions.leaves(atom.right)
        else:
            self.bound(atom.left, atom.order, right)

    def _order(self, atom: Relation) -> None:
        """Two quantities that stand in one order cannot stand in the opposite one."""
        left, right, order = self.key(atom.left), self.key(atom.right), atom.order
        if left == right and "=" not in _SIDES[order]:
            raise Impossible
        if left > right:
            left, right, order = right, left, FLIPPED[order]
        kept = self.sides.get((left, right), frozenset("<=>")) & _SIDES[order]
        if not kept:
            raise Impossible
        self.sides[left, right] = kept

    def bound(self, expr: tree.Expr, order: Order, value: float) -> None:
        """Narrow an expression by its order to a number."""
        now = self.evaluate(expr)
        if order == "!=":
            if not is_leaf(expr) and now.point is None:
                return
            self.narrow(expr, now.without(value))
        else:
            self.narrow(expr, now.meet(_target(order, value)))

    # --- Numbers ----------------------------------------------------------------------------------------------

    def note(self, term: tree.Expr) -> int:
        """The term's key; a term met for the first time gets all that it can be by its nature."""
        found = self.key(term)
        if found not in self.terms:
            self._enter(found, term)
            self.changed.add(found)
            options: tuple[str | bool, ...] = term.type.options
            if term.type.kind == Kind.YES_NO:
                options = (True, False)
            if options:
                self.allowed[found] = self.allowed.get(found, frozenset(options)) & frozenset(options)
            self.numbers[found] = self.numbers.get(found, EVERYTHING).meet(self._natural(term))
        return found

    def _enter(self, found: int, term: tree.Expr) -> None:
        self.terms[found] = term
        if self.definitions.definition(term) is not None:
            self.tied[found] = term
        elif not is_leaf(term):
            self.wholes[found] = term

    def _natural(self, term: tree.Expr) -> Interval:
        if isinstance(term, Today):
            return self.days
        if isinstance(term, (tree.Aggregate, tree.GroupAggregate)) and term.kind in COUNTED:
            return Interval(0.0)
        return EVERYTHING

    def evaluate(self, expr: tree.Expr) -> Interval:
        """What the expression may be, given what its parts may be."""
        if is_leaf(expr):
            return self.numbers[self.note(expr)]
        value = self.constant(expr)
        if value is not None:
            return iv.exactly(value)
        return self._computed(expr).meet(self.numbers.get(self.key(expr), EVERYTHING))

    def _computed(self, expr: tree.Expr) -> Interval:
        match expr:
            case tree.Arithmetic(op=op, left=left, right=right):
                work = {"+": iv.add, "-": iv.subtract, "*": iv.multiply, "/": iv.divide}[op]
                return work(self.evaluate(left), self.evaluate(right))
            case tree.Negative(operand=operand):
                return iv.negate(self.evaluate(operand))
            case tree.Rounded(operand=operand):
                return iv.add(self.evaluate(operand), Interval(-ROUNDING, ROUNDING))
            case tree.DateDifference(left=left, right=right) if on_days(left) and on_days(right):
                return iv.multiply(iv.subtract(self.evaluate(left), self.evaluate(right)), iv.exactly(DAY_SECONDS))
            case tree.Call(function="min", arguments=arguments):
                ends = [self.evaluate(a) for a in arguments]
                return Interval(min(e.low for e in ends), min(e.high for e in ends))
            case tree.Call(function="max", arguments=arguments):
                ends = [self.evaluate(a) for a in arguments]
                return Interval(max(e.low for e in ends), max(e.high for e in ends))
        return EVERYTHING

    def narrow(self, expr: tree.Expr, to: Interval) -> None:
        """Take the expression as lying within an interval, and its parts as far as that tells."""
        if is_leaf(expr):
            self._narrow_to(self.note(expr), to, grid(expr))
            return
        value = self.constant(expr)
        if value is not None:
            if iv.exactly(value).meet(to).empty:
                raise Impossible
            return
        found = self.key(expr)
        if found not in self.terms:
            self._enter(found, expr)
        now = self._narrow_to(found, to)
        if now is EVERYTHING:
            self.evaluate(expr)  # nothing to hand on, but its parts are taken note of
        else:
            self._push(expr, now)

    def _narrow_to(self, found: int, to: Interval, step: float | None = None) -> Interval:
        """Narrow one quantity, counted in steps or not; gives what is left."""
        before = self.numbers.get(found, EVERYTHING)
        now = before.meet(to)
        if now is not before:
            now = now.on_grid(step) if step else now
            if now != before:
                self.numbers[found] = now
                self.changed.add(found)
        if now.empty:
            raise Impossible
        return now

    def _push(self, expr: tree.Expr, to: Interval) -> None:
        """From a whole to its parts."""
        match expr:
            case tree.Arithmetic(op=op, left=left, right=right):
                a, b = self.evaluate(left), self.evaluate(right)
                for part, back in _inverses(op, left, right, a, b, to):
                    self.narrow(part, back)
            case tree.Negative(operand=operand):
                self.narrow(operand, iv.negate(to))
            case tree.Rounded(operand=operand):
                self.narrow(operand, iv.add(to, Interval(-ROUNDING, ROUNDING)))
            case tree.DateDifference(left=left, right=right) if on_days(left) and on_days(right):
                days = iv.divide(to, iv.exactly(DAY_SECONDS))
                self.narrow(left, iv.add(days, self.evaluate(right)))
                self.narrow(right, iv.subtract(self.evaluate(left), days))


def _inverses(
    op: str, left: tree.Expr, right: tree.Expr, a: Interval, b: Interval, to: Interval
) -> list[tuple[tree.Expr, Interval]]:
    if op == "+":
        return [(left, iv.subtract(to, b)), (right, iv.subtract(to, a))]
    if op == "-":
        return [(left, iv.add(to, b)), (right, iv.subtract(a, to))]
    if op == "*":
        return [(left, iv.divide(to, b)), (right, iv.divide(to, a))]
    return [(left, iv.multiply(to, b))]


def _target(order: Order, value: float) -> Interval:
    targets = {
        "<": Interval(-math.inf, value, high_open=True),
        "<=": Interval(-math.inf, value),
        ">": Interval(value, math.inf, low_open=True),
        ">=": Interval(value),
        "=": iv.exactly(value),
    }
    return targets[order]
