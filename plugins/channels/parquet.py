"""Hand-over as Parquet: every column a text, as in the other formats, with nulls for empty cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from stratagem.engine.plug.channels import CHANNEL_VERSION
from stratagem.plugins.channels.plain import plain


class Parquet:
    """See the head of this module."""

    version = CHANNEL_VERSION
    ending = ".parquet"

    def escape(self, value: str) -> str:
        """Plain text; Parquet needs no escaping of its own."""
        return plain(value)

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """One row group after another, as Parquet does."""
        import polars as pl

        frame = pl.DataFrame(list(rows), schema=dict.fromkeys(columns, pl.String), orient="row")
        frame.write_parquet(to)
        return frame.height


FORMAT = Parquet()
