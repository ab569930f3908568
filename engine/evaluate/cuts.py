"""Population cut-points as evaluators read them.

In: a fit, or none. Out: a tier's cut-point, or the clear error that there is none when it is needed.
"""

from __future__ import annotations

from typing import Final

from stratagem.engine.fit import Fit


class MissingCutPoint(LookupError):
    """A tier by population share was reached, and no fit says where its cut-point lies."""

    def __init__(self, tiers: str, tier: str) -> None:
        self.tiers = tiers
        self.tier = tier
        super().__init__(f"tier {tier} of {tiers} needs a cut-point of the population, and there is none")


class Unfitted:
    """Stands for a cut-point that the fit does not state; that is an error only when the tier is reached."""

    def __repr__(self) -> str:
        return "unfitted"


UNFITTED: Final = Unfitted()

Cut = float | Unfitted | None
"""A figure, None when nobody is above it (an empty population), or UNFITTED."""


def cut_of(fit: Fit | None, tiers: str, tier: str) -> Cut:
    """A cut-point of the fit; UNFITTED when it says nothing about that tier."""
    found = fit.cuts.get(tiers, {}).get(tier) if fit is not None else None
    return UNFITTED if found is None else found.value


def unfitted(tiers: str, tier: str) -> None:
    """Called by a program that has come to a tier without a cut-point."""
    raise MissingCutPoint(tiers, tier)
