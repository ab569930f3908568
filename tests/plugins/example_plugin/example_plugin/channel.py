"""Hand-over with tabs between the cells, for a dialler that wants them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO


class Tabs:
    """One line a row."""

    version = 1
    ending = ".tsv"

    def escape(self, value: str) -> str:
        """Without tabs and line ends."""
        return " ".join(value.split())

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """A header, then the rows."""
        lines = [columns, *rows]
        for line in lines:
            to.write("\t".join(self.escape(cell or "") for cell in line).encode("utf-8") + b"\n")
        return len(lines) - 1


FORMAT = Tabs()
