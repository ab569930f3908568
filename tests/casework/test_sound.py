"""Whole strategies of many trades, written in as many forms as the language allows: nothing is found in any of them,
their own tests pass (the figures in them were worked out by hand), and their layout is stable and says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratagem.dsl.format import format_source
from stratagem.dsl.source import SourceText
from tests.cli.run import run

FILES = sorted((Path(__file__).parent / "sound").glob("*.strategy"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_found_and_its_own_tests_pass(file: Path) -> None:
    checked = run("check", str(file), "--strict")
    assert (checked.code, checked.out) == (0, "1 file checked: nothing to report.\n")
    tested = run("test", str(file))
    assert tested.code == 0, tested.out


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_its_layout_is_stable_and_keeps_its_tests(file: Path, tmp_path: Path) -> None:
    text = file.read_text("utf-8")
    laid = format_source(SourceText(file.name, text))
    assert laid != text and format_source(SourceText(file.name, laid)) == laid
    assert sorted(_remarks(laid)) == sorted(_remarks(text))
    (tmp_path / file.name).write_text(laid, "utf-8")
    assert run("check", str(tmp_path / file.name), "--strict").code == 0
    assert run("test", str(tmp_path / file.name)).code == 0


def _remarks(text: str) -> list[str]:
    """What stands after `#`, wherever."""
    return [line.partition("#")[2].strip() for line in text.split("\n") if "#" in line]


def test_there_are_files() -> None:
    assert len(FILES) >= 10
