"""The whole list of a run as one file: Parquet, CSV or JSON lines, by the path's ending.

In: decisions, a path. Out: the file. The last column of every row, `format_version`, says the version of its form, so
that a cut-out of the file says it too; Parquet keeps it, the strategy and the as-of date in its metadata as well. CSV
is UTF-8 with one heading line, and no text cell in it starts with a sign that a spreadsheet would take for a formula.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stratagem.engine.handover.files import whole_file

if TYPE_CHECKING:
    import polars as pl

    from stratagem.engine.decide.decision import Decisions

ENDINGS = (".parquet", ".csv", ".jsonl")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that starts with one of these for a formula."""


def write_list(decisions: Decisions, path: Path) -> None:
    """Write the list, whole or not at all. ValueError for an ending that says no format, OSError from the disk."""
    import polars as pl

    if path.suffix not in ENDINGS:
        raise ValueError(f"the list is written as {', '.join(ENDINGS)}; {path.name} ends in none of them")
    said = about(decisions)
    frame = decisions.list.with_columns(pl.lit(int(said["format_version"]), pl.Int32).alias("format_version"))
    with whole_file(path) as part:
        if path.suffix == ".parquet":
            frame.write_parquet(part, metadata=said)
        elif path.suffix == ".csv":
            harmless(frame).write_csv(part)
        else:
            frame.write_ndjson(part)


def about(decisions: Decisions) -> dict[str, str]:
    """What a file of decisions says of itself."""
    from stratagem.engine.decide.decision import DECISIONS_VERSION

    return {
        "format": "stratagem.decisions",
        "format_version": str(DECISIONS_VERSION),
        "strategy": decisions.strategy,
        "strategy_hash": decisions.strategy_hash,
        "as_of": str(decisions.moment),
    }


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
