"""`check --fix`: what is written, what is only shown, and what stays as it is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from stratagem.engine.cli import files
from stratagem.engine.cli.exits import Refused
from tests.cli.run import run

SLIP = '\nassume extra “Extra” = 3\nassume more "More" = margn * extra\n'
"""A safe fix (straight quotes) and an unsafe one (a name that is near)."""


def slip(shop: Path) -> Path:
    file = shop / "shop.strategy"
    file.write_bytes((file.read_text("utf-8") + SLIP).encode())
    return file


def test_safe_fixes_are_written_and_the_rest_is_said(shop: Path) -> None:
    file = slip(shop)
    before = file.read_text()
    offered = run("check", "shop")
    assert "--fix" in offered.out.splitlines()[-1] and file.read_text() == before
    done = run("check", "shop", "--fix")
    assert done.code == 1 and 'extra "Extra"' in file.read_text() and "margn" in file.read_text()
    assert done.err.startswith("fixed: shop/shop.strategy:") and "S261" in done.out and "assuming" not in done.err
    assert "1 can be fixed with --fix --unsafe" in done.out
    assert "1 can be fixed with --fix --unsafe" in run("check", "shop", "--fix", "--diff").err


WRITTEN_OTHERWISE = """
assume Extra_Hours "Extra" = 3,5
assume fee "Fee" = €1.200,50

resources
  budget more "More" 12.000 EUR per month

channel desk "Desk" inbound

action ask "Ask"
  kind service
  if margin => 40% && not fee == 12 EUR
  through desk
  worth = 3 EUR
"""


def test_what_is_only_written_another_way_is_fixed_without_asking(shop: Path) -> None:
    file = shop / "shop.strategy"
    file.write_text(file.read_text() + WRITTEN_OTHERWISE)
    run("check", "shop", "--fix")
    text = file.read_text()
    assert "= 3.5" in text and "= 1,200.50 EUR" in text
    assert "\n  when margin >= 40% and not fee is 12 EUR" in text
    assert "12.000 EUR" in text, "twelve or twelve thousand: that is for the writer to say"


def test_unsafe_fixes_say_what_they_assume(shop: Path) -> None:
    file = slip(shop)
    done = run("check", "shop", "--fix", "--unsafe")
    assert "margn" not in file.read_text() and "fixed, assuming that it is meant: shop/shop.strategy:" in done.err
    assert "can be fixed" not in done.out
    assert run("check", "shop", "--fix", "--unsafe").err == ""


def test_a_difference_is_shown_and_nothing_written(shop: Path) -> None:
    file = slip(shop)
    before = file.read_bytes()
    done = run("check", "shop", "--fix", "--unsafe", "--diff")
    assert done.code == 1 and file.read_bytes() == before
    assert "-assume extra “Extra” = 3\n" in done.out and '+assume extra "Extra" = 3\n' in done.out
    assert "would be fixed, assuming that it is meant" in done.err and "nothing was written" in done.err


def test_standard_input_comes_out_fixed(shop: Path) -> None:
    text = (shop / "shop.strategy").read_text() + SLIP
    done = run("check", "-", "--fix", stdin=text)
    assert done.out == text.replace("“Extra”", '"Extra"')
    assert done.code == 1 and "S261" in done.err and "fixed: standard input:" in done.err
    good = run("check", "-", "--fix", stdin=text.replace("margn", "margin").replace("“Extra”", '"Extra"'))
    assert good.code == 0


def test_line_ends_the_mark_and_the_mode_of_a_file_stay(shop: Path) -> None:
    file = slip(shop)
    data = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(data)
    file.chmod(0o640)
    run("check", "shop", "--fix")
    assert file.read_bytes() == data.replace("“Extra”".encode(), b'"Extra"')
    assert file.stat().st_mode & 0o777 == 0o640


def test_several_files_are_fixed_together(shop: Path) -> None:
    slip(shop)
    (shop / "more.strategy").write_text("assume other “Other” = 4\n")
    done = run("check", "shop", "--fix", "--output", "json")
    fixed = json.loads(done.out)["fixed"]
    assert {f["place"]["file"] for f in fixed} == {"shop/shop.strategy", "shop/more.strategy"}
    assert all(f["safe"] for f in fixed)
    assert "“" not in (shop / "more.strategy").read_text() + (shop / "shop.strategy").read_text()


def test_all_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path in paths:
        path.write_bytes(b"old")
    really, calls = os.replace, []

    def fail_at_the_second(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        really(source, target)

    monkeypatch.setattr(os, "replace", fail_at_the_second)
    with pytest.raises(Refused, match="no space left"):
        files.write_all(dict.fromkeys(paths, b"new"))
    assert [path.read_bytes() for path in paths] == [b"old"] * 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b", "c"]
    monkeypatch.undo()
    files.write_all(dict.fromkeys(paths, b"new"))
    assert [path.read_bytes() for path in paths] == [b"new"] * 3


def test_a_file_that_somebody_else_changed_is_left_alone(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stratagem.engine.cli import fixing

    file = slip(shop)
    really = fixing.write

    def changed_before(done: fixing.Fixed) -> None:
        file.write_text("# theirs\n")
        really(done)

    monkeypatch.setattr(fixing, "write", changed_before)
    done = run("check", "shop", "--fix")
    assert done.code == 1 and "changed by somebody else" in done.err and file.read_text() == "# theirs\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--unsafe"], ["--diff"], ["--fix", "--watch"], ["--fix", "--diff", "--out", "x"],
        ["--fix", "--diff", "--output", "sarif"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_says_nothing_is_refused(words: list[str], shop: Path) -> None:
    done = run("check", "shop", *words)
    assert (done.code, done.out) == (2, "") and "help:" in done.err


def test_a_clean_strategy_stays_as_it_is(shop: Path) -> None:
    before = (shop / "shop.strategy").stat()
    done = run("check", "shop", "--fix")
    assert (done.code, done.err) == (0, "") and (shop / "shop.strategy").stat().st_mtime_ns == before.st_mtime_ns
