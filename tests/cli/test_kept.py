"""Findings kept from one check to the next: the same answer, and a new one as soon as anything is another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from stratagem.dsl.record import replace
from stratagem.engine.cli import checking, kept, library
from stratagem.engine.cli.settings import FORMATS
from stratagem.engine.plug.opening import load
from tests.cli.run import run

STARTER = library.copy_of("starter", library.STARTER_IS_OF)[PurePosixPath("shop.strategy")].decode()
UNUSED = 'segment nobody_reads "Nobody reads it" when count of orders is 1'
SHOP = f"{STARTER}\n{UNUSED}\n"
"""Right, with a warning."""


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The strategies that were read and checked anew; findings are kept in a folder of the test's own."""
    seen: list[str] = []
    plain = checking.read

    def noted(path: str) -> object:
        seen.append(path)
        return plain(path)

    monkeypatch.setattr(checking.check_all, "__defaults__", (noted, False))
    monkeypatch.setattr(kept, "WORTH_KEEPING", 2_000)
    monkeypatch.setenv(kept.FOLDER_VARIABLE, str(tmp_path / "kept"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "shop.strategy").write_text(SHOP)
    yield seen


def anew(reads: list[str], *args: str) -> bool:
    """Does a check read the strategy again."""
    reads.clear()
    run("check", *(args or ("shop",)))
    return bool(reads)


@pytest.mark.parametrize("output", FORMATS["check"])
def test_the_second_check_says_the_same(reads: list[str], output: str) -> None:
    first = run("check", "shop", "--output", output)
    assert "nobody_reads" in first.out
    reads.clear()
    assert run("check", "shop", "--output", output) == first
    assert reads == []


def test_a_strict_check_fails_as_before(reads: list[str]) -> None:
    assert [run("check", "shop", "--strict").code for _ in range(2)] == [1, 1]
    assert run("check", "shop").code == 0


def test_what_is_waived_and_ignored_is_counted(reads: list[str]) -> None:
    ignored, waived = UNUSED + "  # ignore L040 because it is a sample", 'waive L040 because "A sample."\n'
    Path("shop/shop.strategy").write_text(SHOP.replace(UNUSED, f"{ignored}\n\n{waived}"))
    first, second = run("check", "shop"), run("check", "shop")
    assert first == second
    assert "1 ignored" in first.out
    assert reads == ["shop"]


@pytest.mark.parametrize("change", ["text", "used", "beside", "settings", "folder", "program"])
def test_a_change_is_seen(reads: list[str], change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path("shop/shop.strategy")
    Path("more").mkdir()
    Path("more/used.strategy").write_text("# nothing yet\n")
    file.write_text(SHOP.replace("language 1\n", 'language 1\n\nuse "../more/used.strategy"\n', 1))
    assert anew(reads)
    assert not anew(reads)
    if change == "text":
        file.write_text(file.read_text().replace("orders is 1\n", "orders is 2\n"))
    elif change == "used":
        Path("more/used.strategy").write_text("# something\n")
    elif change == "beside":
        Path("shop/second.strategy").write_text("# a part\n")
    elif change == "settings":
        Path("pyproject.toml").write_text('[tool.stratagem.rules]\nL001 = "off"\n')
    elif change == "folder":
        Path("shop").rename("moved")
        assert anew(reads, "moved")
        return
    elif change == "program":
        known = [*kept._program()]
        monkeypatch.setattr(kept, "_program", lambda: iter([*known[:-1], (known[-1][0], 1, 1)]))
    assert anew(reads)
    assert not anew(reads)


def test_a_file_that_went_is_said(reads: list[str]) -> None:
    assert anew(reads)
    Path("shop/shop.strategy").unlink()
    assert run("check", "shop").code == 1


def test_what_asks_for_more_than_the_text_is_worked_out(reads: list[str]) -> None:
    assert anew(reads)
    for more in (["--no-cache"], ["--require", "five_steps=1"], ["--fix", "--diff"]):
        assert anew(reads, "shop", *more)


def test_no_cache_keeps_nothing(reads: list[str]) -> None:
    assert anew(reads, "shop", "--no-cache")
    assert not Path("kept").exists()


def test_errors_and_small_strategies_are_not_kept(reads: list[str]) -> None:
    file = Path("shop/shop.strategy")
    for text in (SHOP + "\nsegmint broken when tbd\n", SHOP[: SHOP.index("\nvalue ")][:1_500]):
        file.write_text(text)
        assert anew(reads)
        assert anew(reads)
    assert not Path("kept").exists()


NONSENSE = ("", "[]", "{}", "null", '{"texts": 1}', '{"texts": {}, "beside": 3}', "[" * 100_000)


@pytest.mark.parametrize("written", NONSENSE, ids=range(len(NONSENSE)))
def test_a_broken_file_is_as_good_as_none(reads: list[str], written: str) -> None:
    first = run("check", "shop")
    (entry,) = Path("kept").iterdir()
    entry.write_text(written)
    assert run("check", "shop") == first
    assert len(reads) == 2
    assert not anew(reads)


def test_a_file_that_ends_too_soon(reads: list[str]) -> None:
    first = run("check", "shop")
    (entry,) = Path("kept").iterdir()
    whole = entry.read_text()
    for length in range(0, len(whole), len(whole) // 9):
        entry.write_text(whole[:length])
        assert run("check", "shop") == first


def test_a_folder_that_cannot_be_written(reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = run("check", "shop", "--no-cache")
    Path("no_folder").write_text("")
    monkeypatch.setenv(kept.FOLDER_VARIABLE, "no_folder")
    assert [run("check", "shop") for _ in range(2)] == [first, first]


def test_the_oldest_go(reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    for name in ("one", "two", "three"):
        Path(f"{name}.strategy").write_text(SHOP)
        assert anew(reads, f"{name}.strategy")
    assert len([*Path("kept").iterdir()]) == 2
    assert not anew(reads, "three.strategy")


def test_every_part_of_a_finding_comes_back() -> None:
    from stratagem.dsl.diagnostics.render.json import one
    from stratagem.dsl.pipeline import check_text

    checked = check_text("segmint a if b\n" + SHOP + "\nsegment nobody_reads when count of orders_0 is 0\n")
    assert checked.diagnostics
    for diagnostic in checked.diagnostics:
        assert one(kept._read(kept._written(diagnostic))) == one(diagnostic)


def test_what_a_plugin_had_a_part_in_is_not_kept(reads: list[str]) -> None:
    checked = load("shop")
    assert not checked.extended
    kept.keep("shop", {}, replace(checked, extended=True))
    assert not Path("kept").exists()
    kept.keep("shop", {}, checked)
    assert Path("kept").exists()
    Path("shop/shop.strategy").write_text(SHOP + 'waive X_CODE because "A plug-in looks for it."\n')
    assert load("shop").extended
