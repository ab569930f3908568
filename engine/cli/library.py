"""The strategies that come with stratagem: what there is, and their files with the sample dates moved to today."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

LIBRARY = "stratagem.strategies"
STARTER = "starter"
STARTER_IS_OF = date(2026, 11, 1)
"""The day the starter's samples and dates were written for."""

_DATE = re.compile(rb"\b(\d{4})-(\d{2})-(\d{2})\b")


def names() -> list[str]:
    """The strategies that can be copied, the starter first."""
    found = sorted(entry.name for entry in files(LIBRARY).iterdir() if _is_strategy(entry))
    return sorted(found, key=lambda name: name != STARTER)


def _is_strategy(entry: Traversable) -> bool:
    return entry.is_dir() and any(inner.name.endswith(".strategy") for inner in entry.iterdir())


def copy_of(name: str, today: date) -> dict[PurePosixPath, bytes]:
    """All files of a strategy by their path. The starter's dates are moved by whole months, to be fresh today.

    The others keep theirs: their tests and figures belong to the dates they were made for.
    """
    found = dict(_files(files(LIBRARY).joinpath(name), PurePosixPath()))
    if name != STARTER:
        return found
    months = (today.year - STARTER_IS_OF.year) * 12 + today.month - STARTER_IS_OF.month
    return {path: _DATE.sub(lambda m: _moved(m, months), data) for path, data in found.items()}


def _files(folder: Traversable, below: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            if not entry.name.startswith(("__", ".")):
                yield from _files(entry, below / entry.name)
        elif not entry.name.startswith((".", "__")):
            yield below / entry.name, entry.read_bytes()


def _moved(found: re.Match[bytes], months: int) -> bytes:
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        return found.group()
    total = year * 12 + month - 1 + months
    year, month = divmod(total, 12)
    return f"{year:04}-{month + 1:02}-{min(day, monthrange(year, month + 1)[1]):02}".encode()
