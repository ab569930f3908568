"""The gates an action must pass for a customer, as bits: what stopped it, and which of that was unknown."""

from __future__ import annotations

from enum import IntFlag

UNKNOWN_SHIFT = 16
"""An unknown gate has its own bit and, this many places higher, the mark that it was unknown rather than false."""


class Gate(IntFlag):
    """One bit a gate, in the order in which they are looked at."""

    SEGMENT = 1
    STAGE = 2
    DATES = 4
    WHEN = 8
    UNLESS = 16
    CHANNEL = 32
    POLICY = 64
    SCORE = 128
    RANK = 256
    BUDGET = 512
    HOLDOUT = 1024


ORDER: tuple[Gate, ...] = tuple(Gate)
STRATEGIC = Gate.SEGMENT | Gate.STAGE | Gate.DATES | Gate.WHEN | Gate.UNLESS
"""What the strategy itself says of the pair of customer and action, before channels, history and score."""


AFTER = 1 << 15
"""No gate of its own: set beside `policy` where the customer lacks the contact that `after ACTION within P` asks for.
That is a condition of the action, not a limit that holds it back."""


def gate_name(gate: Gate) -> str:
    """The gate's word in a strategy file: `segment`, `unless`, `policy`, …"""
    assert gate.name is not None
    return gate.name.lower()


def stopped(bits: int) -> tuple[str, ...]:
    """Names of the gates that did not let the pair pass, in order."""
    return tuple(gate_name(g) for g in ORDER if bits & g)


def unknown(bits: int) -> tuple[str, ...]:
    """Those of them that were unknown, for want of data."""
    return tuple(gate_name(g) for g in ORDER if bits >> UNKNOWN_SHIFT & g)


def truth(bits: int) -> dict[str, str]:
    """Each gate's name with `passed`, `stopped` or `unknown`."""
    return {
        gate_name(g): "unknown" if bits >> UNKNOWN_SHIFT & g else "stopped" if bits & g else "passed" for g in ORDER
    }


def mark(gate: Gate, is_unknown: bool = False) -> int:
    """The bits of a gate that stopped a pair."""
    return int(gate) | (int(gate) << UNKNOWN_SHIFT if is_unknown else 0)
