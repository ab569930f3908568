"""Customers for a checked strategy, by seed: plain values as a caller gives them, with gaps and misfits."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from stratagem.dsl.expressions.types import Kind, Type
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.reading import reading_of
from stratagem.engine.fit import CutPoint, Fit
from stratagem.engine.moment import Moment

Values = dict[str, Any]
MOMENTS = ("2026-11-02", "2026-11-02 10:00", "2024-02-29", "2026-03-31 21:30")
NUMBERS = (0, 1, 2, 3, -1, 2.5, 0.1, 99.5, 1e6, -1200.25, 38, 1e-7, 240)
WORDS = ("", "a", "unknown", "Zwölf", "x y", "123", " 7 ", "日本", "ÄÖ", "abz")
ODD = ("no such thing", -1e308, True, 12, "31.02.2026", "1,2,3", [], {}, "yes")


def moment_of(chance: random.Random, strategy: Strategy) -> Moment:
    """A day, or a moment on its wall clock."""
    return Moment.parse(chance.choice(MOMENTS), strategy.header.time_zone or "UTC")


def customer(chance: random.Random, strategy: Strategy, number: int) -> Values:
    """One customer: fields below their source, rows as lists."""
    identity = strategy.customer.identified_by if strategy.customer else None
    out: Values = {identity.name if identity else "id": f"C{number}"}
    for source in strategy.sources:
        if source.shape == "one" and chance.random() < 0.9:
            out[source.name] = row(chance, strategy, source)
        elif source.shape == "many":
            count = chance.choice([0, 0, 1, 2, 5])
            out[source.name] = [row(chance, strategy, source) for _ in range(count)]
    return out


def row(chance: random.Random, strategy: Strategy, source: Source, odd: float = 0.02) -> Values:
    """One row of a source, its look-ups' fields included; now and then a value that does not fit."""
    out: Values = {}
    for field in source.fields:
        draw = chance.random()
        if field.formula is not None or draw < 0.12:
            continue
        out[field.name] = chance.choice(ODD) if draw < 0.12 + odd else value(chance, strategy, field)
    for other in strategy.sources:
        if other.shape == "lookup" and other.key is not None and any(f.name == other.key.name for f in source.fields):
            looked = {f.name: value(chance, strategy, f) for f in other.fields if chance.random() < 0.8}
            out[other.name] = {name: found for name, found in looked.items() if name != other.key.name}
    return out


def value(chance: random.Random, strategy: Strategy, field: SourceField) -> Any:
    """A value that fits a field, or None."""
    kind: Type = field.type
    reading = reading_of(field, strategy.header.time_zone or "UTC")
    match kind.kind:
        case Kind.NUMBER | Kind.MONEY | Kind.SHARE:
            return chance.choice([chance.choice(NUMBERS), chance.choice(NUMBERS), Decimal("12.5"), "7", None])
        case Kind.DURATION:
            return chance.choice([timedelta(days=chance.randrange(400)), "3 days", "36 hours", None])
        case Kind.DATE:
            return chance.choice([date(2026, 11, 2), date(2025, 12, 31), date(2024, 2, 29), _day(chance), None])
        case Kind.TIMESTAMP:
            return chance.choice([datetime(2026, 11, 2, 9), datetime(2025, 3, 30, 2, 30), _moment(chance), None])
        case Kind.YES_NO:
            return chance.choice([True, False, None, reading.yes[0] if reading.yes else True])
        case Kind.TEXT:
            return chance.choice(WORDS)
    return chance.choice([*reading.options, None])


def _day(chance: random.Random) -> date:
    return date(2026, 1, 1) + timedelta(days=chance.randrange(-700, 400))


def _moment(chance: random.Random) -> datetime:
    return datetime(2026, 1, 1) + timedelta(minutes=chance.randrange(-900_000, 500_000))


def fit_of(chance: random.Random, strategy: Strategy) -> Fit:
    """Cut-points for every tier by share, as if a population had been fitted."""
    cuts = {
        block.name: {
            tier.name: CutPoint(value=chance.choice([None, 0.0, 5.0, 240.0, 12000.0]), customers=9, rank=2)
            for tier in block.tiers
        }
        for block in strategy.tiers
    }
    return Fit(strategy=strategy.name, strategy_hash=strategy.hash, as_of="2026-11-02", cuts=cuts)
