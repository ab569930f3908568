"""The search: is there a way for everything that is asked to hold together."""

from __future__ import annotations

from stratagem.dsl.possible import rows
from stratagem.dsl.possible.formulas import All, Any, Formula
from stratagem.dsl.possible.interval import Interval
from stratagem.dsl.possible.quantities import Quantity
from stratagem.dsl.possible.store import Impossible, Store
from stratagem.dsl.possible.terms import Definitions

MOST_STEPS = 4000
"""After so many branches the answer is yes: nothing was found against it."""
FIRST_TRIES = 40
"""Ways that are tried one after the other before the search looks ahead: most questions are answered by then."""
ROUNDS = 6


class Search:
    """One question; `steps` counts the branches looked at, of at most `most`."""

    def __init__(self, definitions: Definitions, days: Interval, most: int = MOST_STEPS) -> None:
        self.quantities = definitions.quantities
        self.days = days
        self.most = most
        self.steps = 0
        self.tries = 0

    def possible(self, formula: Formula) -> bool:
        """False only when no customer and no day within reach make the formula hold."""
        if self._at_once(formula, 0):
            return True
        store = Store(self.quantities, self.days)
        try:
            choices = _take(store, [formula])
            settle(store)
        except Impossible:
            return False
        self.tries = 0
        if self._at_once(formula, -1):
            return True
        return self._first_fit(store, choices) or self._search(Store(self.quantities, self.days), [formula], [])

    def _at_once(self, formula: Formula, place: int) -> bool:
        """Do the first ways of all choices fit together, or the last ones: that answers most questions."""
        store = Store(self.quantities, self.days)
        todo = [formula]
        try:
            while todo:
                found = todo.pop()
                if isinstance(found, All):
                    todo.extend(found.parts)
                elif isinstance(found, Any):
                    if not found.parts:
                        return False
                    todo.append(found.parts[place])
                else:
                    store.add(found)
            settle(store)
        except Impossible:
            return False
        return not store.changed

    def _first_fit(self, store: Store, choices: list[Any]) -> bool:
        """Does a way through all choices lie near: each in the order written, the first that is not refused."""
        if not choices:
            return True
        for way in choices[0].parts:
            self.tries += 1
            if self.tries > FIRST_TRIES:
                return False
            other = store.copy()
            try:
                more = _take(other, [way])
                settle(other)
            except Impossible:
                continue
            if self._first_fit(other, [*more, *choices[1:]]):
                return True
        return False

    def _search(self, store: Store, todo: list[Formula], choices: list[Any]) -> bool:
        self.steps += 1
        if self.steps > self.most:
            return True
        try:
            open_ = [*choices, *_take(store, todo)]
            settle(store)
            chosen, rest = self._smallest(store, open_)
        except Impossible:
            return False
        if chosen is None:
            return True
        return any(self._search(store.copy(), [part], rest) for part in chosen.parts)

    def _smallest(self, store: Store, choices: list[Any]) -> tuple[Any | None, list[Any]]:
        """The choice with the fewest ways left, and the others; ways that are ruled out at once are dropped."""
        while True:
            left: list[Any] = []
            forced: list[Formula] = []
            for choice in choices:
                ways = tuple(p for p in choice.parts if not _refuses(store, p))
                if not ways:
                    raise Impossible
                if len(ways) == 1:
                    forced.append(ways[0])
                else:
                    left.append(Any(ways))
            if not forced:
                break
            choices = [*left, *_take(store, forced)]
            settle(store)
        left.sort(key=lambda c: len(c.parts))
        return (left[0], left[1:]) if left else (None, [])


def _take(store: Store, todo: list[Formula]) -> list[Any]:
    """Puts atoms into the store; gives back the choices that are open."""
    choices = []
    todo = list(todo)
    while todo:
        formula = todo.pop()
        if isinstance(formula, All):
            todo.extend(formula.parts)
        elif isinstance(formula, Any):
            choices.append(formula)
        else:
            store.add(formula)
    if any(not choice.parts for choice in choices):
        raise Impossible
    return choices


def _refuses(store: Store, formula: Formula) -> bool:
    """Is the atom, or one of the atoms that must hold together, ruled out at once."""
    trial = store.copy()
    try:
        _take(trial, [formula])
    except Impossible:
        return True
    return False


def settle(store: Store) -> None:
    """Let what is newly known of some quantities narrow the others, a few rounds; raises Impossible."""
    for _ in range(ROUNDS):
        fresh, store.changed = store.changed, set()
        if not fresh:
            return
        for relation in store.relations:
            if not fresh.isdisjoint(relation.leaves):
                _narrow_sides(store, relation.order, relation.left, relation.right)
        for found, term in list(store.tied.items()):
            definition = term.definition
            if definition is not None and (found in fresh or not fresh.isdisjoint(definition.leaves)):
                store.narrow(definition, _about(store.numbers[found]))
                store.narrow(term, _about(store.evaluate(definition)))
        for found, term in list(store.wholes.items()):
            if found in store.numbers and not fresh.isdisjoint(term.leaves):
                store.narrow(term, store.numbers[found])
        figures = [figure.rows for f in fresh if (figure := store.rows.get(f)) is not None]
        sources = {rows_.source for rows_ in figures if rows_ is not None}
        if sources:
            rows.apply(store, sources)


def _about(found: Interval) -> Interval:
    """Widened by what rounding a declared figure to six places can do."""
    return Interval(found.low - 1e-6, found.high + 1e-6)


def _narrow_sides(store: Store, order: str, left: Quantity, right: Quantity) -> None:
    a, b = store.evaluate(left), store.evaluate(right)
    if order == "=":
        store.narrow(left, b)
        store.narrow(right, a)
    elif order in ("<", "<="):
        open_ = order == "<"
        store.narrow(left, Interval(high=b.high, high_open=open_ or b.high_open))
        store.narrow(right, Interval(low=a.low, low_open=open_ or a.low_open))
    elif order in (">", ">="):
        _narrow_sides(store, "<" if order == ">" else "<=", right, left)
