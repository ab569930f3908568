"""The whole list as a file: every format, whole or not at all, and safe to open."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from stratagem.engine.decide.decision import DECISIONS_VERSION, Decisions
from stratagem.engine.handover.lists import harmless, write_list
from tests.handover.world import ACTION, ADA, NOBODY, run, strategy


@pytest.fixture(scope="module")
def decisions() -> Decisions:
    made = strategy(
        ACTION.replace("through mail", "through post").replace("message mail", "message post") + '    body "Hello"\n'
    )
    found = run(made, [ADA, {**NOBODY, "id": "=2+2"}]).decisions
    assert found.list.height == 2
    return found


def test_every_format_holds_every_row_and_its_version(decisions: Decisions, tmp_path: Path) -> None:
    for ending in ("parquet", "csv", "jsonl"):
        write_list(decisions, tmp_path / f"list.{ending}")
    frame = pl.read_parquet(tmp_path / "list.parquet")
    assert frame.drop("format_version").equals(decisions.list)
    assert frame["format_version"].to_list() == [DECISIONS_VERSION] * 2
    about = pl.read_parquet_metadata(tmp_path / "list.parquet")
    assert (about["format"], about["format_version"]) == ("stratagem.decisions", str(DECISIONS_VERSION))
    assert (about["strategy"], about["strategy_hash"]) == ("shop", decisions.strategy_hash)
    assert about["as_of"] == "2026-11-02"
    lines = [json.loads(line) for line in (tmp_path / "list.jsonl").read_text("utf-8").splitlines()]
    assert {line["customer"] for line in lines} == {"P1", "=2+2"}
    assert {line["format_version"] for line in lines} == {DECISIONS_VERSION}
    cells = pl.read_csv(tmp_path / "list.csv")
    assert set(cells["customer"]) == {"P1", "'=2+2"} and cells.columns[-1] == "format_version"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_a_csv_starts_a_formula(sign: str) -> None:
    frame = pl.DataFrame({"a": [sign + "1", "1" + sign, None], "n": [-1.0, 2.0, None]})
    assert harmless(frame).rows() == [("'" + sign + "1", -1.0), ("1" + sign, 2.0), (None, None)]


def test_another_ending_is_refused(decisions: Decisions, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"list\.xlsx ends in none"):
        write_list(decisions, tmp_path / "list.xlsx")


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_a_failure_leaves_the_old_list(
    decisions: Decisions, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"list.{ending}"
    path.write_text("yesterday's")

    def full(self: pl.DataFrame, file: Path, **more: object) -> None:
        Path(file).write_text("half")
        raise OSError(28, "No space left on device")

    for name in ("write_parquet", "write_csv", "write_ndjson"):
        monkeypatch.setattr(pl.DataFrame, name, full)
    with pytest.raises(OSError, match="No space"):
        write_list(decisions, path)
    assert path.read_text() == "yesterday's" and [p.name for p in tmp_path.iterdir()] == [path.name]


def test_an_empty_list_is_a_list(decisions: Decisions, tmp_path: Path) -> None:
    nothing = replace(decisions, list=decisions.list.clear())
    for ending in ("parquet", "csv", "jsonl"):
        write_list(nothing, tmp_path / f"list.{ending}")
    assert (tmp_path / "list.csv").read_text().startswith("customer,position,")
    assert (tmp_path / "list.jsonl").read_text() == ""
    assert pl.read_parquet(tmp_path / "list.parquet").columns[-1] == "format_version"
