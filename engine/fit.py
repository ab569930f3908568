"""Population cut-points, frozen: what `top 5%` meant for the population a plan was made on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

FIT_VERSION = 1


class CutPoint(BaseModel):
    """At or above `value` is in. `customers` is n, `rank` is ceil(p × n)."""

    model_config = ConfigDict(frozen=True)

    value: float | None
    customers: int
    rank: int


class Fit(BaseModel):
    """The cut-points of one strategy. `cuts` is by `segments` block, then tier."""

    model_config = ConfigDict(frozen=True)

    format_version: int = FIT_VERSION
    strategy: str
    strategy_hash: str
    as_of: str
    cuts: dict[str, dict[str, CutPoint]] = {}

    def values(self, tiers: str) -> dict[str, float | None]:
        """Cut-point by tier of one `segments` block."""
        return {tier: cut.value for tier, cut in self.cuts.get(tiers, {}).items()}
