"""The strategy's head and the business it serves."""

from __future__ import annotations

from stratagem.dsl.model.base import Declared, Literal_, Part, Ref


class Review(Part):
    """`reviewed DATE every P`."""

    last: Literal_
    every: Literal_


class Header(Declared):
    """`strategy NAME "…"`."""

    version: int | None = None
    effective: Literal_ = None
    owner: str = ""
    currency: str | None = None
    time_zone: str | None = None
    reviewed: Review | None = None


class Objective(Declared):
    """`objective NAME "…"` with `from X to Y by DATE`."""

    baseline: Literal_ = None
    target: Literal_ = None
    by: Literal_ = None


class Obstacle(Part):
    """What keeps us from starting: owner, the action or change that is its remedy, and a date."""

    text: str
    owner: Ref | None = None
    remedy: Ref | None = None
    by: Literal_ = None
    done: Literal_ = None


class Vision(Part):
    text: str
    objectives: tuple[Ref, ...] = ()


class Relationship(Part):
    """`relationship repeat mass for return`: rhythm repeat or one_off; breadth mass or high_value; aims."""

    rhythm: str | None = None
    breadth: str | None = None
    aims: tuple[str, ...] = ()


class Business(Part):
    vision: Vision | None = None
    model: str = ""
    earns: str = ""
    relationship: Relationship | None = None
    reasons: tuple[str, ...] = ()
    """Why a strategy is needed: competition, finite_customers, tight_budget, long_term_value."""
    functions: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
