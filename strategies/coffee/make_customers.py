"""Generates the Bean Club's customers: households, their orders, complaints and survey answers.

In: a number of households, a seed and a folder. Out: four CSV files (or Parquet files with clean types, for
runs at scale). Nobody in them is real: names come from a short list, e-mail addresses end in example.com,
.net or .org, and telephone numbers lie in the ranges that Germany keeps free for films and books.

    python strategies/coffee/make_customers.py --households 2000 --seed 7 --out strategies/coffee
    python strategies/coffee/make_customers.py --households 1000000 --seed 7 --out /tmp/big --parquet

The same seed gives the same bytes: only whole numbers and plain uniform draws are used, from a generator
whose stream numpy has frozen. Days are counted from the day the data was drawn, 2026-11-20, which is day 0.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Table = dict[str, npt.NDArray[Any]]
Rows = list[list[str]]

DRAWN_ON = np.datetime64("2026-11-20")
NONE = -1_000_000  # stands for "no date" and "no number" in whole-number columns

PROSPECT, ONE_TIME, GIVER, OCCASIONAL, REGULAR, DEVOTED, WHOLESALE, STAFF = range(8)
#             prospect one-time giver occasional regular devoted wholesale staff
SHARE_PERMILLE = (250, 170, 75, 130, 281, 80, 8, 6)
RHYTHM_DAYS = ((0, 0), (0, 0), (0, 0), (55, 120), (21, 56), (10, 22), (14, 30), (20, 40))
LONGEST_TENURE = (420, 900, 1500, 1700, 1500, 1900, 1800, 1500)
LEAVES_PERCENT = (0, 0, 0, 35, 42, 22, 10, 5)
ANSWERS_PERCENT = (2, 8, 10, 15, 28, 45, 0, 0)
COMPLAINS_PERCENT = (1, 5, 3, 6, 9, 11, 2, 0)

BEANS, GEAR, GIFT = range(3)
KINDS = ("beans", "gear", "gift")
HEARD_FROM = ("friend", "search", "market_stall", "press")
ABOUT = ("stale_beans", "delivery", "price", "other")
PAUSED_BECAUSE = ("too_much_coffee", "price", "taste", "moving")
CAMPAIGNS = ("", "", "", "spring26", "advent25", "friend10")
AGENTS = ("desk-1", "desk-2", "desk-3")
FIRST_NAMES = (
    "Ada Alma Anton Ben Carla Clara David Elif Emil Emma Eva Felix Finn Frida Greta Hanna Henri Ida Ines Jan "
    "Jonas Juna Karla Kim Lara Lea Leon Lina Luca Maja Malik Marta Mats Mila Mira Nele Nico Noah Nora Ole "
    "Oskar Paula Paul Pia Rana Romy Rosa Samir Sara Selma Sofia Stella Theo Tilda Tom Vera Willi Yara Yusuf Zoe"
).split()
MAIL_DOMAINS = ("example.com", "example.org", "example.net")
FILM_NUMBERS = ("+49 30 23125", "+49 69 90009", "+49 40 66969", "+49 221 4710", "+49 89 99998")


class Draw:
    """One seeded stream of uniform numbers, and the few ways in which it is read."""

    def __init__(self, seed: int) -> None:
        self._stream = np.random.RandomState(seed)

    def below(self, tops: Ints) -> Ints:
        """Whole numbers from 0 up to, not including, each of `tops`."""
        return np.floor(self._stream.random_sample(len(tops)) * np.maximum(tops, 1)).astype(np.int64)

    def whole(self, count: int, low: int, high: int) -> Ints:
        """`count` whole numbers between `low` and `high`, both included."""
        return low + self.below(np.full(count, high - low + 1))

    def chance(self, percents: Ints) -> Flags:
        """True with the given chance in percent, one for each row."""
        return self.below(np.full(len(percents), 100)) < percents

    def pick(self, count: int, weights: Sequence[int]) -> Ints:
        """Positions in `weights`, each as often as its weight says."""
        return np.searchsorted(np.cumsum(weights), self.whole(count, 0, sum(weights) - 1), side="right").astype(np.int64)


def by_type(figures: Sequence[int], types: Ints) -> Ints:
    """The figure of each household's type."""
    return np.asarray(figures, dtype=np.int64)[types]


# ---- Households: what kind they are, since when, and whether they have left ----


