"""Hand-over as CSV: UTF-8, commas, quotes where needed, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from stratagem.engine.plug.channels import CHANNEL_VERSION
from stratagem.plugins.channels.plain import plain

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that starts with one of these for a formula."""


def harmless(cell: str | None) -> str:
    """A cell with an apostrophe before what would be taken for a formula."""
    text = cell or ""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


class Csv:
    """See the head of this module."""

    version = CHANNEL_VERSION
    ending = ".csv"

    def escape(self, value: str) -> str:
        """Plain text; cells are made harmless when they are written."""
        return plain(value)

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """A header, and one line a row; a text with line ends is one quoted cell."""
        text = io.TextIOWrapper(to, encoding="utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        count = 0
        for row in rows:
            writer.writerow([harmless(cell) for cell in row])
            count += 1
        text.flush()
        text.detach()
        return count


FORMAT = Csv()
