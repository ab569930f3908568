"""`--watch`, with a watcher in the test's hands: nothing here waits for the clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stratagem.engine.cli import watch
from stratagem.engine.cli.checking import Asked, Report
from stratagem.engine.cli.exits import Refused
from stratagem.engine.cli.watch import Files, Polling, State, state, strategy_files, watch_check, watched

Deed = Callable[[], object]


class Hands:
    """A watcher that does one deed after the other, and ends like Ctrl-C; says which files were different then."""

    def __init__(self, *deeds: Deed) -> None:
        self.deeds = list(deeds)
        self.seen: list[list[str]] = []

    def wait(self, files: Files, since: State) -> list[Path]:
        if not self.deeds:
            raise KeyboardInterrupt
        self.deeds.pop(0)()
        now = state(files())
        changed = sorted(path for path in {*since, *now} if since.get(path) != now.get(path))
        self.seen.append([path.as_posix() for path in changed])
        return changed


def replaced(file: Path, old: str, new: str) -> Deed:
    def deed() -> None:
        text = file.read_text("utf-8")
        assert old in text
        part = file.with_suffix(".part")
        part.write_text(text.replace(old, new), "utf-8")
        part.replace(file)

    return deed


def watch_shop(hands: Hands, asked: Asked | None = None, path: str = "shop") -> tuple[int, list[list[str]]]:
    """The exit code, and of each run the codes it found that are errors or about data."""
    runs: list[list[str]] = []

    def told(report: Report) -> int:
        runs.append([d.code for d in report.found if d.code[0] in "SD"])
        return 1 if report.failed(strict=False) else 0

    return watch_check((path,), asked or Asked(), told, hands), runs


def test_each_change_is_checked_and_the_last_code_is_kept(shop: Path) -> None:
    file = shop / "shop.strategy"
    slip = replaced(file, "for best, steady", "for best, stedy")
    mend = replaced(file, "for best, stedy", "for best, steady")
    code, runs = watch_shop(Hands(slip, mend, slip))
    assert code == 1 and runs == [[], ["S278"], [], ["S278"]]
    code, runs = watch_shop(Hands(mend))
    assert code == 0 and runs == [["S278"], []]


def test_files_that_come_and_go_count(shop: Path) -> None:
    more = shop / "more.strategy"
    hands = Hands(lambda: more.write_text("assume odd = spnd\n"), more.unlink)
    code, runs = watch_shop(hands)
    assert code == 0 and runs == [[], ["S261"], []] and hands.seen == [["shop/more.strategy"]] * 2


def test_a_used_file_counts_even_before_it_is_there(shop: Path, tmp_path: Path) -> None:
    file = shop / "shop.strategy"
    file.write_text(file.read_text() + '\nuse "../common/parts.strategy"\n')
    (tmp_path / "common").mkdir()
    parts = tmp_path / "common" / "parts.strategy"
    hands = Hands(lambda: parts.write_text("assume odd = 3\n"), lambda: parts.write_text("assume odd = spnd * 3\n"))
    code, runs = watch_shop(hands)
    assert code == 1 and runs == [["S190"], [], ["S261"]] and hands.seen[0] == ["common/parts.strategy"]


def test_data_files_count_when_the_data_is_checked(shop: Path) -> None:
    orders = "customer_id,ordered_on,amount\nC01,2026-02-31,12.00\n"
    hands = Hands(lambda: (shop / "orders.csv").write_text(orders))
    code, runs = watch_shop(hands, Asked(data=shop, as_of="2026-11-01"))
    assert code == 0 and len(runs) == 2 and "D131" in runs[1] and hands.seen == [["shop/orders.csv"]]
    assert Path("shop/orders.csv") not in strategy_files(["shop"])


def test_a_file_that_is_gone_for_a_while_is_no_end(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = tmp_path / "away"
    code, runs = watch_shop(Hands(lambda: shop.rename(away), lambda: away.rename(shop)))
    assert code == 0 and runs == [[], []] and "there is no file or folder 'shop'" in capsys.readouterr().err


def test_what_is_wrong_from_the_start_ends_it() -> None:
    with pytest.raises(Refused):
        watch_shop(Hands(), path="nowhere")


def test_what_is_kept_at_hand_gives_what_a_fresh_check_gives(shop: Path) -> None:
    from stratagem.engine.cli.checking import check_all

    file = shop / "shop.strategy"
    deeds = [
        replaced(file, "for best, steady", "for best, stedy"),
        replaced(file, "yearly_margin / 4", "yearly_margin / 4 days"),
        replaced(file, "currency EUR", "currency EURO"),
        replaced(file, "decide\n", "decide (\n"),
        replaced(file, "decide (\n", "decide\n"),
    ]
    same: list[bool] = []

    def told(report: Report) -> int:
        fresh = check_all(["shop"], Asked())
        same.append([(d.code, str(d.span), d.args) for d in report.found] == [
            (d.code, str(d.span), d.args) for d in fresh.found
        ])  # fmt: skip
        return 0

    watch_check(("shop",), Asked(), told, Hands(*deeds))
    assert same == [True] * 6


def test_polling_rests_between_looks_and_waits_until_nothing_moves(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text("0")
    rests: list[int] = []

    def rest() -> None:
        rests.append(1)
        if 3 <= len(rests) <= 5:  # somebody writes for three looks
            file.write_text("x" * len(rests))

    assert Polling(rest).wait(lambda: [file, tmp_path / "never"], state([file])) == [file]
    assert len(rests) == 6, "the look after the last change sees that nothing moves any more"


def test_a_change_while_the_run_goes_on_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text("0")
    seen: list[State] = []

    class Looks:
        def wait(self, files: Files, since: State) -> list[Path]:
            seen.append(since)
            raise KeyboardInterrupt

    watched(lambda changed: file.write_text("longer") and 0, lambda: [file], Looks())
    assert seen[0] != state([file])


def test_the_screen_is_cleared_for_a_person_only(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared: list[int] = []
    monkeypatch.setattr(watch.click, "clear", lambda: cleared.append(1))
    watch._announce([Path("a"), Path("b")])
    assert not cleared and capsys.readouterr().err == "a, b changed.\n"
    monkeypatch.setattr(watch.sys.stdout, "isatty", lambda: True, raising=False)
    watch._announce([Path(str(n)) for n in range(9)])
    assert cleared and capsys.readouterr().err == "0, 1, 2, 3, 4 and 4 more changed.\n"


@pytest.mark.parametrize("name", ["check", "test"])
def test_the_commands_watch(name: str, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli.run import run

    hands = Hands(lambda: (shop / "more.strategy").write_text("assume odd = 3\n"))
    monkeypatch.setattr(watch, "Polling", lambda: hands)
    done = run(name, "shop", "--watch")
    assert done.code == 0 and done.err.count("Ctrl-C ends it") == 2 and "shop/more.strategy changed." in done.err
    assert hands.seen == [["shop/more.strategy"]]
