"""What a program needs of the moment and of the fit, worked out once for each and kept while it stays the same.

In: the windows and the population cut-points a program reads. Out: their figures, in the order they were asked for.
"""

from __future__ import annotations

from stratagem.dsl.expressions.tree import Window
from stratagem.dsl.expressions.types import Kind
from stratagem.engine.evaluate.cuts import Cut, cut_of
from stratagem.engine.evaluate.windows import as_of, bounds
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment


class Clock:
    """The as-of days, microseconds and window bounds of a program. Threads may share it."""

    def __init__(self) -> None:
        self._asked: list[tuple[Window | None, Kind]] = []
        self._last: tuple[Moment, tuple[int, ...]] | None = None

    def ask(self, window: Window | None, kind: Kind) -> None:
        """Ask for two more figures: the bounds of the window, or the as-of moment twice."""
        self._asked.append((window, kind))

    def __call__(self, moment: Moment) -> tuple[int, ...]:
        """Two figures for each window asked for."""
        last = self._last
        if last is None or last[0] is not moment:
            found: list[int] = []
            for window, kind in self._asked:
                now = as_of(moment, kind)
                found += (now, now) if window is None else bounds(window, moment, kind)
            last = self._last = moment, tuple(found)
        return last[1]


class Cuts:
    """The population cut-points a program reads. Threads may share it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self._last: tuple[Fit | None, tuple[Cut, ...]] | None = None

    def __call__(self, fit: Fit | None) -> tuple[Cut, ...]:
        """The cut-points asked for: a figure, None when nobody is above it, or UNFITTED."""
        last = self._last
        if last is None or last[0] is not fit:
            last = self._last = fit, tuple(cut_of(fit, tiers, tier) for tiers, tier in self.asked)
        return last[1]
