"""What only data can show: each gap planted in figures, and the figures themselves on a few customers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine import pipeline
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.complete.figures import (
    ActionFigures,
    AnswerFigures,
    Cell,
    FieldFigures,
    HurdleFigures,
    IdentityFigures,
    PlanFigures,
)
from stratagem.engine.complete.finding import Status, lowered, met, missing, not_applicable, not_measured, partly
from stratagem.engine.complete.population import FramesOfRun, of_run
from stratagem.engine.moment import Moment
from tests.complete.test_gaps import FROM_DATA, TODAY, WHOLE, only, read


@dataclass(frozen=True)
class Good:
    """Figures with which nothing is wrong."""

    customers: int = 100
    identity: IdentityFigures | None = field(default_factory=lambda: IdentityFigures(100, 1.0, 0, 0))
    plan: PlanFigures | None = field(
        default_factory=lambda: PlanFigures(
            actions={
                "invite": ActionFigures(10, 5.0, 20.0),
                "first_slot": ActionFigures(10, 5.0, 20.0),
                "spring_check": ActionFigures(10, 30.0, 20.0),
                "big_service": ActionFigures(10, 5.0, 20.0),
            },
            contacts_mean=0.5,
            contacts_most=2,
            spent={"season": 45.0},
            budgets={"season": 3000.0},
            hours={"hours of mechanics": 10.0},
            hours_there={"hours of mechanics": 300.0},
        )
    )
    members: int = 20
    untold_: int = 0
    nowhere_: int = 0
    staged: int = 20
    share_known: float = 1.0
    worth: float = 80.0
    loyal: float | None = 120.0
    in_cell: int = 10
    before: HurdleFigures = field(default_factory=lambda: HurdleFigures(10, 4, 0, 0.5))
    filled: float = 1.0
    answered: AnswerFigures = field(default_factory=lambda: AnswerFigures(5, {"top_rider": 5}, {"9": 5}, 30.0, 90.0))

    def group(self, name: str) -> int | None:
        return self.members

    def untold(self, tiers: str) -> int | None:
        return self.untold_

    def nowhere(self, tiers: str) -> int | None:
        return self.nowhere_

    def stage(self, name: str, group: str | None = None) -> int | None:
        return 0 if name == "stays" and self.loyal is None else self.staged

    def known(self, fact: str) -> float | None:
        return self.share_known

    def mean(self, fact: str, group: str | None = None, stages: tuple[str, ...] | None = None) -> float | None:
        return self.loyal if stages else self.worth

    def cell(self, rows: str, row: str, columns: str, column: str) -> Cell | None:
        return Cell(self.in_cell, 500.0)

    def hurdle(self, name: str, stage: str, beyond: tuple[str, ...]) -> HurdleFigures | None:
        return self.before

    def metric(self, name: str) -> float | None:
        return 0.25

    def field(self, source: str, field: str) -> FieldFigures | None:
        return FieldFigures(100, self.filled, date(2026, 11, 1))

    def answers(self, source: str, field: str) -> AnswerFigures | None:
        return self.answered


GOOD = Good()


def plan_with(**changes: Any) -> Good:
    assert GOOD.plan is not None
    return replace(GOOD, plan=replace(GOOD.plan, **changes))


PLANTED: list[tuple[str, str, str, Good]] = [
    ("ASK1", "unknown", "partly", replace(GOOD, share_known=0.5)),
    ("ASK1", "unknown", "missing", replace(GOOD, share_known=0.03)),
    ("ASK3", "loss", "partly", plan_with(actions={"invite": ActionFigures(10, 30.0, -2.0)})),
    ("CSS1", "untold", "partly", replace(GOOD, untold_=3)),
    ("CSS1", "empty", "partly", replace(GOOD, members=0)),
    ("STG1", "empty", "partly", replace(GOOD, members=0)),
    ("CSS1", "nowhere", "partly", replace(GOOD, nowhere_=3)),
    ("CSS3", "placed", "partly", replace(GOOD, staged=19)),
    ("CSS5", "dear", "partly", replace(GOOD, worth=3.0)),
    ("CSS6", "nobody", "partly", replace(GOOD, loyal=None)),
    ("CSS7", "dear", "partly", plan_with(spent={"season": 4000.0})),
    ("CSS7", "dear", "partly", plan_with(hours={"hours of mechanics": 301.0})),
    ("FIV4", "unknown", "partly", replace(GOOD, before=HurdleFigures(10, 1, 6, 0.5))),
    ("ICP9", "unanswered", "partly", replace(GOOD, answered=AnswerFigures(0, {}, {}, None, None))),
    ("INT1", "orphans", "partly", replace(GOOD, identity=IdentityFigures(100, 0.7, 40, 0))),
    ("SEV3", "unknown", "partly", replace(GOOD, share_known=0.79)),
    ("SEV3", "unknown", "missing", replace(GOOD, share_known=0.03)),
    ("SEV6", "stale", "partly", replace(GOOD, answered=AnswerFigures(5, {}, {}, 1200.0, 1300.0))),
    ("SEV7", "empty", "missing", replace(GOOD, filled=0.0)),
    ("STG2", "known", "partly", replace(GOOD, in_cell=5)),
    ("STG4", "proportion", "partly", plan_with(actions={"invite": ActionFigures(10, 90.0, 20.0)})),
]


def test_nothing_is_lowered_where_nothing_is_wrong() -> None:
    report = diagnose(read(WHOLE), TODAY, GOOD)
    assert not report.problems and report.with_data
    assert {c: s for c, s in report.statuses().items() if s != Status.MET} == {}


@pytest.mark.parametrize(("code", "gap", "status", "figures"), PLANTED)
def test_a_gap_that_the_data_shows(code: str, gap: str, status: str, figures: Good) -> None:
    report = diagnose(read(WHOLE), TODAY, figures, frameworks=[only(code)])
    found = report.finding(code)
    assert not report.problems
    assert (found.without_data, found.status) == (Status.MET, status)
    assert {g.key for g in found.gaps} == {gap}


def test_every_gap_of_data_is_planted() -> None:
    assert {(code, gap) for code, gap, _, _ in PLANTED} == FROM_DATA


def test_data_lowers_and_never_raises() -> None:
    assert lowered(met(), partly()).status == Status.PARTLY
    assert lowered(partly(), met()).status == Status.PARTLY
    assert lowered(missing(), met()).status == Status.MISSING
    assert lowered(met(), not_measured("the figure")).status == Status.MET
    assert lowered(met(), not_measured("the figure")).not_measured == ("the figure",)
    assert lowered(not_applicable("none"), missing()).status == Status.NOT_APPLICABLE
    assert lowered(not_measured("the figure"), partly()).status == Status.PARTLY
    assert lowered(not_measured("the figure"), not_measured("the figure")).status == Status.NOT_MEASURED


# --- The figures over frames ----------------------------------------------------------------------------------

PEOPLE = """
rider  address  content  answered    tried       email_ok  heard
R1     A        9        2026-10-03  2026-01-05  yes       friend
R2     A        3        2026-05-06  -           yes       search
R3     B        -        -           -           no        -
R4     B        8        2026-10-23  2026-02-01  yes       friend
R5     -        -        -           -           -         -
"""
SERVICES = """
R1 2026-10-20 200
R1 2026-06-01 120
R2 2026-10-25 -
R4 2024-01-01 40
R9 2026-10-01 99
"""


def rows(text: str, head: tuple[str, ...]) -> list[dict[str, Any]]:
    lines = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(head, (None if c == "-" else c for c in line), strict=True)) for line in lines]


@pytest.fixture(scope="module")
def counted() -> tuple[Strategy, FramesOfRun]:
    strategy = read(WHOLE.replace("identified by rider_id", "identified by rider_id\n  listed in riders"))
    people = rows(
        PEOPLE.strip().partition("\n")[2], ("rider", "address", "content", "answered", "tried", "ok", "heard")
    )
    riders = [
        {
            "rider_id": p["rider"],
            "email": "a@b.example",
            "phone": None,
            "address_id": p["address"],
            "email_ok": {"yes": True, "no": False, None: None}[p["ok"]],
            "tried_on": date.fromisoformat(p["tried"]) if p["tried"] else None,
            "heard": p["heard"],
        }
        for p in people
    ]
    answers = [
        {
            "rider_id": p["rider"],
            "answered_on": date.fromisoformat(p["answered"]),
            "content": float(p["content"]),
            "reason": None,
        }
        for p in people
        if p["content"]
    ]
    services = [
        {
            "rider_id": s["rider"],
            "served_on": date.fromisoformat(s["on"]),
            "paid": float(s["paid"]) if s["paid"] else None,
            "bicycle": "city",
        }
        for s in rows(SERVICES, ("rider", "on", "paid"))
    ]
    visits = pl.DataFrame(schema={"rider_id": pl.String, "visited_on": pl.Date})
    frames = {
        "riders": pl.DataFrame(riders, schema_overrides={"phone": pl.String}),
        "answers": pl.DataFrame(answers, schema_overrides={"reason": pl.String}),
        "services": pl.DataFrame(services),
        "visits": visits,
    }
    moment = Moment(TODAY, zone="Europe/Berlin")
    run = pipeline.run(strategy, pipeline.take_frames(strategy, frames, moment), moment)
    return strategy, of_run(run)


def test_counts(counted: tuple[Strategy, FramesOfRun]) -> None:
    _, people = counted
    assert people.customers == 5
    # R1 paid 320, so 320 × 40 % - 5 = 123: a top rider. R4 paid nothing within the year, so -5: a loss.
    assert {t: people.group(t) for t in ("top_rider", "rider_plain", "loss")} == {
        "top_rider": 1,
        "rider_plain": 0,
        "loss": 1,
    }
    # R2 was served, and nothing says what was paid; R3 and R5 were never served, and are newcomers.
    assert people.untold("tier") == 1 and people.nowhere("tier") == 0
    assert people.group("newcomers") == 2 and people.group("let_down") == 1
    assert {s: people.stage(s) for s in ("knows", "tries", "buys", "returns", "stays")} == {
        "knows": 2,
        "tries": 0,
        "buys": 2,
        "returns": 0,
        "stays": 1,
    }
    assert people.stage("buys", "let_down") == 1


def test_values(counted: tuple[Strategy, FramesOfRun]) -> None:
    _, people = counted
    assert people.known("yearly") == 4 / 5
    assert people.mean("yearly", group="top_rider") == 123.0
    assert people.mean("yearly", stages=("stays",)) == 123.0
    assert people.mean("yearly") == (123.0 - 5 - 5 - 5) / 4
    assert people.mean("yearly", group="rider_plain") is None
    assert people.cell("bond", "warm", "tier", "top_rider") == Cell(1, 123.0)
    assert people.cell("bond", "cool", "tier", "top_rider") == Cell(0, None)
    assert people.known("no_such_fact") is None


def test_hurdles_and_metrics(counted: tuple[Strategy, FramesOfRun]) -> None:
    _, people = counted
    # At the first service stand R2 (content 3) and R4 (content 8); one of the three who came so far is past it.
    assert people.hurdle("came_loose", "buys", ("returns", "stays")) == HurdleFigures(2, 1, 0, 1 / 3)
    assert people.hurdle("too_dear", "knows", ("tries", "buys", "returns", "stays")) == HurdleFigures(2, 0, 0, 3 / 5)
    assert people.hurdle("no_such_hurdle", "knows", ()) is None
    assert people.metric("ever") == 3 / 5
    assert people.metric("no_such_metric") is None


def test_answers_and_fields(counted: tuple[Strategy, FramesOfRun]) -> None:
    _, people = counted
    content = people.answers("answers", "content")
    assert content is not None
    assert (content.count, content.spread) == (3, {"3": 1, "8": 1, "9": 1})
    assert (content.median_age, content.oldest) == (30.0, 180.0)
    assert content.by_group["let_down"] == 1 and content.by_group["newcomers"] == 0
    assert people.answers("contacts", "channel") is None
    email = people.answers("riders", "email")
    assert email is not None and email.spread == {}, "what is personal is not listed"
    heard = people.field("riders", "heard")
    assert heard is not None and heard.filled == 3 / 5


def test_identity_and_plan(counted: tuple[Strategy, FramesOfRun]) -> None:
    _, people = counted
    assert people.identity is not None
    # One of the thirteen rows is of R9, whom the address file does not list.
    assert (people.identity.orphans, people.identity.customers) == (1, 5)
    assert people.identity.matched == pytest.approx(12 / 13)
    plan = people.plan
    assert plan is not None
    assert plan.budgets == {"season": 3000.0} and plan.hours_there == {"hours of mechanics": 300.0}
    assert set(plan.actions) == {a.name for a in people.strategy.actions}
    assert plan.contacts_most <= 2


def test_without_decisions_the_plan_is_not_measured(counted: tuple[Strategy, FramesOfRun]) -> None:
    strategy, people = counted
    bare = replace(people, decisions=None, report=None)
    report = diagnose(strategy, TODAY, bare)
    assert not report.problems
    assert report.finding("ICP8").not_measured == ("contacts per customer",)
    assert report.finding("INT1").not_measured
    assert report.finding("ICP8").status == Status.MET
