"""From files to customers: each test is a small strategy, the files it reads, and what must come of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from stratagem.engine.data.findings import findings
from stratagem.engine.data.load import load
from stratagem.engine.data.places import Places
from stratagem.engine.data.problems import DataError
from tests.data.world import ORDERS, PEOPLE, at, csv, customer, customers, loaded, put, rows, strategy


def codes(found: object, made: object) -> set[str]:
    """The codes of what the report is worth saying."""
    return {d.code for d in findings(found.report, made)}  # type: ignore[attr-defined,arg-type]


def test_customers_are_everyone_any_source_knows(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE, ORDERS)
    files = {
        "people.csv": csv("id,city", "b,Bonn", "a,Aachen"),
        "orders.csv": csv("id,on,amount", "c,2026-10-01,12.50", "a,2026-10-02,3"),
    }
    found = loaded(tmp_path, made, files)
    assert customers(found, "people.city") == {"a": "Aachen", "b": "Bonn", "c": None}
    got = rows(found, "orders", "@id", "on", "amount")
    assert got == [("c", date(2026, 10, 1), 12.5), ("a", date(2026, 10, 2), 3.0)]
    assert found.report.customers == 3
    assert codes(found, made) == set()


def test_or_only_those_of_the_source_that_lists_them(tmp_path: Path) -> None:
    made = strategy(customer("listed in people"), PEOPLE, ORDERS)
    files = {
        "people.csv": csv("id,city", "a,Aachen"),
        "orders.csv": csv("id,on,amount", "c,2026-10-01,1", "c,2026-10-01,1", "a,2026-10-02,3"),
    }
    found = loaded(tmp_path, made, files)
    assert customers(found, "people.city") == {"a": "Aachen"}
    assert found.report.source("orders").orphans == 2  # type: ignore[union-attr]
    assert codes(found, made) == {"D143"}


def test_of_duplicates_the_latest_counts_else_the_first(tmp_path: Path) -> None:
    dated = PEOPLE + "  field seen date\n  dated by seen\n"
    files = {
        "people.csv": csv(
            "id,city,seen", "a,first,2026-01-01", "a,latest,2026-03-01", "a,undated,", "a,second,2026-03-01",
            "b,undated,", "b,dated,2026-01-01",
            "c,one,", "c,two,",
        )
    }  # fmt: skip
    made = strategy(customer(), dated)
    found = loaded(tmp_path, made, files)
    assert customers(found, "people.city") == {"a": "latest", "b": "dated", "c": "one"}
    assert found.report.source("people").duplicates == 5  # type: ignore[union-attr]
    undated = strategy(customer(), PEOPLE)
    assert customers(loaded(tmp_path, undated, files), "people.city") == {"a": "first", "b": "undated", "c": "one"}


def test_rows_without_an_identity_are_nobodys(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE, ORDERS)
    files = {
        "people.csv": csv("id,city", "a,Aachen", ",Berlin", "  ,Celle"),
        "orders.csv": csv("id,on,amount", ",2026-10-01,1", "", "a,2026-10-02,3", "", ""),
    }
    found = loaded(tmp_path, made, files)
    assert list(customers(found, "people.city")) == ["a"]
    people, orders = found.report.sources
    assert (people.rows_without_identity, orders.rows_without_identity, orders.rows_read) == (2, 1, 2)
    assert codes(found, made) == {"D141"}


def test_headers_formulas_filters_and_sentinels(tmp_path: Path) -> None:
    lines = """
assume vat = 25%
source orders "Lines" from "lines.csv"
  many per customer by id
  dated by on
  row excluded when gross <= 0 EUR
  field id text from "Customer No"
  field on date from "Date" as "%d.%m.%Y"
  field quantity number missing as (999, "-")
  field unit_price money from "Price"
  field net money = quantity * unit_price
  field gross money = net * (1 + vat)
