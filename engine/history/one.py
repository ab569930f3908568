"""One customer's history as the row evaluator reads it."""

from __future__ import annotations

from typing import Any

from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.resolve.builtin import FIELDS
from stratagem.engine.history.history import History
from stratagem.engine.moment import Moment


def rows_of(strategy: Strategy, history: History | None, customer: str, moment: Moment) -> dict[str, Any]:
    """Rows of the built-in sources in evaluated form, oldest first, and `@stage_before`."""
    if history is None:
        return {**{name: [] for name in FIELDS}, "@stage_before": None}
    from stratagem.engine.data.frames import evaluated_rows
    from stratagem.engine.history.history import frame_of
    from stratagem.engine.history.sources import STAGE_BEFORE, history_rows, last_stages

    found = history_rows(frame_of(history.events(customer)), strategy, moment)
    rows = {name: list(evaluated_rows(frame.drop("@id", "@row").collect())) for name, frame in found.items()}
    last = last_stages(found, moment)
    return {**rows, STAGE_BEFORE: last[STAGE_BEFORE][0] if len(last) else None}
