"""What a check finds: a status, the evidence for it, figures from the data, and for a gap what to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from stratagem.dsl.model.base import Declared, Part
from stratagem.dsl.model.schema import Place
from stratagem.dsl.source import NOWHERE, Span

T = TypeVar("T")


class Status(StrEnum):
    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"
    WAIVED = "waived"
    NOT_MEASURED = "not measured"


_RANK = {Status.MISSING: 0, Status.PARTLY: 1, Status.MET: 2}
JUDGED = frozenset(_RANK)
"""Statuses that count in a score."""


class Record(BaseModel):
    """A frozen part of the report."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Evidence(Record):
    """Something declared (or absent) that the status rests on, and where it stands."""

    text: str
    at: Place = NOWHERE


class Figure(Record):
    """A figure from the strategy or the data: a number (None where it is not known), and as people read it."""

    name: str
    value: float | None
    text: str


class Table(Record):
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Gap(Record):
    """One thing to write: the sentence, and a snippet that stands under the named block."""

    key: str
    write: str
    under: str = ""
    snippet: str = ""
    at: Place = NOWHERE


class Finding(Record):
    """The outcome of one check. `without_data` is the status before the data could lower it."""

    code: str
    asks: str
    status: Status
    without_data: Status
    evidence: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    not_measured: tuple[str, ...] = ()
    """What would need data, or outcomes, that are not at hand."""
    gaps: tuple[Gap, ...] = ()
    waived_because: str = ""
    weight: float = 1.0
    touches: int = 0
    """How many declarations the gap concerns (see importance.py)."""

    @property
    def write(self) -> str:
        """What to write first; empty where nothing is lacking."""
        return self.gaps[0].write if self.gaps else ""

    @property
    def snippet(self) -> str:
        return self.gaps[0].snippet if self.gaps else ""


# --- What the check functions give back ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lack:
    """A gap by its key in the framework's data, with the words that fill its sentence and snippet."""

    key: str
    words: tuple[tuple[str, str], ...] = ()
    at: Span = NOWHERE
    node: str = ""
    """The node of the rule graph it concerns; empty when nothing declared does."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with its grounds, before it is put into words."""

    status: Status
    evidence: tuple[Evidence, ...] = ()
    lacks: tuple[Lack, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    not_measured: tuple[str, ...] = field(default=())

    def seen(self, *evidence: Evidence) -> Verdict:
        """The same with more evidence."""
        return replace(self, evidence=(*self.evidence, *evidence))

    def measured(self, *figures: Figure, tables: Iterable[Table] = (), lacking: Iterable[str] = ()) -> Verdict:
        """The same with figures, tables, and the names of what could not be measured."""
        return replace(
            self,
            figures=(*self.figures, *figures),
            tables=(*self.tables, *tables),
            not_measured=(*self.not_measured, *lacking),
        )


def evidence(text: str, item: Part | Span | None = None) -> Evidence:
    """A sentence about something declared, with its place."""
    return Evidence(text=text, at=place_of(item))


def place_of(item: Part | Span | None) -> Span:
    """Where it stands; NOWHERE for nothing."""
    if isinstance(item, Span):
        return item
    return item.at if item is not None else NOWHERE


def lack(key: str, item: Part | None = None, node: str = "", **words: object) -> Lack:
    """A gap of the framework's data; the item gives the place and `$name`."""
    found = {name: str(value) for name, value in words.items()}
    if isinstance(item, Declared):
        found.setdefault("name", item.name)
    return Lack(key, tuple(sorted(found.items())), place_of(item), node)


def met(*grounds: Evidence) -> Verdict:
    """The question is answered."""
    return Verdict(Status.MET, grounds)


def partly(*lacks: Lack, grounds: Sequence[Evidence] = ()) -> Verdict:
    """Answered in part."""
    return Verdict(Status.PARTLY, tuple(grounds), lacks)


def missing(*lacks: Lack, grounds: Sequence[Evidence] = ()) -> Verdict:
    """Not answered."""
    return Verdict(Status.MISSING, tuple(grounds), lacks)


def not_applicable(why: str) -> Verdict:
    """The question does not arise."""
    return Verdict(Status.NOT_APPLICABLE, (evidence(why),))


def not_measured(*what: str) -> Verdict:
    """Nothing to judge without the data."""
    return Verdict(Status.NOT_MEASURED, not_measured=what)


def each(items: Iterable[T], look: Callable[[T], Verdict], none: Verdict) -> Verdict:
    """One verdict on all items: met when each is, missing when each is missing, else partly; `none` for no items."""
    return together([look(item) for item in items], none)


def together(verdicts: Sequence[Verdict], none: Verdict) -> Verdict:
    """See `each`. Items that do not apply are left out, and so are those not measured, as long as others are."""
    judged = [v for v in verdicts if v.status in JUDGED]
    if not judged:
        return merged(verdicts[0].status, verdicts) if verdicts else none
    ranks = {_RANK[v.status] for v in judged}
    status = Status.MET if ranks == {2} else Status.MISSING if ranks == {0} else Status.PARTLY
    return merged(status, verdicts)


def merged(status: Status, verdicts: Sequence[Verdict]) -> Verdict:
    """The grounds of several verdicts under one status; the gaps of the worst come first."""
    worst_first = sorted(verdicts, key=lambda v: _RANK.get(v.status, 3))
    return Verdict(
        status,
        tuple(e for v in verdicts for e in v.evidence),
        tuple(one for v in worst_first for one in v.lacks),
        tuple(f for v in verdicts for f in v.figures),
        tuple(t for v in verdicts for t in v.tables),
        tuple(dict.fromkeys(n for v in verdicts for n in v.not_measured)),
    )


def lowered(without: Verdict, data: Verdict) -> Verdict:
    """What the data makes of a status: never better than without it, unless there was nothing to judge without it."""
    if without.status == Status.NOT_APPLICABLE:
        return without
    if without.status == Status.NOT_MEASURED or data.status not in JUDGED:
        status = data.status if without.status == Status.NOT_MEASURED else without.status
    else:
        status = min(without.status, data.status, key=lambda s: _RANK[s])
    joined = merged(status, [without, data])
    if without.status == Status.NOT_MEASURED and data.status in JUDGED:
        return replace(joined, not_measured=data.not_measured)
    return joined
