"""Figures about customers that a first strategy is built around: how often they come, when, how many come back.

In: the role of a table with rows over time, or of one that describes customers. Out: plain numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from stratagem.engine.data import patterns
from stratagem.engine.profile.roles import Role
from stratagem.engine.profile.tables import Table

COMMON = 0.9
"""What more than this share of customers did is no goal."""
USUAL_GAP = 30
"""Days between two orders, where nobody has ordered twice."""


@dataclass(frozen=True)
class Rhythm:
    """How customers come: `gap` the usual days between two times, `last` the day of the last row, `often` how many
    times the busiest fifth have come, `again` the share of customers that came at least `times` times."""

    gap: int
    last: date
    often: int
    times: int
    again: float


def days(table: Table, name: str) -> pl.Series:
    """The calendar days of a field of dates or times; null where there is none."""
    values = table.rows[name]
    if values.dtype != pl.String:
        return values.cast(pl.Date)
    pattern = patterns.date_pattern(table.columns[name].format)
    assert pattern is not None, "the profile proposes only formats that can be read"
    parts = values.to_frame("v").select(pl.col("v").str.extract_groups(pattern.regex).alias("p")).unnest("p")
    year = pl.col("year").cast(pl.Int32) if "year" in parts.columns else _century(pl.col("short_year").cast(pl.Int32))
    month = pl.col("month").cast(pl.Int32) if "month" in parts.columns else _month()
    return (
        parts.select(
            pl.when(month.is_between(1, 12)).then(pl.date(year, month, 1)).dt.offset_by("0d")
            + pl.duration(days=pl.col("day").cast(pl.Int32) - 1)
        )
        .to_series()
        .alias("day")
    )


def _century(year: pl.Expr) -> pl.Expr:
    return year + pl.when(year >= 69).then(1900).otherwise(2000)


def _month() -> pl.Expr:
    return pl.col("month_name").str.to_lowercase().replace_strict(patterns.MONTH_NUMBERS, default=None)


def rhythm(role: Role, today: date, customers: int | None = None) -> Rhythm:
    """How the customers of a table with dated rows come back; rows that the source would exclude are left out, and
    those dated after today, unless all are.

    `customers`: of how many, where more are known than have rows.
    """
    table = role.table
    frame = pl.DataFrame({"c": table.rows[role.key].cast(pl.String), "d": days(table, role.dated)})
    frame = frame.with_columns((table.rows[role.transaction] if role.transaction else frame["d"]).alias("t"))
    if role.quantity:
        counts = table.rows[role.quantity].cast(pl.Float64, strict=False)
        frame = frame.filter(counts > 0)
    frame = frame.drop_nulls(["c", "d"])
    so_far = frame.filter(pl.col("d") <= today)
    frame = so_far if so_far.height else frame
    own = pl.col("t").n_unique() if role.transaction else pl.len()
    counted = frame.group_by("c").agg(own.alias("n"))["n"]
    gaps = frame.select("c", "d").unique().sort("c", "d").with_columns(pl.col("d").diff().over("c").alias("g"))
    gap = number(gaps["g"].dt.total_days().median())
    often = max(3, int(number(counted.quantile(0.8, "nearest")) or 3))
    everyone = customers or max(1, counted.len())
    times = next((n for n in range(2, often + 1) if (counted >= n).sum() < COMMON * everyone), often)
    last = frame["d"].max()
    assert isinstance(last, date), "a table without dates has another role"
    return Rhythm(max(1, round(gap or USUAL_GAP)), last, often, times, int((counted >= times).sum()) / everyone)


def usual_amount(role: Role) -> float | None:
    """What half of the customers spend at most at one time, on average; None where no amount is above zero."""
    table = role.table
    frame = pl.DataFrame({"c": table.rows[role.key], "p": table.figures(role.price)})
    if role.quantity:
        frame = frame.with_columns(pl.col("p") * table.figures(role.quantity))
    frame = frame.with_columns(
        (table.rows[role.transaction] if role.transaction else pl.int_range(pl.len())).alias("t")
    )
    frame = frame.drop_nulls().filter(pl.col("p") > 0)
    each = frame.group_by("c").agg((pl.col("p").sum() / pl.col("t").n_unique()).alias("m"))["m"]
    return number(each.median())


def number(found: object) -> float | None:
    """A statistic of Polars as a number; None where there is none."""
    return float(found) if isinstance(found, int | float) else None


def main_figures(table: Table, key: str) -> list[str]:
    """Fields with figures, the one with the most different values first: customers differ most by it."""
    found = [n for n, c in table.columns.items() if c.is_figure and n != key and c.known and c.different > 2]
    found = [n for n in found if not _counts_rows(table, n)]
    return sorted(found, key=lambda n: (table.columns[n].negative > 0, -table.columns[n].different))


def _counts_rows(table: Table, name: str) -> bool:
    """Another whole number in every row: a number of the row, not a figure."""
    column = table.columns[name]
    return column.whole and column.different == table.height
