"""A batch decides as if it served one pair after the other, each a call of its own against the history so far."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stratagem.dsl.record import replace
from stratagem.dsl.values import Number
from stratagem.engine.decide.batch import decide_batch
from stratagem.engine.decide.serve import Pace
from tests.decide.random_worlds import Drawn, draw
from tests.decide.reference import World, decide_plainly, taken

ONE_BY_ONE = Pace(stretch=64, least=16, alone=10**9)
IN_STRETCHES = Pace(stretch=4, least=2, alone=0)
USUAL = Pace()


def plainly(world: World) -> list[tuple[str, str, str, str]]:
    decide_plainly(world)
    return sorted(taken(world))


def in_batch(drawn: Drawn, pace: Pace) -> list[tuple[str, ...]]:
    decisions = decide_batch(drawn.plan, drawn.frame, drawn.moment, drawn.history(), pace=pace)
    return sorted(decisions.list.select("customer", "action", "channel", "status").rows())


@pytest.mark.parametrize("seed", range(40))
def test_a_batch_is_its_pairs_one_after_the_other(seed: int) -> None:
    drawn = draw(seed)
    wanted = plainly(drawn.world())
    for pace in (USUAL, IN_STRETCHES, ONE_BY_ONE):
        assert in_batch(drawn, pace) == wanted, pace


def test_a_larger_crowd_in_all_three_paces() -> None:
    drawn = draw(4014, customers=150)
    wanted = plainly(drawn.world())
    assert len(wanted) > 40
    for pace in (USUAL, IN_STRETCHES, ONE_BY_ONE):
        assert in_batch(drawn, pace) == wanted, pace


def test_the_comparison_sees_a_budget_that_is_one_euro_off() -> None:
    seen = 0
    for seed in range(40):
        drawn, world = draw(seed), draw(seed).world()
        budget = world.strategy.resources.budgets[0]
        less = budget.amount.amount.amount - 1
        rate = type(budget.amount)(type(budget.amount.amount)(less, "EUR"), budget.amount.per)
        poorer = replace(world.strategy.resources, budgets=(replace(budget, amount=rate),))
        world.strategy = replace(world.strategy, resources=poorer)
        seen += plainly(world) != in_batch(drawn, USUAL)
        if seen == 4:
            return
    pytest.fail(f"seen in {seen} of 40 worlds only")


def test_the_comparison_sees_one_contact_more() -> None:
    seen = 0
    for seed in range(60):
        drawn, world = draw(seed), draw(seed).world()
        channels = tuple(
            replace(c, limits=tuple(_one_more(limit) for limit in c.limits)) for c in world.strategy.channels
        )
        world.strategy = replace(world.strategy, channels=channels)
        seen += plainly(world) != in_batch(drawn, USUAL)
        if seen == 2:
            return
    pytest.fail(f"seen in {seen} of 60 worlds only")


def _one_more(limit: object) -> object:
    rate = limit.rate  # type: ignore[attr-defined]
    more = type(rate)(Number(rate.amount.value + 1), rate.per)
    return replace(limit, rate=more)


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_rows_and_their_chunks_change_nothing(seed: int) -> None:
    drawn = draw(seed, customers=40, allocate=seed % 2 == 0)
    first = decide_batch(drawn.plan, drawn.frame, drawn.moment, drawn.history())
    shuffled = drawn.frame.sample(fraction=1, shuffle=True, seed=seed)
    halves = shuffled.head(17).vstack(shuffled.slice(17))
    history = drawn.history()
    assert history.contacts is not None
    backwards = type(history)(history.contacts.lazy().collect().reverse().lazy(), history.outcomes)
    second = decide_batch(drawn.plan, halves.lazy(), drawn.moment, backwards)
    for name in ("list", "customers", "gates", "ledger", "by_action", "supplies", "limits", "contacts_per_customer"):
        assert getattr(first, name).equals(getattr(second, name)), name
    assert first.allocation == second.allocation


def test_an_id_that_stands_twice_is_refused() -> None:
    drawn = draw(1)
    with pytest.raises(ValueError, match="more than once"):
        decide_batch(drawn.plan, drawn.frame.vstack(drawn.frame.head(1)), drawn.moment)


def test_a_lacking_column_is_named() -> None:
    drawn = draw(1)
    lacking = f"{drawn.strategy.actions[0].name}@segment"
    with pytest.raises(ValueError, match=lacking):
        decide_batch(drawn.plan, drawn.frame.drop(lacking), drawn.moment)


def test_nobody_at_all_is_decided_too() -> None:
    drawn = draw(1)
    decisions = decide_batch(drawn.plan, drawn.frame.clear(), drawn.moment)
    assert decisions.list.is_empty()
    assert decisions.ledger.get_column("customers").sum() == 0


THREADS = """
from stratagem.engine.decide.batch import decide_batch
from tests.decide.random_worlds import draw
for seed in (3, 4):
    drawn = draw(seed, customers=400, allocate=True)
    decisions = decide_batch(drawn.plan, drawn.frame, drawn.moment, drawn.history())
    print(decisions.list.write_json(), decisions.gates.write_json(), decisions.allocation)
"""


def test_the_number_of_threads_changes_nothing() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", THREADS],
            env={**os.environ, "POLARS_MAX_THREADS": count, "PYTHONHASHSEED": count},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for count in ("1", "4")
    ]
    assert said[0] == said[1]
    assert len(said[0]) > 10_000
