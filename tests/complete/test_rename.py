"""No word is evidence: under other names and labels every status stays, with data and without."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.pipeline import load_strategy
from stratagem.engine import pipeline
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.complete.population import of_run
from stratagem.engine.data.places import Places
from stratagem.engine.moment import Moment
from stratagem.engine.pipeline import Run
from tests.complete.cases import read_cases, spoilt
from tests.complete.test_gaps import TODAY, WHOLE, only, read
from tests.tools.rename import renamed

HERE = Path(__file__).parent
STRATEGIES = HERE.parents[1] / "strategies"


def load(folder: str) -> Strategy:
    strategy = load_strategy(STRATEGIES / folder).strategy
    assert strategy is not None
    return strategy


def run(strategy: Strategy) -> Run:
    moment = Moment(TODAY, zone=strategy.header.time_zone or "UTC")
    loaded = pipeline.read_customers(strategy, Places(beside=STRATEGIES / "coffee"), moment)
    return pipeline.run(strategy, loaded, moment)


@pytest.fixture(scope="module")
def both() -> tuple[Run, Run, dict[str, str]]:
    """The coffee club planned under its own names, and under others."""
    strategy = load("coffee")
    other, mapping = renamed(strategy, once_called=True)
    return run(strategy), run(other), mapping


def test_no_old_name_and_no_old_label_is_left() -> None:
    strategy = load("coffee")
    other, mapping = renamed(strategy)
    assert set(mapping) & set(mapping.values()) == set()
    assert all(item.name.startswith("x") for item in other.declared())
    assert not {item.label for item in strategy.declared() if item.label} & {item.label for item in other.declared()}


@pytest.mark.parametrize(("folder", "today"), [("coffee", TODAY), ("starter", date(2026, 11, 21))])
def test_a_strategy_under_other_names(folder: str, today: date) -> None:
    strategy = load(folder)
    other, _ = renamed(strategy)
    before, after = diagnose(strategy, today), diagnose(other, today)
    assert not after.problems
    assert before.statuses() == after.statuses()
    assert [f.score for f in before.frameworks] == [f.score for f in after.frameworks]


def test_the_customers_under_other_names(both: tuple[Run, Run, dict[str, str]]) -> None:
    before, after = (diagnose(r.strategy, TODAY, of_run(r)) for r in both[:2])
    assert not after.problems
    assert before.statuses() == after.statuses()


def test_the_decisions_under_other_names(both: tuple[Run, Run, dict[str, str]]) -> None:
    before, after, mapping = both
    columns = ["customer", "position", "action", "channel", "status", "score", "cost"]
    told = before.decisions.list.select(columns).with_columns(pl.col("action", "channel").replace(mapping))
    assert told.height > 300
    assert told.equals(after.decisions.list.select(columns))


SPOILT = [c for c in read_cases(HERE / "gaps.md") if c.status in ("partly", "missing")][::6]


@pytest.mark.parametrize("case", SPOILT, ids=lambda c: c.title)
def test_a_spoilt_strategy_under_other_names(case: object) -> None:
    strategy = read(spoilt(WHOLE, case.edits))  # type: ignore[attr-defined]
    other, _ = renamed(strategy)
    framework = only(case.code)  # type: ignore[attr-defined]
    before = diagnose(strategy, TODAY, frameworks=[framework])
    after = diagnose(other, TODAY, frameworks=[framework])
    assert not after.problems
    assert before.statuses() == after.statuses()


def test_a_check_that_reads_a_word_would_be_caught() -> None:
    """The negative control: under the old names this check is met, under new ones it is not."""
    from dataclasses import replace

    from stratagem.engine.complete.facts import StrategyFacts
    from stratagem.engine.complete.finding import Verdict, met, missing

    def wordy(facts: StrategyFacts) -> Verdict:
        return met() if any(g.name == "gold" for g in facts.strategy.treated) else missing()

    framework = replace(only("SEV8"), judges={"SEV8": wordy})
    strategy = load("coffee")
    other, _ = renamed(strategy)
    assert (
        diagnose(strategy, TODAY, frameworks=[framework]).statuses()
        != diagnose(other, TODAY, frameworks=[framework]).statuses()
    )
