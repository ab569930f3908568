"""Turns the drawn tables into files: columns as people see them, the dirt of a real export, CSV and Parquet.

In: tables of whole numbers from `make_customers.py`, with days counted from day 0. Out: four files in a
folder, each written whole or not at all. CSV files carry dirt; Parquet files have clean types, for scale.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Table = dict[str, npt.NDArray[Any]]
Columns = dict[str, list[Any]]
Rows = list[list[str]]

DRAWN_ON = np.datetime64("2026-11-20")
NONE = -1_000_000  # stands for "no date" and "no number" in whole-number columns

KINDS = ("beans", "gear", "gift")
HEARD_FROM = ("friend", "search", "market_stall", "press")
ABOUT = ("stale_beans", "delivery", "price", "other")
PAUSED_BECAUSE = ("too_much_coffee", "price", "taste", "moving")
CAMPAIGNS = ("", "", "", "spring26", "advent25", "friend10")
AGENTS = ("desk-1", "desk-2", "desk-3")
# fmt: off
FIRST_NAMES = (
    "Ada", "Alma", "Anton", "Ben", "Carla", "Clara", "David", "Elif", "Emil", "Emma", "Eva", "Felix", "Finn",
    "Frida", "Greta", "Hanna", "Henri", "Ida", "Ines", "Jan", "Jonas", "Juna", "Karla", "Kim", "Lara", "Lea",
    "Leon", "Lina", "Luca", "Maja", "Malik", "Marta", "Mats", "Mila", "Mira", "Nele", "Nico", "Noah", "Nora",
    "Ole", "Oskar", "Paul", "Paula", "Pia", "Rana", "Romy", "Rosa", "Samir", "Sara", "Selma", "Sofia",
    "Stella", "Theo", "Tilda", "Tom", "Vera", "Willi", "Yara", "Yusuf", "Zoe",
)
# fmt: on
MAIL_DOMAINS = ("example.com", "example.org", "example.net")
FILM_NUMBERS = ("+49 30 23125", "+49 69 90009", "+49 40 66969", "+49 221 4710", "+49 89 99998")


# ---- Columns as people see them (text, or nothing) ----


def ids(numbers: Ints) -> list[str]:
    """Household numbers as the shop writes them."""
    return [f"H{number:07d}" for number in numbers.tolist()]


def dates(days: Ints) -> list[str | None]:
    """Days counted from day 0 as ISO dates; the mark for no date gives nothing."""
    since = np.where(days == NONE, 0, days).astype("timedelta64[D]")
    texts = np.datetime_as_string(DRAWN_ON + since).tolist()
    return [None if day == NONE else text for day, text in zip(days.tolist(), texts, strict=True)]


def words(positions: Ints, choices: Sequence[str]) -> list[str | None]:
    """Choices by position; a position outside the list gives nothing."""
    return [choices[place] if 0 <= place < len(choices) else None for place in positions.tolist()]


def wholes(numbers: Ints) -> list[int | None]:
    """Whole numbers, with nothing for the mark of no number."""
    return [None if number == NONE else number for number in numbers.tolist()]


def email(name: str, number: int) -> str:
    """An address under a domain that is kept free for examples."""
    return f"{name.lower()}.{number}@{MAIL_DOMAINS[number % 3]}"


def phone(number: int) -> str:
    """A number out of the film ranges: 5,000 lines, then extensions of them."""
    prefix, line, extension = FILM_NUMBERS[number % 5], number // 5 % 1000, number // 5000
    return f"{prefix}{line:03d}" + (f"-{extension}" if extension else "")


def household_columns(table: Table) -> Columns:
    """The CRM export; `campaign` is a column that the strategy does not declare."""
    names = [FIRST_NAMES[place] for place in table["name"].tolist()]
    numbers, has_email, has_phone = (table[name].tolist() for name in ("household", "has_email", "has_phone"))
    return {
        "household_id": ids(table["household"]),
        "email": [email(n, i) if has else None for n, i, has in zip(names, numbers, has_email, strict=True)],
        "phone": [phone(i) if has else None for i, has in zip(numbers, has_phone, strict=True)],
        "first_name": names,
        "address_id": [None if place == NONE else f"B{place:06d}" for place in table["building"].tolist()],
        "account_type": words(table["account"], ("private", "staff", "wholesale")),
        "email_consent": words(table["email_consent"], ("no", "yes")),
        "phone_consent": words(table["phone_consent"], ("no", "yes")),
        "site_visits": wholes(table["site_visits"]),
        "trial_box_on": dates(table["trial_box"]),
        "heard_from": words(table["heard_from"], HEARD_FROM),
        "campaign": words(table["campaign"], CAMPAIGNS),
    }


def complaint_columns(table: Table) -> Columns:
    """The service desk's tickets; `agent` is a column that the strategy does not declare."""
    return {
        "household_id": ids(table["household"]),
        "opened_on": dates(table["opened"]),
        "closed_on": dates(table["closed"]),
        "about": words(table["about"], ABOUT),
        "agent": words(table["agent"], AGENTS),
    }


