"""Faults planted in the evaluators, each of a kind that people really make. The suite has to notice every one.

A fault is a name and a function that plants it by monkeypatching one of the fast evaluators.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from stratagem.engine.evaluate import meaning, windows
from stratagem.engine.evaluate.columnar import exact, lowering, totals
from stratagem.engine.evaluate.columnar import frame as columnar_frame
from stratagem.engine.evaluate.columnar import rows as columnar_rows
from stratagem.engine.evaluate.columnar import steps as columnar_steps
from stratagem.engine.evaluate.columnar.layers import Lowered, combined
from stratagem.engine.evaluate.row import clock, conditions, values
from stratagem.engine.evaluate.row import rows as row_rows

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]
BUGS: dict[str, tuple[str, Plant]] = {}
"""By name: the evaluator it is in, and how it is planted."""


def bug(evaluator: str, name: str) -> Callable[[Plant], Plant]:
    """Register a fault of an evaluator under a name."""

    def note(plant: Plant) -> Plant:
        BUGS[f"{evaluator}: {name}"] = evaluator, plant
        return plant

    return note


@bug("columnar", "half to even")
def _(patch: Patch) -> None:
    patch.setattr(exact, "rounded", lambda x, zero: pl.when(x.is_finite()).then(x.round(6) + zero))


@bug("row", "Python's round")
def _(patch: Patch) -> None:
    patch.setattr(values, "_ROUND", "({slow}({x} := {text}))")
    patch.setattr(meaning, "rounded", lambda x: round(x, 6) + 0.0 if x - x == 0.0 else None)


@bug("columnar", "the end of a window is left out")
def _(patch: Patch) -> None:
    right = windows.bounds
    patch.setattr(columnar_rows, "bounds", lambda w, m, k: (right(w, m, k)[0], right(w, m, k)[1] - 1))


@bug("row", "the start of a window (and of retirement) is taken in")
def _(patch: Patch) -> None:
    right = windows.low_bound
    patch.setattr(windows, "low_bound", lambda p, m, k: right(p, m, k) - 1)


@bug("row", "rows after the as-of moment count")
def _(patch: Patch) -> None:
    right = windows.as_of
    patch.setattr(clock, "as_of", lambda m, k: right(m, k) + 10**6)


@bug("columnar", "and, or: unknown taken for false")
def _(patch: Patch) -> None:
    right = lowering._balanced

    def two_valued(parts: Any, both: bool) -> Lowered:
        low = right(parts, both)
        return combined(low.expr.fill_null(False), low)

    patch.setattr(lowering, "_balanced", two_valued)


@bug("row", "not unknown is true")
def _(patch: Patch) -> None:
    right = conditions._is
    patch.setattr(conditions, "_is", lambda atom, want: right(atom, True) if want else f"not {right(atom, True)}")


@bug("columnar", "missing is smaller than everything")
def _(patch: Patch) -> None:
    patch.setitem(lowering._OPS, "<", lambda a, b: (a < b).fill_null(True))


@bug("columnar", "dividing by a reciprocal")
def _(patch: Patch) -> None:
    patch.setattr(columnar_frame.Columns, "zero", lambda self, of: pl.lit(0.0))


@bug("columnar", "sums of floats")
def _(patch: Patch) -> None:
    patch.setattr(exact, "scaled", lambda x: x)
    patch.setattr(exact, "quotients", lambda total, count: total / count.cast(pl.Float64))


@bug("columnar", "sums rounded twice beyond 2^53")
def _(patch: Patch) -> None:
    patch.setattr(exact, "EXACT", 2**126)


@bug("row", "of two on a day the first is the latest")
def _(patch: Patch) -> None:
    right = row_rows.Totals._better

    def better(self: Any, what: str, names: Any, v: str) -> None:
        before = len(self.rows.body)
        right(self, what, names, v)
        self.rows.body[before:] = [line.replace(" >= ", " > ") for line in self.rows.body[before:]]

    patch.setattr(row_rows.Totals, "_better", better)


@bug("columnar", "of two on a day any is the latest")
def _(patch: Patch) -> None:
    patch.setattr(columnar_rows, "ROW", "@no such column")


@bug("row", "month ends spill over")
def _(patch: Patch) -> None:
    def spill(day: int, months: float, sign: int) -> int | None:
        d = meaning.calendar(day)
        index = d.year * 12 + d.month - 1 + sign * int(months)
        if not 1 <= index // 12 <= 9999:
            return None
        return meaning.day_number(d.replace(year=index // 12, month=index % 12 + 1, day=1)) + d.day - 1

    patch.setitem(values._SHIFTS, (False, "months"), spill)


@bug("columnar", "division by zero is infinite")
def _(patch: Patch) -> None:
    patch.setattr(lowering.Lowering, "_finite", lambda self, low: low)


@bug("columnar", "ties at a cut-point are left out")
def _(patch: Patch) -> None:
    right = columnar_steps._holds

    def above(columns: Any, tiers: str, bound: Any, value: Lowered) -> Lowered | None:
        made = right(columns, tiers, bound, value)
        if made is None or bound.kind not in ("top", "next"):
            return made
        cut = columnar_steps.cut_of(columns.fit, tiers, bound.tier)
        return combined(value.expr > cut, value)

    patch.setattr(columnar_steps, "_holds", above)


@bug("columnar", "a sum over rows without values is zero")
def _(patch: Patch) -> None:
    right = totals.Totals._sum
    patch.setattr(totals.Totals, "_sum", lambda self, taken: right(self, taken).fill_null(0.0))


@bug("columnar", "a negative zero leaves as one")
def _(patch: Patch) -> None:
    patch.setattr(columnar_frame.Columns, "figure", lambda self, expr: self.value(expr))


@bug("columnar", "outside the tiers' when is unknown")
def _(patch: Patch) -> None:
    def unknown(self: Any, expr: Any) -> Lowered:
        tier = self.layers.column(expr.tiers)
        return combined(tier.expr.is_in(list(expr.names)), tier)

    patch.setattr(columnar_frame.Columns, "in_tier", unknown)
