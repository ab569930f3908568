"""What one value may still be, given the conditions on it: an interval, a set, known or missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

Value = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Domain:
    """Between `low` and `high` (`…_in`: the end belongs to it), one of `only`, none of `never`.

    `known` False: must be missing; True: must be known; None: either.
    """

    low: float = -inf
    low_in: bool = True
    high: float = inf
    high_in: bool = True
    only: frozenset[Value] | None = None
    never: frozenset[Value] = frozenset()
    known: bool | None = None

    @property
    def empty(self) -> bool:
        """Nothing is left."""
        if self.known is False:
            return self.narrowed
        if self.only is not None and not self.only - self.never:
            return True
        if self.low == self.high:
            return not (self.low_in and self.high_in) or self.low in self.never
        return self.low > self.high

    @property
    def narrowed(self) -> bool:
        """Does it ask anything of the value, which a missing one cannot meet."""
        bounds = self.low > -inf or self.high < inf
        return bounds or self.only is not None or bool(self.never)

    def both(self, other: Domain) -> Domain | None:
        """What meets this and the other; None where nothing does."""
        if self.known is not None and other.known is not None and self.known is not other.known:
            return None
        low, low_in = max((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_out = min((self.high, self.high_in), (other.high, other.high_in))
        only = self.only if other.only is None else other.only if self.only is None else self.only & other.only
        known = self.known if other.known is None else other.known
        made = Domain(low, not low_in, high, high_out, only, self.never | other.never, known)
        return None if made.empty else made


def compared(op: str, value: Value) -> Domain:
    """The values for which `x op value` is known to hold."""
    if op == "is":
        if isinstance(value, (str, bool)):
            return Domain(only=frozenset([value]), known=True)
        return Domain(low=value, high=value, known=True)
    if op == "is not":
        return Domain(never=frozenset([value]), known=True)
    assert not isinstance(value, (str, bool))
    if op in (">", ">="):
        return Domain(low=value, low_in=op == ">=", known=True)
    return Domain(high=value, high_in=op == "<=", known=True)


OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "is": "is not", "is not": "is"}
"""What holds when the comparison is known to be false."""
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "is": "is", "is not": "is not"}
"""The comparison with its sides exchanged."""
COUNTED = replace(Domain(), low=0)
"""A count: never below 0."""
