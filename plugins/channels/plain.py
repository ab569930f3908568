"""Values as they may stand in a message of plain text."""

from __future__ import annotations

KEPT = ("\n", "\t")


def plain(value: str) -> str:
    """Without control characters, which could break a line or a mail's head; line ends and tabs stay."""
    return "".join(c for c in value if c in KEPT or c.isprintable())
