"""Comparisons, windows and units as they are spoken, and how they are written."""

from __future__ import annotations

_COMPARISONS = {
    "<": ("less than", "smaller than", "lower than", "fewer than", "under", "below", "before"),
    ">": ("more than", "greater than", "larger than", "higher than", "bigger than", "above", "after"),
    ">=": ("at least", "not less than", "no less than"),
    "<=": ("at most", "up to", "not more than", "no more than"),
    "is": ("equals", "equal to", "the same as", "equal"),
    "is not": ("< >", "not equal to", "different from", "unequal"),
}
SPOKEN: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    sorted(
        (
            ((*verb, *phrase.split()), sign)
            for sign, phrases in _COMPARISONS.items()
            for phrase in phrases
            for verb in ((), ("is",))
        ),
        key=lambda pair: -len(pair[0]),
    )
)
"""Words and the sign to write for them; the longest first."""

WINDOWS = {
    ("in", "the", "last"): "in last", ("in", "the", "next"): "in next", ("in", "the", "past"): "in last",
    ("during", "the", "last"): "in last", ("over", "the", "last"): "in last", ("within", "last"): "in last",
    ("within", "the", "last"): "in last", ("the", "last"): "in last", ("last",): "in last", ("next",): "in next",
}  # fmt: skip
"""Words before a length of time, and what to write for them."""

UNITS = {
    "min": "minutes", "mins": "minutes", "hr": "hours", "hrs": "hours", "h": "hours", "d": "days", "wk": "weeks",
    "wks": "weeks", "mth": "months", "mths": "months", "yr": "years", "yrs": "years",
    "percent": "%", "pct": "%", "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pound": "GBP",
    "pounds": "GBP",
}  # fmt: skip
"""Words after a number, and the unit they mean."""
