"""Random small worlds: a strategy with whatever limits, budgets and holdouts come up, customers, and a past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import polars as pl

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.past import History
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Plan
from tests.decide import worlds
from tests.decide.reference import Contact, World

KINDS = ("selling", "marketing", "service", "newsletter", "required")
PERIODS = ("1 day", "3 days", "7 days", "36 hours", "1 month")


@dataclass
class Drawn:
    strategy: Strategy
    plan: Plan
    frame: pl.DataFrame
    moment: Moment
    contacts: list[Contact]
    declined: list[tuple[str, datetime, str]]

    def world(self) -> World:
        rows = {row["@id"]: row for row in self.frame.sort("@id").rows(named=True)}
        return World(self.strategy, rows, self.moment, list(self.contacts), list(self.declined))

    def history(self) -> History:
        contacts = [(c.customer, c.at, c.action, c.channel, c.kind, c.cost) for c in self.contacts]
        kinds: dict[str, Any] = {
            "@id": pl.String,
            "at": pl.Datetime("us"),
            "action": pl.String,
            "channel": pl.String,
            "kind": pl.String,
            "cost": pl.Float64,
        }
        outcomes = [(who, at, what, "declined") for who, at, what in self.declined]
        types: dict[str, Any] = {"@id": pl.String, "at": pl.Datetime("us"), "action": pl.String, "outcome": pl.String}
        return History(
            pl.DataFrame(contacts, schema=kinds, orient="row"), pl.DataFrame(outcomes, schema=types, orient="row")
        )


def draw(seed: int, customers: int = 12, allocate: bool = False) -> Drawn:
    r = Random(seed)
    channels = _channels(r)
    names = [c.name for c in channels]
    actions = _actions(r, names)
    caps = [("0.5", "money", "vip")] if r.random() < 0.3 else []
    deciding = worlds.decide(
        r.choice([None, None, 1, 2, 3]),
        **({"hold_out": "0.15"} if r.random() < 0.5 else {}),
        **({"minimums": {r.choice(names): r.randint(1, 4)}} if r.random() < 0.2 else {}),
        **({"caps": caps} if caps else {}),
        **({"allocate": "money"} if allocate else {}),
    )
    limits = [worlds.limit(f"{r.randint(1, 3)} per {r.choice(PERIODS)}", "all")] if r.random() < 0.5 else []
    for group in ("house", "firm"):
        if r.random() < 0.25:
            kinds = "" if r.random() < 0.6 else "selling, marketing, required"
            limits.append(worlds.limit(f"{r.randint(1, 3)} per 7 days", f"group:{group}", kinds))
    strategy = worlds.strategy(
        actions,
        channels,
        deciding,
        limits=limits,
        quiet=[(time(20), time(9))] if r.random() < 0.3 else [],
        silences=[("14 days", "selling, marketing"), ("1 month", "")][: r.randint(0, 2)],
        groups=("house", "firm"),
        budgets={"money": f"{r.randint(4, 50)} EUR per month"},
        people={"agents": f"{r.choice([0.3, 0.8, 3])} per week"},
        stock={"box": f"{r.randint(2, 9)} per month"},
        segments=("vip",),
    )
    plan = worlds.plan_of(strategy, "segment, when, unless")
    frame = _frame(r, plan, customers)
    moment = Moment.parse(r.choice(["2026-11-04", "2026-11-04 10:00", "2026-03-31 21:30", "2026-02-28"]))
    contacts = _past(r, strategy, frame, moment)
    return Drawn(strategy, plan, frame, moment, contacts, _declined(r, strategy, frame, moment))


def _channels(r: Random) -> list[Any]:
    found = []
    for name in ("email", "phone", "post", "web")[: r.randint(2, 4)]:
        limits = [f"{r.choice([1, 1, 2])} per {r.choice(PERIODS)}"] if r.random() < 0.6 else []
        more: dict[str, Any] = {}
        if r.random() < 0.3:
            more["capacity"] = f"{r.randint(1, 8)} per {r.choice(['week', 'day'])}"
        if r.random() < 0.4:
            more |= {"takes": "6 minutes", "uses": "agents"}
        found.append(worlds.channel(name, *limits, direction="inbound" if name == "web" else "outbound", **more))
    return found


def _actions(r: Random, channels: list[str]) -> list[Any]:
    names = ["a", "b", "c", "d", "e", "f"][: r.randint(2, 6)]
    found = []
    for name in names:
        more: dict[str, Any] = {"kind": r.choice(KINDS)}
        if r.random() < 0.6:
            more["paid_from"] = "money"
        if r.random() < 0.3:
            more["offers"] = "box"
        for key, value in (("rests", "7 days"), ("declined", "1 month"), ("every", "3 days"), ("takes", "12 minutes")):
            if r.random() < 0.2:
                more[key] = value
        if r.random() < 0.08:
            more["after"] = f"{r.choice(names)} within 7 days"
        if r.random() < 0.2:
            more["not_with"] = ", ".join(n for n in r.sample(names, r.randint(1, len(names))) if n != name)
        if r.random() < 0.25:
            more["phase"] = r.randint(1, 3)
        if r.random() < 0.3:
            more["hold_out"] = "0.25"
        if r.random() < 0.2:
            more["uses"] = "agents"
        through = r.sample(channels, r.randint(1, min(2, len(channels))))
        found.append(worlds.action(name, ", ".join(through), **more))
    return found


def _frame(r: Random, plan: Plan, customers: int) -> pl.DataFrame:
    ids = [f"C{i:03d}" for i in range(customers)]
    r.shuffle(ids)
    frame = worlds.people(plan, ids)
    columns: dict[str, list[Any]] = frame.to_dict(as_series=False)
    for name in columns:
        part = name.partition("@")[2].partition(":")[0]
        if part == "score":
            columns[name] = [r.choice([None, -1.0, 0.0, 1.0, 2.0, 2.0, 2.5, 2.5, 3.0, 3.0, 4.0, 7.25]) for _ in ids]
        elif part == "cost":
            columns[name] = [r.choice([None, 0.01, 1.8, 1.8, 3.21, 3.21, 4.5, 4.5, 12.0]) for _ in ids]
        elif part == "allowed":
            columns[name] = [r.choice([*[True] * 9, False, None]) for _ in ids]
        elif part in ("segment", "when"):
            columns[name] = [r.choice([*[True] * 14, False, None]) for _ in ids]
        elif part == "unless":
            columns[name] = [r.choice([*[False] * 10, True, None]) for _ in ids]
        elif part == "silence":
            columns[name] = [
                None if r.random() < 0.8 else date(2026, 11, 4) - timedelta(days=r.randint(-3, 40)) for _ in ids
            ]
        elif name.startswith("people."):
            columns[name] = [r.choice([None, None, "g1", "g2", "g3", "g4", "g5", "g6"]) for _ in ids]
        elif name == "vip":
            columns[name] = [r.choice([True, False, None]) for _ in ids]
        elif name == "@excluded":
            columns[name] = [r.random() < 0.08 for _ in ids]
    return worlds.typed(columns)


def _at(r: Random, moment: Moment) -> datetime:
    """A time within five weeks before the moment; now and then later on its very day."""
    midnight = datetime.combine(moment.date, time(0))
    if moment.time is None and r.random() < 0.1:
        return midnight + timedelta(hours=15)
    latest = datetime.combine(moment.date, moment.time or time(0))
    return latest - timedelta(days=r.choice([0, 1, 3, 6, 7, 8, 28, 30, 31]), hours=r.choice([0, 0, 1, 12]))


def _past(r: Random, strategy: Strategy, frame: pl.DataFrame, moment: Moment) -> list[Contact]:
    ids = frame.get_column("@id").to_list()
    found = []
    for _ in range(r.choice([0, 4, 10])):
        action = r.choice(strategy.actions)
        cost = r.choice([0.0, 1.8, 4.5])
        channel = r.choice(strategy.channels).name
        found.append(Contact(r.choice(ids), _at(r, moment), action.name, channel, action.kind, cost))
    return found


def _declined(r: Random, strategy: Strategy, frame: pl.DataFrame, moment: Moment) -> list[tuple[str, datetime, str]]:
    ids = frame.get_column("@id").to_list()
    return [(r.choice(ids), _at(r, moment), r.choice(strategy.actions).name) for _ in range(r.choice([0, 4]))]
