"""Hand-over as Parquet: every column a text, as in the other formats, with nulls for empty cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from stratagem.engine.plug.channels import CHANNEL_VERSION
from stratagem.plugins.channels.plain import plain
from stratagem.plugins.channels.rows import frame_of

if TYPE_CHECKING:
    import polars as pl


class Parquet:
    """See the head of this module."""

    version = CHANNEL_VERSION
    ending = ".parquet"

    def escape(self, value: str) -> str:
        """Plain text; Parquet needs no escaping of its own."""
        return plain(value)

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """All rows, each column by itself, as Parquet does."""
        return self.write_frame(frame_of(columns, rows), to)

    def write_frame(self, frame: pl.DataFrame, to: BinaryIO) -> int:
        """The same for a frame."""
        frame.write_parquet(to)
        return frame.height


FORMAT = Parquet()
