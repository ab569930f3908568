"""What an expression may see from where it stands."""

from __future__ import annotations

from stratagem.dsl.record import record, replace


@record
class Scope:
    """Where an expression stands.

    `row`: the source whose row is at hand. `customer`: facts and fields of one customer may be read. `own_rows`:
    aggregates over the customer's rows and groups may stand here. `population`: figures over customers may. `rank`:
    the parts of a score may. `stage`: the customer's stage may. `inner`: within an aggregate already.
    """

    row: str | None = None
    customer: bool = True
    own_rows: bool = True
    population: bool = False
    rank: bool = False
    stage: bool = True
    inner: bool = False

    def rows_of(self, source: str) -> Scope:
        """Inside `where` of an aggregate over the rows of `source`."""
        return replace(self, row=source, own_rows=False, population=False, inner=True)

    def each_customer(self) -> Scope:
        """Inside an aggregate over customers: what holds for one of them."""
        return Scope(inner=True)


CUSTOMER = Scope()
"""Measures, values, segments, and everything an action or channel says about one customer."""
FIGURE = Scope(customer=False, own_rows=False, stage=False)
"""Assumptions: figures that no customer changes."""
METRIC = Scope(customer=False, own_rows=False, stage=False, population=True)
"""Metrics and goals: figures over customers."""
RANK = Scope(rank=True)
"""`rank by`."""


def one_row(source: str) -> Scope:
    """A row formula or row filter: the row, its look-ups, and assumptions."""
    return Scope(row=source, customer=False, own_rows=False, stage=False)
