"""What a reader of the picture sees: the columns, what stands in them, and the colours of the arrows. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """One column of the picture: its title, the kinds of node that stand in it, its fill and border."""

    title: str
    kinds: tuple[str, ...]
    fill: str
    border: str


COLUMNS = (
    ColumnKind("What we learn", ("question",), "#f3ecfb", "#7a4fb0"),
    ColumnKind("What we know", ("source", "field", "customer", "group"), "#eef2f6", "#54708c"),
    ColumnKind("What follows", ("assumption", "measure"), "#e9f4f7", "#2b7a8c"),
    ColumnKind("What they are worth", ("value",), "#e8f5ec", "#2f7d4f"),
    ColumnKind("Who they are", ("tiers", "tier", "segment", "need"), "#fff6e0", "#9a6b00"),
    ColumnKind("Where they stand", ("journey", "stage", "move", "hurdle", "touchpoint"), "#fdeee6", "#b0562a"),
    ColumnKind("With what means", ("offer", "channel", "resource", "budget", "change", "policy"), "#f4f1ea", "#6f6446"),
    ColumnKind("What we do", ("action", "message", "rank", "matrix", "tactic"), "#e8eefc", "#2f55a8"),
    ColumnKind("What we aim at", ("metric", "goal", "milepost"), "#e6f6f1", "#1f7f6b"),
    ColumnKind("What it is for", ("objective", "vision"), "#fbe9ef", "#a83a66"),
)
COLUMN_OF = {kind: number for number, column in enumerate(COLUMNS) for kind in column.kinds}
LAST = len(COLUMNS) - 1

ROWS_OF = {
    "source": "field",
    "customer": "group",
    "tiers": "tier",
    "journey": "stage",
    "action": "message",
    "matrix": "tactic",
    "goal": "milepost",
}
"""Kind of a box → kind of the nodes that become its rows, when an edge joins the two."""


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A family of arrows: what the legend calls it, the reasons in it, its colour."""

    title: str
    reasons: frozenset[str]
    colour: str


FEEDS = EdgeKind("is read by", frozenset(), "#7d8b99")
EDGES = (
    FEEDS,
    EdgeKind("decides whether", frozenset({"gates", "filters", "excludes", "silences", "limits"}), "#3367b5"),
    EdgeKind("stops", frozenset({"blocks"}), "#c0392b"),
    EdgeKind(
        "serves", frozenset({"serves", "overcomes", "supports", "measures", "meets", "names", "leads to"}), "#1f7f6b"
    ),
    EdgeKind("is spent or used by", frozenset({"pays", "used by", "carries", "is offered by"}), "#a87400"),
    EdgeKind("asks or decides", frozenset({"asks", "decides"}), "#7a4fb0"),
)


def edge_kind(why: str) -> EdgeKind:
    """The family an edge's reason belongs to; whatever is in none of the others feeds what it points at."""
    return next((family for family in EDGES if why in family.reasons), FEEDS)
