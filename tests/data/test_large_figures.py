"""Figures that no sum takes are counted and said, in files, in what is worked out from them, and for one customer.

That they have no part in sums and averages is a case of `tests/meaning/cases/aggregates.txt`, for every evaluator.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.text import words
from stratagem.engine.data.findings import findings
from stratagem.engine.data.record import prepare_customer
from stratagem.engine.evaluate.meaning import SUM_LIMIT
from tests.data.world import PEOPLE, at, csv, customer, loaded, strategy

LINES = """
source orders "Orders" from "orders.csv"
  many per customer by id
  dated by on
  row excluded when paid
  field id text
  field on date
  field paid yes_no
  field amount money missing as ("1e30")
  field pieces number
  field worth number = pieces * pieces
"""
MADE = strategy(customer(), PEOPLE, LINES)
ORDERS = csv(
    "id,on,paid,amount,pieces",
    "a,2026-10-01,no,12.50,2",
    "a,2026-10-02,no,1e300,10000000001",
    "a,2026-10-03,yes,1e300,1",
    "a,2026-10-04,no,1e30,10000000000",
    "a,2026-10-05,no,-100000000000000000000,9999999999",
    "a,2026-10-06,no,99999999999999983616,",
)


def test_they_are_counted_by_field_with_their_rows(tmp_path: Path) -> None:
    """Not those that mean missing, nor those of rows that do not count; formulas too."""
    found = loaded(tmp_path, MADE, {"people.csv": csv("id,city", "a,Bonn"), "orders.csv": ORDERS})
    told = found.report.source("orders")
    assert told is not None
    fields = {f.name: (f.too_large, f.first_too_large, f.failed) for f in told.fields}
    assert fields["amount"] == (2, (3, 6), 0) and fields["worth"] == (2, (3, 5), 0) and fields["pieces"] == (0, (), 0)
    said = {d.args["field"]: words(d) for d in findings(found.report, MADE) if d.code == "D135"}
    assert set(said) == {"amount", "worth"} and said["amount"].severity == "warning"
    assert said["amount"].title == "Too large to be added up: 2 values of `orders.amount`"
    assert said["amount"].reason.endswith("sums and averages; first seen at row 3, 6.")


@pytest.mark.parametrize(("value", "codes"), [(1e300, ["D135"]), (-SUM_LIMIT, ["D135"]), (9.9e19, []), ("x", ["D162"])])
def test_a_single_customer_with_one_is_told_so(value: object, codes: list[str]) -> None:
    record = {"id": "a", "orders": [{"on": "2026-10-01", "paid": False, "amount": value}]}
    prepared = prepare_customer(MADE, record, at())
    assert [d.code for d in prepared.problems] == codes
    assert (prepared.record["orders"][0]["amount"] is None) == (value == "x")
    assert all(words(d).title for d in prepared.problems)


def test_of_a_single_customer_too_only_rows_that_count_and_formulas_as_well() -> None:
    orders = [
        {"on": "2026-10-01", "paid": False, "amount": 1e300, "pieces": 1e10},
        {"on": "2026-10-02", "paid": False, "amount": 1e300},
        {"on": "2026-10-03", "paid": True, "amount": 1e300, "pieces": 1e10},
    ]
    found = prepare_customer(MADE, {"id": "a", "orders": orders}, at()).problems
    assert [words(d).title for d in found] == [
        "Too large to be added up: 2 values of `orders.amount`",
        "Too large to be added up: 1 value of `orders.worth`",
    ]
