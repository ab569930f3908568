"""Files and folders that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from stratagem.engine.handover.files import whole_file, whole_folder


def everything(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_file_takes_its_place_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")
    with whole_file(path) as part:
        part.write_text("new")
        assert path.read_text() == "old"
    assert everything(tmp_path) == {"list.csv": "new"}


def test_a_file_that_fails_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with pytest.raises(RuntimeError), whole_file(path) as part:
        part.write_text("half")
        raise RuntimeError
    assert everything(tmp_path) == {}


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with whole_file(tmp_path / "link.csv") as part:
        part.write_text("new")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").read_text() == "new"


def test_files_have_the_rights_that_files_have(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("")
    with whole_file(tmp_path / "list.csv") as part:
        part.write_text("")
    with whole_folder(tmp_path / "out", "last") as staging:
        (staging / "a").write_text("")
    rights = plain.stat().st_mode
    assert (tmp_path / "list.csv").stat().st_mode == (tmp_path / "out/a").stat().st_mode == rights


def test_a_new_folder_comes_in_one_step(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out", "z") as staging:
        (staging / "a").write_text("1")
        assert not (tmp_path / "out").exists()
    assert everything(tmp_path) == {"out/a": "1"}


def test_into_a_folder_files_come_and_those_to_leave_go(tmp_path: Path) -> None:
    for name in ("a", "b", "mine"):
        (tmp_path / name).write_text("old")
    with whole_folder(tmp_path, "z", ["a", "b"]) as staging:
        (staging / "a").write_text("new")
        (staging / "z").write_text("new")
    assert everything(tmp_path) == {"a": "new", "mine": "old", "z": "new"}


@pytest.mark.parametrize("step", range(1, 8))
def test_a_step_that_fails_undoes_those_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Three files come, two of which replace others, and one leaves: six moves, each of which may fail."""
    for name in ("a", "b", "gone", "mine"):
        (tmp_path / name).write_text("old")
    before, real, moves = everything(tmp_path), os.rename, []

    def rename(one: Any, other: Any) -> None:
        moves.append(Path(other).name)
        if len(moves) == step:
            raise OSError(5, "Input/output error")
        real(one, other)

    monkeypatch.setattr(os, "rename", rename)

    def replace() -> None:
        with whole_folder(tmp_path, "z", ["a", "b", "gone"]) as staging:
            for name in ("a", "b", "z"):
                (staging / name).write_text("new")

    if step == 7:  # the negative control: six moves, and nothing fails
        replace()
        assert moves == ["a", "a", "b", "b", "z", "gone"]
        assert everything(tmp_path) == {"a": "new", "b": "new", "mine": "old", "z": "new"}
        return
    with pytest.raises(OSError, match="Input/output"):
        replace()
    assert everything(tmp_path) == before