"""
    made = strategy(customer(), lines)
    files = {
        "lines.csv": csv(
            '"Customer No",Date,quantity,Price,Till',
            "17,1.10.2026,2,10,x",
            "17,02.10.2026,-1,10,x",
            "17,03.10.2026,999,10,x",
            "18,2026-10-04,1,1.00,x",
        )
    }
    found = loaded(tmp_path, made, files)
    assert rows(found, "orders", "@id", "on", "quantity", "gross") == [
        ("17", date(2026, 10, 1), 2.0, 25.0),
        ("17", date(2026, 10, 3), None, None),  # unknown is no reason to leave a row out
        ("18", None, 1.0, 1.25),
    ]
    told = found.report.source("orders")
    assert told is not None and (told.rows_read, told.rows_excluded, told.rows_kept) == (4, 1, 3)
    assert told.undeclared_columns == ("Till",)
    on = told.field("on")
    assert on is not None and (on.failed, on.first_rows, on.examples) == (1, (5,), ("2026-10-04",))
    assert codes(found, made) == {"D124", "D131"}


LOOKUPS = """
source orders "Orders" from "orders.csv"
  many per customer by id
  row excluded when product.kind is gift
  field id text
  field product text
  field pieces number
  field value money = pieces * product.price

source products "Products" from "products.csv"
  one per product
  field product text
  field kind one of (beans, gift)
  field price money
"""


def test_lookups_are_joined_where_the_key_is(tmp_path: Path) -> None:
    made = strategy(customer(), LOOKUPS)
    files = {
        "orders.csv": csv("id,product,pieces", "a,p1,2", "a,p2,1", "b,p9,1", "b,,1"),
        "products.csv": csv("product,kind,price", "p1,beans,5", "p2,gift,7", "p1,beans,6", ",beans,1"),
    }
    found = loaded(tmp_path, made, files)
    got = rows(found, "orders", "@id", "product.kind", "value")
    assert got == [("a", "beans", 10.0), ("b", None, None), ("b", None, None)]
    orders, products = found.report.sources
    assert orders.unjoined == {"products": 1}  # p9; a missing key is no failed join
    assert (orders.rows_excluded, products.duplicates, products.rows_without_identity) == (1, 1, 1)
    assert codes(found, made) == {"D149", "D142", "D141"}


CHAIN = """
source items "Items" from "items.csv"
  many per customer by id
  field sale text
  field id text = heads.who
  field town text = heads.town

source heads "Sales" from "heads.csv"
  one per sale
  field sale text
  field entry text
  field who text = entries.who
  field town text = entries.town

source entries "Entries" from "entries.csv"
  one per entry
  field entry text
  field who text
  field town text
"""


def test_a_lookup_may_read_another_lookup(tmp_path: Path) -> None:
    """An item knows its sale, the sale its entry, the entry the person: three tables, no row more."""
    made = strategy(customer(), CHAIN)
    files = {
        "items.csv": csv("sale", "s1", "s1", "s2", "s9"),
        "heads.csv": csv("sale,entry", "s1,e1", "s2,e2"),
        "entries.csv": csv("entry,who,town", "e1,ada,Bonn", "e2,ada,Ulm"),
    }
    found = loaded(tmp_path, made, files)
    assert rows(found, "items", "@id", "town") == [("ada", "Bonn"), ("ada", "Bonn"), ("ada", "Ulm")]
    assert found.report.source("items").rows_without_identity == 1


def test_lookups_in_a_circle_are_refused(tmp_path: Path) -> None:
    made = strategy(customer(), CHAIN + "  field sale text\n  field back text = heads.sale\n")
    files = {
        "items.csv": csv("sale", "s1"),
        "heads.csv": csv("sale,entry", "s1,e1"),
        "entries.csv": csv("entry,who,town,sale", "e1,ada,Bonn,s1"),
    }
    with pytest.raises(DataError) as refused:
        loaded(tmp_path, made, files)
    assert [d.code for d in refused.value.diagnostics] == ["D153"]


AGEING = """
source people "People" from "people.csv"
  one per customer by id
  dated by seen
  retired after 12 months
  field id text
  field seen date
  field city text

source orders "Orders" from "orders.csv"
  many per customer by id
  dated by on
  retired after 7 days
  field id text
  field on timestamp
