"""A "cannot" is certain: conditions and actions made up at random, held against customers made up at random.

Whatever a drawn customer really meets must be called possible. The other way round nothing is promised, but much of
what nobody among them meets should be recognised where it is a plain contradiction; how often is counted.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.complete.can_fire import CanFire
from stratagem.engine.moment import Moment
from stratagem.engine.pipeline import place, take_frames
from stratagem.engine.plan.build import build_plan
from stratagem.engine.plan.plan import ActionPlan
from tests.complete.test_gaps import read

HERE = Path(__file__).parent
BASE = (HERE / "firing.strategy").read_text("utf-8").partition("action other")[0]
TODAY = date(2026, 11, 2)
CUSTOMERS = 1500
CONDITIONS = 260
ACTIONS = 90
COLOURS = ("red", "green", "blue")
STAGES = ("first", "second", "third")
GROUPS = ("gold", "plain", "best", "loss", "newcomers", "sad", "warm", "cool")


class Drawn:
    """Texts drawn at random, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def atom(self) -> str:
        r = self.random
        sign = r.choice(("<", "<=", ">", ">="))
        age, score, count = r.randrange(15, 65, 5), r.randrange(0, 11), r.randrange(0, 8)
        return r.choice(
            (
                f"age {sign} {age}",
                f"age between {age} and {age + 10}",
                f"double {sign} {2 * age}",
                f"age + score {sign} {age}",
                f"age {sign} score",
                f"score {sign} {score}",
                f"score is one of ({score}, {r.randrange(0, 11)})",
                f"coalesce(score, 5) {sign} {score}",
                f"colour is {r.choice(COLOURS)}",
                f"colour is not one of ({r.choice(COLOURS)}, {r.choice(COLOURS)})",
                f"colour is {r.choice(('known', 'missing'))}",
                f"score is {r.choice(('known', 'missing'))}",
                "email_ok",
                f"orders_12m {sign} {count}",
                f"count of orders in last {r.choice((3, 6, 24))} months {sign} {count}",
                f"(count of orders where what is cups) {sign} {count}",
                "(any orders where what is cups)",
                f"quiet_days {sign} {r.randrange(0, 500, 20)} days",
                f"months since joined {sign} {r.randrange(0, 30, 3)} months",
                f"days until joined {sign} {r.randrange(-400, 400, 50)} days",
                f"joined {sign} {TODAY + timedelta(days=r.randrange(-700, 300))}",
                f"spend {sign} {r.randrange(0, 400, 20)} EUR",
                f"worth_now {sign} {r.randrange(-10, 200, 10)} EUR",
                f"liking {sign} {r.choice((20, 60, 90))}",
                f"open_age {sign} {age}",
                f"tier is {r.choice(GROUPS[:4])}",
                r.choice(GROUPS),
                f"stage is {r.choice(STAGES)}",
            )
        )

    def condition(self, depth: int = 2) -> str:
        r = self.random
        if depth == 0 or r.random() < 0.2:
            return self.atom() if r.random() < 0.75 else f"not {self.atom()}"
        parts = [self.condition(depth - 1) for _ in range(r.choice((2, 2, 3)))]
        joined = f" {r.choice(('and', 'and', 'or'))} ".join(f"({p})" for p in parts)
        return joined if r.random() < 0.85 else f"not ({joined})"

    def action(self, number: int) -> str:
        r = self.random
        lines = [f'action a{number} "A"', f"  kind {r.choice(('selling', 'service', 'marketing'))}"]
        if r.random() < 0.5:
            lines.append(f"  for {', '.join(r.sample(GROUPS, r.choice((1, 2))))}")
        if r.random() < 0.5:
            lines.append(f"  at {', '.join(r.sample(STAGES, r.choice((1, 2))))}")
        lines.append(f"  through {', '.join(r.sample(('email', 'red_only', 'shop'), r.choice((1, 2))))}")
        if r.random() < 0.7:
            lines.append(f"  when {self.condition(1)}")
        if r.random() < 0.5:
            lines.append(f"  unless {self.condition(1)}")
        lines.append(f"  chance = {r.choice(('0.1', '0.5 if score >= 7 else 0.02', 'score / 10'))}")
        lines.append(f"  worth = {r.choice(('2 EUR', 'worth_now', '60 EUR - worth_now'))}")
        lines.append(f"  costs {r.choice(('0 EUR', '1.50 EUR'))}")
        return "\n".join(lines)


