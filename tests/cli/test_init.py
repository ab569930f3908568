"""`stratagem init` writes whole or not at all, and never over anything unasked."""

from datetime import date
from pathlib import Path

import pytest

from stratagem.engine.cli import library
from stratagem.engine.cli.commands import init
from tests.cli.run import run


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_new_strategy_has_its_customers_with_it(tmp_path: Path) -> None:
    done = run("init", tmp_path / "a" / "b")
    assert done.code == 0 and "Next:" in done.out
    assert set(contents(tmp_path / "a" / "b")) == {"README.md", "orders.csv", "people.csv", "shop.strategy"}


def test_it_fits_on_a_page_or_two() -> None:
    [text] = [
        data for path, data in library.copy_of("starter", date(2026, 11, 1)).items() if path.suffix == ".strategy"
    ]
    written = [line for line in text.splitlines() if line.strip() and not line.startswith(b"#")]
    assert 60 <= len(written) <= 105


def test_nothing_is_written_over_without_force(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("mine")
    done = run("init", tmp_path)
    assert done.code == 2 and "orders.csv" in done.err and "--force" in done.err
    assert contents(tmp_path) == {"orders.csv": b"mine"}
    assert run("init", tmp_path, "--force").code == 0
    assert contents(tmp_path)["orders.csv"] != b"mine" and len(contents(tmp_path)) == 4


@pytest.mark.parametrize("failing", range(1, 8))
def test_a_failure_half_way_leaves_all_as_it_was(failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "orders.csv").write_text("mine")
    calls = 0
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    done = run("init", tmp_path / "home", "--force")
    assert (done.code, failing) in ((2, failing), (0, 6), (0, 7))
    if done.code:
        assert "no space left on device" in done.err
        assert contents(tmp_path) == {"home/orders.csv": b"mine"}


def test_a_folder_that_was_made_for_it_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "_undo", lambda moved: (_ for _ in ()).throw(AssertionError) if moved else None)
    monkeypatch.setattr(Path, "write_bytes", lambda self, data: (_ for _ in ()).throw(OSError(28, "Full")))
    assert run("init", tmp_path / "new").code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_samples_are_as_fresh_as_on_the_day_they_were_written() -> None:
    then, now = (library.copy_of("starter", day) for day in (date(2026, 11, 1), date(2031, 1, 15)))
    [orders] = [path for path in then if path.name == "orders.csv"]
    assert b"C01,2026-02-11," in then[orders] and b"C01,2030-04-11," in now[orders]
    assert {len(data) for data in then.values()} == {len(data) for data in now.values()}


def test_a_strategy_of_the_library_keeps_its_dates() -> None:
    assert library.copy_of("coffee", date(2026, 11, 1)) == library.copy_of("coffee", date(2031, 1, 15))
    assert library.names()[0] == "starter" and {"coffee", "grocery", "gift_shop"} <= set(library.names())


def test_an_unknown_strategy_is_named(tmp_path: Path) -> None:
    done = run("init", tmp_path, "--like", "cofee")
    assert done.code == 2 and "coffee" in done.err and contents(tmp_path) == {}
