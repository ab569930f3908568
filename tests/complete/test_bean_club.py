"""The worked example is judged as bean_club.md says, without data and with the customers beside it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from stratagem.dsl import load_strategy
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.complete.population import of_run
from stratagem.engine.complete.report import CompletenessReport

HERE = Path(__file__).parent
COFFEE = HERE.parents[1] / "strategies" / "coffee"
EXAMPLE = HERE.parents[2] / "shared" / "design" / "example"
TODAY = date(2026, 11, 2)
LINE = re.compile(r"(?P<code>[A-Z]+\d+) (?P<status>[a-z ]+): .+")


def expected(heading: str) -> dict[str, str]:
    part = (HERE / "bean_club.md").read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = [LINE.fullmatch(line) for line in part.splitlines() if line]
    assert all(found), part
    return {m["code"]: m["status"] for m in found if m}


def coffee() -> Strategy:
    strategy = load_strategy(COFFEE).strategy
    assert strategy is not None
    return strategy


@pytest.fixture(scope="module")
def with_data() -> CompletenessReport:
    from stratagem.engine import pipeline
    from stratagem.engine.data.places import Places
    from stratagem.engine.moment import Moment

    strategy = coffee()
    moment = Moment(TODAY, zone=strategy.header.time_zone or "UTC")
    loaded = pipeline.read_customers(strategy, Places(beside=COFFEE), moment)
    run = pipeline.run(strategy, loaded, moment)
    return diagnose(strategy, TODAY, of_run(run), graph=run.graph)


def test_without_data() -> None:
    report = diagnose(coffee(), TODAY)
    assert not report.problems and not report.unknown_waivers
    assert report.statuses() == expected("Without data")
    assert len(expected("Without data")) == 62


def test_the_design_s_own_copy_is_judged_alike() -> None:
    if not EXAMPLE.exists():
        pytest.skip("the design is not beside the repository")
    strategy = load_strategy(EXAMPLE / "bean_club.strategy").strategy
    assert strategy is not None
    assert diagnose(strategy, TODAY).statuses() == expected("Without data")


def test_with_data(with_data: CompletenessReport) -> None:
    assert not with_data.problems
    assert with_data.statuses() == {**expected("Without data"), **expected("With data")}
    assert with_data.finding("STG4").waived_because


def test_the_data_only_lowers_and_adds_figures(with_data: CompletenessReport) -> None:
    rank = {"missing": 0, "partly": 1, "met": 2}
    for framework in with_data.frameworks:
        for found in framework.findings:
            if found.status in rank:
                assert rank[found.status] <= rank[found.without_data]
    shown = [f.code for r in with_data.frameworks for f in r.findings if f.figures or f.tables]
    assert {"CSS3", "CSS6", "CSS7", "FIV4", "ICP2", "ICP8", "ICP9", "ASK1", "ASK3", "INT1"} <= set(shown)
    assert {"STG1", "STG2", "STG4", "SEV3", "SEV4", "SEV6", "SEV7"} <= set(shown)
    assert "measured lift of each action, once there are outcomes" in with_data.finding("ICP11").not_measured


def test_no_personal_value_stands_in_the_report(with_data: CompletenessReport) -> None:
    text = with_data.model_dump_json()
    assert "@example" not in text and "+49" not in text


def test_the_gaps_that_matter_most(with_data: CompletenessReport) -> None:
    assert [g.code for g in with_data.top_gaps(3)] == ["CSS1", "CSS5"]
