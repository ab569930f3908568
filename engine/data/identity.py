"""Whose row it is: the identity column, or a customer found by an equal normalised value.

In: frames of rows. Out: the same with `@id` (text, null when it is nobody's), and what matching could not decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from stratagem.dsl.model.data import Customer, Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.columns import EVALUATED, as_text
from stratagem.engine.data.patterns import BLANKS
from stratagem.engine.data.typed import ID, ROW

AMBIGUOUS = "@ambiguous"
_DIALLED = r"^\+?[0-9 ()/.\-\u00a0]{5,}$"


def has_identity(source: Source, customer: Customer | None) -> bool:
    """Does the source hold customers' identities: not when it is joined `by` a field that customers are matched on."""
    return source.shape != "lookup" and not _matched_by(source, customer)


def _matched_by(source: Source, customer: Customer | None) -> bool:
    if customer is None or customer.identified_by is None or source.key is None:
        return False
    by = source.key.name
    return by != customer.identified_by.name and by in {ref.name for ref in customer.matched_on}


def with_id(frame: pl.LazyFrame, source: Source, zone: str) -> pl.LazyFrame:
    """`@id` from the source's identity column, or from the row's number, from 1."""
    if source.by_row_number or source.key is None:
        return frame.with_columns((pl.col(ROW) + 1).cast(pl.String).alias(ID))
    key = source.field(source.key.name)
    assert key is not None  # the resolver has seen to it
    return frame.with_columns(as_text(pl.col(key.name), EVALUATED[key.type.kind], zone).alias(ID))


def normalised(value: pl.Expr) -> pl.Expr:
    """What must be equal for a match: of what looks like a telephone number the digits, with 00 for +; of other text
    all of it, trimmed, in lower case. Which of the two is seen from the value, never from the field's name."""
    text = value.str.strip_chars(BLANKS)
    digits = text.str.replace(r"^\+", "00").str.replace_all(r"[^0-9]", "")
    return pl.when(text.str.contains(_DIALLED)).then(digits).when(text != "").then(text.str.to_lowercase())


def known_values(frame: pl.LazyFrame, field: str) -> pl.LazyFrame:
    """The normalised values of a field, each with the customers that have it: columns `value`, `@id`."""
    pairs = frame.select(normalised(pl.col(field)).alias("value"), ID)
    return pairs.filter(pl.col("value").is_not_null() & pl.col(ID).is_not_null()).unique()


def match_fields(source: Source, strategy: Strategy) -> tuple[str, ...]:
    """The `matched on` fields that this source has."""
    on = strategy.customer.matched_on if strategy.customer else ()
    return tuple(ref.name for ref in on if source.field(ref.name) is not None)


def matched(frame: pl.LazyFrame, known: Sequence[tuple[str, pl.LazyFrame]]) -> pl.LazyFrame:
    """`@id` where all values that match anybody match one and the same customer; `@ambiguous` where they do not.

    `known`: for each field to match on, the values customers have (see `known_values`).
    """
    hits = [
        frame.select(ROW, normalised(pl.col(field)).alias("value")).join(values, on="value").select(ROW, ID)
        for field, values in known
    ]
    if not hits:
        return frame.with_columns(pl.lit(None, pl.String).alias(ID), pl.lit(False).alias(AMBIGUOUS))
    found = pl.concat(hits).group_by(ROW).agg(pl.col(ID).min(), (pl.col(ID).n_unique() > 1).alias(AMBIGUOUS))
    return frame.join(found, on=ROW, how="left").with_columns(
        pl.when(~pl.col(AMBIGUOUS)).then(pl.col(ID)).alias(ID), pl.col(AMBIGUOUS).fill_null(False)
    )


@dataclass(frozen=True)
class Shared:
    """Values of a field that several customers have, and how many customers that are."""

    field: str
    values: int
    customers: int


def likely_duplicates(field: str, known: Iterable[pl.LazyFrame]) -> Shared:
    """Count the customers that share a normalised value with another one."""
    pairs = pl.concat(list(known)).unique()
    shared = pairs.filter(pl.len().over("value") > 1)
    counts = shared.select(values=pl.col("value").n_unique(), customers=pl.col(ID).n_unique()).collect()
    values, customers = counts.row(0)
    return Shared(field, values, customers)


def one_each(rows: pl.DataFrame, dated_by: str | None) -> pl.DataFrame:
    """One row a customer: the latest by date, undated ones last; of equals, or without dates, the file's first."""
    by = [ID, dated_by, ROW] if dated_by else [ID, ROW]
    later_first = [False, True, False] if dated_by else [False, False]
    ordered = rows.sort(by, descending=later_first, nulls_last=True)
    return ordered.unique(subset=ID, keep="first", maintain_order=True)
