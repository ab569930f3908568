"""What evaluators are given: customers in frames, and by which field the rows of each source are dated.

In: frames made by the data room, or a strategy's declarations. Out: `Population` and `Dates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.resolve.builtin import AT, FIELDS

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Dated:
    """The field that dates a source's rows, and whether it is a date or a timestamp."""

    field: str
    kind: Kind


Dates = Mapping[str, Dated]
"""By source; a source that is not dated is absent."""

HISTORY: Final[Dates] = {name: Dated(AT, Kind.TIMESTAMP) for name in FIELDS}
"""The built-in sources over the history."""


def dates_of(strategy: Strategy) -> Dates:
    """How the rows of the strategy's own and the built-in sources are dated."""
    found = dict(HISTORY)
    for source in strategy.sources:
        declared = source.field(source.dated_by.name) if source.dated_by else None
        if declared is not None:
            found[source.name] = Dated(declared.name, declared.type.kind)
    return found


@dataclass(frozen=True)
class Population:
    """All customers, lazily.

    customers: one row each, with `@id` (text), a column `source.field` for each field of a one-per-customer source
    (`source.key.field` for what a look-up adds), `@stage_before` when there is history, and any column computed
    before. Floats (all numeric kinds), Date, Datetime in microseconds, String and Boolean; null is missing.
    rows: for each many-per-customer source its rows, with `@id`, `@row` (Int64, file order) and its fields.
    groups: for each declared group the column of `customers` that holds its key (null: in no group).
    dates: how each source's rows are dated.
    """

    customers: pl.LazyFrame
    rows: Mapping[str, pl.LazyFrame] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    dates: Dates = field(default_factory=lambda: HISTORY)

    def with_customers(self, customers: pl.LazyFrame) -> Population:
        """The same population with other columns of its customers."""
        return replace(self, customers=customers)
