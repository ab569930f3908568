"""The files that make one strategy."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from stratagem.dsl.parse import load, load_sources


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.strategy").write_text(text, "utf-8")


def codes(path: Path) -> list[str]:
    return [d.code for d in load(path).diagnostics]


def test_a_folder_is_all_its_strategy_files_in_order_of_name(tmp_path: Path) -> None:
    write(tmp_path, b="decide\n", a="language 1\n")
    (tmp_path / "notes.txt").write_text("not a strategy")
    loaded = load(tmp_path)
    assert [node.statement.id for node in loaded.nodes] == ["language", "decide"]
    assert [Path(name).name for name in loaded.sources] == ["a.strategy", "b.strategy"]
    assert load_sources(tmp_path)[0].text == "language 1\n"


def test_used_files_come_first_and_once_and_may_lie_outside_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "shared", base="assume a = 1\n")
    write(tmp_path / "mine", one='use "../shared/base.strategy"\n', two='use "../shared/base.strategy"\ndecide\n')
    loaded = load(tmp_path / "mine")
    assert loaded.diagnostics == ()
    assert [Path(name).name for name in loaded.sources] == ["base.strategy", "one.strategy", "two.strategy"]
    assert ".." not in "".join(loaded.sources)


def test_a_loop_is_shown_whole(tmp_path: Path) -> None:
    write(tmp_path, a='use "b.strategy"\n', b='\nuse "c.strategy"\n', c='use "b.strategy"\n')
    loaded = load(tmp_path / "a.strategy")
    (found,) = loaded.diagnostics
    assert found.code == "S191"
    assert found.span.file.endswith("c.strategy") and found.span.line == 1
    shown = [Path(part).name for part in str(found.args["loop"]).split(" uses ")]
    assert shown == ["b.strategy", "c.strategy", "b.strategy"]
    assert len(loaded.files) == 3


def test_a_file_that_uses_itself_is_a_loop(tmp_path: Path) -> None:
    write(tmp_path, a='use "a.strategy"\n')
    assert codes(tmp_path / "a.strategy") == ["S191"]


@pytest.mark.parametrize(
    ("used", "code"),
    [
        ("gone.strategy", "S190"), ("/etc/passwd", "S192"), ("C:\\\\x.strategy", "S192"), ("", "S192"),
        ("https://example.org/x.strategy", "S192"), ("..", "S190"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_where_it_is_used(tmp_path: Path, used: str, code: str) -> None:
    write(tmp_path, a=f'language 1\nuse "{used}"\n')
    (found,) = load(tmp_path / "a.strategy").diagnostics
    assert (found.code, found.span.line) == (code, 2)


def test_a_used_file_that_is_no_text_is_a_diagnostic(tmp_path: Path) -> None:
    write(tmp_path, a='use "b.strategy"\n')
    (tmp_path / "b.strategy").write_bytes(b"\x00\x01")
    assert codes(tmp_path / "a.strategy") == ["S102"]


def test_an_empty_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["S193"]
    assert codes(tmp_path / "gone.strategy") == ["S105"]


def test_standard_input_uses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(b'use "a.strategy"\ndecide\n')

    monkeypatch.setattr(sys, "stdin", Piped())
    loaded = load("-")
    assert [d.code for d in loaded.diagnostics] == ["S194"]
    assert [node.statement.id for node in loaded.nodes] == ["use", "decide"]
