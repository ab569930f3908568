"""Intervals of numbers with open and closed ends, widened where float rounding could have moved an end."""

from __future__ import annotations

import math

from stratagem.dsl.record import record

SLACK = 1e-9
"""Relative widening of computed ends: far above the rounding of a few float operations, far below any figure."""


@record
class Interval:
    """All numbers from `low` to `high`; an end is left out when it is open. Infinite ends are always open."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    @property
    def point(self) -> float | None:
        """The one number in it, if it is one."""
        return self.low if self.low == self.high and not self.empty else None

    def meet(self, other: Interval) -> Interval:
        """What lies in both."""
        if other.low == -math.inf and other.high == math.inf:
            return self
        low, low_open = self.low, self.low_open
        if other.low >= low:
            low, low_open = other.low, other.low_open or (low_open and other.low == low)
        high, high_open = self.high, self.high_open
        if other.high <= high:
            high, high_open = other.high, other.high_open or (high_open and other.high == high)
        return Interval(low, high, low_open, high_open)

    def on_grid(self, step: float) -> Interval:
        """The same with ends on multiples of `step`, for quantities that are counted in whole steps."""
        low, high = self.low, self.high
        if math.isfinite(low):
            number = math.ceil(low / step - SLACK)
            low = step * (number + 1 if self.low_open and number * step <= low else number)
        if math.isfinite(high):
            number = math.floor(high / step + SLACK)
            high = step * (number - 1 if self.high_open and number * step >= high else number)
        return Interval(low, high)

    def without(self, value: float) -> Interval:
        """The same less one number, where that is an end."""
        return Interval(self.low, self.high, self.low_open or self.low == value, self.high_open or self.high == value)


EVERYTHING = Interval()


def exactly(value: float) -> Interval:
    """The one number."""
    return Interval(value, value)


def _wide(low: float, high: float) -> Interval:
    low = -math.inf if math.isnan(low) else low
    high = math.inf if math.isnan(high) else high
    span = max(abs(x) for x in (low, high, 1.0) if math.isfinite(x))
    return Interval(low - SLACK * span, high + SLACK * span)


def add(a: Interval, b: Interval) -> Interval:
    """a + b."""
    return _wide(a.low + b.low, a.high + b.high)


def subtract(a: Interval, b: Interval) -> Interval:
    """a - b."""
    return _wide(a.low - b.high, a.high - b.low)


def negate(a: Interval) -> Interval:
    """-a."""
    return Interval(-a.high, -a.low, a.high_open, a.low_open)


def _times(x: float, y: float) -> float:
    return 0.0 if x == 0 or y == 0 else x * y


def multiply(a: Interval, b: Interval) -> Interval:
    """a × b; nothing times infinity is nothing, for no figure is infinite."""
    ends = [_times(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return _wide(min(ends), max(ends))


def divide(a: Interval, b: Interval) -> Interval:
    """a / b; everything where b may be 0 or come close to it."""
    if b.low <= 0 <= b.high or a.empty or b.empty:
        return EVERYTHING
    inverse = Interval(0.0 if math.isinf(b.high) else 1 / b.high, 0.0 if math.isinf(b.low) else 1 / b.low)
    return multiply(a, inverse)
