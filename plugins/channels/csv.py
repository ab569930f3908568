"""Hand-over as CSV: UTF-8, commas, quotes where needed, and no cell that a spreadsheet would run.

A cell that starts with a sign of a formula gets an apostrophe before it, a phone number with its `+` too: whoever reads
the file by program takes JSON lines or Parquet, where every value stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from stratagem.engine.plug.channels import CHANNEL_VERSION
from stratagem.plugins.channels.plain import plain
from stratagem.plugins.channels.rows import frame_of

if TYPE_CHECKING:
    import polars as pl


class Csv:
    """See the head of this module."""

    version = CHANNEL_VERSION
    ending = ".csv"

    def escape(self, value: str) -> str:
        """Plain text; cells are made harmless when they are written."""
        return plain(value)

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """A header, and one line a row; a text with line ends is one quoted cell."""
        return self.write_frame(frame_of(columns, rows), to)

    def write_frame(self, frame: pl.DataFrame, to: BinaryIO) -> int:
        """The same for a frame."""
        import polars as pl

        from stratagem.engine.handover.lists import harmless

        harmless(frame.with_columns(pl.all().replace("", None))).write_csv(to)
        return frame.height


FORMAT = Csv()