def draw_lives(draw: Draw, count: int) -> Table:
    """Type, first day, last day and drinking rhythm of each household (days before day 0 are negative)."""
    types = draw.pick(count, SHARE_PERMILLE)
    tenure = 1 + np.minimum(draw.below(by_type(LONGEST_TENURE, types)), draw.below(by_type(LONGEST_TENURE, types) + 300))
    low, high = (by_type([pair[end] for pair in RHYTHM_DAYS], types) for end in (0, 1))
    rhythm = low + draw.below(high - low + 1)
    leaves = draw.chance(by_type(LEAVES_PERCENT, types)) & (tenure > 150)
    # Half of those who left went in the last fourteen months: the stale beans of one bad summer.
    recently = draw.chance(np.full(count, 65))
    gone = np.where(recently, 60 + draw.below(np.minimum(tenure - 90, 330)), 60 + draw.below(tenure - 60))
    return {"type": types, "first": -tenure, "rhythm": rhythm, "left": leaves, "last": np.where(leaves, -gone, 0)}


def draw_households(draw: Draw, lives: Table) -> Table:
    """One row a household: the CRM export's columns, as whole numbers."""
    types, count = lives["type"], len(lives["type"])
    bought = ~np.isin(types, (PROSPECT, WHOLESALE, STAFF))
    boxed = draw.chance(np.where(types == PROSPECT, 38, np.where(bought, 45, 0)))
    box_on = np.where(types == PROSPECT, -draw.below(-lives["first"]), lives["first"] - draw.whole(count, 5, 40))
    building = np.cumsum(draw.pick(count, (30, 70)))  # three in ten live in the building of the one before
    return {
        "household": np.arange(1, count + 1),
        "name": draw.whole(count, 0, len(FIRST_NAMES) - 1),
        "has_email": draw.chance(np.full(count, 96)),
        "has_phone": draw.chance(np.full(count, 62)),
        "building": np.where(draw.chance(np.full(count, 97)), building, NONE),
        "account": np.where(types == WHOLESALE, 2, np.where(types == STAFF, 1, 0)),
        "email_consent": draw.pick(count, (24, 71, 5)),
        "phone_consent": draw.pick(count, (55, 40, 5)),
        "site_visits": np.where(draw.chance(np.full(count, 92)), draw.below(np.where(bought, 30, 7)), NONE),
        "trial_box": np.where(boxed, box_on, NONE),
        "heard_from": draw.pick(count, (16, 14, 10, 5, 55)),
        "campaign": draw.whole(count, 0, len(CAMPAIGNS) - 1),
    }


# ---- Orders ----


