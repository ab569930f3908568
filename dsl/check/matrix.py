"""The customer asset matrix: two different ways of tiering, each cell once, none left out."""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.check.context import Context
from stratagem.dsl.diagnostics.diagnostic import Edit, Fix, Label
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.model.base import Ref
from stratagem.dsl.model.means import Matrix, Tactic
from stratagem.dsl.resolve.symbols import Of
from stratagem.dsl.resolve.unknown import nearest, replace_with

Cell = tuple[str, str]
"""Of a matrix: row and column."""


def matrices(c: Context) -> None:
    """Every matrix."""
    for matrix in c.strategy.matrices:
        rows, columns = c.table.tiers_of(matrix.rows.name), c.table.tiers_of(matrix.columns.name)
        if matrix.rows.name == matrix.columns.name:
            label = Label(matrix.rows.at, "the rows")
            c.findings.add("S487", matrix.columns.at, labels=[label], name=matrix.rows.name)
            continue
        if not rows or not columns:
            continue
        seen: dict[tuple[str, str], Tactic] = {}
        for tactic in matrix.tactics:
            _cell(c, matrix, tactic, rows, columns)
            cell = (tactic.row.name, tactic.column.name)
            if cell in seen:
                _twice(c, matrix, seen[cell], tactic, [(row, column) for row in rows for column in columns])
            seen.setdefault(cell, tactic)


def _twice(c: Context, matrix: Matrix, first: Tactic, second: Tactic, cells: Sequence[Cell]) -> None:
    """Two tactics of one cell; where one cell alone is open, one of them is most likely meant for that."""
    said = [(tactic.row.name, tactic.column.name) for tactic in matrix.tactics]
    lacking = [cell for cell in cells if cell not in said]
    wrong, right = second, first
    if len(lacking) == 1:
        disorder = {id(t): _disorder(matrix, t, lacking[0], cells) for t in (first, second)}
        if disorder[id(first)] < disorder[id(second)]:
            wrong, right = first, second
    label = Label(right.at, "said here too" if right is second else "said here already")
    fix = _moved(wrong, lacking[0]) if len(lacking) == 1 else None
    row, column = wrong.row, wrong.column
    c.findings.add("S489", row.at, labels=[label], fixes=[fix], row=row.name, column=column.name)


def _disorder(matrix: Matrix, moved: Tactic, to: Cell, cells: Sequence[Cell]) -> int:
    """Pairs of tactics that stand in another order than their cells, row by row, once one is of another cell."""
    place = {cell: n for n, cell in enumerate(cells)}
    order = [place.get(to if t is moved else (t.row.name, t.column.name), 0) for t in matrix.tactics]
    return sum(one > other for n, one in enumerate(order) for other in order[n + 1 :])


def _moved(tactic: Tactic, to: Cell) -> Fix:
    pairs = ((tactic.row, to[0]), (tactic.column, to[1]))
    edits = tuple(Edit(ref.at, name) for ref, name in pairs if ref.name != name)
    title = f"Write {to[0]}, {to[1]} (this assumes that the one cell is meant of which nothing is said)"
    return Fix(title, edits)


def gaps(c: Context) -> None:
    """Cells of which nothing is said."""
    for matrix in c.strategy.matrices:
        rows, columns = c.table.tiers_of(matrix.rows.name), c.table.tiers_of(matrix.columns.name)
        seen = {(tactic.row.name, tactic.column.name) for tactic in matrix.tactics}
        lacking = [f"{row}, {column}" for row in rows for column in columns if (row, column) not in seen]
        if lacking and matrix.rows.name != matrix.columns.name:
            shown = "; ".join(lacking[:4]) + ("; …" if len(lacking) > 4 else "")
            fixes = [_nothing_yet(matrix, lacking)]
            c.findings.add("S490", matrix.at, fixes=fixes, name=matrix.name, count=len(lacking), cells=shown)


def _nothing_yet(matrix: Matrix, lacking: Sequence[str]) -> Fix:
    """Each open cell with nothing, and a reason that is still to be written."""
    lines = [f'tactic {cell} nothing because "Not decided yet"' for cell in lacking]
    last = matrix.tactics[-1].at if matrix.tactics else matrix.at
    what = lines[0] if len(lines) == 1 else f"{lines[0]} (and so for {len(lines) - 1} more)"
    title = f"Write below it: {what} (this assumes a reason that is to be replaced by your own)"
    return Fix(title, (Edit(last.below(), "".join(f"  {line}\n" for line in lines)),))


def _cell(c: Context, matrix: Matrix, tactic: Tactic, rows: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Row first, then column."""
    if tactic.row.name in columns and tactic.column.name in rows and tactic.row.name not in rows:
        edits = (Edit(tactic.row.at, tactic.column.name), Edit(tactic.column.at, tactic.row.name))
        fixes = [Fix("Exchange the two", edits)]
        _elsewhere(c, tactic.row, rows, matrix.rows, "rows", fixes)
        return
    sides = ((tactic.row, rows, matrix.rows, "rows"), (tactic.column, columns, matrix.columns, "columns"))
    for ref, known, block, side in sides:
        if ref.name not in known and c.table.get(Of.TIER, ref.name) is not None:
            _elsewhere(c, ref, known, block, side)


def _elsewhere(
    c: Context, ref: Ref, known: tuple[str, ...], block: Ref, side: str, fixes: Sequence[Fix | None] = ()
) -> None:
    close = near(ref.name, known)
    label = Label(block.at, f"the {side} are the tiers of `{block.name}`")
    c.findings.add(
        "S488",
        ref.at,
        labels=[label, nearest(c.table, close, Of.TIER)],
        near=close,
        fixes=fixes or [replace_with(ref.at, close)],
        name=ref.name,
        side=side,
        known=", ".join(known),
    )
