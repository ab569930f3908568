"""The codes of the built-in completeness checks, as data: `waive` may name them. Plug-ins add theirs at run time."""

from __future__ import annotations

from typing import Final

COUNTS: Final = {
    "CDC": 3,
    "CSS": 9,
    "FIV": 5,
    "ICP": 14,
    "ASK": 5,
    "CAP": 6,
    "INT": 6,
    "STG": 6,
    "SEV": 8,
}
"""How many checks each family has; they are numbered from 1."""

KNOWN: Final = frozenset(f"{family}{number}" for family, most in COUNTS.items() for number in range(1, most + 1))