def rhythm_orders(draw: Draw, lives: Table) -> tuple[Ints, Ints]:
    """Household positions and days of the orders of everyone who drinks in a rhythm."""
    who = np.flatnonzero(lives["rhythm"] > 0)
    first, last, rhythm = (lives[name][who] for name in ("first", "last", "rhythm"))
    times = 1 + (last - first) // rhythm
    owner = np.repeat(np.arange(len(who)), times)
    turn = np.arange(len(owner)) - np.repeat(np.cumsum(times) - times, times)
    early_or_late = draw.below(rhythm[owner] // 3 + 1) - rhythm[owner] // 6
    day = np.clip(first[owner] + turn * rhythm[owner] + early_or_late, first[owner], last[owner])
    kept = draw.chance(np.full(len(owner), 93)) | (turn == 0)  # holidays and full shelves
    return who[owner][kept], day[kept]


def single_orders(draw: Draw, lives: Table) -> tuple[Ints, Ints]:
    """Those who bought once, and the quarter of them who came back once more."""
    who = np.flatnonzero(lives["type"] == ONE_TIME)
    day = lives["first"][who]
    again_on = day + draw.whole(len(who), 20, 110)
    again = draw.chance(np.full(len(who), 25)) & (again_on <= 0)
    return np.concatenate([who, who[again]]), np.concatenate([day, again_on[again]])


def christmas_orders(draw: Draw, lives: Table) -> tuple[Ints, Ints]:
    """Gift buyers: one or two parcels in each December since they came, and now and then one in spring."""
    givers = np.flatnonzero(lives["type"] == GIVER)
    who, day = [givers], [lives["first"][givers]]
    for year in range(2021, 2026):
        christmas = int((np.datetime64(f"{year}-12-01") - DRAWN_ON).astype(int))
        for low, high, percent in ((2, 12, 85), (9, 19, 40), (110, 165, 15)):
            on = christmas + draw.whole(len(givers), low, high)
            buys = draw.chance(np.full(len(givers), percent)) & (on > lives["first"][givers]) & (on <= 0)
            who.append(givers[buys])
            day.append(on[buys])
    return np.concatenate(who), np.concatenate(day)


def order_kinds(draw: Draw, types: Ints, day: Ints) -> Ints:
    """Beans, gear or gift for each order, by the household's type and the season."""
    month = (DRAWN_ON + day.astype("timedelta64[D]")).astype("datetime64[M]").astype(np.int64) % 12 + 1
    usual = draw.pick(len(day), (93, 4, 3))
    single = draw.pick(len(day), (34, 28, 38))
    festive = (month == 12) & draw.chance(np.full(len(day), 18)) & np.isin(types, (REGULAR, DEVOTED, OCCASIONAL))
    gift = (types == GIVER) | festive
    return np.where(gift, GIFT, np.where(types == ONE_TIME, single, np.where(types == WHOLESALE, BEANS, usual)))


def order_cents(draw: Draw, types: Ints, kind: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Amount and margin in cents. A bag cost 23 EUR until the end of 2025, and 24 EUR since."""
    bag = np.where(day > -324, 2400, 2300)
    bags = 1 + draw.pick(len(day), (62, 34, 4)) + np.where(types == DEVOTED, draw.pick(len(day), (35, 50, 15)), 0)
    crates = np.where(types == WHOLESALE, draw.whole(len(day), 18, 95), 1)
    gear = draw.whole(len(day), 35, 190) * 100 - 10
    gift = draw.whole(len(day), 7, 16) * 500 - 10
    amount = np.where(kind == GEAR, gear, np.where(kind == GIFT, gift, bag * bags * crates))
    percent = np.where(kind == GEAR, draw.whole(len(day), 20, 28), draw.whole(len(day), 35, 43))
    percent = np.where(np.isin(types, (WHOLESALE, STAFF)), percent // 3, percent)
    return amount, amount * percent // 100


def draw_orders(draw: Draw, lives: Table) -> Table:
    """All orders, oldest first within a household."""
    parts = [rhythm_orders(draw, lives), single_orders(draw, lives), christmas_orders(draw, lives)]
    owner, day = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    in_order = np.lexsort((day, owner))
    owner, day = owner[in_order], day[in_order]
    types = lives["type"][owner]
    kind = order_kinds(draw, types, day)
    amount, margin = order_cents(draw, types, kind, day)
    return {"household": owner + 1, "day": day, "amount": amount, "margin": margin, "kind": kind}


# ---- What they tell us ----


def draw_complaints(draw: Draw, lives: Table, orders: Table) -> Table:
    """Complaints, some days after an order; nobody owns them, so some old ones were never closed."""
    owner, day = orders["household"] - 1, orders["day"]
    orders_each = np.bincount(owner, minlength=len(lives["type"]))
    percent = by_type(COMPLAINS_PERCENT, lives["type"]) + np.where(lives["left"], 9, 0)
    picked = (draw.below(orders_each[owner] * 100) < percent[owner]) | ((day > -25) & draw.chance(np.full(len(day), 4)))
    owner, day = owner[picked], np.minimum(day[picked] + draw.whole(int(picked.sum()), 1, 12), 0)
    still_open = draw.chance(np.where(day > -14, 75, 12))
    closed = np.minimum(day + draw.whole(len(day), 0, 21), 0)
    stale = draw.chance(np.where(lives["left"][owner], 60, 25))
    about = np.where(stale, 0, draw.pick(len(day), (10, 45, 25, 20)))
    return {
        "household": owner + 1,
        "opened": day,
        "closed": np.where(still_open, NONE, closed),
        "about": about,
        "agent": draw.whole(len(day), 0, len(AGENTS) - 1),
    }


def draw_answers(draw: Draw, lives: Table) -> Table:
    """The taste survey: most never answer, some answered long ago, and few say why they paused."""
    who = np.flatnonzero(draw.chance(by_type(ANSWERS_PERCENT, lives["type"])))
    count, types, left = len(who), lives["type"][who], lives["left"][who]
    happy = np.where(types == DEVOTED, 8, 6) + draw.pick(count, (10, 25, 35, 22, 8)) - 1
    satisfaction = np.clip(np.where(left, draw.whole(count, 1, 8), happy), 0, 10)
    paused = (left & draw.chance(np.full(count, 75))) | draw.chance(np.full(count, 12))
    answered = -np.minimum(draw.below(np.minimum(-lives["first"][who], 900)), draw.whole(count, 0, 900))
    return {
        "household": who + 1,
        "answered": answered,
        "satisfaction": np.where(draw.chance(np.full(count, 93)), satisfaction, NONE),
        "pause": np.where(paused, draw.pick(count, (18, 27, 38, 17)), NONE),
    }


def draw_everything(households: int, seed: int) -> dict[str, Table]:
    """The four tables, in whole numbers: the same for CSV and for Parquet."""
    draw = Draw(seed)
    lives = draw_lives(draw, households)
    people = draw_households(draw, lives)
    orders = draw_orders(draw, lives)
    return {
        "households": people,
        "orders": orders,
        "complaints": draw_complaints(draw, lives, orders),
        "taste_survey": draw_answers(draw, lives),
    }


# ---- Columns as people see them (text, or nothing) ----


def ids(numbers: Ints) -> list[str]:
    """Household numbers as the shop writes them."""
    return [f"H{number:07d}" for number in numbers.tolist()]


def dates(days: Ints) -> list[str | None]:
    """Days counted from day 0 as ISO dates; the mark for no date gives nothing."""
    texts = np.datetime_as_string(DRAWN_ON + np.where(days == NONE, 0, days).astype("timedelta64[D]")).tolist()
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


def household_columns(table: Table) -> dict[str, list[Any]]:
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


def complaint_columns(table: Table) -> dict[str, list[Any]]:
    """The service desk's tickets; `agent` is a column that the strategy does not declare."""
    return {
        "household_id": ids(table["household"]),
        "opened_on": dates(table["opened"]),
        "closed_on": dates(table["closed"]),
        "about": words(table["about"], ABOUT),
        "agent": words(table["agent"], AGENTS),
    }


def answer_columns(table: Table) -> dict[str, list[Any]]:
    """The survey tool's answers."""
    return {
        "household_id": ids(table["household"]),
        "answered_on": dates(table["answered"]),
        "satisfaction": wholes(table["satisfaction"]),
        "pause_reason": words(table["pause"], PAUSED_BECAUSE),
    }


def order_columns(table: Table) -> dict[str, list[Any]]:
    """The shop's orders, as text for CSV."""
    return {
        "household_id": ids(table["household"]),
        "ordered_on": dates(table["day"]),
        "amount": [f"{cents / 100:.2f}" for cents in table["amount"].tolist()],
        "margin": [f"{cents / 100:.2f}" for cents in table["margin"].tolist()],
        "kind": words(table["kind"], KINDS),
    }


# ---- Dirt, as every real export has it ----


def rows_of(columns: dict[str, list[Any]]) -> Rows:
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
    rows.extend([rows[1 + turn * 131 % (len(rows) - 1)][0], "2026-10-0%d" % (turn + 1), "-24.00", "-9.00", "beans"] for turn in range(8))
    rows.extend([f"GUEST-{turn}", "2026-09-1%d" % turn, "39.90", "15.00", "gift"] for turn in range(5))
    rows.extend(["", "2026-08-0%d" % (turn + 1), "24.00", "9.00", "beans"] for turn in range(4))
    rows.extend([rows[1 + turn * 151][0], "2027-01-0%d" % (turn + 4), "38.00", "17.00", "beans"] for turn in range(3))


def soil_complaints(rows: Rows) -> None:
    """Closed before opened, and a subject that no list has."""
    spoil(rows, "closed_on", 5, ("2019-01-01", "2019-01-02"))
    spoil(rows, "about", 7, ("packaging", "PRICE"))


def soil_answers(rows: Rows) -> None:
    """Answers off the scale, and people who answered twice."""
    spoil(rows, "satisfaction", 3, ("ten", "11", ""))
    spoil(rows, "pause_reason", 9, ("holiday",))
    rows.extend([rows[1 + turn * 13][0], "2026-11-1%d" % turn, "7", ""] for turn in range(4))


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

    frame = pl.DataFrame(
        {**{name: table[name] for name in ("household", "amount", "margin")}, "ordered_on": DRAWN_ON + table["day"].astype("timedelta64[D]")}
    )
    kinds = pl.Series(KINDS).gather(pl.Series(table["kind"]))
    return frame.select(
        household_id="H" + pl.col("household").cast(pl.String).str.zfill(7),
        ordered_on=pl.col("ordered_on").cast(pl.Date),
        amount=pl.col("amount") / 100,
        margin=pl.col("margin") / 100,
        kind=kinds,
    )


def typed_frame(columns: dict[str, list[Any]]) -> Any:
    """A polars frame with dates and yes/no columns in their own types."""
    import polars as pl

    consents = {"yes": True, "no": False}
    frame = pl.DataFrame({name: cells for name, cells in columns.items()}, infer_schema_length=None)
    return frame.with_columns(
        *(pl.col(name).cast(pl.String).str.to_date() for name in frame.columns if name.endswith("_on")),
        *(pl.col(name).replace_strict(consents, return_dtype=pl.Boolean) for name in frame.columns if name.endswith("_consent")),
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


def main() -> None:
    """Reads the command line and writes the files."""
    parser = argparse.ArgumentParser(description="Generate the Bean Club's customers (nobody in them is real).")
    parser.add_argument("--households", type=int, default=2000, help="how many households, at least 200")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent, help="folder for the files")
    parser.add_argument("--parquet", action="store_true", help="Parquet in clean types, for runs at scale")
    options = parser.parse_args()
    if options.households < 200:
        parser.error("--households must be at least 200: fewer leave some tiers and stages empty")
    options.out.mkdir(parents=True, exist_ok=True)
    tables = draw_everything(options.households, options.seed)
    (write_parquet if options.parquet else write_csv)(tables, options.out)


if __name__ == "__main__":
    main()
