"""Allocation: prices, a bound that is proven, and how near to the best possible list it comes (HiGHS is the judge)."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.batch import decide_batch
from stratagem.engine.decide.decision import Decisions
from stratagem.engine.decide.prices import lowest
from stratagem.engine.plan.plan import Plan
from tests.decide.random_worlds import draw
from tests.decide.worlds import AS_OF, action, channel, decide, limit, people, plan_of, strategy

NAMES = ("email", "phone", "post")


def crowd(seed: int, customers: int, allocate: bool, **more: Any) -> tuple[Plan, pl.DataFrame]:
    """Six actions, three channels, limits per customer, a budget and a capacity that do not suffice for all."""
    r = Random(seed)
    actions = [
        action(f"a{i}", NAMES[i % 3] if i % 2 else f"{NAMES[i % 3]}, {NAMES[(i + 1) % 3]}", paid_from="money")
        for i in range(6)
    ]
    phone = channel("phone", capacity=f"{customers // 6} per week")
    channels = [channel("email", "2 per 7 days"), phone, channel("post")]
    deciding = decide(3, **({"allocate": "money"} if allocate else {}), **more)
    given = strategy(
        actions,
        channels,
        deciding,
        limits=[limit("3 per 7 days", "all"), limit("4 per 7 days", "group:house")],
        groups=["house"],
        budgets={"money": f"{customers} EUR per month"},
    )
    plan = plan_of(given, "segment")
    columns: dict[str, Any] = {f"a{i}__segment": [r.random() < 0.7 for _ in range(customers)] for i in range(6)}
    for each in plan.actions:
        for name in each.channels:
            key = f"{each.action.name}__cost_to_{name}"
            columns[key] = [r.choice([0.5, 1.0, 1.8, 2.5])] * customers
            columns[f"{each.action.name}__score_to_{name}"] = [round(r.gammavariate(2, 5), 2) for _ in range(customers)]
    columns["people_dot_house"] = [f"h{r.randrange(customers // 3)}" for _ in range(customers)]
    return plan, people(plan, [f"C{i:04d}" for i in range(customers)], **columns)


def best_possible(given: Strategy, frame: pl.DataFrame) -> float:
    """The most that any choice can score: an exact integer program over pairs and channels."""
    highspy = pytest.importorskip("highspy", reason="HiGHS (extra `allocate`) is not installed: nothing to judge by")
    variables: list[tuple[int, str, str, float, float]] = []
    rows = frame.sort("@id").rows(named=True)
    for number, row in enumerate(rows):
        for each in given.actions:
            ceiling = float("inf")
            for ref in each.channels:
                score = row[f"{each.name}@score:{ref.name}"]
                ceiling = min(ceiling, score) if score > 0 else ceiling
                if row[f"{each.name}@segment"] and score > 0:
                    variables.append((number, each.name, ref.name, ceiling, row[f"{each.name}@cost:{ref.name}"]))
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    for *_, score, _ in variables:
        model.addCol(-score, 0.0, 1.0, 0, np.array([], np.int32), np.array([], np.float64))
    count = len(variables)
    whole = np.array([highspy.HighsVarType.kInteger] * count)
    model.changeColsIntegrality(count, np.arange(count, dtype=np.int32), whole)

    def at_most(most: float, group: Any, weight: Any = lambda v: 1.0) -> None:
        by: dict[Any, list[int]] = {}
        for i, v in enumerate(variables):
            if (key := group(v)) is not None:
                by.setdefault(key, []).append(i)
        for members in by.values():
            values = np.array([weight(variables[i]) for i in members])
            model.addRow(-highspy.kHighsInf, most, len(members), np.array(members, np.int32), values)

    at_most(1, lambda v: v[:2])
    at_most(3, lambda v: v[0])
    at_most(2, lambda v: v[0] if v[2] == "email" else None)
    at_most(4, lambda v: rows[v[0]]["people.house"])
    at_most(len(rows) // 6, lambda v: 0 if v[2] == "phone" else None)
    at_most(len(rows), lambda v: 0, lambda v: v[4])
    model.run()
    return -float(model.getInfo().objective_function_value)


@pytest.mark.parametrize("seed", range(4))
def test_the_total_is_near_the_best_possible_and_below_the_bound(seed: int) -> None:
    plan, frame = crowd(seed, 90, allocate=True)
    found = decide_batch(plan, frame, AS_OF).allocation
    best = best_possible(plan.strategy, frame)
    assert found.total <= best + 1e-6 <= found.bound + 2e-6
    assert found.total >= 0.97 * best
    assert found.gap == pytest.approx((found.bound - found.total) / found.bound)
    assert found.prices["money"] > 0


def test_a_larger_crowd_has_a_small_gap_and_beats_the_plain_order() -> None:
    plan, frame = crowd(9, 3000, allocate=True)
    priced = decide_batch(plan, frame, AS_OF)
    plain_plan, _ = crowd(9, 3000, allocate=False)
    plain = decide_batch(plain_plan, frame, AS_OF)
    assert priced.allocation.gap < 0.02
    assert total(priced) > 1.03 * total(plain)
    assert plain.allocation.prices == {}


def total(decisions: Decisions) -> float:
    return float(decisions.list.get_column("score").sum())


def test_greedily_is_the_plain_order_within_the_budgets() -> None:
    plan, frame = crowd(3, 200, allocate=True, greedily=True)
    plain, _ = crowd(3, 200, allocate=False)
    first, second = decide_batch(plan, frame, AS_OF), decide_batch(plain, frame, AS_OF)
    assert first.list.equals(second.list)
    assert first.allocation.prices == {}


def test_where_nothing_is_scarce_prices_are_zero_and_the_list_is_the_plain_one() -> None:
    columns: dict[str, Any] = {"a__score_to_phone": [1.0, 2.0, 3.0], "a__score_to_email": [5.0, 5.0, 5.0]}
    columns["b__score_to_email"] = [1.5, 1.5, 1.5]
    lists = []
    for more in ({"allocate": "money"}, {}):
        given = strategy(
            [action("a", "phone, email", paid_from="money"), action("b")],
            [channel("email", "1 per 7 days"), channel("phone")],
            decide(1, **more),
            budgets={"money": "100 EUR per month"},
        )
        plan = plan_of(given)
        decisions = decide_batch(plan, people(plan, ["C1", "C2", "C3"], **columns), AS_OF)
        lists.append(decisions.list)
        assert set(decisions.allocation.prices.values()) <= {0.0}
    assert lists[0].equals(lists[1])
    assert lists[0].get_column("channel").to_list() == ["email", "phone", "phone"]


def test_a_scarce_channel_has_the_price_of_the_one_it_turns_away() -> None:
    given = strategy([action("a", "phone")], [channel("phone", capacity="2 per week")], decide(allocate="money"))
    plan = plan_of(given)
    scores = [9.0, 8.0, 5.0, 1.0]
    decisions = decide_batch(plan, people(plan, ["C1", "C2", "C3", "C4"], a__score_to_phone=scores), AS_OF)
    assert decisions.list.get_column("customer").to_list() == ["C1", "C2"]
    price = decisions.supplies.item(0, "price")
    assert 5.0 <= price <= 8.0
    assert decisions.allocation.total == pytest.approx(17.0)
    assert decisions.allocation.bound == pytest.approx(17.0)


def test_a_minimum_costs_what_it_turns_aside() -> None:
    given = strategy(
        [action("a", "email"), action("b", "phone")],
        [channel("email"), channel("phone")],
        decide(1, allocate="money", minimums={"phone": "2"}),
    )
    plan = plan_of(given)
    scores = {"a__score_to_email": [5.0, 5.0, 5.0], "b__score_to_phone": [4.0, 3.0, 1.0]}
    decisions = decide_batch(plan, people(plan, ["C1", "C2", "C3"], **scores), AS_OF)
    assert dict(decisions.list.select("customer", "channel").rows()) == {"C1": "phone", "C2": "phone", "C3": "email"}
    assert -4.0 <= decisions.allocation.prices["at least through phone"] <= -2.0
    assert decisions.allocation.total == pytest.approx(12.0)


@pytest.mark.parametrize("seed", range(15))
def test_no_constraint_is_broken_and_no_total_exceeds_its_bound(seed: int) -> None:
    drawn = draw(seed, customers=25, allocate=True)
    decisions = decide_batch(drawn.plan, drawn.frame, drawn.moment, drawn.history())
    assert decisions.allocation.total <= decisions.allocation.bound + 1e-9
    for row in decisions.supplies.rows(named=True):
        assert row["used"] <= max(0.0, row["amount"] - row["used_before"]) + 1e-9
    most = drawn.strategy.decide.at_most
    ranked = decisions.list.filter(pl.col("kind") != "required").group_by("customer").len().get_column("len")
    assert most is None or not len(ranked) or max(ranked) <= most


def test_the_lowest_point_of_a_kinked_bowl() -> None:
    kinks = [(2.0, 1.0), (0.5, 3.0), (0.0, 0.2)]

    def bowl(x: np.ndarray) -> tuple[float, np.ndarray]:
        value = sum(w * abs(v - k) for v, (k, w) in zip(x, kinks, strict=True)) + 0.1 * abs(x.sum() - 9)
        slope = np.array([w * (1.0 if v > k else -1.0) for v, (k, w) in zip(x, kinks, strict=True)])
        return float(value), slope + 0.1 * (1.0 if x.sum() > 9 else -1.0)

    found = lowest(bowl, np.array([5.0, 5.0, 5.0]), np.full(3, 10.0), 200)
    assert bowl(found)[0] == pytest.approx(bowl(np.array([2.0, 0.5, 0.0]))[0], abs=1e-3)
