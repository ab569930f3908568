"""Decision ids: the same strategy, as-of moment, customer and action have the same id in every run.

128 bits as hexadecimal digits: XXH64 with seeds 0 and 1 of `strategy hash/as-of/action/customer` in UTF-8.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from stratagem.engine.moment import Moment

if TYPE_CHECKING:
    import numpy.typing as npt
    import polars as pl

    from stratagem.engine.decide.hashing import Texts


def id_prefix(strategy_hash: str, moment: Moment, action: str) -> str:
    """What stands before the customer in the hashed text."""
    return f"{strategy_hash}/{moment}/{action}/"


def decision_id(prefix: str, customer: str) -> str:
    """One id."""
    import xxhash

    text = (prefix + customer).encode()
    return "".join(f"{xxhash.xxh64_intdigest(text, seed):016x}" for seed in (0, 1))


@cache
def _four_digits() -> pl.Series:
    """Every text of four hexadecimal digits."""
    import polars as pl

    return pl.Series([f"{n:04x}" for n in range(1 << 16)])


def decision_ids(prefix: str, ids: Texts, rows: npt.NDArray[Any]) -> pl.Series:
    """One id for each of the customers in `rows`."""
    import numpy as np
    import polars as pl

    digits = _four_digits()
    parts: list[pl.Series] = []
    for seed in (0, 1):
        found = ids.hash(prefix, rows, seed)
        for right in (48, 32, 16, 0):
            part = (found >> np.uint64(right)) & np.uint64(0xFFFF)
            parts.append(digits.gather(part.astype(np.uint32)).alias(str(len(parts))))
    return pl.DataFrame(parts).select(pl.concat_str(pl.all()).alias("decision_id")).to_series()
