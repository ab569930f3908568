"""A small strategy and its files, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from stratagem.dsl import check_text
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.load import Loaded, load
from stratagem.engine.data.places import Places
from stratagem.engine.moment import Moment

HEAD = """language 1
strategy tiny "Tiny"
  owner "Me"
  currency EUR
  time zone Europe/Berlin
"""
PEOPLE = """
source people "People" from "people.csv"
  one per customer by id
  field id text
  field city text
"""
ORDERS = """
source orders "Orders" from "orders.csv"
  many per customer by id
  dated by on
  field id text
  field on date
  field amount money
"""


def customer(*lines: str) -> str:
    """The `customer` block with more lines."""
    return "\n".join(['\ncustomer person "A person"', "  identified by id", *(f"  {line}" for line in lines), ""])


def strategy(*blocks: str) -> Strategy:
    """A strategy of these blocks; the test fails with the diagnostics when it is not well."""
    checked = check_text(HEAD + "".join(blocks))
    assert checked.strategy is not None, [(str(d.span), words(d).title) for d in checked.diagnostics]
    return checked.strategy


def at(moment: str = "2026-11-02") -> Moment:
    """The as-of moment in the strategy's zone."""
    return Moment.parse(moment, "Europe/Berlin")


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files; text without its common indent and first line end."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def loaded(
    folder: Path, made: Strategy, files: Mapping[str, str | bytes], moment: str = "2026-11-02", **more: Any
) -> Loaded:
    """Load the files with the strategy."""
    return load(made, Places(put(folder, files)), at(moment), **more)


def customers(found: Loaded, *columns: str) -> dict[str, Any]:
    """By id, the value of one column, or the values of several."""
    frame = found.population.customers.select("@id", *columns).collect()
    return {row[0]: row[1] if len(columns) == 1 else row[1:] for row in frame.iter_rows()}


def rows(found: Loaded, source: str, *columns: str) -> list[Any]:
    """The values of columns in the rows of a source, in file order."""
    frame = found.population.rows[source].sort("@row").select(columns).collect()
    return frame.to_series().to_list() if len(columns) == 1 else frame.rows()


def csv(*lines: str) -> str:
    """Lines as a file."""
    return "\n".join(lines) + "\n"


def parquet(path: Path, **columns: Any) -> None:
    """Write a Parquet file."""
    pl.DataFrame(columns).write_parquet(path)