def answer_columns(table: Table) -> Columns:
    """The survey tool's answers."""
    return {
        "household_id": ids(table["household"]),
        "answered_on": dates(table["answered"]),
        "satisfaction": wholes(table["satisfaction"]),
        "pause_reason": words(table["pause"], PAUSED_BECAUSE),
    }


def order_columns(table: Table) -> Columns:
    """The shop's orders, as text for CSV."""
    return {
        "household_id": ids(table["household"]),
        "ordered_on": dates(table["day"]),
        "amount": [f"{cents / 100:.2f}" for cents in table["amount"].tolist()],
        "margin": [f"{cents / 100:.2f}" for cents in table["margin"].tolist()],
        "kind": words(table["kind"], KINDS),
    }


# ---- Dirt, as every real export has it ----


def rows_of(columns: Columns) -> Rows:
    """A header and one list of texts a row."""
    cells = zip(*columns.values(), strict=True)
    return [list(columns), *(["" if cell is None else str(cell) for cell in row] for row in cells)]


def spoil(rows: Rows, column: str, start: int, texts: Iterable[str]) -> None:
    """Overwrites a column in rows spread evenly from `start` on."""
    place = rows[0].index(column)
    for turn, text in enumerate(texts):
        rows[1 + (start + turn * 97) % (len(rows) - 1)][place] = text


def soil_households(rows: Rows) -> None:
    """Unknown account types, impossible dates, odd consents, blank mail, one mail twice, repeated ids."""
    spoil(rows, "account_type", 11, ("trade", "hotel", "", "Privat"))
    spoil(rows, "trial_box_on", 23, ("2026-13-45", "31.02.2026", "soon"))
    spoil(rows, "email_consent", 31, ("TRUE", "1", "Yes", "maybe", "0"))
    spoil(rows, "site_visits", 41, ("many", "-1"))
    spoil(rows, "heard_from", 53, ("radio", "Friend"))
    spoil(rows, "email", 61, ("", "   ", rows[1][1], rows[2][1]))
    repeats = [list(rows[1 + (71 + turn * 97) % (len(rows) - 1)]) for turn in range(6)]
    for row in repeats:
        row[rows[0].index("first_name")] = "Double"
    rows.extend(repeats)


