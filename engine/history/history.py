"""What a store of events can do, whatever keeps them; and the frame that all stores give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

import polars as pl

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.engine.history.events import Event

SCHEMA: dict[str, pl.DataType] = {
    "event_id": pl.String(),
    "kind": pl.String(),
    "customer": pl.String(),
    "at": pl.Datetime("us", "UTC"),
    "decision_id": pl.String(),
    "action": pl.String(),
    "action_kind": pl.String(),
    "channel": pl.String(),
    "cost": pl.Float64(),
    "currency": pl.String(),
    "outcome": pl.String(),
    "status": pl.String(),
    "stage_from": pl.String(),
    "stage_to": pl.String(),
}
"""The columns of `snapshot()`: the fields of an Event."""


class History(Protocol):
    """Events, appended and never changed. `problems`: what is wrong with the store, but does not keep it from use."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]: ...

    def append(self, events: Iterable[Event]) -> int:
        """Keep the events durably. Those whose id is there already are passed over; returns how many were new.

        When it returns, they survive a crash; a crash before that may have kept the first of them, and appending
        them again is harmless."""
        ...

    def events(self, customer: str | None = None, since: datetime | None = None) -> Iterator[Event]:
        """Events of one customer, or of all, that happened at or after an aware time; by time, then as appended."""
        ...

    def snapshot(self) -> pl.DataFrame:
        """All events as they were appended, with the columns of SCHEMA."""
        ...


def frame_of(events: Iterable[Event]) -> pl.DataFrame:
    """Events as a frame with the columns of SCHEMA."""
    rows = [event.model_dump() for event in events]
    return pl.DataFrame(rows, schema=SCHEMA)


def selected(frame: pl.DataFrame, customer: str | None, since: datetime | None) -> Iterator[Event]:
    """The events of a frame that `History.events` asks for."""
    if customer is not None:
        frame = frame.filter(pl.col("customer") == customer)
    if since is not None:
        frame = frame.filter(pl.col("at") >= since)
    for row in frame.sort("at", maintain_order=True).iter_rows(named=True):
        yield Event(**row)
