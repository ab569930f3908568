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
        low, high, a, b = self.low, self.high, other.low, other.high
        own_low = a < low or (a == low and (self.low_open or not other.low_open or a == -math.inf))
        own_high = b > high or (b == high and (self.high_open or not other.high_open or b == math.inf))
        if own_low and own_high:
            return self
        low, low_open = (low, self.low_open) if own_low else (a, other.low_open)
        high, high_open = (high, self.high_open) if own_high else (b, other.high_open)
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
    span = 1.0
    if math.isfinite(low):
        span = max(span, abs(low))
    elif math.isnan(low):
        low = -math.inf
    if math.isfinite(high):
        span = max(span, abs(high))
    elif math.isnan(high):
        high = math.inf
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
    if b.low == b.high:
        one, other = _times(a.low, b.low), _times(a.high, b.low)
        return _wide(one, other) if one <= other else _wide(other, one)
    ends = [_times(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return _wide(min(ends), max(ends))


def divide(a: Interval, b: Interval) -> Interval:
    """a / b; everything where b may be 0 or come close to it."""
    if b.low <= 0 <= b.high or a.empty or b.empty:
        return EVERYTHING
    inverse = Interval(0.0 if math.isinf(b.high) else 1 / b.high, 0.0 if math.isinf(b.low) else 1 / b.low)
    return multiply(a, inverse)
