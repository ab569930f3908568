"""The whole list of a run as one file: Parquet, CSV or JSON lines, by the path's ending.

In: decisions, a path. Out: the file. Parquet keeps format, version, strategy and as-of date in its metadata; in CSV
and JSON lines the last column of every row, `format_version`, says the version, so that a cut-out says it too. CSV is
UTF-8 with one heading line; no text cell in it starts with a sign that a spreadsheet would take for a formula.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from stratagem.engine.decide.decision import DECISIONS_VERSION, Decisions
from stratagem.engine.handover.files import whole_file

ENDINGS = (".parquet", ".csv", ".jsonl")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_list(decisions: Decisions, path: Path) -> None:
    """Writes the list. ValueError for an ending that says no format, OSError where the file cannot be written."""
    if path.suffix not in ENDINGS:
        raise ValueError(f"the list is written as {', '.join(ENDINGS)}; {path.name} ends in none of them")
    versioned = decisions.list.with_columns(pl.lit(DECISIONS_VERSION).alias("format_version"))
    with whole_file(path) as part:
        if path.suffix == ".parquet":
            decisions.list.write_parquet(part, metadata=about(decisions))
        elif path.suffix == ".csv":
            harmless(versioned).write_csv(part)
        else:
            versioned.write_ndjson(part)


def about(decisions: Decisions) -> dict[str, str]:
    """What a file of decisions says of itself."""
    return {
        "format": "stratagem.decisions",
        "format_version": str(DECISIONS_VERSION),
        "strategy": decisions.strategy,
        "strategy_hash": decisions.strategy_hash,
        "as_of": str(decisions.moment),
    }


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an apostrophe before every text that a spreadsheet would take for a formula."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.any_horizontal(*(pl.col(name).str.starts_with(sign) for sign in FORMULA_SIGNS)))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
