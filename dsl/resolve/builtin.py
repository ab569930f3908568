"""The sources that every strategy has: the history of contacts, decisions, outcomes and stage moves, as data.

Each has many rows per customer and is dated by `at`. The engine fills them from its history; a strategy only reads
them, in aggregates.
"""

from __future__ import annotations

from typing import Final

AT: Final = "at"
"""The field that dates a row of every built-in source."""

OUTCOMES: Final = (
    "accepted",
    "declined",
    "answered",
    "opened",
    "clicked",
    "bought",
    "complained",
    "unsubscribed",
    "ignored",
    "failed",
)
"""What may come of a contact (`outcomes.outcome`); `rests … after declined` reads `declined`."""

STATUSES: Final = ("recommended", "withheld")
"""What became of a decision (`decisions.status`): handed over, or kept back by a holdout."""

FIELDS: Final[dict[str, dict[str, str]]] = {
    "contacts": {"at": "timestamp", "action": "action", "channel": "channel", "kind": "kind", "cost": "money"},
    "decisions": {
        "at": "timestamp",
        "action": "action",
        "channel": "channel",
        "kind": "kind",
        "cost": "money",
        "status": "status",
    },
    "outcomes": {
        "at": "timestamp",
        "action": "action",
        "channel": "channel",
        "kind": "kind",
        "outcome": "outcome",
        "cost": "money",
    },
    "stage_moves": {"at": "timestamp", "from_stage": "stage", "to_stage": "stage"},
}
"""Field types by built-in source: `timestamp`, `money` (the strategy's currency), `channel` (a declared channel), or
a choice among the declared actions, kinds of action, outcomes, statuses or stages."""
