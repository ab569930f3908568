"""Bad input, one row each: a diagnostic or a clear error, exit code 1 or 2, no traceback, nothing half-written.

`spoil` spoils a copy of the starter strategy; `{home}` in a command line is its folder. Every row also runs unspoiled
parts of the same strategy in `test_the_copy_itself_is_good`, so that a row cannot fail for another reason.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from stratagem.engine.cli import library
from tests.cli.run import run

TEXT = "shop.strategy"
LONG = "n" * 300
"""No system takes a name as long as this."""
PLAN = "plan {home} --as-of 2026-11-01"


@dataclass(frozen=True)
class Bad:
    """One bad input. `says` must be found in what is printed, whatever the case of its letters."""

    name: str
    line: str
    says: str
    spoil: Callable[[Path], object] = lambda home: None
    codes: tuple[int, ...] = (1, 2)
    stdin: bytes | None = None


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
    Bad("a name too long to be one", f"check {{home}}/{LONG}.strategy", "too long"),
    Bad("a folder of that name", f"check {{home}} --data {LONG}", "too long"),
    Bad("a used file of that name", "check {home}", "S190", text(lambda t: t + f'use "{LONG}.strategy"\n')),
    Bad("a data file of that name", PLAN, "D101", text(lambda t: t.replace("people.csv", f"{LONG}.csv"))),
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

SOURCE = f"{PLAN} --source orders={{home}}"
EXPLAIN = "explain {home} --as-of 2026-11-01"
DECIDE = "decide {home} --as-of 2026-11-01 --customer -"


def folder(name: str) -> Callable[[Path], object]:
    return lambda home: (home / name).mkdir()


def file(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda home: (home / name).write_bytes(content)


def folder_for_orders(home: Path) -> None:
    (home / "orders.csv").unlink()
    (home / "orders.csv").mkdir()


def no_source(text: str) -> str:
    """Without the orders and all that reads them."""
    return "language 1\nstrategy empty\n"


CASES = [
    Bad("no data folder", f"{PLAN} --data {{home}}/none", "no folder"),
    Bad("a file as data folder", f"{PLAN} --data {{home}}/people.csv", "no folder"),
    Bad("no file for a source", PLAN, "orders", lambda home: (home / "orders.csv").unlink()),
    Bad("a folder for a source", PLAN, "orders", folder_for_orders),
    Bad("an empty CSV", PLAN, "orders.csv", data("orders.csv", lambda _: b"")),
    Bad("a CSV of nulls", PLAN, "orders.csv", data("orders.csv", lambda _: b"\0" * 5000)),
    Bad("a quote left open", PLAN, "orders.csv", data("orders.csv", lambda b: b.replace(b"C04,", b'"C04,', 1))),
    Bad("rows of other lengths", PLAN, "orders.csv", data("orders.csv", lambda b: b + b"C01,2026-01-01,5,6,7,8\n")),
    Bad("headers in the wrong case", PLAN, "Amount", data("orders.csv", lambda b: b.replace(b"amount", b"Amount"))),
    Bad("a header twice", PLAN, "amount", data("orders.csv", lambda b: b.replace(b"ordered_on", b"amount"))),
    Bad("Latin-1 data", PLAN, "people.csv", data("people.csv", lambda b: b.replace(b"Alma", b"Andr\xe9"))),
    Bad("half a Parquet file", PLAN, "orders.parquet", half_parquet),
    Bad("text called Parquet", f"{SOURCE}/o.parquet", "o.parquet", file("o.parquet", b"C01,5\n")),
    Bad("text called gzip", f"{SOURCE}/o.csv.gz", "o.csv.gz", file("o.csv.gz", b"C01,5\n")),
    Bad("broken JSON lines", f"{SOURCE}/o.jsonl", "o.jsonl", file("o.jsonl", b'{"customer_id": \n')),
    Bad("a file of no known kind", f"{SOURCE}/o.xlsx", "o.xlsx", file("o.xlsx", b"PK")),
    Bad("an unknown source", f"{PLAN} --source order={{home}}/orders.csv", "order"),
    Bad("a source without a file", f"{PLAN} --source orders", "NAME=PATH"),
    Bad("no such source file", f"{SOURCE}/none.csv", "none.csv"),
    Bad("no date", "plan {home} --as-of tomorrow", "tomorrow"),
    Bad("no such day", "plan {home} --as-of 2026-02-30", "2026-02-30"),
    Bad("the year 10000", "plan {home} --as-of 10000-01-01", "10000"),
    Bad("a folder as --out", f"{PLAN} --out {{home}}/list.csv", "folder", folder("list.csv")),
    Bad("--out in no folder", f"{PLAN} --out {{home}}/none/list.csv", "folder"),
    Bad("--out of no known kind", f"{PLAN} --out {{home}}/list.xlsx", ".parquet"),
    Bad("--out without an ending", f"{PLAN} --out {{home}}/list", ".parquet"),
    Bad("a file as --out-dir", f"{PLAN} --out-dir {{home}}/people.csv", "folder"),
    Bad("--out-dir in no folder", f"{PLAN} --out-dir {{home}}/none/out", "folder"),
    Bad("an unknown --out-format", f"{PLAN} --out-dir {{home}}/out --out-format xlsx", "xlsx"),
    Bad("--out-format for nothing", f"{PLAN} --out-format csv", "--out-dir"),
    Bad("a folder as --fit", f"{PLAN} --fit {{home}}", "folder"),
    Bad("a device", f"{PLAN} --fit /dev/null", "device"),
    Bad("a negative --limit", f"{PLAN} --limit -1", "limit"),
    Bad("no such history", f"{PLAN} --history {{home}}/none", "history"),
    Bad("a history of rubbish", f"{PLAN} --history {{home}}", "history.jsonl", file("history.jsonl", b"rubbish\n")),
    Bad("nobody named", EXPLAIN, "one customer"),
    Bad("an unknown customer", f"{EXPLAIN} C99", "C99"),
    Bad("an unknown action", f"{EXPLAIN} C01 --action remembr", "remember"),
    Bad("no JSON", DECIDE, "no JSON", stdin=b"customer"),
    Bad("half of JSON", DECIDE, "line 1", stdin=b'{"customer_id": "N1", '),
    Bad("a list", DECIDE, "not a list", stdin=b"[1, 2]"),
    Bad("NaN", DECIDE, "no JSON", stdin=b'{"customer_id": NaN}'),
    Bad("deep JSON", DECIDE, "no JSON", stdin=b"[" * 200_000),
    Bad("a customer without an id", DECIDE, "customer_id", stdin=b'{"email": "a@example.com"}'),
    Bad("no such JSON file", "decide {home} --customer {home}/none.json", "none.json"),
    Bad("a fit that is none", f"{DECIDE} --fit {{home}}/people.csv", "no fit file", stdin=b'{"customer_id": "N1"}'),
    Bad("an unknown checklist", "diagnose {home} --framework seven", "seven"),
    Bad("a history for nobody", "diagnose {home} --history {home}", "--data"),
    Bad("a moment for a text", "check {home} --as-of 2026-11-01", "--data"),
    Bad("no percentage", "check {home} --require five_steps=lots", "five_steps=lots"),
    Bad("more than all", "check {home} --require five_steps=101", "five_steps=101"),
    Bad("an unknown checklist for CI", "check {home} --require seven=10", "seven"),
    Bad("a picture into a folder", "graph {home} --out {home}", "folder"),
    Bad("a picture of nothing", "graph {home} --focus nothing", "nothing"),
    Bad("a strategy without customers", "plan {home}", "", text(no_source)),
    Bad("to start where a file is", "init {home}/people.csv", "people.csv"),
    Bad("to start like nothing", "init {home}/new --like nothing", "starter"),
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


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_a_bad_case(bad: Bad, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_row(bad, home, monkeypatch)


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t], ids=["CRLF", "BOM"])
def test_what_other_editors_write_is_no_fault(change: Callable[[str], str], home: Path) -> None:
    text(change)(home)
    done = run("check", home, "--strict")
    assert done.code == 0, done.out


def test_the_copy_itself_is_good(home: Path) -> None:
    for line in ("check {home} --strict", PLAN, f"{EXPLAIN} C01"):
        done = run(*line.format(home=home).split())
        assert done.code == 0, done.out + done.err


# --- Through the real command -------------------------------------------------------------------------------


def test_a_reader_that_leaves_early(home: Path) -> None:
    """`stratagem graph | head`: no trace, whatever was still to be written."""
    ours = [sys.executable, "-m", "stratagem", "graph", str(home)]
    with subprocess.Popen(ours, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert process.returncode == 1 and err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", ["check", "plan", "graph"])
def test_standard_output_that_is_full_is_said(command: str, home: Path) -> None:
    ours = [sys.executable, "-m", "stratagem", command, str(home)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(ours, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2 and b"standard output cannot be written: no space left" in done.stderr


def test_standard_output_that_is_closed_changes_no_exit_code(home: Path) -> None:
    shell = f"exec {sys.executable} -m stratagem check {home} >&-"
    assert subprocess.run(["sh", "-c", shell], stderr=subprocess.PIPE, check=False).returncode == 0
    (home / "shop.strategy").write_text("strategy\n", "utf-8")
    done = subprocess.run(["sh", "-c", shell], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that somebody is in cannot be deleted there")
def test_a_working_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    shell = f"cd {tmp_path}/gone && rmdir {tmp_path}/gone && exec {sys.executable} -m stratagem check x"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, check=False)
    assert done.returncode == 2 and b"not there any more" in done.stderr


def test_ctrl_c_leaves_nothing_half_written(home: Path) -> None:
    """Interrupted while it waits for standard input: one word, and no file."""
    ours = [sys.executable, "-m", "stratagem", "decide", str(home), "--customer", "-"]
    with subprocess.Popen(ours, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        err = process.stderr.read()
    assert process.returncode == 1 and err.strip() == b"stratagem: stopped."
