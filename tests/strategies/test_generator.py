"""The coffee strategy's customers: the committed files are what the generator makes, byte for byte."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

COFFEE = Path(__file__).resolve().parents[2] / "strategies" / "coffee"
FILES = ("households.csv", "orders.csv", "complaints.csv", "taste_survey.csv")


def generate(out: Path, *more: str) -> Path:
    """Run the generator as a user does."""
    script = COFFEE / "make_customers.py"
    subprocess.run([sys.executable, "-B", str(script), "--out", str(out), *more], check=True, timeout=120)
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("seven"), "--households", "2000", "--seed", "7")


@pytest.mark.parametrize("name", FILES)
def test_committed_files_are_the_generators(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (COFFEE / name).read_bytes()


def test_another_seed_gives_other_customers(made: Path, tmp_path: Path) -> None:
    other = generate(tmp_path, "--seed", "8")
    assert (other / "orders.csv").read_bytes() != (made / "orders.csv").read_bytes()


def test_nobody_can_be_reached(made: Path) -> None:
    """Addresses end in a domain kept for examples; telephone numbers lie in the ranges kept for films."""
    with (made / "households.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    addresses = {row["email"].strip() for row in rows} - {""}
    numbers = {row["phone"] for row in rows} - {""}
    assert {address.rpartition("@")[2] for address in addresses} == {"example.com", "example.org", "example.net"}
    film = ("+49 30 23125", "+49 69 90009", "+49 40 66969", "+49 221 4710", "+49 89 99998")
    assert all(number.startswith(film) for number in numbers) and len(numbers) > 1000


def test_parquet_holds_the_same_customers_in_clean_types(tmp_path: Path) -> None:
    folder = generate(tmp_path, "--households", "3000", "--parquet")
    households = pl.read_parquet(folder / "households.parquet")
    orders = pl.read_parquet(folder / "orders.parquet")
    assert households.height == households.get_column("household_id").n_unique() == 3000
    assert households.schema["email_consent"] == pl.Boolean
    assert (orders.schema["ordered_on"], orders.schema["margin"]) == (pl.Date, pl.Float64)
    assert 8 < orders.height / households.height < 12
    assert orders.get_column("amount").min() > 0  # type: ignore[operator]


def test_too_few_households_are_refused(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        generate(tmp_path, "--households", "20")
    assert not list(tmp_path.iterdir())
