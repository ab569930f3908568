"""One thing that happened to one customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import xxhash
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

EVENT_VERSION = 1
EventKind = Literal["contact", "outcome", "decision", "stage_move"]
KINDS: tuple[EventKind, ...] = ("contact", "outcome", "decision", "stage_move")


class Event(BaseModel):
    """A contact made, what came of one, a decision taken, or a move to another stage.

    event_id: given once and for all; appending it again changes nothing. decision_id: the decision it follows from.
    at: when it happened; kept in UTC, to the microsecond. action, channel, action_kind: of contacts, decisions and
    outcomes. cost: in `currency`. outcome: one of the built-in outcomes. status: of a decision, `recommended` or
    `withheld`. stage_from is None for the first stage a customer is put in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: str = Field(min_length=1)
    kind: EventKind
    customer: str = Field(min_length=1)
    at: AwareDatetime
    decision_id: str | None = None
    action: str | None = None
    action_kind: str | None = None
    channel: str | None = None
    cost: float | None = Field(default=None, allow_inf_nan=False)
    currency: str | None = None
    outcome: str | None = None
    status: str | None = None
    stage_from: str | None = None
    stage_to: str | None = None

    @field_validator("at")
    @classmethod
    def _in_utc(cls, at: datetime) -> datetime:
        return at.astimezone(UTC)

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Event:
        if self.kind == "stage_move" and self.stage_to is None:
            raise ValueError("a stage_move needs stage_to")
        if self.kind == "outcome" and self.outcome is None:
            raise ValueError("an outcome needs outcome")
        if (self.cost is None) != (self.currency is None):
            raise ValueError("cost and currency go together")
        return self


def event_id_of(*parts: str) -> str:
    """An id made from what the event is about: the same parts give the same id, so a repeated run appends nothing."""
    return xxhash.xxh3_128_hexdigest("\x1f".join(parts).encode())