"""


def test_old_rows_are_dropped_and_old_values_missing(tmp_path: Path) -> None:
    made = strategy(customer(), AGEING)
    files = {
        "people.csv": csv(
            "id,seen,city",
            "a,2025-11-02,as old as it gets",  # the day twelve months before does not count any more
            "b,2025-11-03,fresh",
            "c,2026-11-03,not known yet",
            "d,,undated",
        ),
        "orders.csv": csv("id,on", "a,2026-10-26T23:59:59", "a,2026-10-27", "a,2026-12-01", "a,"),
    }
    found = loaded(tmp_path, made, files, "2026-11-02")
    assert customers(found, "people.city") == {"a": None, "b": "fresh", "d": "undated"}
    # Rows after the as-of moment stay for `in next`, undated ones are in no window.
    assert rows(found, "orders", "on") == [datetime(2026, 10, 27), datetime(2026, 12, 1), None]
    people, orders = found.report.sources
    assert (people.stale, people.rows_not_yet, people.rows_kept) == (1, 1, 3)
    assert (orders.rows_retired, orders.rows_ahead) == (1, 1)
    assert (orders.oldest, orders.newest) == ("2026-10-27T00:00:00", "2026-10-27T00:00:00")
    assert codes(found, made) == {"D146", "D147", "D148", "D151"}


def test_groups_and_row_numbers(tmp_path: Path) -> None:
    made = strategy(
        '\ncustomer person "P"\n  identified by row number\n  group home by city\n',
        '\nsource people "People" from "people.csv"\n  one per customer by row number\n  field city text\n',
    )
    found = loaded(tmp_path, made, {"people.csv": csv("city", "Bonn", "Bonn", '""', "Ulm")})
    assert customers(found, found.population.groups["home"]) == {"1": "Bonn", "2": "Bonn", "3": None, "4": "Ulm"}


def test_every_row_ends_somewhere(tmp_path: Path) -> None:
    """The counts of a source add up to the rows read, in every form of source."""
    made = strategy(customer("matched on email"), MATCHED, AGEING.replace("people", "seen").replace("orders", "visits"))
    files = MATCH_FILES | {
        "seen.csv": csv("id,seen,city", "a,2020-01-01,x", "a,2026-01-01,x", ",2026-01-01,x", "b,2027-01-01,x"),
        "visits.csv": csv("id,on", "a,2020-01-01", ",2020-01-01", "a,2026-11-01"),
    }
    found = loaded(tmp_path, made, files)
    for told in found.report.sources:
        ends = (
            told.rows_excluded + told.rows_without_identity + told.rows_not_yet + told.rows_retired
            + told.unmatched + told.ambiguous + told.duplicates + told.rows_kept
        )  # fmt: skip
        assert ends == told.rows_read, told.name


MATCHED = """
source people "People" from "people.csv"
  one per customer by id
  field id text
  field email text personal for "mail"
  field phone text personal for "calls"

source clicks "Clicks" from "clicks.csv"
  many per customer by email
  field email text personal for "mail"
  field phone text personal for "calls"
  field page text
