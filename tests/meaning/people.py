"""Forty awkward customers, as records for the row and reference evaluators and as frames for the columnar one.

Missing values, ties, edges of windows, 29 February, midnight, huge and tiny figures, negative zero, text beyond ASCII,
customers without rows or without anything at all, groups with an excluded member.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

import polars as pl

from stratagem.dsl.expressions.types import (
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    SHARE,
    TEXT,
    TIMESTAMP,
    YES_NO,
    Kind,
    Type,
    choice,
    money,
)
from stratagem.engine.evaluate.columnar.layers import DTYPES
from stratagem.engine.evaluate.meaning import DAY_MICROS, FIRST_DAY, LAST_DAY, day_number
from stratagem.engine.evaluate.population import Dated, Population
from stratagem.engine.moment import Moment

EUR = money("EUR")
BEANS = choice("beans", "gear", "gift")

ONE: dict[str, dict[str, Type]] = {
    "crm": {
        "n1": NUMBER, "n2": NUMBER, "n3": NUMBER, "s1": SHARE, "s2": SHARE, "m1": EUR, "m2": EUR,
        "du": DAYS, "du2": DAYS, "dm": MONTHS, "dm2": MONTHS, "b1": YES_NO, "b2": YES_NO,
    },
    "web": {
        "d1": DATE, "d2": DATE, "t1": TIMESTAMP, "t2": TIMESTAMP, "x1": TEXT, "x2": TEXT, "c1": BEANS, "c2": BEANS,
        "region.name": TEXT,
    },
}  # fmt: skip
MANY: dict[str, dict[str, Type]] = {
    "orders": {
        "on": DATE, "due": DATE, "amount": EUR, "qty": NUMBER, "kind": BEANS, "note": TEXT, "ok": YES_NO,
        "seen": TIMESTAMP, "product.category": TEXT, "off": SHARE,
    },
    "visits": {"at": TIMESTAMP, "pages": NUMBER, "page": TEXT, "took": DAYS, "day": DATE},
    "notes": {"score": NUMBER, "text": TEXT, "good": YES_NO, "written": DATE, "cost": EUR},
}  # fmt: skip
DATES = {"orders": Dated("on", Kind.DATE), "visits": Dated("at", Kind.TIMESTAMP)}
GROUP = "building"

MOMENTS = (
    Moment(date(2024, 2, 29)),
    Moment(date(2026, 3, 31), time(14, 30)),
    Moment(date(2025, 12, 31)),
    Moment(date(2026, 10, 1), time(0, 0)),
)

FIGURES = (
    0.0, -0.0, 1.0, -1.0, 2.0, 3.0, 5.0, 10.0, 0.5, -0.5, 2.5, -2.5, 0.1, 0.2, 0.3, 1 / 3, 0.72, 7.25, 100.0, 240.0,
    12.345678, -12.3456785, 1e-7, 5e-7, -5e-7, 4.999999999e-7, 1234567.891, 1e15 + 0.3, 9007199254740993.0,
)  # fmt: skip
EXTREMES = (1e20, -1e20, 9.999999999999e19, 1e22, 5e-324, -5e-324, 1e-300, 1e300, 1.7e308, -1.7e308, 1.8e302, 4e18)
TEXTS = (
    "", "a", "A", "ab", "abc", "é", "É", "Straße", "straße", "z", "Z", "10", " 12.5 ", "1e3", "-7", "+3.0", ".5", "1_0",
    "nan", "inf", "٣", "beans", "a b", "a_b", "a.b", "日本", "\U0001f600", "a\nb", "\t x", "ſ", "\u212a", "0x10",
    "1e999",
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """The same customers twice."""

    records: list[dict[str, Any]]
    population: Population


def days_around(moment: Moment) -> list[int]:
    """Days at and beside every edge there is."""
    near = [moment.day + k for k in (0, 0, 0, 1, -1, 2, 7, -7, 30, -30, -29, -31, 14, 13, 15)]
    edges = [_months(moment, k) + j for k in (-1, -3, -6, -12, -24, 1, 6) for j in (-1, 0, 1)]
    named = [date(2024, 2, 29), date(2023, 2, 28), date(2000, 2, 29), date(1969, 12, 31), date(2024, 1, 31)]
    return near * 2 + edges + [day_number(d) for d in named] + [FIRST_DAY, LAST_DAY, 0, -1]


def _months(moment: Moment, months: int) -> int:
    from stratagem.engine.evaluate.meaning import shift_day_months

    moved = shift_day_months(moment.day, float(abs(months)), 1 if months > 0 else -1)
    assert moved is not None
    return moved


@lru_cache(maxsize=256)
def pool(kind: Type, moment: Moment) -> list[Any]:
    """Values of a type that are worth trying."""
    match kind.kind:
        case Kind.DATE:
            return list(days_around(moment))
        case Kind.TIMESTAMP:
            days = days_around(moment)
            times = (0, 0, 1, DAY_MICROS - 1, 52_200_000_000, 52_200_000_001, 52_199_999_999)
            return [d * DAY_MICROS + t for d in days for t in times]
        case Kind.TEXT:
            return list(TEXTS)
        case Kind.CHOICE | Kind.CHANNEL:
            return list(kind.options)
        case Kind.YES_NO:
            return [True, False]
        case Kind.SHARE:
            return [0.0, 0.05, 0.3, 0.5, 0.72, 1.0, 1.5, -0.1]
        case Kind.DURATION if kind.family == "months":
            return [0.0, 1.0, -1.0, 6.0, 12.0, 13.0, 0.5, -1.5, 24.0, 1200.0]
        case Kind.DURATION:
            return [0.0, 86400.0, -86400.0, 604800.0, 43200.0, 2592000.0, 129600.0, 0.25, -43200.5, 1e9]
        case _:
            return [*FIGURES, *FIGURES, *FIGURES, *EXTREMES]


def people(seed: int, moment: Moment, count: int = 40) -> People:
    """Customers by seed, around the moment."""
    rnd = random.Random(seed)
    records = [_record(rnd, f"c{n:02d}", n, moment) for n in range(count)]
    keys = {r["@id"]: rnd.choice(["north", "south", "é", None, "alone-" + r["@id"]]) for r in records}
    for r in records:
        members = [m for m in records if keys[m["@id"]] == keys[r["@id"]]]
        r["@groups"] = {GROUP: members if keys[r["@id"]] is not None else []}
    return People(records, _population(records, keys))


def _record(rnd: random.Random, name: str, number: int, moment: Moment) -> dict[str, Any]:
    record: dict[str, Any] = {"@id": name, "@stage_before": rnd.choice(["aware", "buyer", "loyal", "gone", None, None])}
    record["@excluded"] = rnd.random() < 0.15
    gaps = rnd.choice([0.05, 0.15, 0.3]) if number else 1.0
    for source, fields in ONE.items():
        record[source] = {f: None if rnd.random() < gaps else _draw(rnd, t, moment) for f, t in fields.items()}
    for source, fields in MANY.items():
        rows = 0 if number < 2 else rnd.choice([0, 1, 2, 3, 5, 8, 12])
        record[source] = [
            {f: None if rnd.random() < 0.12 else _draw(rnd, t, moment) for f, t in fields.items()} for _ in range(rows)
        ]
    _ties(rnd, record)
    return record


def _draw(rnd: random.Random, kind: Type, moment: Moment) -> Any:
    if kind.kind in (Kind.NUMBER, Kind.MONEY) and rnd.random() < 0.3:
        return round(rnd.uniform(-50, 300), rnd.choice([0, 2, 7]))
    return rnd.choice(pool(kind, moment))


def _ties(rnd: random.Random, record: dict[str, Any]) -> None:
    """Some rows share their date; some customers have sums beyond 2^53 millionths."""
    rows = record["orders"]
    if len(rows) > 2 and rnd.random() < 0.5:
        rows[1]["on"] = rows[0]["on"] = rows[-1]["on"]
    if rows and rnd.random() < 0.3:
        for row in rows:
            row["amount"] = rnd.choice([9007199254.740993, 12345678901.234567, -9007199254740.5, 1e13 / 3])
    if len(record["visits"]) > 1 and rnd.random() < 0.5:
        record["visits"][1]["at"] = record["visits"][0]["at"]


def series_of(values: list[Any], kind: Type) -> pl.Series:
    """Values in evaluated form as a column."""
    dtype = DTYPES[kind.kind]
    plain = {Kind.DATE: pl.Int32, Kind.TIMESTAMP: pl.Int64}.get(kind.kind, dtype)
    return pl.Series(values, dtype=plain).cast(dtype)


def _population(records: list[dict[str, Any]], keys: dict[str, str | None]) -> Population:
    columns: dict[str, pl.Series] = {"@id": pl.Series([r["@id"] for r in records])}
    for source, fields in ONE.items():
        for f, kind in fields.items():
            columns[f"{source}.{f}"] = series_of([r[source][f] for r in records], kind)
    columns["@stage_before"] = pl.Series([r["@stage_before"] for r in records], dtype=pl.String)
    columns["@excluded"] = pl.Series([r["@excluded"] for r in records])
    columns["@group"] = pl.Series([keys[r["@id"]] for r in records], dtype=pl.String)
    rows = {source: _rows(records, source).lazy() for source in MANY}
    return Population(pl.DataFrame(columns).lazy(), rows, {GROUP: "@group"}, DATES)


def _rows(records: list[dict[str, Any]], source: str) -> pl.DataFrame:
    pairs = [(r["@id"], row) for r in records for row in r[source]]
    columns = {
        "@id": pl.Series([i for i, _ in pairs], dtype=pl.String),
        "@row": pl.Series(range(len(pairs)), dtype=pl.Int64),
    }
    for f, kind in MANY[source].items():
        columns[f] = series_of([row[f] for _, row in pairs], kind)
    frame = pl.DataFrame(columns)
    # Neither the order of rows in a frame nor their neighbours may matter: `@row` is the order of the file.
    return frame.sample(fraction=1.0, shuffle=True, seed=7)


def alike(some: People) -> People:
    """Customers without rows, each a copy of the last but for the id; their columns hold one value, as Polars keeps a
    column that was made from a literal."""
    last = some.records[-1]
    records = [{**last, "@id": r["@id"], **{source: [] for source in MANY}} for r in some.records]
    for r in records:
        r["@groups"] = {GROUP: records}
    frame = _population(records, {r["@id"]: "one" for r in records}).customers.collect()
    names = [n for n in frame.columns if n != "@id"]
    literals = [pl.lit(frame[n][0], dtype=frame[n].dtype).alias(n) for n in names]
    rows = {source: some.population.rows[source].filter(False) for source in MANY}
    customers = frame.lazy().select("@id").with_columns(literals)
    return People(records, Population(customers, rows, {GROUP: "@group"}, DATES))
