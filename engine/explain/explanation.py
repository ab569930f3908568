"""An explanation as data: every surface shows it its own way."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

EXPLANATION_VERSION = 1
Truth = Literal["true", "false", "unknown"]
Standing = Literal["passed", "stopped", "unknown"]


class Told(BaseModel):
    """Base of the parts: frozen, and nothing beyond what is declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Read(Told):
    """A value that a condition read, in a strategist's words; `missing` where there was none."""

    name: str
    value: str


class Clause(Told):
    """One condition: its words, its place, what became of it, what it read, and the fields that were missing."""

    text: str
    at: str
    truth: Truth
    reads: tuple[Read, ...] = ()
    missing: tuple[str, ...] = ()


class GateTold(Told):
    """One gate of an action, and the conditions behind it."""

    gate: str
    standing: Standing
    clauses: tuple[Clause, ...] = ()
    note: str = ""


class ActionTold(Told):
    """What became of one action for this customer. `parts`: chance, worth, cost, weight, score, in words."""

    action: str
    label: str
    at: str
    status: str
    """recommended, withheld, required, or not chosen."""
    position: int | None = None
    channel: str = ""
    parts: tuple[Read, ...] = ()
    gates: tuple[GateTold, ...] = ()
    reason: str = ""

    @property
    def goes_out(self) -> bool:
        """Is it on the list, and not withheld."""
        return self.position is not None and self.status != "withheld"

    @property
    def stopped_by(self) -> tuple[str, ...]:
        """Names of the gates that did not let it pass."""
        return tuple(g.gate for g in self.gates if g.standing != "passed")


class Explanation(Told):
    """Why this customer gets these actions, and not the others."""

    format_version: int = EXPLANATION_VERSION
    customer: str
    as_of: str
    ledger: str
    """The customer's entry in the ledger; empty where only this customer was decided for."""
    stage: str = ""
    path: tuple[str, ...] = ()
    tiers: tuple[Read, ...] = ()
    segments: tuple[str, ...] = ()
    facts: tuple[Read, ...] = ()
    actions: tuple[ActionTold, ...]

    def of(self, action: str) -> ActionTold | None:
        """What became of the action of this name."""
        return next((a for a in self.actions if a.action == action), None)
