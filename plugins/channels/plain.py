"""Values as they may stand in a message of plain text."""

from __future__ import annotations

from stratagem.engine.handover.clean import many_lines


def plain(value: str) -> str:
    """Without control characters, which could break a line or a mail's head; line ends and tabs stay."""
    return many_lines(value)
