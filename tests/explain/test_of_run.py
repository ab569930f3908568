"""An explanation of a customer of a run says what the run decided, and its conditions bear that out."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from stratagem.dsl.pipeline import check_text
from stratagem.engine.api import Engine, load
from stratagem.engine.explain.explanation import GateTold
from stratagem.engine.explain.of_run import explain_customer
from stratagem.engine.pipeline import Run

COFFEE = Path(__file__).parents[2] / "strategies" / "coffee"


@pytest.fixture(scope="module")
def run() -> Run:
    return Engine(load(COFFEE)).plan(COFFEE, as_of="2026-11-21")


def some(run: Run, count: int) -> list[str]:
    """Customers from the whole population, the same ones every time."""
    ids = run.customers.get_column("@id")
    return ids.gather_every(max(1, len(ids) // count)).to_list()


def test_the_gates_and_the_list_are_the_runs_own(run: Run) -> None:
    for customer in some(run, 20):
        told = explain_customer(run, customer)
        assert {a.action: a.stopped_by for a in told.actions} == {
            action: stopped for action, (stopped, _) in run.decisions.why_not(customer).items()
        }
        assert [a.action for a in sorted(told.actions, key=lambda a: a.position or 99) if a.position] == [
            d.action for d in run.decisions.of(customer)
        ]


def bears_out(gate: GateTold) -> bool:
    """Do the conditions of a gate say what its standing says."""
    truths = [clause.truth for clause in gate.clauses]
    stops = "true" if gate.gate == "unless" else "false"
    if gate.standing == "passed" or not truths:
        return True
    return stops in truths or "unknown" in truths


def test_what_stopped_an_action_is_among_its_conditions(run: Run) -> None:
    stopped = 0
    for customer in some(run, 20):
        for action in explain_customer(run, customer).actions:
            for gate in action.gates:
                assert bears_out(gate), f"{customer} {action.action} {gate}"
                stopped += bool(gate.clauses) and gate.standing != "passed"
    assert stopped > 80


def test_figures_are_those_of_the_run(run: Run) -> None:
    for customer in some(run, 10):
        told = {fact.name: fact.value for fact in explain_customer(run, customer).facts}
        row = run.customers.row(by_predicate=pl.col("@id") == customer, named=True)
        assert told["orders_12m"] == f"{row['orders_12m']:,.0f}"
        assert (told["quiet_days"] == "missing") == (row["quiet_days"] is None)


def test_nobody_of_that_name(run: Run) -> None:
    with pytest.raises(KeyError):
        explain_customer(run, "H-none")


NEIGHBOURS = """
language 1
strategy street "Neighbours"
  currency EUR
customer person "A person"
  identified by id
  group home by address
  group block by building
source people "People" from "people.csv"
  one per customer by id
  field id text
  field address text
  field building text
  field spend number
measure beside_home "Against those at home" = spend / average of home.spend
measure most_beside "The most anybody in the block spends against their home" = largest of block.beside_home
segments keen "Who is keen" by most_beside
  much "Much" from 1.5
  little "Little" otherwise
action greet "Greet"
  through letter
  for much
  chance = 10%
  worth = 5 EUR
channel letter "Letter" outbound
"""


def test_a_figure_of_a_group_may_be_made_of_figures_of_another() -> None:
    strategy = check_text(NEIGHBOURS.lstrip()).strategy
    assert strategy is not None
    people = {
        "id": ["a", "b", "c", "d", "e"],
        "address": ["1", "1", "2", "2", None],
        "building": ["x", "y", "x", None, "y"],
        "spend": ["30", "10", "4", "6", "8"],
    }
    run = Engine(strategy).plan({"people": pl.DataFrame(people)}, as_of="2026-11-21")
    known = dict(run.customers.select("@id", "most_beside").iter_rows())
    assert known == {"a": 1.5, "b": 0.5, "c": 1.5, "d": None, "e": 0.5}
    for customer, figure in known.items():
        told = {fact.name: fact.value for fact in explain_customer(run, customer).facts}
        assert told["most_beside"] == ("missing" if figure is None else f"{figure:g}"), customer
