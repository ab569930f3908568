"""The little world a test describes: one customer's record, what is fixed, cut-points, contacts.

`given` wins over what rows would give; a source not given has no rows; any other field is missing; nothing given is
ever stale. A field given that a channel has as its address counts as it was given; a channel whose address the test
does not mention counts as reachable (a test is about the strategy, not about a mail address).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from stratagem.dsl.expressions import tree
from stratagem.dsl.model.learning import Given, StrategyTest
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.pieces import Piece, piece
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
        record[source.name] = {} if source.shape == "one" else []
    world = World(record, {}, _fit(strategy, test, moment), moment, frozenset(), test.held_out)
    _rows(strategy, test, world)
    for given in test.given:
        _give(strategy, given, world)
    _work_out(strategy, world)
    world.reachable = frozenset(c.name for c in strategy.channels if _address_open(strategy, c.address, world))
    world.record["@fixed"] = world.fixed
    return world


def _moment(strategy: Strategy, test: StrategyTest, today: Moment) -> Moment:
    zone = strategy.header.time_zone or "UTC"
    if test.on is None:
        return today
    return moment_of(test.on.value, zone)


def moment_of(value: date | datetime, zone: str) -> Moment:
    """A day or a time as written in a test."""
    return Moment(value.date(), value.time(), zone) if isinstance(value, datetime) else Moment(value, None, zone)


def _fit(strategy: Strategy, test: StrategyTest, moment: Moment) -> Fit:
    cuts: dict[str, dict[str, CutPoint]] = {}
    for cut in test.cut_points:
        value = constant(cut.threshold.expr)
        cuts.setdefault(cut.tiers, {})[cut.tier] = CutPoint(value=value, customers=0, rank=0)
    return Fit(strategy=strategy.name, strategy_hash=strategy.hash, as_of=str(moment), cuts=cuts)


def _rows(strategy: Strategy, test: StrategyTest, world: World) -> None:
    for row in test.rows:
        source = strategy.source(row.source)
        values = {n: constant(f.expr) for n, f in row.values.items()}
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


def _work_out(strategy: Strategy, world: World) -> None:
    """Look-ups joined to the given rows, formula fields worked out from given ones, excluded rows left out."""
    tables = {s.name: world.record.pop(s.name, []) for s in strategy.sources if s.shape == "lookup"}
    for source in strategy.sources:
        if source.shape == "lookup":
            continue
        this = piece(source, strategy, world.moment.zone)
        held = world.record[source.name]
        if source.shape == "one":
            world.record[source.name] = _finished(this, held, tables, world.moment) or dict.fromkeys(this.names)
        else:
            rows = (_finished(this, row, tables, world.moment) for row in held)
            world.record[source.name] = [row for row in rows if row is not None]


def _finished(this: Piece, row: dict[str, Any], tables: Mapping[str, Any], moment: Moment) -> dict[str, Any] | None:
    """One given row, complete; what was given wins over what a formula would give."""
    full = {**dict.fromkeys(this.names), **row}
    for lookup, names in this.lookups:
        assert lookup.key is not None
        key = lookup.key.name
        found: dict[str, Any] = next((r for r in tables.get(lookup.name, ()) if r.get(key) == full.get(key)), {})
        full.update({name: found.get(of) for name, of in names.items() if full.get(name) is None})
    done = this.finished(full, moment)
    return None if done is None else {**done, **{name: value for name, value in row.items() if value is not None}}


def _address_open(strategy: Strategy, address: Any, world: World) -> bool:
    if address is None:
        return False
    owner, _, name = address.name.rpartition(".")
    return not any(n == name and owner in ("", s) for s, n in world.given_fields)
