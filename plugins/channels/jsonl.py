"""Hand-over as JSON lines: UTF-8, one object a row, empty cells as null."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from stratagem.engine.plug.channels import CHANNEL_VERSION
from stratagem.plugins.channels.plain import plain
from stratagem.plugins.channels.rows import frame_of

if TYPE_CHECKING:
    import polars as pl


class JsonLines:
    """See the head of this module."""

    version = CHANNEL_VERSION
    ending = ".jsonl"

    def escape(self, value: str) -> str:
        """Plain text; JSON's own escaping is done when rows are written."""
        return plain(value)

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """One line a row, its keys in the order of the columns."""
        return self.write_frame(frame_of(columns, rows), to)

    def write_frame(self, frame: pl.DataFrame, to: BinaryIO) -> int:
        """The same for a frame."""
        frame.write_ndjson(to)
        return frame.height


FORMAT = JsonLines()
