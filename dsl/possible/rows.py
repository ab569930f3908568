"""What is known of figures over the same rows: no more rows in a window than in all, nothing latest of no rows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import NUMBER
from stratagem.dsl.possible import interval as iv
from stratagem.dsl.possible.interval import Interval
from stratagem.dsl.possible.store import Impossible, Store
from stratagem.dsl.possible.terms import COUNTED, DAY_SECONDS, TODAY

LONGEST_MONTH = 31
NEEDS_ROWS = ("average", "smallest", "largest", "first", "latest")


@cache
def all_rows(source: str) -> tree.Aggregate:
    """How many rows of the source the customer has, up to the as-of moment."""
    return tree.Aggregate(type=NUMBER, kind="count", source=source, field=None, window=None, where=None)


def apply(store: Store, fresh: Iterable[tree.Aggregate]) -> None:
    """Narrow the store by what rows imply; raises Impossible. `fresh`: aggregates of which something new is known."""
    sources = {term.source for term in fresh}
    found = [t for t in store.terms.values() if isinstance(t, tree.Aggregate) and t.source in sources]
    for term in found:
        if term.window is None or term.window.direction == "last":
            _some_rows(store, term)
    counts = [t for t in store.terms.values() if isinstance(t, tree.Aggregate) and t.kind == "count"]
    touched = [t for t in counts if t.source in sources]
    for small in touched:
        for large in touched:
            if small is not large and within(store, small, large):
                store.narrow(large, Interval(store.evaluate(small).low))
                store.narrow(small, Interval(high=store.evaluate(large).high))
    _recent(store, counts)


def _some_rows(store: Store, term: tree.Aggregate) -> None:
    """Ties a figure over rows to how many rows there are."""
    rows = all_rows(term.source)
    number = store.evaluate(rows)
    found = store.key(term)
    present, values = store.present.get(found), store.allowed.get(found, frozenset())
    if number.high < 1:
        if term.kind == "any":
            values = store.allowed[found] = values & {False}
            store.changed.add(found)
        elif term.kind in ("count", "different", "sum"):
            store.narrow(term, iv.exactly(0.0))
            store.set_present(term, True)
        elif term.kind in NEEDS_ROWS:
            store.set_present(term, False)
        if term.kind == "any" and not values - store.refused.get(found, frozenset()):
            raise Impossible
    holds = term.kind == "any" and values - store.refused.get(found, frozenset()) == {True}
    counted = term.kind in ("different", "sum") and not _may_be_zero(store.evaluate(term))
    known = term.kind in NEEDS_ROWS and present is True
    unsummed = term.kind == "sum" and present is False
    if holds or counted or known or unsummed:
        store.narrow(rows, Interval(1.0))


def _may_be_zero(interval: Interval) -> bool:
    return not interval.meet(iv.exactly(0.0)).empty


def within(store: Store, small: tree.Aggregate, large: tree.Aggregate) -> bool:
    """Does every row that the first counts count in the second too."""
    if small.source != large.source or _direction(small) != _direction(large):
        return False
    if large.where is not None and (small.where is None or store.key(small.where) != store.key(large.where)):
        return False
    if large.window is None:
        return True
    if small.window is None or small.window.period.family != large.window.period.family:
        return False
    shorter, longer = small.window.period, large.window.period
    return shorter.seconds <= longer.seconds if shorter.family == "days" else shorter.months <= longer.months


def _direction(term: tree.Aggregate) -> str:
    return term.window.direction if term.window else "last"


def _recent(store: Store, counts: list[tree.Aggregate]) -> None:
    """The latest row is no later than today, and within every window that has rows."""
    dated = {t.source for t in store.terms.values() if isinstance(t, tree.Aggregate) and _has_recent_row(store, t)}
    for term in list(store.terms.values()):
        if not _is_latest_date(store, term):
            continue
        assert isinstance(term, tree.Aggregate)
        if term.source in dated:
            store.set_present(term, True)
        store.narrow(store.definitions.day_of(term), Interval(high=store.evaluate(TODAY).high))
        since = store.definitions.since(term)
        if store.key(since) not in store.terms:
            continue
        store.narrow(since, Interval(0.0))
        for count in counts:
            if count.source == term.source and count.window and store.evaluate(count).low >= 1:
                store.narrow(since, Interval(high=_longest(count) * DAY_SECONDS))


def _has_recent_row(store: Store, term: tree.Aggregate) -> bool:
    """Is there a row in a window up to today, which therefore has a date."""
    if term.window is None or term.window.direction != "last":
        return False
    if term.kind == "any":
        found = store.key(term)
        return store.allowed.get(found, frozenset()) - store.refused.get(found, frozenset()) == {True}
    return term.kind in COUNTED and store.evaluate(term).low >= 1


def _longest(count: tree.Aggregate) -> float:
    """A window's length in days, at most."""
    assert count.window is not None
    period = count.window.period
    if period.family == "days":
        return float(period.seconds) / DAY_SECONDS
    return float(period.months) * LONGEST_MONTH


def _is_latest_date(store: Store, term: tree.Expr) -> bool:
    if not isinstance(term, tree.Aggregate) or term.kind not in ("latest", "largest"):
        return False
    plain = term.where is None and term.window is None and term.field is not None
    return plain and term.field is not None and term.field.path == (store.definitions.dates.get(term.source, ""),)
