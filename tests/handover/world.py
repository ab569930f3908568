"""A small shop whose customers get letters and mails, for the tests of this room.

In: templates, customers as plain records. Out: the slots of its strategy, templates read and filled, or a whole run.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from stratagem.dsl import check_text
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine import pipeline
from stratagem.engine.handover.columns import fill
from stratagem.engine.handover.slots import Slot, slots
from stratagem.engine.handover.templates import read_template
from stratagem.engine.moment import Moment

HEAD = """
language 1
strategy shop "A shop"
  currency EUR
  time zone Europe/Berlin
customer person "Whoever buys"
  identified by id
source people "The list" from "people.csv"
  one per customer by id
  field id text
  field email text personal for "mail they agreed to"
  field phone text personal for "calls they agreed to"
  field first_name text personal for "greeting"
  field town text
  field kind one of (private, "Big account")
  field vip yes_no
  field visits number
  field spend money
  field discount share
  field patience duration
  field born_on date
  field seen_at timestamp
source survey "What they say" from "survey.csv"
  one per customer by id
  field id text
  field town text
assume bonus = 5 EUR
measure late "Late" = visits is missing
measure cost "A measure called as a column of the list is" = visits * 2
segments tier "Tiers" by visits
  gold "Gold circle" from 10
  basic "Everyone" otherwise
segment regulars "Regulars" when visits >= 5
journey way "The way"
  stage new "Newly here" is aware
  stage old "Old friend" is loyalty
  move new to old when visits >= 10
offer starter "Starter box"
"""
CHANNELS = """
channel mail "E-mail" outbound
  address email
channel phone "Telephone" outbound
  address phone
channel post "Letter" outbound
channel counter "Counter" inbound
  address email
decide
  at most 9 actions per customer
"""
ACTION = """
action hello "Say hello"
  kind required
  offers starter
  through mail
  message mail
"""
AS_OF = Moment.parse("2026-11-02", "Europe/Berlin")

ADA: dict[str, Any] = {
    "id": "P1",
    "email": "ada@example.org",
    "phone": "+44 20 7946 0000",
    "first_name": "Ada",
    "town": "St. Ives-on-Sea",
    "kind": "Big account",
    "vip": True,
    "visits": 12.0,
    "spend": 1234.5,
    "discount": 0.255,
    "patience": 42 * 86_400.0,
    "born_on": date(1990, 12, 10),
    "seen_at": datetime(2026, 11, 1, 14, 5),
}
NOBODY: dict[str, Any] = {"id": "P2"}
"""Of whom nothing is known but the id."""

SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("id", "email", "phone", "first_name", "town", "kind"), pl.String),
    "vip": pl.Boolean,
    **dict.fromkeys(("visits", "spend", "discount"), pl.Float64),
    "patience": pl.Duration("us"),
    "born_on": pl.Date,
    "seen_at": pl.Datetime("us"),
}


def strategy(actions: str = "", channels: str = CHANNELS) -> Strategy:
    """The shop with these actions; the test fails with the diagnostics when something is wrong."""
    checked = check_text(HEAD + channels + actions)
    assert checked.strategy is not None, [(d.code, str(d.span), dict(d.args)) for d in checked.errors]
    return checked.strategy


@cache
def known() -> dict[str, Slot]:
    """What the shop's messages may show."""
    return slots(strategy(ACTION + '    body "Hello"\n'))


def text_of(template: str, person: Mapping[str, Any], finish: Any = str) -> str:
    """A template filled for one customer; `person` by field name, facts by their own."""
    read = read_template(template, known())
    row = {slot.column: person.get(_short(slot)) for slot in read.slots.values()}
    rows = pl.DataFrame({"@one": [1], **{name: [value] for name, value in row.items()}})
    return str(fill(read, rows, finish).texts.item())


def _short(slot: Slot) -> str:
    return {"customer": "id", "@offer": "offer", "@as_of": "as_of"}.get(
        slot.column, slot.field.split(".")[-1] or slot.name
    )


def run(made: Strategy, people: Sequence[Mapping[str, Any]] = (ADA, NOBODY)) -> pipeline.Run:
    """Decide for these customers."""
    records = [{name: person.get(name) for name in SCHEMA} for person in people]
    seconds = [{**r, "patience": None if r["patience"] is None else int(r["patience"] * 1e6)} for r in records]
    frame = pl.DataFrame(seconds, schema={**SCHEMA, "patience": pl.Int64}).cast({"patience": pl.Duration("us")})
    survey = pl.DataFrame({"id": ["P1"], "town": ["Rome"]})
    loaded = pipeline.take_frames(made, {"people": frame, "survey": survey}, AS_OF)
    return pipeline.run(made, loaded, AS_OF)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV or JSON-lines file."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
