"""The customer ledger: where every customer ended, by the action that got furthest.

In: the gates of every pair, what was taken. Out: one entry per customer. The entries, from least to furthest:
not eligible (the strategy or a channel's condition is known to keep every action out, or the contact that `after` asks
for was never made), data missing (it is not known whether), nothing to gain (score zero or less), limited by policy,
out of budget or capacity, held out, acted on.
The excluded stand apart.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from stratagem.engine.decide.decision import LEDGER
from stratagem.engine.decide.eligibility import Bits, Bools
from stratagem.engine.decide.gates import AFTER, STRATEGIC, UNKNOWN_SHIFT, Gate

NOT_ELIGIBLE, DATA_MISSING, NOTHING_TO_GAIN, LIMITED, OUT, HELD, ACTED = range(7)
FURTHEST = (
    "not eligible",
    "data missing",
    "nothing to gain",
    "limited by policy",
    "out of budget or capacity",
    "held out",
    "acted on",
)
EXCLUDED = 7
GATES = int(STRATEGIC | Gate.CHANNEL)
Entries = npt.NDArray[np.uint8]


def how_far(bits: Bits) -> Entries:
    """How far each pair got that was not taken."""
    gates, score = np.uint32(GATES), np.uint32(Gate.SCORE)
    unknown = bits >> np.uint32(UNKNOWN_SHIFT)
    found = np.full(len(bits), LIMITED, np.uint8)
    found[(bits & np.uint32(Gate.BUDGET)) != 0] = OUT
    found[(bits & score) != 0] = NOTHING_TO_GAIN
    found[(unknown & (gates | score)) != 0] = DATA_MISSING
    found[(bits & (~unknown & gates | np.uint32(AFTER))) != 0] = NOT_ELIGIBLE
    return found


def entries(bits: list[Bits], excluded: Bools, held: Bools, acted: Bools) -> Entries:
    """One entry per customer; `held` and `acted` are those with a withheld and with a recommended action."""
    found = np.zeros(len(excluded), np.uint8)
    for column in bits:
        found = np.maximum(found, how_far(column))
    found[held] = HELD
    found[acted] = ACTED
    found[excluded] = EXCLUDED
    return found


def names(found: Entries) -> pl.Series:
    """The entries by name."""
    words = pl.Series([*FURTHEST, "excluded"])
    return words.gather(found.astype(np.uint32)).alias("ledger")


def balance(found: Entries) -> pl.DataFrame:
    """How many customers each entry has; it must come to all of them."""
    counts = dict(zip((*FURTHEST, "excluded"), np.bincount(found, minlength=8)[:8].tolist(), strict=True))
    ledger = pl.DataFrame({"entry": list(LEDGER), "customers": [counts[name] for name in LEDGER]})
    if sum(counts.values()) != len(found) or ledger.get_column("customers").sum() != len(found):
        raise AssertionError("the customer ledger does not balance")
    return ledger