def drawn_strategy(seed: int) -> Strategy:
    drawn = Drawn(seed)
    segments = [f'segment c{n} "C" when {drawn.condition()}\n' for n in range(CONDITIONS)]
    # The stage is worked out after the segments, so a segment cannot read it.
    segments = [s.replace("stage is first", "email_ok") for s in segments]
    segments = [s.replace("stage is second", "email_ok").replace("stage is third", "email_ok") for s in segments]
    actions = [drawn.action(n) + "\n" for n in range(ACTIONS)]
    return read(BASE + "".join(segments) + "\n".join(actions))


def drawn_customers(seed: int) -> dict[str, pl.DataFrame]:
    r = random.Random(seed)
    people, orders = [], []
    for n in range(CUSTOMERS):
        maybe = lambda value: value if r.random() < 0.85 else None  # noqa: E731
        people.append(
            {
                "person_id": f"P{n}",
                "asked_on": TODAY,
                "kind_of": "staff" if r.random() < 0.02 else "private",
                "colour": maybe(r.choice(COLOURS)),
                "email": maybe("a@b.example"),
                "email_ok": maybe(r.random() < 0.7),
                "age": maybe(float(r.randrange(15, 70))),
                "score": maybe(float(r.randrange(0, 11))),
                "joined": maybe(TODAY - timedelta(days=r.randrange(-300, 900))),
                "city": maybe(r.choice(("Ulm", "Bonn"))),
            }
        )
        for _ in range(r.choice((0, 0, 1, 2, 4, 9))):
            orders.append(
                {
                    "person_id": f"P{n}",
                    "ordered_on": TODAY - timedelta(days=r.randrange(0, 600)),
                    "amount": maybe(float(r.randrange(1, 90))),
                    "what": maybe(r.choice(("tea", "cups"))),
                }
            )
    return {"people": pl.DataFrame(people), "orders": pl.DataFrame(orders)}


@pytest.fixture(scope="module")
def drawn() -> tuple[Strategy, pl.DataFrame, CanFire]:
    strategy = drawn_strategy(7)
    moment = Moment(TODAY)
    loaded = take_frames(strategy, drawn_customers(8), moment)
    frame, _ = place(build_plan(strategy), loaded.population, moment)
    return strategy, frame.filter(~pl.col("@excluded")), CanFire(strategy, TODAY)


def test_what_a_customer_meets_is_possible(drawn: tuple[Strategy, pl.DataFrame, CanFire]) -> None:
    strategy, frame, can = drawn
    conditions = [s for s in strategy.segments if s.name.startswith("c") and s.name != "cool"]
    assert len(conditions) >= CONDITIONS - 1
    refused_wrongly, refused, unmet = [], 0, 0
    for segment in conditions:
        met = bool(frame.get_column(segment.name).fill_null(False).any())
        possible = can.holds(segment.condition.expr)
        unmet += not met
        refused += not possible
        if met and not possible:
            refused_wrongly.append(segment.condition.text)
    assert refused_wrongly == []
    assert unmet > 10 and refused > unmet / 3, "much of what nobody meets is seen to be impossible"


def test_an_action_that_fires_can_fire(drawn: tuple[Strategy, pl.DataFrame, CanFire]) -> None:
    strategy, frame, can = drawn
    fired, refused, refused_wrongly = 0, 0, []
    for plan in build_plan(strategy).actions:
        fires = bool(frame.select(fires_for(plan).any()).item())
        found = can.action(plan.action)
        fired += fires
        refused += not found
        if fires and not found:
            refused_wrongly.append((plan.action.name, found.gates))
    assert refused_wrongly == []
    assert fired > 20 and refused > 5


def fires_for(plan: ActionPlan) -> pl.Expr:
    """The customers for whom every gate of the action is open and a channel has a score above zero."""
    gates = [pl.col(c) for c in (plan.segment, plan.stage, plan.dates, plan.when) if c]
    gates += [~pl.col(c) for c in plan.unless]
    channels = [
        (pl.col(allowed) if allowed else pl.lit(True)).fill_null(False) & (pl.col(score) > 0).fill_null(False)
        for allowed, score in zip(plan.allowed, plan.score, strict=True)
        if score
    ]
    return pl.all_horizontal(*(g.fill_null(False) for g in gates), pl.any_horizontal(*channels))
