"""Emits aggregates over a customer's own rows: one loop over a source works out all that can be worked out together.

In: the aggregates of the whole program. Out: for each a name that holds its value. Within the loop rows are told apart
once by their date (not after the as-of moment, in a window, after it), then by `where`; aggregates that take the same
rows share their counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stratagem.dsl.expressions.tree import Aggregate, Expr, GroupAggregate, RowRef, Window
from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.meaning import SCALE, SUM_LIMIT
from stratagem.engine.evaluate.population import Dated
from stratagem.engine.evaluate.row.conditions import Conditions
from stratagem.engine.evaluate.row.writer import Atom
from stratagem.engine.evaluate.walk import own_aggregates, row_free_parts, stands_alone

Takes = tuple[Window | None, int | None]
"""Which rows an aggregate takes: its window, and the shape of its `where`."""


class Rows(Conditions):
    """The part of the emitter that knows a customer's rows."""

    free: dict[str, list[Aggregate]]
    """By source, the aggregates that need no computed column and have no value yet."""
    row: str = ""
    source: str = ""

    def bound(self, window: Window, kind: Kind) -> tuple[str, str]:
        """The names of a window's bounds (see `Steps`)."""
        raise NotImplementedError

    def rows_of(self, source: str) -> str:
        """The customer's rows of a source (see `Steps`)."""
        raise NotImplementedError

    def plan_rows(self, exprs: Iterable[Expr]) -> None:
        """Note the aggregates of the whole program, so that those that can share a loop do."""
        self.free = {}
        seen: set[int] = set()
        for expr in exprs:
            for aggregate in own_aggregates(expr):
                shape = self.shapes.of(aggregate)
                if shape not in seen and stands_alone(aggregate):
                    seen.add(shape)
                    self.free.setdefault(aggregate.source, []).append(aggregate)

    def aggregate(self, expr: Aggregate | GroupAggregate) -> Atom:
        """The aggregate's value; the loop it needs also serves all others that can be worked out by now."""
        assert isinstance(expr, Aggregate)
        if stands_alone(expr):
            self._loop(expr.source, self.free.pop(expr.source, [expr]))
        else:
            self._loop(expr.source, [expr])
        made = self.recall(self.shapes.of(expr))
        assert made is not None
        return made

    def row_field(self, expr: RowRef) -> Atom:
        """A field of the row at hand."""
        return self.assign(f"{self.row}.get({self.constant('.'.join(expr.path))})", True)

    def _loop(self, source: str, aggregates: Sequence[Aggregate]) -> None:
        for aggregate in aggregates:
            for part in row_free_parts(aggregate.where) if aggregate.where is not None else ():
                self.value(part)
        dated = self.dates.get(source)
        totals = Totals(self, dated)
        results = [(a, totals.result(a)) for a in aggregates if a.window is None or dated is not None]
        empty = [(a, totals.nothing(a)) for a in aggregates if not (a.window is None or dated is not None)]
        for line in totals.first_lines:
            self.put(line)
        outer = self.row
        self.row = self.fresh("r")
        with self.block(f"for {self.row} in {self.rows_of(source)}:"):
            self._by_date([a for a, _ in results], totals, dated)
        self.row = outer
        for aggregate, text in [*results, *empty]:
            self.remember(self.shapes.of(aggregate), self.assign(text, totals.nullable(aggregate)), everywhere=True)

    def _by_date(self, aggregates: Sequence[Aggregate], totals: Totals, dated: Dated | None) -> None:
        if dated is None:
            return totals.take(aggregates)
        totals.at = self.assign(f"{self.row}.get({self.constant(dated.field)})", True).text
        now = self.now(dated.kind)
        past = [a for a in aggregates if a.window is None]
        last = [a for a in aggregates if a.window is not None and a.window.direction == "last"]
        upcoming = [a for a in aggregates if a.window is not None and a.window.direction == "next"]
        with self.block(f"if {totals.at} is None or {totals.at} <= {now}:"):
            totals.take(past)
            if last:
                with self.block(f"if {totals.at} is not None:"):
                    self._windows(last, totals, dated, 0, ">")
        if upcoming:
            with self.block("else:"):
                self._windows(upcoming, totals, dated, 1, "<=")
        return None

    def _windows(self, aggregates: Sequence[Aggregate], totals: Totals, dated: Dated, side: int, op: str) -> None:
        by_window: dict[Window, list[Aggregate]] = {}
        for aggregate in aggregates:
            assert aggregate.window is not None
            by_window.setdefault(aggregate.window, []).append(aggregate)
        for window, members in by_window.items():
            with self.block(f"if {totals.at} {op} {self.bound(window, dated.kind)[side]}:"):
                totals.take(members)


