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
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from customer_files import (
    AGENTS,
    CAMPAIGNS,
    DRAWN_ON,
    FIRST_NAMES,
    NONE,
    Ints,
    Table,
    write_csv,
    write_parquet,
)

Flags = npt.NDArray[np.bool_]

PROSPECT, ONE_TIME, GIVER, OCCASIONAL, REGULAR, DEVOTED, WHOLESALE, STAFF = range(8)
#             prospect one-time giver occasional regular devoted wholesale staff
SHARE_PERMILLE = (250, 236, 80, 50, 274, 96, 8, 6)
RHYTHM_DAYS = ((0, 0), (0, 0), (0, 0), (55, 120), (21, 54), (9, 20), (14, 30), (20, 40))
LONGEST_TENURE = (420, 900, 1500, 1700, 1800, 2200, 1800, 1500)
LEAVES_PERCENT = (0, 0, 0, 40, 56, 34, 10, 5)
ANSWERS_PERCENT = (2, 8, 10, 15, 28, 45, 0, 0)
COMPLAINS_PERCENT = (1, 5, 3, 6, 9, 11, 2, 0)

BEANS, GEAR, GIFT = range(3)


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
        tickets: Ints = self.below(np.full(len(percents), 100))
        return np.asarray(tickets < percents, dtype=np.bool_)

    def pick(self, count: int, weights: Sequence[int]) -> Ints:
        """Positions in `weights`, each as often as its weight says."""
        tickets = self.whole(count, 0, sum(weights) - 1)
        return np.searchsorted(np.cumsum(weights), tickets, side="right").astype(np.int64)


def by_type(figures: Sequence[int], types: Ints) -> Ints:
    """The figure of each household's type."""
    return np.asarray(figures, dtype=np.int64)[types]


# ---- Households: what kind they are, since when, and whether they have left ----


def draw_lives(draw: Draw, count: int) -> Table:
    """Type, first day, last day and drinking rhythm of each household (days before day 0 are negative)."""
    types = draw.pick(count, SHARE_PERMILLE)
    longest = by_type(LONGEST_TENURE, types)
    tenure = 1 + np.minimum(draw.below(longest), draw.below(longest + 300))
    low, high = (by_type([pair[end] for pair in RHYTHM_DAYS], types) for end in (0, 1))
    rhythm = low + draw.below(high - low + 1)
    leaves = draw.chance(by_type(LEAVES_PERCENT, types)) & (tenure > 150)
    # Most of those who left went within the year: stale beans in one bad spring and summer.
    recently = draw.chance(np.full(count, 72))
    gone = np.where(recently, 70 + draw.below(np.minimum(tenure - 100, 240)), 60 + draw.below(tenure - 60))
    last = np.where(leaves, -gone, 0)
    return {"type": types, "first": -tenure, "rhythm": rhythm, "left": leaves, "last": last}


def draw_households(draw: Draw, lives: Table) -> Table:
    """One row a household: the CRM export's columns, as whole numbers."""
    types, count = lives["type"], len(lives["type"])
    bought = ~np.isin(types, (PROSPECT, WHOLESALE, STAFF))
    boxed = draw.chance(np.where(types == PROSPECT, 19, np.where(bought, 45, 0)))
    before = lives["first"] - draw.whole(count, 5, 40)
    box_on = np.where(types == PROSPECT, -draw.below(-lives["first"]), before)
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
    drinks = np.isin(types, (REGULAR, DEVOTED, OCCASIONAL))
    festive = (month == 12) & draw.chance(np.full(len(day), 18)) & drinks
    kind = np.where(types == ONE_TIME, single, np.where(types == WHOLESALE, BEANS, usual))
    return np.where((types == GIVER) | festive, GIFT, kind)


def order_cents(draw: Draw, types: Ints, kind: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Amount and margin in cents. A bag cost 23 EUR until the end of 2025, and 24 EUR since."""
    bag = np.where(day > -324, 2400, 2300)
    more = np.where(types == DEVOTED, draw.pick(len(day), (35, 50, 15)), 0)
    bags = 1 + draw.pick(len(day), (62, 34, 4)) + more
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
    lately = (day > -25) & draw.chance(np.full(len(day), 4))
    picked = (draw.below(orders_each[owner] * 100) < percent[owner]) | lately
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


def main() -> None:
    """Reads the command line and writes the files."""
    parser = argparse.ArgumentParser(description="Generate the Bean Club's customers; none of them is real.")
    parser.add_argument("--households", type=int, default=2000, help="how many households, at least 200")
    parser.add_argument("--seed", type=int, default=7)
    here = Path(__file__).resolve().parent
    parser.add_argument("--out", type=Path, default=here, help="folder for the files")
    parser.add_argument("--parquet", action="store_true", help="Parquet in clean types, for runs at scale")
    options = parser.parse_args()
    if options.households < 200:
        parser.error("--households must be at least 200: fewer leave some tiers and stages empty")
    options.out.mkdir(parents=True, exist_ok=True)
    tables = draw_everything(options.households, options.seed)
    (write_parquet if options.parquet else write_csv)(tables, options.out)


if __name__ == "__main__":
    main()
