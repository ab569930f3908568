"""What deciding gives: one decision as a record, a whole run as frames.

`Decision` is one line of a customer's list. `Decisions` is a run: the list, the customers with their place in the
ledger, every gate of every pair, what each action comes to, what is left of every budget and limit, and the prices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from stratagem.engine.decide.gates import stopped, unknown

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.decide.allocate import Allocation
    from stratagem.engine.decide.batch import Kept
    from stratagem.engine.moment import Moment

DECISIONS_VERSION = 1
Status = Literal["recommended", "withheld", "required"]

LEDGER = (
    "acted on",
    "nothing to gain",
    "limited by policy",
    "out of budget or capacity",
    "held out",
    "not eligible",
    "data missing",
    "excluded",
)
"""The entries of the customer ledger; every customer ends in exactly one."""


class Decision(BaseModel):
    """One line of a customer's list.

    `score`, `chance` and `worth` are missing for an action of kind `required`. `valid_to` is the last day it holds.
    `hours`: the hours of the day in which it may go out, where quiet hours bind it and the run has no time of day.
    """

    model_config = ConfigDict(frozen=True)

    customer: str
    position: int
    slot: str = ""
    action: str
    channel: str
    kind: str
    status: Status
    score: float | None
    chance: float | None
    worth: float | None
    weight: float | None
    cost: float
    goal: str = ""
    budget: str = ""
    decision_id: str
    valid_from: date
    valid_to: date
    hours: str = ""
    reason: str = ""


@dataclass
class Decisions:
    """A run's decisions, as Polars frames.

    `list`: the fields of `Decision`, ordered by customer and position. `customers`: customer, ledger, one column by
    `segments` block, stage, top_score, actions, contacts. `gates`: customer, and by action the bits of the gates that
    stopped it (see `gates.py`). `ledger`: entry, customers. `by_action`: one row by action. `supplies`: one row by
    budget, capacity, people, stock and spend cap, with its price. `limits`: one row by contact limit.
    `contacts_per_customer`: contacts, customers.
    """

    strategy: str
    strategy_hash: str
    moment: Moment
    list: pl.DataFrame
    customers: pl.DataFrame
    gates: pl.DataFrame
    ledger: pl.DataFrame
    by_action: pl.DataFrame
    supplies: pl.DataFrame
    limits: pl.DataFrame
    contacts_per_customer: pl.DataFrame
    allocation: Allocation
    kept: Kept = field(repr=False)
    """What a record of one customer is made from (see `record.py`)."""

    def of(self, customer: str) -> list_[Decision]:
        """One customer's decisions, in order."""
        import polars as pl

        rows = self.list.filter(pl.col("customer") == customer).rows(named=True)
        return [Decision(**row) for row in rows]

    def why_not(self, customer: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """By action: the gates that stopped it for this customer, and those of them that were unknown."""
        import polars as pl

        rows = self.gates.filter(pl.col("customer") == customer).rows(named=True)
        if not rows:
            raise KeyError("no such customer in this run")
        return {name: (stopped(bits), unknown(bits)) for name, bits in rows[0].items() if name != "customer"}


list_ = list
"""The built-in, under a name that the field `list` does not hide."""
