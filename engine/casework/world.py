"""The little world a test describes: one customer's record, what is fixed, cut-points, contacts.

`given` wins over what rows would give; a source not given has no rows; any other field is missing; nothing given is
ever stale. A field given that a channel has as its address counts as it was given; a channel whose address the test
does not mention counts as reachable (a test is about the strategy, not about a mail address).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stratagem.dsl.expressions import tree
from stratagem.dsl.model.learning import Given, StrategyTest
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.fit import CutPoint, Fit
from stratagem.engine.moment import Moment

UNNAMED = "the customer of this test"


@dataclass
class World:
    """What the row evaluator is given, and what the plan takes for granted."""

    record: dict[str, Any]
    fixed: dict[str, Any]
    fit: Fit
    moment: Moment
    reachable: frozenset[str]
    held_out: bool
    given_fields: set[tuple[str, str]] = field(default_factory=set)


def constant(expr: tree.Expr) -> Any:
    """The value of a constant as given in a test; a test gives nothing else (the check says so)."""
    if isinstance(expr, tree.Negative):
        return -constant(expr.operand)
    assert isinstance(expr, tree.Constant), "the check lets only constants into `given`"
    return expr.value


def build_world(strategy: Strategy, test: StrategyTest, today: Moment) -> World:
    """The world of one test; `today` stands in where the test has no `on DATE`."""
    moment = _moment(strategy, test, today)
    record: dict[str, Any] = {"@id": UNNAMED, "@stage_before": None}
    for source in strategy.sources:
        record[source.name] = {f.name: None for f in source.fields} if source.shape == "one" else []
    world = World(record, {}, _fit(strategy, test, moment), moment, frozenset(), test.held_out)
    _rows(strategy, test, world)
    for given in test.given:
        _give(strategy, given, world)
    _look_up(strategy, world)
    world.reachable = frozenset(c.name for c in strategy.channels if _address_open(strategy, c.address, world))
    world.record["@fixed"] = world.fixed
    return world


def _moment(strategy: Strategy, test: StrategyTest, today: Moment) -> Moment:
    zone = strategy.header.time_zone or "UTC"
    if test.on is None:
        return today
    value = test.on.value
    return Moment(value.date(), value.time(), zone) if hasattr(value, "hour") else Moment(value, None, zone)


def _fit(strategy: Strategy, test: StrategyTest, moment: Moment) -> Fit:
    cuts: dict[str, dict[str, CutPoint]] = {}
    for cut in test.cut_points:
        value = constant(cut.threshold.expr)
        cuts.setdefault(cut.tiers, {})[cut.tier] = CutPoint(value=value, customers=0, rank=0)
    return Fit(strategy=strategy.name, strategy_hash=strategy.hash, as_of=str(moment), cuts=cuts)


def _rows(strategy: Strategy, test: StrategyTest, world: World) -> None:
    for row in test.rows:
        source = strategy.source(row.source)
        names = [f.name for f in source.fields] if source else []
        values = {**dict.fromkeys(names), **{n: constant(f.expr) for n, f in row.values.items()}}
        if source is not None and source.shape == "one":
            world.record[row.source] = values
        else:
            world.record.setdefault(row.source, []).append(values)


def _give(strategy: Strategy, given: Given, world: World) -> None:
    value = constant(given.value.expr)
    match given.kind:
        case "identity":
            world.record["@id"] = UNNAMED if value is None else str(value)
        case "field":
            source, name = given.path
            world.record[source][name] = value
            world.given_fields.add((source, name))
            _identity(strategy, source, name, value, world)
        case "stage":
            world.fixed["stage"] = value
        case _:
            world.fixed[given.path[-1]] = value


def _identity(strategy: Strategy, source: str, name: str, value: Any, world: World) -> None:
    found = strategy.source(source)
    if found and found.key and found.key.name == name and value is not None:
        world.record["@id"] = str(value)


def _look_up(strategy: Strategy, world: World) -> None:
    """Rows of look-up sources, joined to the given rows that have their key."""
    for lookup in (s for s in strategy.sources if s.shape == "lookup" and s.key):
        assert lookup.key is not None
        key = lookup.key.name
        table = {row.get(key): row for row in world.record.pop(lookup.name, [])}
        for source in strategy.sources:
            if source.shape == "lookup" or not source.field(key):
                continue
            held = world.record[source.name]
            for row in [held] if isinstance(held, dict) else held:
                found = table.get(row.get(key), {})
                row.update({f"{key}.{f.name}": found.get(f.name) for f in lookup.fields if f.name != key})


def _address_open(strategy: Strategy, address: Any, world: World) -> bool:
    if address is None:
        return False
    owner, _, name = address.name.rpartition(".")
    return not any(n == name and owner in ("", s) for s, n in world.given_fields)
