"""What is known of figures over the same rows: no more rows in a window than in all, nothing latest of no rows."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import NUMBER
from stratagem.dsl.possible import interval as iv
from stratagem.dsl.possible.interval import Interval
from stratagem.dsl.possible.quantities import Quantity
from stratagem.dsl.possible.store import Impossible, Store
from stratagem.dsl.possible.terms import COUNTED, DAY_SECONDS, TODAY

LONGEST_MONTH = 31
NEEDS_ROWS = ("average", "smallest", "largest", "first", "latest")


@cache
def all_rows(source: str) -> tree.Aggregate:
    """How many rows of the source the customer has, up to the as-of moment."""
    return tree.Aggregate(type=NUMBER, kind="count", source=source, field=None, window=None, where=None)


def apply(store: Store, sources: Collection[str]) -> None:
    """Narrow the store by what rows imply; raises Impossible. `sources`: of whose figures something new is known."""
    for term, rows in _known(store):
        if rows.source in sources and (rows.window is None or rows.window.direction == "last"):
            _some_rows(store, term, rows)
    counts = [(term, rows) for term, rows in _known(store) if rows.kind == "count"]
    touched = [(term, rows) for term, rows in counts if rows.source in sources]
    for small, few in touched:
        for large, many in touched:
            if small is not large and within(store, few, many):
                store.narrow(large, Interval(store.evaluate(small).low))
                store.narrow(small, Interval(high=store.evaluate(large).high))
    _recent(store, counts)


def _known(store: Store) -> list[tuple[Quantity, tree.Aggregate]]:
    return [(term, term.rows) for term in store.rows.values() if term.rows is not None]


def _some_rows(store: Store, term: Quantity, rows: tree.Aggregate) -> None:
    """Ties a figure over rows to how many rows there are."""
    all_ = store.quantities.of(all_rows(rows.source))
    number = store.evaluate(all_)
    found, kind = term.number, rows.kind
    present = store.present.get(found)
    if number.high < 1:
        if kind == "any":
            store.allowed[found] = store.allowed.get(found, frozenset()) & {False}
            store.changed.add(found)
            if not store.left(term):
                raise Impossible
        elif kind in ("count", "different", "sum"):
            store.narrow(term, iv.exactly(0.0))
            store.set_present(term, True)
        elif kind in NEEDS_ROWS:
            store.set_present(term, False)
    holds = kind == "any" and store.left(term) == {True}
    counted = kind in ("different", "sum") and not _may_be_zero(store.evaluate(term))
    known = kind in NEEDS_ROWS and present is True
    unsummed = kind == "sum" and present is False
    if holds or counted or known or unsummed:
        store.narrow(all_, Interval(1.0))


def _may_be_zero(interval: Interval) -> bool:
    return not interval.meet(iv.exactly(0.0)).empty


def within(store: Store, small: tree.Aggregate, large: tree.Aggregate) -> bool:
    """Does every row that the first counts count in the second too."""
    if small.source != large.source or _direction(small) != _direction(large):
        return False
    key = store.quantities.definitions.key
    if large.where is not None and (small.where is None or key(small.where) != key(large.where)):
        return False
    if large.window is None:
        return True
    if small.window is None or small.window.period.family != large.window.period.family:
        return False
    shorter, longer = small.window.period, large.window.period
    return shorter.seconds <= longer.seconds if shorter.family == "days" else shorter.months <= longer.months


def _direction(term: tree.Aggregate) -> str:
    return term.window.direction if term.window else "last"


def _recent(store: Store, counts: list[tuple[Quantity, tree.Aggregate]]) -> None:
    """The latest row is no later than today, and within every window that has rows."""
    latest = [(term, rows) for term, rows in _known(store) if term.latest]
    if not latest:
        return
    dated = {rows.source for term, rows in _known(store) if _has_recent_row(store, term, rows)}
    today = store.quantities.of(TODAY)
    for term, rows in latest:
        if rows.source in dated:
            store.set_present(term, True)
        store.narrow(term.day, Interval(high=store.evaluate(today).high))
        if term.since.number not in store.terms:
            continue
        store.narrow(term.since, Interval(0.0))
        for count, counted in counts:
            if counted.source == rows.source and counted.window and store.evaluate(count).low >= 1:
                store.narrow(term.since, Interval(high=_longest(counted.window) * DAY_SECONDS))


def _has_recent_row(store: Store, term: Quantity, rows: tree.Aggregate) -> bool:
    """Is there a row in a window up to today, which therefore has a date."""
    if rows.window is None or rows.window.direction != "last":
        return False
    if rows.kind == "any":
        return store.left(term) == {True}
    return rows.kind in COUNTED and store.evaluate(term).low >= 1


def _longest(window: tree.Window) -> float:
    """A window's length in days, at most."""
    if window.period.family == "days":
        return float(window.period.seconds) / DAY_SECONDS
    return float(window.period.months) * LONGEST_MONTH