class Totals:
    """The running figures of one loop, shared by aggregates that take the same rows."""

    def __init__(self, rows: Rows, dated: Dated | None) -> None:
        self.rows = rows
        self.dated = dated
        self.at = "None"
        self.first_lines: list[str] = []
        self._names: dict[tuple[object, ...], tuple[str, ...]] = {}

    def _takes(self, a: Aggregate) -> Takes:
        return a.window, None if a.where is None else self.rows.shapes.of(a.where)

    def _running(self, a: Aggregate, what: str, field: bool, *starts: str) -> tuple[str, ...]:
        """Names of running figures with what they start at; the same for aggregates that agree on them."""
        key = (what, *self._takes(a), a.field.path if field and a.field else None)
        if key not in self._names:
            self._names[key] = tuple(self.rows.fresh("n") for _ in starts)
            pairs = zip(self._names[key], starts, strict=True)
            self.first_lines += [f"{name} = {start}" for name, start in pairs]
        return self._names[key]

    def _figures(self, a: Aggregate) -> dict[str, tuple[str, ...]]:
        """What an aggregate keeps while its rows go by."""
        if a.kind in ("count", "any"):
            return {"known" if a.field else "rows": self._running(a, "rows", a.field is not None, "0")}
        if a.field is None:
            raise ValueError(f"{a.kind} of {a.source} names no field")
        if a.kind == "sum":
            return {"rows": self._running(a, "rows", False, "0"), "sum": self._running(a, "sum", True, "0", "0")}
        if a.kind == "average":
            return {"sum": self._running(a, "sum", True, "0", "0")}
        if a.kind == "different":
            return {"set": self._running(a, "set", True, f"{self.rows.helper(set)}()")}
        if a.kind in ("smallest", "largest", "first", "latest"):
            return {a.kind: self._running(a, a.kind, True, "None", "None")}
        raise ValueError(f"{a.kind} is not about a customer's own rows")

    def result(self, a: Aggregate) -> str:
        """The aggregate's value once all rows have gone by."""
        figures = self._figures(a)
        match a.kind:
            case "count":
                return f"{next(iter(figures.values()))[0]} + 0.0"
            case "any":
                return f"{next(iter(figures.values()))[0]} > 0"
            case "sum":
                (n,), (k, total) = figures["rows"], figures["sum"]
                return f"{total} / {SCALE} if {k} else None if {n} else 0.0"
            case "average":
                k, total = figures["sum"]
                return f"{total} / ({k} * {SCALE}) if {k} else None"
            case "different":
                return f"{self.rows.helper(len)}({figures['set'][0]}) + 0.0"
            case _:
                return figures[a.kind][0]

    @staticmethod
    def nothing(a: Aggregate) -> str:
        """The aggregate's value over no rows."""
        return {"count": "0.0", "sum": "0.0", "different": "0.0", "any": "False"}.get(a.kind, "None")

    @staticmethod
    def nullable(a: Aggregate) -> bool:
        """May the aggregate's value be missing?"""
        return a.kind not in ("count", "any", "different")

    def take(self, aggregates: Sequence[Aggregate]) -> None:
        """Lines that let the row at hand count in these aggregates, where their `where` holds."""
        by_where: dict[int | None, list[Aggregate]] = {}
        for a in aggregates:
            by_where.setdefault(self._takes(a)[1], []).append(a)
        for members in by_where.values():
            where = members[0].where
            if where is None:
                self._count(members)
            else:
                with self.rows.block(f"if {self.rows.truth(where, True)}:"):
                    self._count(members)

    def _count(self, members: Sequence[Aggregate]) -> None:
        done: set[tuple[str, ...]] = set()
        for a in members:
            for what, names in self._figures(a).items():
                if names not in done:
                    done.add(names)
                    self._add(what, names, a)

    def _add(self, what: str, names: tuple[str, ...], a: Aggregate) -> None:
        put = self.rows.put
        if what == "rows":
            return put(f"{names[0]} += 1")
        assert a.field is not None
        v = self.rows.value(a.field).text
        with self.rows.block(f"if {self._counts(what, v)}:"):
            if what == "known":
                put(f"{names[0]} += 1")
            elif what == "set":
                put(f"{names[0]}.add({v})")
            elif what == "sum":
                put(f"{names[0]} += 1")
                put(f"{names[1]} += int({v} * 1000000.0 + 0.5) if {v} >= 0.0 else -int(0.5 - {v} * 1000000.0)")
            else:
                self._better(what, names, v)
        return None

    def _counts(self, what: str, v: str) -> str:
        """Does the row's value count at all? A number too large for sums has no part in them."""
        if what == "sum":
            return f"{v} is not None and -{SUM_LIMIT!r} < {v} < {SUM_LIMIT!r}"
        if what in ("first", "latest") and self.dated is not None:
            return f"{v} is not None and {self.at} is not None"
        return f"{v} is not None"

    def _better(self, what: str, names: tuple[str, ...], v: str) -> None:
        """Keep the value when it beats the one kept so far."""
        kept, at = names
        put = self.rows.put
        if what in ("smallest", "largest"):
            with self.rows.block(f"if {kept} is None or {v} {'<' if what == 'smallest' else '>'} {kept}:"):
                put(f"{kept} = {v}")
        elif self.dated is None:
            put(f"{kept} = {v}" if what == "latest" else f"if {kept} is None: {kept} = {v}")
        else:
            with self.rows.block(f"if {at} is None or {self.at} {'<' if what == 'first' else '>='} {at}:"):
                put(f"{kept} = {v}")
                put(f"{at} = {self.at}")
