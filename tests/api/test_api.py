"""Stratagem from Python: the same answers from files and from frames, for everyone and for one."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import stratagem
from stratagem.engine.api import StrategyError
from stratagem.engine.data.frames import record_of
from stratagem.engine.pipeline import Run
from stratagem.engine.single import ForeignFitError, Single
from tests.tools.house import ROOT

COFFEE = ROOT / "strategies" / "coffee"
AS_OF = "2026-11-21"
HOUSEHOLD = {
    "household_id": "new",
    "email": "someone@example.com",
    "email_consent": True,
    "orders": [
        {"ordered_on": "2026-10-10", "amount": 90, "margin": 45, "kind": "beans"},
        {"ordered_on": "2026-09-20", "amount": 90, "margin": 45, "kind": "beans"},
    ],
}


@cache
def planned() -> tuple[stratagem.Engine, Run]:
    engine = stratagem.Engine(stratagem.load(COFFEE))
    return engine, engine.plan(as_of=AS_OF)


def frames() -> dict[str, pl.DataFrame]:
    sources = planned()[0].strategy.sources
    return {s.name: pl.read_csv(COFFEE / s.file, infer_schema=False) for s in sources}


def test_frames_of_any_kind_give_what_files_give() -> None:
    engine, run = planned()
    polars = engine.plan(frames(), as_of=AS_OF)
    pandas = engine.plan({n: f.to_pandas() for n, f in frames().items()}, as_of=AS_OF)
    arrow = engine.plan({n: f.to_arrow() for n, f in frames().items()}, as_of=AS_OF)
    for other in (polars, pandas, arrow):
        assert other.decisions.list.equals(run.decisions.list)


def test_the_order_of_rows_changes_nothing() -> None:
    engine, run = planned()
    shuffled = {n: f.sample(fraction=1.0, shuffle=True, seed=3) if n == "orders" else f for n, f in frames().items()}
    assert engine.plan(shuffled, as_of=AS_OF).decisions.list.equals(run.decisions.list)


def test_one_customer_gets_a_list_and_the_reasons() -> None:
    engine, _ = planned()
    answer = engine.decide(HOUSEHOLD, as_of=AS_OF)
    assert [d.action for d in answer.decisions] == ["refill_reminder"]
    assert answer.not_chosen["put_it_right"] == ("segment",)
    told = engine.explain(HOUSEHOLD, as_of=AS_OF)
    assert told.stage == "regular"
    reminder = told.of("refill_reminder")
    assert reminder is not None and reminder.stopped_by == ()


def test_personal_values_are_not_shown_in_explanations() -> None:
    told = planned()[0].explain(HOUSEHOLD, as_of=AS_OF)
    assert "someone@example.com" not in told.model_dump_json()


def test_row_and_columns_agree_on_every_customer_of_the_sample() -> None:
    """Every fact and every column of the plan, for every household: the row evaluator against the columnar one."""
    engine, run = planned()
    single = Single(engine.strategy, run.fit)
    rows = {r["@id"]: r for r in run.customers.iter_rows(named=True)}
    some = sorted(rows)[::40]
    for customer in some:
        values = single.program(record_of(run.population, customer), run.moment, run.fit)
        for column in ("spend", "quiet_days", "lifetime_value", "tier", "stage", "unhappy", "trial_box@score:post"):
            assert values[column] == rows[customer][column], (customer, column)


def test_a_strategy_with_errors_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.strategy"
    broken.write_text("language 1\nstrategie x\n", "utf-8")
    with pytest.raises(StrategyError) as raised:
        stratagem.load(broken)
    assert raised.value.diagnostics and "strategie" in str(raised.value)
    assert stratagem.check(broken)


def test_a_fit_of_another_strategy_is_refused() -> None:
    engine, run = planned()
    foreign = run.fit.model_copy(update={"strategy_hash": "another"})
    with pytest.raises(ForeignFitError, match="changed since"):
        Single(engine.strategy, foreign)


def test_the_clock_is_injected() -> None:
    engine = stratagem.Engine(planned()[0].strategy, clock=lambda: datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    assert str(engine.moment(today=True)) == "2026-11-21"
    assert str(engine.moment()) == "2026-11-21 00:30"


def test_the_ledger_balances() -> None:
    _, run = planned()
    ledger: dict[str, Any] = dict(run.decisions.ledger.rows())
    assert sum(ledger.values()) == run.loaded.report.customers == len(run.customers)