def soil_orders(rows: Rows) -> None:
    """Refunds, text for money, bad and future dates, unknown kinds, guests, and rows that nobody owns."""
    spoil(rows, "amount", 101, ("twenty-four", "n/a", "24.00 EUR"))
    spoil(rows, "margin", 107, ("?", ""))
    spoil(rows, "ordered_on", 113, ("2026-02-30", "yesterday", "", "2026/11/01"))
    spoil(rows, "kind", 127, ("merch", "Beans", ""))
    buyers = [row[0] for row in rows[1:]]
    rows.extend([buyers[131 * t], f"2026-10-{t + 1:02}", "-24.00", "-9.00", "beans"] for t in range(8))
    rows.extend([f"GUEST-{t}", f"2026-09-{t + 10}", "39.90", "15.00", "gift"] for t in range(5))
    rows.extend(["", f"2026-08-{t + 1:02}", "24.00", "9.00", "beans"] for t in range(4))
    rows.extend([buyers[151 * t], f"2027-01-{t + 4:02}", "38.00", "17.00", "beans"] for t in range(3))


def soil_complaints(rows: Rows) -> None:
    """Closed before opened, and a subject that no list has."""
    spoil(rows, "closed_on", 5, ("2019-01-01", "2019-01-02"))
    spoil(rows, "about", 7, ("packaging", "PRICE"))


def soil_answers(rows: Rows) -> None:
    """Answers off the scale, and people who answered twice."""
    spoil(rows, "satisfaction", 3, ("ten", "11", ""))
    spoil(rows, "pause_reason", 9, ("holiday",))
    again = [row[0] for row in rows[1:50:13]]
    rows.extend([owner, f"2026-11-{turn + 10}", "7", ""] for turn, owner in enumerate(again))


# ---- Writing ----


def write_rows(path: Path, rows: Rows) -> None:
    """Writes a CSV file whole, or not at all."""
    aside = path.with_suffix(".part")
    with aside.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    os.replace(aside, path)


def write_csv(tables: dict[str, Table], folder: Path) -> None:
    """The four CSV files, dirt included."""
    jobs = (
        ("households", household_columns, soil_households),
        ("orders", order_columns, soil_orders),
        ("complaints", complaint_columns, soil_complaints),
        ("taste_survey", answer_columns, soil_answers),
    )
    for name, columns_of, soil in jobs:
        rows = rows_of(columns_of(tables[name]))
        soil(rows)
        write_rows(folder / f"{name}.csv", rows)


def order_frame(table: Table) -> Any:
    """Orders as a polars frame, built without a Python loop: there may be ten million."""
    import polars as pl

    whole = {name: table[name] for name in ("household", "amount", "margin")}
    frame = pl.DataFrame({**whole, "ordered_on": DRAWN_ON + table["day"].astype("timedelta64[D]")})
    kinds = pl.Series(KINDS).gather(pl.Series(table["kind"]))
    return frame.select(
        household_id="H" + pl.col("household").cast(pl.String).str.zfill(7),
        ordered_on=pl.col("ordered_on").cast(pl.Date),
        amount=pl.col("amount") / 100,
        margin=pl.col("margin") / 100,
        kind=kinds,
    )


def typed_frame(columns: Columns) -> Any:
    """A polars frame with dates and yes/no columns in their own types."""
    import polars as pl

    consents = {"yes": True, "no": False}
    frame = pl.DataFrame(columns, infer_schema_length=None)
    dated = [name for name in columns if name.endswith("_on")]
    consented = [name for name in columns if name.endswith("_consent")]
    return frame.with_columns(
        pl.col(dated).cast(pl.String).str.to_date(),
        pl.col(consented).replace_strict(consents, return_dtype=pl.Boolean),
    )


def write_parquet(tables: dict[str, Table], folder: Path) -> None:
    """The four Parquet files, in clean types and without the dirt."""
    frames = {
        "households": typed_frame(household_columns(tables["households"])),
        "orders": order_frame(tables["orders"]),
        "complaints": typed_frame(complaint_columns(tables["complaints"])),
        "taste_survey": typed_frame(answer_columns(tables["taste_survey"])),
    }
    for name, frame in frames.items():
        aside = folder / f"{name}.part"
        frame.write_parquet(aside, compression="zstd", statistics=True)
        os.replace(aside, folder / f"{name}.parquet")
