"""Which row is whose, and which of several counts: held against the plainest way to say it, on made-up rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratagem.engine.data.frames import from_frames
from stratagem.engine.data.load import load
from stratagem.engine.data.places import Places
from stratagem.engine.data.problems import DataError
from tests.data.world import at, csv, customer, customers, put, rows, strategy

AS_OF = date(2026, 11, 2)
DATED = strategy(
    customer(),
    """
source people "People" from "people.csv"
  one per customer by id
  dated by seen
  retired after 30 days
  field id text
  field seen date
  field mark number
""",
)
ids = st.sampled_from(["a", "b", "c", None])
days = st.none() | st.integers(-40, 3).map(lambda n: AS_OF + timedelta(days=n))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ids, days), max_size=12))
def test_one_row_a_customer(drawn: list[tuple[str | None, date | None]]) -> None:
    frame = pl.DataFrame(
        {"id": [i for i, _ in drawn], "seen": [d for _, d in drawn], "mark": list(range(len(drawn)))},
        schema={"id": pl.String, "seen": pl.Date, "mark": pl.Int64},
    )
    found = from_frames(DATED, {"people": frame}, at(str(AS_OF)))
    chosen: dict[str, tuple[date, int]] = {}
    for mark, (who, seen) in enumerate(drawn):
        rank = seen or date.min
        if who is not None and rank <= AS_OF and (who not in chosen or rank > chosen[who][0]):
            chosen[who] = (rank, mark)
    last_stale = AS_OF - timedelta(days=30)
    fresh = {who: None if date.min < seen <= last_stale else mark for who, (seen, mark) in chosen.items()}
    assert customers(found, "people.mark") == dict(sorted(fresh.items()))
    told = found.report.sources[0]
    known = sum(who is not None for who, _ in drawn)
    ahead = sum(who is not None and seen is not None and seen > AS_OF for who, seen in drawn)
    assert told.rows_without_identity == len(drawn) - known
    assert (told.rows_not_yet, told.duplicates) == (ahead, known - ahead - len(chosen))
    assert told.stale == sum(mark is None for mark in fresh.values())


MATCHED = strategy(
    customer("matched on mail, phone"),
    """
source people "People" from "people.csv"
  one per customer by id
  field id text
  field mail text personal for "mail"
  field phone text personal for "calls"

source visits "Visits" from "visits.csv"
  many per customer by mail
  field mail text personal for "mail"
  field phone text personal for "calls"
""",
)
mails = st.sampled_from([None, "x@example.org", "X@Example.org ", "y@example.org", "z@example.org"])
phones = st.sampled_from([None, "+49 30 1", "0049301", "(0049) 30-1", "030 1111", "0301111", "12"])
contacts = st.lists(st.tuples(mails, phones), max_size=5)


def plainly(value: str | None) -> str | None:
    """A mail in lower case, a phone number's digits (00 for +); two digits are no number."""
    if value is None or "@" in value:
        return value and value.strip().lower()
    digits = value.replace("+", "00")
    digits = "".join(c for c in digits if c.isdigit())
    return digits if len(value) >= 5 else value


@settings(max_examples=40, deadline=None)
@given(contacts, contacts)
def test_rows_match_one_customer_or_none(people: list[Any], visits: list[Any]) -> None:
    columns = {"mail": pl.String, "phone": pl.String}
    known = pl.DataFrame(people, schema=columns, orient="row").with_row_index("id")
    found = from_frames(MATCHED, {"people": known, "visits": pl.DataFrame(visits, schema=columns, orient="row")}, at())
    having = defaultdict(set)
    for who, values in enumerate(people):
        for place, value in enumerate(values):
            if value is not None:
                having[place, plainly(value)].add(str(who))
    hits = [set().union(*(having[place, plainly(v)] for place, v in enumerate(values))) for values in visits]
    told = found.report.source("visits")
    assert told is not None
    assert rows(found, "visits", "@id") == [next(iter(hit)) for hit in hits if len(hit) == 1]
    assert (told.unmatched, told.ambiguous) == (hits.count(set()), sum(len(hit) > 1 for hit in hits))
    assert told.rows_kept + told.unmatched + told.ambiguous == told.rows_read == len(visits)


def test_a_source_that_can_be_matched_to_nobody(tmp_path: Path) -> None:
    made = strategy(
        customer("matched on mail"),
        '\nsource people "P" from "people.csv"\n  one per customer by id\n  field id text\n',
        '\nsource visits "V" from "visits.csv"\n  many per customer by mail\n  field mail text personal for "mail"\n',
    )
    put(tmp_path, {"people.csv": csv("id", "a"), "visits.csv": csv("mail", "x@example.org")})
    with pytest.raises(DataError) as error:
        load(made, Places(tmp_path), at())
    assert [d.code for d in error.value.diagnostics] == ["D152"]


def test_what_customers_are_matched_on_is_a_field_and_no_identity() -> None:
    from stratagem.dsl.expressions.tree import FieldRef

    made = strategy(customer("matched on mail, phone"), MATCHED_TEXT, '\nmeasure mailed "M" = mail is known\n')
    assert any(isinstance(n, FieldRef) and n.source == "people" for n in made.measures[0].formula.expr.walk())


MATCHED_TEXT = """
source people "People" from "people.csv"
  one per customer by id
  field id text
  field mail text personal for "mail"

source visits "Visits" from "visits.csv"
  many per customer by mail
  field mail text personal for "mail"
  field phone text personal for "calls"
"""
