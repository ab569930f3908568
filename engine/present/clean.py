"""Text that is safe to show: what a file holds cannot send orders to a terminal."""

from __future__ import annotations


def clean(text: str, keep: str = "") -> str:
    """Text without control characters, which a terminal would obey rather than show; `keep` are let through."""
    if text.isprintable():
        return text
    kept = "\n" + keep
    return "".join(
        c if c.isprintable() or c in kept else " " if c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
