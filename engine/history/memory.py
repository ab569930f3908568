"""A history that lives as long as the process: for tests, single runs and callers with a store of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import polars as pl

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.engine.history.events import Event
from stratagem.engine.history.history import frame_of


class MemoryHistory:
    """See `History`."""

    problems: tuple[Diagnostic, ...] = ()

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: dict[str, Event] = {}
        self.append(events)

    def append(self, events: Iterable[Event]) -> int:
        """Keep the new ones among the events."""
        before = len(self._events)
        for event in list(events):
            self._events.setdefault(event.event_id, event)
        return len(self._events) - before

    def events(self, customer: str | None = None, since: datetime | None = None) -> Iterator[Event]:
        """By time, then as appended."""
        found = (
            e
            for e in self._events.values()
            if (customer is None or e.customer == customer) and (since is None or e.at >= since)
        )
        return iter(sorted(found, key=lambda e: e.at))

    def snapshot(self) -> pl.DataFrame:
        """As appended."""
        return frame_of(self._events.values())