"""
MATCH_FILES = {
    "people.csv": csv(
        "id,email,phone",
        "a,Ann@Example.com,+49 30 23125-001",
        "b,bob@example.com,",
        "c,shared@example.com,",
        "d, SHARED@example.com,",
    ),
    "clicks.csv": csv(
        "email,phone,page",
        "ann@example.com ,,by mail",
        ",0049 (30) 23125001,by phone",
        "ANN@example.com,0049 30 23125001,by both",
        "bob@example.com,+493023125001,of two people",
        "shared@example.com,,of two more",
        "nobody@example.com,,of nobody",
        ",,of nobody either",
    ),
}


def test_rows_without_the_identity_match_on_equal_normalised_values(tmp_path: Path) -> None:
    made = strategy(customer("matched on email, phone"), MATCHED)
    found = loaded(tmp_path, made, MATCH_FILES)
    assert rows(found, "clicks", "@id", "page") == [("a", "by mail"), ("a", "by phone"), ("a", "by both")]
    clicks = found.report.source("clicks")
    assert clicks is not None and (clicks.ambiguous, clicks.unmatched) == (2, 2)
    assert found.report.customers == 4  # a click makes nobody a customer
    (shared,) = found.report.likely_duplicates
    assert (shared.field, shared.values, shared.customers) == ("email", 1, 2)
    assert codes(found, made) == {"D144", "D145", "D150"}


def test_personal_values_are_never_shown(tmp_path: Path) -> None:
    people = PEOPLE + '  field born date personal for "greeting"\n  field joined date\n'
    made = strategy(customer(), people)
    text = csv("id,city,born,joined", "a,Bonn,secret-1,not-a-date", "b,Ulm,secret-2,me@example.com")
    found = loaded(tmp_path, made, {"people.csv": text})
    told = found.report.model_dump_json() + repr(findings(found.report, made))
    assert "secret" not in told and "example.com" not in told
    assert "not-a-date" in told
    born = found.report.source("people").field("born")  # type: ignore[union-attr]
    assert born is not None and (born.failed, born.first_rows) == (2, (2, 3))


def test_choices_that_nobody_declared_are_missing_and_near_ones_named(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE + '  field kind one of (beans, "Stale beans")\n')
    text = csv("id,city,kind", "a,x,bean", "b,x,Stale beans", "c,x,stale beans")
    found = loaded(tmp_path, made, {"people.csv": text})
    assert customers(found, "people.kind") == {"a": None, "b": "Stale beans", "c": None}
    (told,) = findings(found.report, made)
    assert (told.code, told.near) == ("D134", ("beans", "Stale beans"))


def test_a_file_may_come_in_any_format(tmp_path: Path) -> None:
    made = strategy(customer(), ORDERS)
    table = pl.DataFrame({"id": ["a", "b"], "on": [date(2026, 10, 1), None], "amount": [12.5, float("nan")]})
    want = [("a", date(2026, 10, 1), 12.5), ("b", None, None)]
    plain = csv("id;on;amount", "a;2026-10-01;12.50", "b;;")
    writers = {
        "orders.parquet": lambda p: table.write_parquet(p),
        "orders.csv": lambda p: p.write_text(plain),
        "orders.csv.gz": lambda p: pl.read_csv(plain.encode(), separator=";").write_csv(p, compression="gzip"),
        "orders.csv.zst": lambda p: pl.read_csv(plain.encode(), separator=";").write_csv(p, compression="zstd"),
        "orders.jsonl": lambda p: p.write_text('{"id":"a","on":"2026-10-01","amount":12.50}\n{"id":"b"}\n'),
    }
    for name, write in writers.items():
        folder = tmp_path / name.replace(".", "_")
        folder.mkdir()
        write(folder / name)
        found = load(made, Places(tmp_path, data=folder), at())
        assert rows(found, "orders", "@id", "on", "amount") == want, name
    assert found.report.sources[0].path == str(folder / "orders.jsonl")


def test_nan_in_typed_data_is_missing_and_counted(tmp_path: Path) -> None:
    made = strategy(customer(), ORDERS)
    frame = pl.DataFrame({"id": ["a", "a"], "on": [date(2026, 10, 1)] * 2, "amount": [float("inf"), float("nan")]})
    frame.write_parquet(tmp_path / "orders.parquet")
    found = load(made, Places(tmp_path), at())
    assert rows(found, "orders", "amount") == [None, None]
    assert found.report.sources[0].field("amount").failed == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("threads_order", ["as written", "turned round"])
def test_customers_stand_in_order_of_their_ids(tmp_path: Path, threads_order: str) -> None:
    ids = ["9", "10", "ä", "B", "a", "1"]
    lines = ids if threads_order == "as written" else ids[::-1]
    found = loaded(tmp_path, strategy(customer(), PEOPLE), {"people.csv": csv("id,city", *(f"{i},x" for i in lines))})
    assert list(customers(found, "people.city")) == ["1", "10", "9", "B", "a", "ä"]


def test_what_nothing_reads_may_be_absent(tmp_path: Path) -> None:
    made = strategy(customer(), PEOPLE)
    found = loaded(tmp_path, made, {"people.csv": csv("id", "a")}, needed={"people.other"})
    assert customers(found, "people.city") == {"a": None}
    assert codes(found, made) == {"D122"}
    with pytest.raises(DataError) as error:
        loaded(tmp_path, made, {"people.csv": csv("id", "a")}, needed={"people.city"})
    assert [d.code for d in error.value.diagnostics] == ["D121"]


def test_a_strategy_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    put(tmp_path, {"people.csv": csv("id,city", "a,x")})
    for name in ("../people.csv", str(tmp_path / "people.csv"), "C:\\people.csv"):
        made = strategy(customer(), PEOPLE.replace("people.csv", name.replace("\\", "/")))
        with pytest.raises(DataError) as error:
            load(made, Places(inside), at())
        assert error.value.diagnostics[0].code in ("D116", "D101")
        told = load(made, Places(inside, sources={"people": tmp_path / "people.csv"}), at()).report
        assert told.customers == 1  # the caller may say where it is
