"""What a strategy's sources mean for single records, worked out once: how fields are read, and what is worked out.

In: a strategy. Out: for each source a `Piece`. The formulas of a row run in the row evaluator; a row's own fields are
shown to it as fields of one customer, which is what a single row is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from stratagem.dsl.expressions.tree import Expr, FieldRef, RowRef
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.formulas import formula_fields, tree
from stratagem.engine.data.headers import read_fields
from stratagem.engine.data.identity import has_identity
from stratagem.engine.data.keep import added, joins
from stratagem.engine.data.reading import FLOATS, Reading, reading_of
from stratagem.engine.evaluate.row import Program, compile_program
from stratagem.engine.evaluate.windows import as_of, low_bound
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Compute

Row = dict[str, Any]
_OUT = "@out"


@dataclass(frozen=True)
class Piece:
    """A source, ready for rows.

    lookups: each with its field by `key.field`. identity: the key field holds the customer's id. names: every field,
    and those of look-ups as `key.field`. figures: its fields that hold numbers of any kind. worked_out: the program of
    its formulas and its filter, None without any.
    """

    source: Source
    readings: Mapping[str, Reading]
    lookups: tuple[tuple[Source, Mapping[str, str]], ...]
    identity: bool
    names: tuple[str, ...]
    figures: tuple[str, ...]
    worked_out: Program | None

    @property
    def key(self) -> str | None:
        """The field that joins the source to the customer."""
        return self.source.key.name if self.source.key else None

    def finished(self, row: Row, moment: Moment) -> Row | None:
        """The row with its formulas worked out; None when it is excluded."""
        if self.worked_out is None:
            return row
        found = self.worked_out({self.source.name: row}, moment)
        out = found.pop(_OUT, None)
        return None if out is True else {**row, **found}

    def age(self, row: Row, moment: Moment) -> tuple[bool, bool]:
        """Is the row past `retired after`, and is it dated after the as-of moment."""
        dated = self.source.field(self.source.dated_by.name) if self.source.dated_by else None
        at = row.get(dated.name) if dated else None
        if dated is None or at is None:
            return False, False
        kind = Kind(dated.type.kind)
        retired = self.source.retired_after
        return retired is not None and at <= low_bound(retired, moment, kind), at > as_of(moment, kind)


def piece(source: Source, strategy: Strategy, zone: str) -> Piece:
    """Work out what rows of a source need."""
    looked_up = tuple(added(joins(source, strategy)))
    return Piece(
        source=source,
        readings={f.name: reading_of(f, zone) for f in read_fields(source)},
        lookups=looked_up,
        identity=has_identity(source, strategy.customer),
        names=(*(f.name for f in source.fields), *(name for _, names in looked_up for name in names)),
        figures=tuple(f.name for f in source.fields if f.type.kind in FLOATS),
        worked_out=_program(source, strategy),
    )


def _program(source: Source, strategy: Strategy) -> Program | None:
    steps = []
    worked_out: dict[str, Expr] = {}
    for field in formula_fields(source):
        assert field.formula is not None
        expr = _as_customer(tree(field.formula, strategy), worked_out)
        worked_out[field.name] = expr
        steps.append(Compute(field.name, expr, "field"))
    if source.row_excluded is not None:
        steps.append(Compute(_OUT, _as_customer(tree(source.row_excluded, strategy), worked_out), "filter"))
    return compile_program(steps) if steps else None


def _as_customer(node: Any, worked_out: Mapping[str, Expr]) -> Any:
    """The same tree with fields of the row as fields of a customer, and formula fields as their formulas."""
    if isinstance(node, RowRef):
        name = ".".join(node.path)
        return worked_out.get(name) or FieldRef(type=node.type, span=node.span, source=node.source, field=name)
    if isinstance(node, tuple):
        return tuple(_as_customer(item, worked_out) for item in node)
    if not isinstance(node, Expr):
        return node
    values = {f.name: getattr(node, f.name) for f in fields(node)}
    changed = {n: _as_customer(v, worked_out) for n, v in values.items() if isinstance(v, (Expr, tuple))}
    return replace(node, **changed) if changed else node
