"""What would change in a file, as a unified diff: safe to show, and in colours where they are wanted."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from stratagem.engine.present.clean import clean


def diff(name: str, before: str, after: str, colour: bool = False) -> str:
    """The difference of two texts of one file; "" where there is none."""
    safe = _safe("".join(_lines(name, before, after)))
    if not colour or not safe:
        return safe
    from stratagem.engine.present.colours import painted_diff

    return painted_diff(safe, _safe(before), _safe(after))


def _lines(name: str, before: str, after: str) -> Iterator[str]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else line + "\n\\ no line break at the end\n"


def _safe(text: str) -> str:
    return clean(text.replace("\r", "^M"))
