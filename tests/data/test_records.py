"""Single customers: what a caller may write, and the promise that one record means what a row in a file means."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stratagem.dsl.diagnostics.text import words
from stratagem.engine.data.frames import from_frames, record_of, records_of
from stratagem.engine.data.load import Loaded
from stratagem.engine.data.problems import DataError
from stratagem.engine.data.record import Preparer, prepare_customer
from tests.data.world import ORDERS, PEOPLE, at, csv, customer, customers, loaded, rows, strategy

FULL = """
assume rate = 50%

source people "People" from "people.csv"
  one per customer by id
  dated by seen
  retired after 12 months
  row excluded when blocked
  field id text
  field seen date
  field blocked yes_no
  field mail text personal for "mail"
  field score number missing as (99)
  field level number = score / 10
  field plan text

source orders "Orders" from "orders.csv"
  many per customer by id
  dated by on
  retired after 30 days
  row excluded when value <= 0 EUR or product.kind is gift
  field id text
  field product text
  field on timestamp
  field pieces number
  field value money = pieces * product.price * rate

source products "Products" from "products.csv"
  one per product
  field product text
  field kind one of (beans, gift)
  field price money
"""
MADE = strategy(customer(), FULL)
PRODUCTS = csv("product,kind,price", "p1,beans,8", "p2,gift,9", "p3,,")
DAY = (date(2026, 10, 20) - date(1970, 1, 1)).days
MIDNIGHT = DAY * 86_400_000_000


def prepared(record: dict[str, Any], made: Any = MADE, **more: Any) -> dict[str, Any]:
    """The record, which nothing may be wrong with."""
    found = prepare_customer(made, record, at(), **more)
    assert not found.problems, [words(d) for d in found.problems]
    return found.record


def test_fields_may_stand_alone_or_under_their_source() -> None:
    alone = prepared({"id": "a", "score": 20, "mail": " m "})
    nested = prepared({"id": "a", "people": {"score": "20", "mail": "m"}})
    dotted = prepared({"id": "a", "people.score": 20.0, "people.mail": "m"})
    assert alone == nested == dotted
    assert alone["people"] == {
        "id": "a", "seen": None, "blocked": None, "mail": "m", "score": 20.0, "level": 2.0, "plan": None,
    }  # fmt: skip
    assert alone["orders"] == []


def test_rows_are_read_formulas_worked_out_and_filters_kept() -> None:
    order = {"product": "p", "on": "2026-10-20", "pieces": 2, "product.price": 8}
    got = prepared(
        {
            "id": 7,
            "orders": [
                order,
                {**order, "pieces": -1},
                {**order, "on": "2026-09-01"},
                {**order, "product.price": None, "products": {"kind": "gift"}},
                {**order, "on": "2026-12-01", "pieces": None},
            ],
        }
    )
    assert got["@id"] == "7"
    assert [(r["on"] == MIDNIGHT, r["value"], r["id"]) for r in got["orders"]] == [(True, 8.0, "7"), (False, None, "7")]


def test_lookups_come_from_the_loaded_table(tmp_path: Path) -> None:
    files = {"people.csv": csv("id,seen,blocked,mail,score,plan"), "products.csv": PRODUCTS}
    found = loaded(tmp_path, MADE, files | {"orders.csv": csv("id,product,on,pieces")})
    order = {"product": "p1", "on": "2026-10-20", "pieces": 2}
    got = prepared({"id": "a", "orders": [order, {**order, "product": "p2"}]}, lookups=found.lookups)
    assert [(r["value"], r["product.kind"]) for r in got["orders"]] == [(8.0, "beans")]


def test_stale_and_future_values_are_missing() -> None:
    assert prepared({"id": "a", "seen": "2025-11-02", "score": 1})["people"]["score"] is None
    assert prepared({"id": "a", "seen": "2025-11-03", "score": 1})["people"]["score"] == 1.0
    assert prepared({"id": "a", "seen": "2026-11-03", "score": 1})["people"]["score"] is None


def test_of_several_rows_where_one_is_wanted_the_same_counts_as_in_a_file(tmp_path: Path) -> None:
    several = [
        {"seen": "", "score": 1},
        {"seen": "2026-10-01", "score": 2},
        {"seen": "2026-10-02", "score": 3},
        {"seen": "2026-10-02", "score": 4},
        {"seen": "2026-10-03", "score": 5, "blocked": "yes"},
    ]
    assert prepared({"id": "a", "people": several})["people"]["score"] == 3.0
    assert prepared({"id": "a", "people": several[:1]})["people"]["score"] == 1.0
    lines = [f"a,{r['seen']},{r.get('blocked', '')},m,{r['score']},x" for r in several]
    files = {"people.csv": csv("id,seen,blocked,mail,score,plan", *lines), "products.csv": PRODUCTS}
    found = loaded(tmp_path, MADE, files | {"orders.csv": csv("id,product,on,pieces")})
    assert customers(found, "people.score") == {"a": 3.0}


def test_unknown_names_and_bad_values_are_told_but_not_shown() -> None:
    found = prepare_customer(MADE, {"id": "a", "scor": 1, "score": "secret", "orders": [{"peaces": 1}]}, at())
    assert [(d.code, d.near[:1]) for d in found.problems] == [("D161", ("score",)), ("D162", ()), ("D161", ("pieces",))]
    assert "secret" not in " ".join(str(words(d)) for d in found.problems)
    assert found.record["people"]["score"] is None


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"score": 1}, "D163"),
        ({"id": "  "}, "D163"),
        ({"id": None}, "D163"),
        ({"id": "a", "orders": {"pieces": 1}}, "D164"),
        ({"id": "a", "orders": [1]}, "D164"),
    ],
)
def test_a_record_that_cannot_be_meant_is_refused(record: dict[str, Any], code: str) -> None:
    with pytest.raises(DataError) as error:
        prepare_customer(MADE, record, at())
    (found,) = error.value.diagnostics
    assert found.code == code and words(found).title


def test_a_name_of_two_sources_must_say_which() -> None:
    second = PEOPLE.replace("people", "guests")
    made = strategy(customer(), PEOPLE, second)
    with pytest.raises(DataError) as error:
        prepare_customer(made, {"id": "a", "city": "Bonn"}, at())
    assert error.value.diagnostics[0].code == "D165"
    assert prepared({"id": "a", "guests.city": "Bonn"}, made)["guests"]["city"] == "Bonn"


# ---- a record means what a row in a file means ----

number = st.sampled_from(["", "5", "99", "-3", "0.25", "12,000", "x", " 7 "])
a_day = st.sampled_from(["", "2026-10-20", "2026-11-02", "2026-11-03", "2025-11-02", "2025-11-03", "31.12.2026"])
a_time = st.sampled_from(["", "2026-10-20 14:30", "2026-10-02T23:00:00Z", "2026-10-03", "2026-12-01", "then"])
person = st.fixed_dictionaries(
    {"seen": a_day, "blocked": st.sampled_from(["", "yes", "no", "0"]), "mail": st.just("m"), "score": number,
     "plan": st.sampled_from(["", "x"])}
)  # fmt: skip
a_product = st.sampled_from(["p1", "p2", "p3", "p4", ""])
order = st.fixed_dictionaries({"product": a_product, "on": a_time, "pieces": number})
household = st.tuples(st.none() | person, st.lists(order, max_size=4))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(household, min_size=1, max_size=6))
def test_files_and_records_agree(tmp_path: Path, people: list[tuple[Any, list[dict[str, str]]]]) -> None:
    given_ = {f"c{i}": both for i, both in enumerate(people)}
    files = {
        "people.jsonl": "".join(json.dumps({"id": i, **p}) + "\n" for i, (p, _) in given_.items() if p is not None)
        or json.dumps({"id": "", "seen": "", "blocked": "", "mail": "", "score": "", "plan": ""}) + "\n",
        "orders.jsonl": "".join(json.dumps({"id": i, **o}) + "\n" for i, (_, orders) in given_.items() for o in orders)
        or json.dumps({"id": "", "product": "", "on": "", "pieces": ""}) + "\n",
        "products.csv": PRODUCTS,
    }
    found: Loaded = loaded(tmp_path, MADE, files)
    prepare = Preparer(MADE, "Europe/Berlin", found.lookups)
    for record in records_of(found.population):
        own, orders = given_[record["@id"]]
        single = prepare({"id": record["@id"], "orders": orders, **({"people": own} if own else {})}, at())
        assert single.record == record


# ---- frames ----


def test_frames_of_every_make(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE, ORDERS)
    people = {"id": ["a", "b"], "city": ["Bonn", None]}
    orders = {"id": [1, 2], "on": [date(2026, 10, 1)] * 2, "amount": [1.5, None]}
    makes = {
        "polars": (pl.DataFrame(people), pl.DataFrame(orders)),
        "lazy": (pl.LazyFrame(people), pl.LazyFrame(orders)),
        "pandas": (pd.DataFrame(people), pd.DataFrame(orders).assign(on=lambda f: pd.to_datetime(f["on"]))),
        "arrow": (pa.table(people), pa.table(orders)),
        "objects": (
            [{"id": "a", "city": "Bonn"}, {"id": "b"}],
            [{"id": "1", "on": "2026-10-01", "amount": 1.5}, {"id": "2"}],
        ),
        "columns": (people, orders),
    }
    for name, (p, o) in makes.items():
        found = from_frames(made, {"people": p, "orders": o}, at())
        assert customers(found, "people.city") == {"1": None, "2": None, "a": "Bonn", "b": None}, name
        assert rows(found, "orders", "@id", "amount") == [("1", 1.5), ("2", None)], name
        assert rows(found, "orders", "on")[0] == date(2026, 10, 1), name


def test_identities_that_came_back_as_floats() -> None:
    made = strategy(customer(), PEOPLE)
    frame = pd.DataFrame({"id": [17850.0, float("nan"), 2.5], "city": ["x", "y", "z"]})
    assert customers(from_frames(made, {"people": frame}, at()), "people.city") == {"17850": "x", "2.5": "z"}


def test_frames_that_are_none(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE, ORDERS)
    with pytest.raises(DataError) as error:
        from_frames(made, {"people": 5, "odrers": pl.DataFrame()}, at())
    assert [(d.code, d.near) for d in error.value.diagnostics] == [("D118", ("orders",)), ("D164", ()), ("D166", ())]
    with pytest.raises(DataError) as error:
        from_frames(made, {"people": pl.DataFrame({"ID": ["a"]}), "orders": []}, at())
    assert {d.code for d in error.value.diagnostics} == {"D121"}


def test_one_customer_out_of_a_population() -> None:
    made = strategy(customer(), PEOPLE, ORDERS.replace("field on date", "field on timestamp"))
    frames = {
        "people": pl.DataFrame({"id": ["a"], "city": ["Bonn"]}),
        "orders": pl.DataFrame({"id": ["a", "b", "a"], "on": [datetime(2026, 10, 20)] * 3, "amount": [2.0, 1.0, 1.0]}),
    }
    population = from_frames(made, frames, at()).population
    assert record_of(population, "a") == {
        "@id": "a",
        "people": {"id": "a", "city": "Bonn"},
        "orders": [{"id": "a", "on": MIDNIGHT, "amount": 2.0}, {"id": "a", "on": MIDNIGHT, "amount": 1.0}],
    }
    assert record_of(population, "b")["people"] == {"id": None, "city": None}
    with pytest.raises(DataError) as error:
        record_of(population, "nobody")
    assert error.value.diagnostics[0].code == "D167"
