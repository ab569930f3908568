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
                label = Label(seen[cell].at, "said here already")
                c.findings.add("S489", tactic.row.at, labels=[label], row=cell[0], column=cell[1])
            seen.setdefault(cell, tactic)


def gaps(c: Context) -> None:
    """Cells of which nothing is said."""
    for matrix in c.strategy.matrices:
        rows, columns = c.table.tiers_of(matrix.rows.name), c.table.tiers_of(matrix.columns.name)
        seen = {(tactic.row.name, tactic.column.name) for tactic in matrix.tactics}
        lacking = [f"{row}, {column}" for row in rows for column in columns if (row, column) not in seen]
        if lacking and matrix.rows.name != matrix.columns.name:
            shown = "; ".join(lacking[:4]) + ("; …" if len(lacking) > 4 else "")
            c.findings.add("S490", matrix.at, name=matrix.name, count=len(lacking), cells=shown)


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
