"""What the checks ask of the evaluated population. Counts leave the excluded out; None means: not measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

KNOWN_FOR_MOST = 0.8
"""A fact known for a smaller share of the customers it is about is only partly there."""
KNOWN_FOR_FEW = 0.1
"""One known for a smaller share than this is as good as absent."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix: how many customers, and the sum of their main value (None: none of it is known)."""

    customers: int
    value: float | None


@dataclass(frozen=True, slots=True)
class HurdleFigures:
    """Of the customers at the stage a hurdle's move leaves: how many stand before it, and for how many it is unknown.

    `conversion` is the share of those who reached the stage that are past it now.
    """

    at_stage: int
    before: int
    unknown: int
    conversion: float | None


@dataclass(frozen=True, slots=True)
class ActionFigures:
    """What the plan does with one action. `profit` is the sum of the scores, which are net of cost."""

    customers: int
    cost: float
    profit: float | None


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """The plan as a whole. `contacts` is per customer over all customers; `spent` by budget; `hours` by resource."""

    actions: dict[str, ActionFigures]
    contacts_mean: float
    contacts_most: int
    spent: dict[str, float]
    budgets: dict[str, float]
    """What each budget has left for the period."""
    hours: dict[str, float]
    hours_there: dict[str, float]


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """How filled a field is, over the rows of its source, and the newest day its rows are dated."""

    rows: int
    filled: float
    newest: date | None


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """Answers on file for a question: how many, by segment or tier, how they spread, and how old they are in days."""

    count: int
    by_group: dict[str, int]
    spread: dict[str, int]
    median_age: float | None
    oldest: float | None


@dataclass(frozen=True, slots=True)
class IdentityFigures:
    """How the sources met in one customer. `matched` is the share of source ids that are a customer's."""

    customers: int
    matched: float | None
    orphans: int
    duplicates: int


class PopulationFacts(Protocol):
    """Figures about the evaluated population of one strategy."""

    @property
    def customers(self) -> int:
        """Customers who are not excluded."""
        ...

    @property
    def identity(self) -> IdentityFigures | None: ...

    @property
    def plan(self) -> PlanFigures | None: ...

    def group(self, name: str) -> int | None:
        """How many customers are in the segment or tier."""
        ...

    def untold(self, tiers: str) -> int | None:
        """How many are tiered by `when`, but their formula is missing."""
        ...

    def nowhere(self, tiers: str) -> int | None:
        """How many are in no tier of the block, not untold, and in no segment."""
        ...

    def stage(self, name: str, group: str | None = None) -> int | None:
        """How many stand at the stage, of all or of one segment or tier."""
        ...

    def known(self, fact: str) -> float | None:
        """For what share of the customers a measure, value or segment is known."""
        ...

    def mean(self, fact: str, group: str | None = None, stages: tuple[str, ...] | None = None) -> float | None:
        """The fact's mean over those for whom it is known, of one group, at some stages."""
        ...

    def cell(self, rows: str, row: str, columns: str, column: str) -> Cell | None:
        """One cell of a matrix over two `segments` blocks."""
        ...

    def hurdle(self, name: str, stage: str, beyond: tuple[str, ...]) -> HurdleFigures | None:
        """A hurdle at a stage; `beyond` are the stages past it."""
        ...

    def metric(self, name: str) -> float | None:
        """A metric's value, over its owner's customers."""
        ...

    def field(self, source: str, field: str) -> FieldFigures | None: ...

    def answers(self, source: str, field: str) -> AnswerFigures | None: ...


def shown(value: float | None, currency: str | None = None) -> str:
    """A figure as people read it."""
    if value is None:
        return "not known"
    text = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.2f}"
    return f"{text} {currency}" if currency else text


def percent(share: float | None) -> str:
    """A share as a percentage, to one place."""
    return "not known" if share is None else f"{share * 100:.1f}".rstrip("0").rstrip(".") + "%"
