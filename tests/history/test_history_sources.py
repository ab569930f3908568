"""The history as sources: `contacts`, `decisions`, `outcomes`, `stage_moves`, and the stage that history remembers."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from stratagem.dsl.model.actions import Action
from stratagem.dsl.model.business import Header
from stratagem.dsl.model.journey import Journey, Stage
from stratagem.dsl.model.means import Channel
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.resolve.builtin import FIELDS
from stratagem.engine.evaluate.population import Population
from stratagem.engine.history.events import Event
from stratagem.engine.history.memory import MemoryHistory
from stratagem.engine.history.sources import history_rows, with_history
from stratagem.engine.moment import Moment

BERLIN = "Europe/Berlin"
MADE = Strategy(
    header=Header(name="s", currency="EUR", time_zone=BERLIN),
    actions=(
        Action(name="call", kind="service", once_called=("ring", "offer")),
        Action(name="offer", kind="selling"),
    ),
    channels=(Channel(name="email", direction="outbound", once_called=("mail",)),),
    journey=Journey(name="j", stages=(Stage(name="new"), Stage(name="buyer", once_called=("purchaser",)))),
)
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


def event(number: int, kind: str, at: datetime = SUMMER, customer: str = "a", **more: object) -> Event:
    return Event(event_id=str(number), kind=kind, customer=customer, at=at, **more)  # type: ignore[arg-type]


def moment(text: str = "2026-11-02") -> Moment:
    return Moment.parse(text, BERLIN)


def read(*events: Event) -> dict[str, pl.DataFrame]:
    rows = history_rows(MemoryHistory(events).snapshot(), MADE, moment())
    return {name: frame.collect() for name, frame in rows.items()}


def test_each_kind_of_event_is_a_source_with_its_declared_fields() -> None:
    rows = read(event(1, "contact"), event(2, "outcome", outcome="declined"), event(3, "stage_move", stage_to="new"))
    assert {name: frame.height for name, frame in rows.items()} == {
        "contacts": 1, "decisions": 0, "outcomes": 1, "stage_moves": 1,
    }  # fmt: skip
    for name, fields in FIELDS.items():
        assert rows[name].columns == ["@id", "@row", *fields]


def test_times_stand_on_the_wall_clock_of_the_strategy() -> None:
    winter = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    rows = read(event(1, "contact"), event(2, "contact", winter))
    assert rows["contacts"]["at"].to_list() == [datetime(2026, 7, 2, 0, 30), datetime(2026, 12, 2, 0, 30)]


def test_former_names_are_todays() -> None:
    rows = read(
        event(1, "contact", action="ring", channel="mail"),
        event(2, "contact", action="call", channel="email"),
        event(3, "contact", action="offer"),  # a present name wins over a former one of another action
        event(4, "contact", action="gone", channel="fax", action_kind="newsletter"),
        event(5, "stage_move", stage_from="purchaser", stage_to="lost"),
    )
    assert rows["contacts"]["action"].to_list() == ["call", "call", "offer", None]
    assert rows["contacts"]["channel"].to_list() == ["email", "email", None, None]
    assert rows["contacts"]["kind"].to_list() == ["service", "service", "selling", "newsletter"]
    assert rows["stage_moves"].select("from_stage", "to_stage").rows() == [("buyer", None)]


def test_costs_in_another_currency_are_missing() -> None:
    rows = read(event(1, "contact", cost=2.0, currency="EUR"), event(2, "contact", cost=2.0, currency="USD"))
    assert rows["contacts"]["cost"].to_list() == [2.0, None]


def test_the_stage_that_history_remembers() -> None:
    def move(number: int, day: int, to: str, customer: str = "a") -> Event:
        return event(number, "stage_move", datetime(2026, 10, day, tzinfo=UTC), customer, stage_to=to)

    history = MemoryHistory(
        [move(1, 9, "buyer"), move(2, 1, "new"), move(3, 9, "purchaser", "b"), move(4, 9, "new", "b")]
    )
    population = Population(pl.LazyFrame({"@id": ["a", "b", "c"]}))
    got = with_history(population, MADE, history, moment()).customers.collect()
    assert got.rows() == [("a", "buyer"), ("b", "new"), ("c", None)]
    before = with_history(population, MADE, history, moment("2026-10-05")).customers.collect()
    assert before.rows() == [("a", "new"), ("b", None), ("c", None)]
    assert set(with_history(population, MADE, history, moment()).rows) == set(FIELDS)
