"""Bad input, one row each: a diagnostic or a clear error, exit code 1 or 2, no traceback, nothing half-written.

`spoil` spoils a copy of the starter strategy; `{home}` in a command line is its folder. Every row also runs unspoiled
parts of the same strategy in `test_the_copy_itself_is_good`, so that a row cannot fail for another reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stratagem.engine.cli import library
from tests.cli.run import run

TEXT = "shop.strategy"


@dataclass(frozen=True)
class Bad:
    """One bad input. `says` must be found in what is printed, whatever the case of its letters."""

    name: str
    line: str
    says: str
    spoil: Callable[[Path], object] = lambda home: None
    codes: tuple[int, ...] = (1, 2)
    stdin: bytes | None = None
    extra: dict[str, str] = field(default_factory=dict)


def text(change: Callable[[str], str | bytes]) -> Callable[[Path], object]:
    """Change the strategy's text."""

    def spoil(home: Path) -> None:
        changed = change((home / TEXT).read_text())
        (home / TEXT).write_bytes(changed if isinstance(changed, bytes) else changed.encode())

    return spoil


def data(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Change a data file."""
    return lambda home: (home / name).write_bytes(change((home / name).read_bytes()))


def loop(home: Path) -> None:
    (home / TEXT).write_text(f'use "b.strategy"\n{(home / TEXT).read_text()}')
    (home / "b.strategy").write_text('language 1\nuse "c.strategy"\n')
    (home / "c.strategy").write_text('language 1\nuse "b.strategy"\n')


def unknown_name(text: str) -> str:
    return text.replace("quiet_days between", "quit_days between")


def second_strategy(home: Path) -> None:
    (home / "z.strategy").write_text("language 1\nstrategy z\n")


def endless_link(home: Path) -> None:
    (home / "round.strategy").symlink_to(home / "round.strategy")


def half_parquet(home: Path) -> None:
    import polars as pl

    pl.read_csv(home / "orders.csv").write_parquet(home / "orders.parquet")
    whole = (home / "orders.parquet").read_bytes()
    (home / "orders.parquet").write_bytes(whole[: len(whole) // 2])
    (home / "orders.csv").unlink()


STRATEGIES = [
    Bad("no such file", "check {home}/none.strategy", "no file or folder"),
    Bad("a folder without a strategy", "check {home}/empty", "strategy", lambda home: (home / "empty").mkdir()),
    Bad("a link to itself", "check {home}/round.strategy", "", endless_link),
    Bad("an empty file", "check {home}", "", text(lambda _: "")),
    Bad("only blanks and comments", "check {home}", "", text(lambda _: "\n\n  \n# nothing\n")),
    Bad("a binary file", "check {home}", "", text(lambda _: bytes(range(256)) * 40)),
    Bad("UTF-16", "check {home}", "utf-16", text(lambda t: t.encode("utf-16"))),
    Bad("Latin-1", "check {home}", "utf-8", text(lambda t: t.replace("A shop's", "Ein Café").encode("latin-1"))),
    Bad("a line of 5 MB", "check {home}", "", text(lambda t: t + "# " + "x" * 5_000_000 + "\n")),
    Bad("a long line of names", "check {home}", "", text(lambda t: t + "measure m = " + "a + " * 10_000 + "a\n")),
    Bad("nested 900 deep", "check {home}", "", text(lambda t: t + "".join("  " * n + "x\n" for n in range(1, 900)))),
    Bad("10,000 brackets", "check {home}", "", text(lambda t: t + f"measure m = {'(' * 9_000}1{')' * 9_000}\n")),
    Bad("10,000 times not", "check {home}", "", text(lambda t: t + f"segment s when {'not ' * 4_500}newcomers\n")),
    Bad("10,000 brackets never closed", "check {home}", "", text(lambda t: t + "measure m = " + "(" * 10_000 + "\n")),
    Bad("tabs", "check {home}", "tab", text(lambda t: t.replace("\n  ", "\n\t"))),
    Bad("curly quotes", "check {home}", "quote", text(lambda t: t.replace('"people.csv"', "\u201cpeople.csv\u201d"))),
    Bad("two strategy blocks", "check {home}", "strategy", text(lambda t: t + '\nstrategy other "Another"\n')),
    Bad("two files, two strategies", "check {home}", "strategy", second_strategy),
    Bad("a circle of use", "check {home}", "uses", loop),
    Bad("an unknown name", "check {home}", "did you mean quiet_days", text(unknown_name)),
    Bad("nothing on standard input", "check -", "", stdin=b""),
    Bad("an error stops the plan too", "plan {home}", "error", text(unknown_name)),
    Bad("an error stops the tests too", "test {home}", "error", text(unknown_name)),
    Bad("an error stops the picture too", "graph {home}", "error", text(unknown_name)),
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the starter strategy with its customers."""
    folder = tmp_path / "home"
    folder.mkdir()
    for path, content in library.copy_of("starter", library.STARTER_IS_OF).items():
        (folder / path).write_bytes(content)
    return folder


def contents(folder: Path) -> dict[Path, bytes | None]:
    return {p: p.read_bytes() if p.is_file() else None for p in folder.parent.rglob("*")}


def check_row(bad: Bad, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.parent)
    bad.spoil(home)
    before = contents(home)
    done = run(*bad.line.format(home=home).split(), stdin=bad.stdin)
    said = done.out + done.err
    assert done.code in bad.codes, f"{done.code}\n{said[:3000]}"
    assert "Traceback" not in said and "internal fault" not in said, said[:3000]
    assert bad.says.lower() in said.lower(), said[:3000]
    assert said.strip() and len(said) < 100_000 and max(map(len, said.splitlines())) < 2_000
    assert contents(home) == before


@pytest.mark.parametrize("bad", STRATEGIES, ids=lambda bad: bad.name)
def test_a_bad_strategy(bad: Bad, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_row(bad, home, monkeypatch)


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t], ids=["CRLF", "BOM"])
def test_what_other_editors_write_is_no_fault(change: Callable[[str], str], home: Path) -> None:
    text(change)(home)
    done = run("check", home, "--strict")
    assert done.code == 0, done.out


def test_the_copy_itself_is_good(home: Path) -> None:
    done = run("check", home, "--strict")
    assert done.code == 0, done.out
