"""The whole list, written as Parquet, CSV or JSON lines: whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stratagem.engine.cli.exits import Refused
from stratagem.engine.cli.files import fit_for_writing, whole_file

if TYPE_CHECKING:
    import polars as pl

ENDINGS = (".parquet", ".csv", ".jsonl")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that starts with one of these for a formula."""


def fit_for_list(path: Path) -> None:
    """Refuse a file that could not be written, before any work is done for it."""
    if path.suffix not in ENDINGS:
        raise Refused(f"cannot write {path}: its ending says no format.", f"the endings are {', '.join(ENDINGS)}.")
    fit_for_writing(path)


def write_list(frame: pl.DataFrame, path: Path, about: dict[str, str]) -> None:
    """Write a frame of decisions. `about` (format version, strategy, as-of) goes into the Parquet file's metadata."""
    with whole_file(path) as part:
        if path.suffix == ".parquet":
            frame.write_parquet(part, metadata=about)
        elif path.suffix == ".csv":
            harmless(frame).write_csv(part)
        else:
            frame.write_ndjson(part)


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an apostrophe before every text that a spreadsheet would take for a formula."""
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.any_horizontal(*(pl.col(name).str.starts_with(sign) for sign in FORMULA_SIGNS)))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
