"""Holdout groups: stable, random, and the same in every run, batch or single.

A customer is in a group's holdout when XXH64 (seed 0) of `strategy/group/customer id`, as a fraction of 2^64, lies
below the share. The group of an action goes by the action's name, that of the holdout under `decide` by the word
`decide`. A strategy or action that was `once called` something else keeps its first name here: a new name moves nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from stratagem.dsl.model.base import Declared
from stratagem.dsl.values import Number, Share

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from stratagem.engine.decide.hashing import Texts

EVERYONE = Declared(name="decide")
"""The group of the holdout under `decide`, which withholds all of a customer's actions."""


@dataclass(frozen=True, slots=True)
class Holdout:
    """`prefix` + customer id is hashed; a hash below `below` is held out."""

    prefix: str
    below: int


def first_name(item: Declared) -> str:
    """What it was called at first."""
    return item.once_called[0] if item.once_called else item.name


def holdout_of(strategy: Declared, group: Declared, share: Share | Number) -> Holdout:
    """The holdout of a group: the exact share of 2^64."""
    below = (Decimal(share.value) * 2**64).to_integral_value(ROUND_CEILING)
    return Holdout(f"{first_name(strategy)}/{first_name(group)}/", int(below))


def held_one(holdout: Holdout | None, customer: str) -> bool:
    """Is this customer held out."""
    if holdout is None:
        return False
    import xxhash

    return xxhash.xxh64_intdigest((holdout.prefix + customer).encode(), 0) < holdout.below


def held_many(holdout: Holdout | None, ids: Texts, rows: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Which of the customers in `rows` are held out."""
    import numpy as np

    if holdout is None or holdout.below <= 0:
        return np.zeros(len(rows), np.bool_)
    if holdout.below >= 2**64:
        return np.ones(len(rows), np.bool_)
    return ids.hash(holdout.prefix, rows) < np.uint64(holdout.below)
