"""What there is to learn, scenarios, tests and waivers."""

from __future__ import annotations

from stratagem.dsl.model.base import Declared, Formula, Literal_, Part, Ref
from stratagem.dsl.model.facts import Assumption


class Question(Declared):
    asks: tuple[str, ...] = ()
    channel: Ref | None = None
    every: Literal_ = None
    answers: Ref | None = None
    """SOURCE.FIELD."""
    decides: tuple[Ref, ...] = ()
    """Actions and segments the answer decides."""
    incentive: str = ""
    retired_after: Literal_ = None


class Scenario(Declared):
    assumptions: tuple[Assumption, ...] = ()


class Given(Part):
    """`NAME = VALUE` under `given`. kind: field, fact, segment, tiers, stage. Path: the resolved name(s)."""

    kind: str
    path: tuple[str, ...]
    value: Formula


class GivenRow(Part):
    """One row of a source, field by field (constants)."""

    source: str
    values: dict[str, Formula]


class CutPoint(Part):
    """`tier platinum from 400 EUR`."""

    tiers: str
    tier: str
    threshold: Formula


class PastContact(Part):
    """`contacted by ACTION through CHANNEL on DATE`."""

    action: Ref
    channel: Ref
    on: Literal_


class Expectation(Part):
    """One line under `expect`. kind: condition, equals, first_action, first_channel, no_action."""

    kind: str
    text: str
    condition: Formula | None = None
    name: tuple[str, ...] = ()
    value: Formula | None = None
    action: Ref | None = None
    channel: Ref | None = None
    because: Ref | None = None


class StrategyTest(Part):
    label: str
    on: Literal_ = None
    given: tuple[Given, ...] = ()
    rows: tuple[GivenRow, ...] = ()
    cut_points: tuple[CutPoint, ...] = ()
    held_out: bool = False
    contacts: tuple[PastContact, ...] = ()
    expectations: tuple[Expectation, ...] = ()


class Waiver(Part):
    code: str
    because: str
