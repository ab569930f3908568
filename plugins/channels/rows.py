"""Rows of texts as one frame, for the formats that write frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def frame_of(columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> pl.DataFrame:
    """A column of texts for each name; the rows in their order."""
    import polars as pl

    return pl.DataFrame(list(rows), schema=dict.fromkeys(columns, pl.String), orient="row")
