"""Quantities by name: what a formula reads, unfolded far enough that equal quantities are seen to be equal.

An assumption is replaced by its literal; a fact whose formula chooses between cases is replaced by that formula, so
that its cases can be told apart; any other figure stays a quantity of its own, tied to its formula.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from operator import is_
from typing import TYPE_CHECKING, Any

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import DATE, DAYS, NUMBER, Kind
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.model.facts import Tiers
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.possible.weights import Place, Weights
from stratagem.dsl.record import names, record, replace, together
from stratagem.dsl.source import NOWHERE

if TYPE_CHECKING:
    from stratagem.dsl.possible.quantities import Quantities

DAY_SECONDS = 86_400.0
COUNTED = ("count", "different")
CLOSED = (tree.Aggregate, tree.GroupAggregate, tree.PopulationAggregate)
"""Not looked into: what stands in them is about rows or about other customers."""
DEEPEST = 40
"""Names behind each other in what is still reasoned about, where sizes are bounded at all."""
FIGURES = frozenset({Kind.NUMBER, Kind.SHARE, Kind.MONEY, Kind.DURATION, Kind.DATE, Kind.TIMESTAMP})


@record(kw_only=True)
class Today(tree.Expr):
    """The as-of day."""


TODAY = Today(type=DATE)


Parts = tuple[tuple[str, ...], Callable[[tree.Expr], tuple[Any, ...]]]
"""The names of some fields, and what reads them."""


def _parts(of: type[tree.Expr]) -> Parts:
    """What an expression is made of, but for its place and type."""
    found = _KNOWN_PARTS.get(of)
    if found is None:
        said = tuple(name for name in names(of) if name not in ("span", "type"))
        found = _KNOWN_PARTS[of] = (said, together(said))
    return found


_KNOWN_PARTS: dict[type[tree.Expr], Parts] = {}


def key(value: Any) -> Hashable:
    """The same for expressions that say the same, wherever they stand."""
    if isinstance(value, tree.Expr):
        _, read = _parts(type(value))
        return (type(value).__name__, *map(key, read(value)))
    return tuple(map(key, value)) if isinstance(value, tuple) else value


def number(value: float) -> tree.Constant:
    """A bare number."""
    return tree.Constant(type=NUMBER, value=value)


def replaced(expr: tree.Expr, change: Callable[[tree.Expr], tree.Expr | None]) -> tree.Expr:
    """The tree with each node that `change` gives another for replaced; aggregates are left closed."""
    other = change(expr)
    if other is not None:
        return other
    if isinstance(expr, _WHOLE):
        return expr
    found: dict[str, Any] = {}
    parts, read = _parts(type(expr))
    for name, value in zip(parts, read(expr), strict=True):
        if isinstance(value, tree.Expr):
            other = replaced(value, change)
            if other is not value:
                found[name] = other
        elif isinstance(value, tuple) and value and not isinstance(value[0], str):
            items = _replaced_item(value, change)
            if items is not value:
                found[name] = items
    return replace(expr, **found) if found else expr


_WHOLE = (*CLOSED, tree.Constant, tree.FieldRef, tree.FactRef)
"""Of these no part is replaced."""


def _replaced_item(item: Any, change: Callable[[tree.Expr], tree.Expr | None]) -> Any:
    if isinstance(item, tree.Expr):
        return replaced(item, change)
    if not isinstance(item, tuple):
        return item
    found = tuple([_replaced_item(inner, change) for inner in item])
    return item if all(map(is_, found, item)) else found


def branch_point(expr: tree.Expr) -> tree.IfElse | tree.Cases | None:
    """The first place where the expression chooses between values, outside aggregates."""
    if isinstance(expr, (tree.IfElse, tree.Cases)):
        return expr
    if isinstance(expr, _WHOLE):
        return None
    for child in expr.children():
        found = branch_point(child)
        if found is not None:
            return found
    return None


def on_days(expr: tree.Expr) -> bool:
    """Is it a date."""
    return expr.type.kind == Kind.DATE


def is_leaf(expr: tree.Expr) -> bool:
    """A quantity that is not worked out from others here."""
    return type(expr) not in _INNER


_INNER = frozenset({tree.Arithmetic, tree.Negative, tree.Rounded, tree.DateDifference, tree.Call, tree.Constant})


def grid(expr: tree.Expr) -> float | None:
    """The step of a quantity that is counted in whole steps."""
    if isinstance(expr, (tree.Aggregate, tree.GroupAggregate)) and expr.kind in COUNTED:
        return 1.0
    if isinstance(expr, tree.Since):
        return 1.0 if expr.kind == "months since" else DAY_SECONDS
    return 1.0 if is_leaf(expr) and on_days(expr) else None


def constant(expr: tree.Expr) -> float | None:
    """The number a constant expression is, worked out as the evaluators do."""
    match expr:
        case tree.Constant(value=value):
            return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
        case tree.Negative(operand=operand):
            found = constant(operand)
            return None if found is None else -found
        case tree.Arithmetic(op=op, left=left, right=right):
            a, b = constant(left), constant(right)
            if a is None or b is None or (op == "/" and b == 0):
                return None
            return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[op]()
    return None


class Definitions:
    """The formulas of one strategy, by the names that stand for them.

    `free`: assumptions that may be anything, whatever they are given as. `largest`: a formula that comes to more
    nodes, written out, stays a quantity of its own; None for no bound.
    """

    def __init__(self, strategy: Strategy, free: frozenset[str] = frozenset(), largest: int | None = None) -> None:
        self.strategy = strategy
        self.free = free
        self.largest = largest
        self._weights = Weights(self._behind)
        self._written = {a.name: a.formula for a in strategy.assumptions}
        self._written |= {m.name: m.formula for m in strategy.measures}
        self._written |= {v.name: v.formula for v in strategy.values}
        self.formulas: dict[str, tree.Expr] = {name: formula.expr for name, formula in self._written.items()}
        self.assumed = frozenset(a.name for a in strategy.assumptions)
        self._asked = {s.name: s.condition for s in strategy.segments}
        self.conditions = {name: condition.expr for name, condition in self._asked.items()}
        self.tiers: dict[str, Tiers] = {t.name: t for t in strategy.tiers}
        self._open: dict[str, tree.Expr] = {}
        self._keys: dict[int, tuple[tree.Expr, int]] = {}
        self._numbers: dict[Hashable, int] = {}
        self._constants: dict[int, tuple[tree.Expr, float | None]] = {}
        self._needed: dict[int, tuple[tree.Expr, ...]] = {}
        self._tied: dict[int, tree.Expr | None] = {}
        self._opening: set[str] = set()
        self._unfolded: dict[str, tree.Expr] = {}
        self._made: dict[tuple[str, int], tree.Expr] = {}

    @cached_property
    def quantities(self) -> Quantities:
        """What a search knows of the expressions."""
        from stratagem.dsl.possible.quantities import Quantities

        return Quantities(self)

    @cached_property
    def dates(self) -> dict[str, str]:
        """The field that dates a source's rows, by source; `at` for the built-in ones."""
        declared = {s.name: s.dated_by.name for s in self.strategy.sources if s.dated_by}
        built_in = dict.fromkeys(("contacts", "decisions", "outcomes", "stage_moves"), "at")
        return {**built_in, **declared}

    def opened(self, expr: tree.Expr) -> tree.Expr:
        """The expression with its names unfolded (see the head of this module)."""
        return replaced(expr, self._unfold)

    def key(self, expr: tree.Expr) -> int:
        """The same small number for expressions that say the same, wherever they stand."""
        known = self._keys.get(id(expr))
        if known is None:
            _, read = _parts(type(expr))
            said = (type(expr), *self._said(read(expr)))
            number = self._numbers.setdefault(said, len(self._numbers))
            known = self._keys[id(expr)] = (expr, number)
        return known[1]

    def _said(self, values: tuple[Any, ...]) -> list[Hashable]:
        """The parts of an expression: of an inner one its number, so that what is shared is looked at once."""
        found: list[Hashable] = []
        for value in values:
            if isinstance(value, tree.Expr):
                found.append(("of", self.key(value)))
            else:
                found.append(tuple(self._said(value)) if isinstance(value, tuple) else value)
        return found

    def constant(self, expr: tree.Expr) -> float | None:
        """The number a constant expression is."""
        known = self._constants.get(id(expr))
        if known is None:
            known = self._constants[id(expr)] = (expr, constant(expr))
        return known[1]

    def day_of(self, latest: tree.Expr) -> tree.Expr:
        """The calendar day of a date or timestamp."""
        if on_days(latest):
            return latest
        return self._once("day", latest, lambda: tree.DateOf(type=DATE, operand=latest))

    def since(self, latest: tree.Expr) -> tree.Expr:
        """The days since a date or timestamp."""
        return self._once("since", latest, lambda: tree.Since(type=DAYS, kind="days since", operand=latest))

    def _once(self, kind: str, of: tree.Expr, make: Callable[[], tree.Expr]) -> tree.Expr:
        """Made the first time, the same one ever after: keys are remembered by object."""
        place = (kind, self.key(of))
        if place not in self._made:
            self._made[place] = make()
        return self._made[place]

    def needed(self, expr: tree.Expr) -> tuple[tree.Expr, ...]:
        """The quantities without which a value is not there: every part it cannot do without."""
        place = self.key(expr)
        if place not in self._needed:
            found: dict[int, tree.Expr] = {}
            self._need(expr, found)
            self._needed[place] = tuple(found.values())
        return self._needed[place]

    def _need(self, expr: tree.Expr, found: dict[int, tree.Expr]) -> None:
        if isinstance(expr, (tree.Constant, Today, tree.IfElse, tree.Cases)):
            return
        if isinstance(expr, tree.Call):
            strict = expr.function in FUNCTIONS and FUNCTIONS[expr.function].missing == "any"
            parts: tuple[tree.Expr, ...] = expr.arguments if strict else ()
        elif is_leaf(expr):
            place = self.key(expr)
            if place in found:
                return
            found[place] = expr
            definition = self.definition(expr)
            wrapped = isinstance(expr, (tree.DateOf, tree.DateShift, tree.Since))
            parts = (*([definition] if definition is not None else []), *(expr.children() if wrapped else ()))
        else:
            parts = tuple(expr.children())
        for part in parts:
            self._need(part, found)

    def definition(self, leaf: tree.Expr) -> tree.Expr | None:
        """The formula a quantity is tied to: a fact's own, or the two days that a `days since` lies between."""
        if not isinstance(leaf, (tree.FactRef, tree.Since)):
            return None
        place = self.key(leaf)
        if place not in self._tied:
            self._tied[place] = self._definition(leaf)
        return self._tied[place]

    def _definition(self, leaf: tree.FactRef | tree.Since) -> tree.Expr | None:
        if isinstance(leaf, tree.FactRef):
            return self._formula(leaf.name)
        if leaf.kind != "days since":
            return None
        return tree.DateDifference(type=DAYS, left=TODAY, right=self.day_of(leaf.operand))

    def _formula(self, name: str) -> tree.Expr | None:
        """A fact's formula, opened; None for an unknown name or one that reads itself."""
        if name in self._open:
            return self._open[name]
        if name not in self.formulas or name in self._opening or name in self.free or self._too_large(name):
            return None
        self._opening.add(name)
        self._open[name] = self.opened(self.formulas[name])
        self._opening.discard(name)
        return self._open[name]

    def _too_large(self, name: str) -> bool:
        return self.largest is not None and not self.within(self.formulas[name], self.largest)

    def within(self, expr: tree.Expr, largest: int) -> bool:
        """Does it come to at most so many nodes with every name written out, and to few names behind each other."""
        weight = self._weights.of(expr)
        return weight.size <= largest and weight.depth <= DEEPEST

    def _behind(self, place: Place) -> tuple[tuple[tree.Expr, ...], ...]:
        """The nodes of the formulas that a name stands for."""
        kind, name = place
        if kind == "tiers":
            return _of_tiers(self.tiers[name]) if name in self.tiers else ()
        formula = (self._written if kind == "fact" else self._asked).get(name)
        return () if formula is None else (formula.nodes,)

    def _unfold(self, expr: tree.Expr) -> tree.Expr | None:
        if isinstance(expr, tree.Since) and expr.kind == "days until":
            since = replace(expr, kind="days since", operand=self.opened(expr.operand))
            return tree.Negative(type=expr.type, operand=since)
        if not isinstance(expr, tree.FactRef):
            return None
        known = self._unfolded.get(expr.name)
        if known is not None and (not isinstance(known, tree.FactRef) or known.type is expr.type):
            return known
        formula = self._formula(expr.name)
        if formula is None:
            return None
        found = self._unfolded[expr.name] = self._in_its_place(expr, formula)
        return found

    def _in_its_place(self, expr: tree.FactRef, formula: tree.Expr) -> tree.Expr:
        """A fact's formula; the fact itself, at no place, where it stays a quantity of its own."""
        figure = expr.type.kind in FIGURES
        whole = is_leaf(formula) and grid(formula) is not None  # rounding to six places leaves it as it is
        if expr.name in self.assumed or not figure or whole or branch_point(formula) is not None:
            return formula
        return replace(expr, span=NOWHERE)


def _of_tiers(block: Tiers) -> tuple[tuple[tree.Expr, ...], ...]:
    """The nodes of all formulas of a `segments` block; that of the figure once for each line, which is held to it."""
    lines = (tier.threshold.nodes for tier in block.tiers if tier.threshold is not None)
    figure = (block.formula.nodes,) * max(len(block.tiers), 1)
    return (*figure, *lines, *((block.condition.nodes,) if block.condition is not None else ()))
