"""Finds the lowest point of a convex function whose slope is known: here, the prices of scarce things.

In: a function that gives value and slope at a point with coordinates of zero or more, and a start. Out: the best point
seen. It follows the quasi-Newton idea (BFGS) with bounds and a line search that asks for a true change of slope, which
serves kinked functions well; a dozen coordinates at most are expected, so all matrices are tiny.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Point = npt.NDArray[np.float64]
Function = Callable[[Point], tuple[float, Point]]


@dataclass
class _Search:
    """The function with its bounds, a count of how often it was asked, and the best it gave."""

    function: Function
    upper: Point
    left: int
    best: Point
    value: float = np.inf
    slope: Point = field(default_factory=lambda: np.zeros(0))

    def at(self, point: Point) -> tuple[float, Point]:
        self.left -= 1
        value, slope = self.function(point)
        if value < self.value:
            self.best, self.value, self.slope = point.copy(), value, slope
        return value, slope

    def inside(self, point: Point) -> Point:
        return np.clip(point, 0.0, self.upper)


def lowest(function: Function, start: Point, upper: Point, evaluations: int, to_zero: bool = True) -> Point:
    """The best point found with at most so many evaluations; `to_zero` tries each coordinate at zero after them."""
    search = _Search(function, upper, evaluations, start)
    _descend(search)
    if to_zero:
        _put_to_zero(search)
    return search.best


def _descend(search: _Search) -> None:
    point = search.inside(search.best)
    value, slope = search.at(point)
    inverse, stalled = np.eye(len(point)), 0
    while search.left > 0 and stalled < 3:
        free = ~(((point <= 0) & (slope > 0)) | ((point >= search.upper) & (slope < 0)))
        if not free.any() or not np.any(slope[free]):
            return
        direction = np.zeros(len(point))
        direction[free] = -inverse[np.ix_(free, free)] @ slope[free]
        if float(direction @ slope) >= 0:
            inverse = np.eye(len(point))
            direction = np.where(free, -slope, 0.0)
        ahead = _line(search, point, value, slope, direction)
        if ahead is None:
            stalled += 1
            inverse = np.eye(len(point)) * 0.1**stalled
            continue
        there, there_value, there_slope = ahead
        inverse = _updated(inverse, there - point, there_slope - slope)
        stalled = stalled + 1 if value - there_value <= 1e-9 * (1 + abs(value)) else 0
        point, value, slope = there, there_value, there_slope


def _line(
    search: _Search, point: Point, value: float, slope: Point, direction: Point
) -> tuple[Point, float, Point] | None:
    """A step that lowers the value and flattens the slope; the best lowering one when there is none such."""
    low, high, step = 0.0, np.inf, 1.0
    found = None
    for _ in range(12):
        if search.left <= 0:
            break
        there = search.inside(point + step * direction)
        moved = there - point
        if not moved.any():
            break
        there_value, there_slope = search.at(there)
        if there_value > value + 1e-4 * float(slope @ moved):
            high = step
        else:
            found = (there, there_value, there_slope)
            if float(there_slope @ moved) < 0.9 * float(slope @ moved):
                low = step
            else:
                return found
        step = (low + high) / 2 if np.isfinite(high) else step * 2.5
    return found


def _updated(inverse: Point, moved: Point, turned: Point) -> Point:
    """The BFGS update of the inverse curvature; unchanged where the step saw no curvature."""
    along = float(moved @ turned)
    if along <= 1e-14 * float(np.linalg.norm(moved) * np.linalg.norm(turned)):
        return inverse
    if np.array_equal(inverse, np.eye(len(moved))):
        inverse = inverse * (along / float(turned @ turned))
    shear = np.eye(len(moved)) - np.outer(moved, turned) / along
    return np.asarray(shear @ inverse @ shear.T + np.outer(moved, moved) / along)


def _put_to_zero(search: _Search) -> None:
    """A price that is hardly more than nothing is nothing, where that costs nothing."""
    point, value = search.best.copy(), search.value
    for i in np.flatnonzero(point > 0):
        trial = point.copy()
        trial[i] = 0.0
        there, _ = search.at(trial)
        if there <= value + 1e-9 * (1 + abs(value)):
            point, value = trial, there
    search.best = point
