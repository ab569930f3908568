"""Open texts: changes counted in the editor's units, line ends, broken characters; and which files belong together."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stratagem.engine.editor.checker import Checker, Job, everywhere
from stratagem.engine.editor.documents import Document, Encoding, clean, code_points, units
from stratagem.engine.editor.projects import project, roots_of
from tests.editor.asking import KIOSK

ODD = "aä€😀b"
WIDTHS: dict[Encoding, list[int]] = {"utf-8": [1, 2, 3, 4, 1], "utf-16": [1, 1, 1, 2, 1], "utf-32": [1, 1, 1, 1, 1]}


@pytest.mark.parametrize("encoding", WIDTHS)
def test_columns_are_counted_in_the_editor_s_units(encoding: Encoding) -> None:
    before = 0
    for number, width in enumerate(WIDTHS[encoding]):
        assert units(ODD, number, encoding) == before
        assert code_points(ODD, before, encoding) == number
        before += width
    assert code_points(ODD, 99, encoding) == len(ODD) and code_points(ODD, -1, encoding) == 0
    assert code_points("😀", 1, "utf-16") == 0, "within a character is its start"


@pytest.mark.parametrize("encoding", WIDTHS)
def test_any_row_of_changes_gives_the_text_the_editor_has(encoding: Encoding) -> None:
    chance = random.Random(7)
    text = "ab\nä😀\r\nc\u2028d\x0ce\rf"
    document = Document("file:///x", "x", 1, text, encoding)
    for _ in range(300):
        starts = [0, *(n + 1 for n, c in enumerate(text) if c == "\n" or (c == "\r" and text[n + 1 : n + 2] != "\n"))]
        one, other = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        places = []
        for at in (one, other):
            if text[at - 1 : at + 1] == "\r\n":
                at -= 1
            line = max(n for n, start in enumerate(starts) if start <= at)
            places.append((line, units(text[starts[line] : at], len(text), encoding), at))
        new = "".join(chance.choice('aä😀\n\r "x') for _ in range(chance.randrange(4)))
        text = text[: places[0][2]] + new + text[places[1][2] :]
        document.change(new, places[0][:2], places[1][:2])
        assert document.raw == text
        text = text or "z"
        document.raw = text


def test_places_outside_the_text_change_its_end() -> None:
    document = Document("file:///x", "x", 1, "one\ntwo", "utf-16")
    document.change("!", (9, 9), (12, 1))
    assert document.raw == "one\ntwo!"
    document.change("?", (0, 99), (0, 99))
    assert document.raw == "one?\ntwo!"
    document.change("all", None, None)
    assert document.text == "all"


def test_texts_are_read_with_plain_line_ends_and_whole_characters() -> None:
    assert clean("a\r\nb\rc\n") == "a\nb\nc\n"
    assert clean("a\ud83d b") == "a\ufffd b" and clean("a\ud83d\ude00") == "a😀"


def test_a_folder_s_files_are_one_strategy_and_used_files_are_read_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lib").mkdir()
    files = {
        "a.strategy": 'use "lib/x.strategy"\n',
        "b.strategy": 'language 1\nstrategy s "S"\n',
        "lib/x.strategy": "# x\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    for name in ("a.strategy", "b.strategy", "lib/x.strategy"):
        assert roots_of(str(tmp_path / name), {}) == [tmp_path.as_posix()], name
    made = project(tmp_path.as_posix(), {(tmp_path / "c.strategy").as_posix(): "# not saved yet\n"})
    assert [Path(name).name for name in made.files] == ["x.strategy", "a.strategy", "b.strategy", "c.strategy"]
    assert not made.plain
    overlaid = project(tmp_path.as_posix(), {(tmp_path / "a.strategy").as_posix(): "# nothing used\n"})
    assert [Path(name).name for name in overlaid.files] == ["a.strategy", "b.strategy"] and overlaid.plain


def test_files_that_use_each_other_and_files_that_are_missing_do_no_harm(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.strategy").write_text(
            f'use "{other}.strategy"\nuse "none.strategy"\nstrategy {name} "S"\n', "utf-8"
        )
    root = (tmp_path / "a.strategy").as_posix()
    made = project(root, {})
    assert [Path(name).name for name in made.files] == ["b.strategy", "a.strategy"]
    found = Checker().check(Job(made, {}, {}))
    codes = {d.code for each in found.values() for d in each}
    assert {"S190", "S191"} <= codes


def test_the_checker_says_what_a_fresh_check_says_after_every_edit(tmp_path: Path) -> None:
    from stratagem.dsl.pipeline import load_strategy

    file = tmp_path / "kiosk.strategy"
    name = file.as_posix()
    checker = Checker()
    for text in (KIOSK, KIOSK.replace("spend", "spent", 1), KIOSK + "action\n", KIOSK, ""):
        file.write_text(text, "utf-8")
        found = checker.check(Job(project(name, {name: text}), {name: text}, {}))
        fresh = [place for each in load_strategy(file).diagnostics for place in everywhere(each)]
        assert sorted(map(str, found[name])) == sorted(map(str, fresh))
    file.unlink()
    unsaved = checker.check(Job(project(name, {name: KIOSK}), {name: KIOSK}, {}))
    assert [d.code for d in unsaved[name] if d.code == "S105"] == []
