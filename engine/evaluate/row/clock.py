"""What a program needs of the moment and of the fit, worked out once for each and kept while it stays the same.

In: the windows and the population cut-points a program reads. Out: their figures, in the order they were asked for.
"""

from __future__ import annotations

from typing import Final

from stratagem.dsl.expressions.tree import Window
from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.windows import as_of, bounds
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment


class MissingCutPoint(LookupError):
    """A tier by population share was reached, and no fit says where its cut-point lies."""

    def __init__(self, tiers: str, tier: str) -> None:
        self.tiers = tiers
        self.tier = tier
        super().__init__(f"tier {tier} of {tiers} needs a cut-point of the population, and there is none")


class Unfitted:
    """Stands for a cut-point that the fit does not state; finding out is an error only when it is reached."""

    def __repr__(self) -> str:
        return "unfitted"


UNFITTED: Final = Unfitted()


class Clock:
    """The as-of days, microseconds and window bounds of a program."""

    def __init__(self) -> None:
        self._asked: list[tuple[Window | None, Kind]] = []
        self._moment: Moment | None = None
        self._figures: tuple[int, ...] = ()

    def ask(self, window: Window | None, kind: Kind) -> None:
        """Ask for two more figures: the bounds of the window, or the as-of moment twice."""
        self._asked.append((window, kind))

    def __call__(self, moment: Moment) -> tuple[int, ...]:
        """Two figures for each window asked for."""
        if moment is not self._moment:
            found: list[int] = []
            for window, kind in self._asked:
                now = as_of(moment, kind)
                found += (now, now) if window is None else bounds(window, moment, kind)
            self._figures, self._moment = tuple(found), moment
        return self._figures


class Cuts:
    """The population cut-points a program reads."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self._fit: Fit | None = None
        self._figures: tuple[float | Unfitted | None, ...] = ()

    def __call__(self, fit: Fit | None) -> tuple[float | Unfitted | None, ...]:
        """The cut-points asked for: a figure, None when nobody is above it, or UNFITTED."""
        if fit is not self._fit or not self._figures:
            self._figures = tuple(cut_of(fit, tiers, tier) for tiers, tier in self.asked)
            self._fit = fit
        return self._figures


def cut_of(fit: Fit | None, tiers: str, tier: str) -> float | Unfitted | None:
    """A cut-point of the fit; UNFITTED when it says nothing about that tier."""
    found = fit.cuts.get(tiers, {}).get(tier) if fit is not None else None
    return UNFITTED if found is None else found.value


def unfitted(tiers: str, tier: str) -> None:
    """Called by a program that has come to a tier without a cut-point."""
    raise MissingCutPoint(tiers, tier)
