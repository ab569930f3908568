"""How fast the language is: a check from a fresh process, a check again, and every kind of edit at an editor.

In: how often each is repeated. Out: a table of median and worst beside the ceiling. Times are those that the process
itself took (user and system), so that a busy machine counts for little. Nothing fails when it is slow.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stratagem.dsl.incremental import Workspace
from stratagem.engine.cli.kept import FOLDER_VARIABLE
from tests.bench.generated import generated
from tests.tools.house import ROOT

COLD, WARM, SHORT, LOCAL, ALL = 2.0, 0.6, 0.3, 0.05, 0.3
"""Ceilings, in seconds: a check of 2,000 declarations, the same again, of 100 lines; after an edit of 10,000 lines."""
NAME = "made_up.strategy"


@dataclass
class Timed:
    """What was measured, with its ceiling."""

    what: str
    ceiling: float
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        middle, worst = statistics.median(self.seconds), max(self.seconds)
        mark = "" if worst <= self.ceiling else "  above" if middle <= self.ceiling else "  ABOVE"
        figures = f"{middle * 1000:8.0f} ms {worst * 1000:8.0f} ms {self.ceiling * 1000:8.0f} ms"
        return f"{self.what:<44}{figures}   {len(self.seconds):3} times{mark}"


def measure(runs: int) -> None:
    """Print the whole table."""
    print(f"{'':<44}{'median':>11} {'worst':>11} {'ceiling':>11}")
    from tests.bench import completion  # it takes its rows' type from here

    for rows in (_processes, _workspace, completion.rows):
        for row in rows(runs):
            print(row, flush=True)


# ---- from process start ----


def _processes(runs: int) -> Iterator[Timed]:
    with tempfile.TemporaryDirectory(prefix="stratagem-bench-") as folder:
        large, small = Path(folder) / "large.strategy", Path(folder) / "small.strategy"
        large.write_text(generated(6_000, 2_000))
        small.write_text(_hundred_lines())
        faulty = Path(folder) / "faulty.strategy"
        faulty.write_text(small.read_text().replace(" when ", " if ", 1))
        os.environ[FOLDER_VARIABLE] = str(Path(folder) / "cache")
        yield _repeat("check of 6,000 lines, new process", COLD, runs, lambda n: _process(large, "--no-cache"))
        _process(large)
        yield _repeat("the same again, new process", WARM, runs, lambda n: _process(large))
        yield _repeat("check of 100 lines, new process", SHORT, runs, lambda n: _process(small))
        yield _repeat("check of 100 lines, one wrong, new process", SHORT, runs, lambda n: _process(faulty))


def _hundred_lines() -> str:
    """The strategy that `init` copies, up to its tests: 106 lines, every kind of block among them."""
    text = (ROOT / "strategies" / "starter" / "shop.strategy").read_text("utf-8")
    return text[: text.index("# ---- What must stay true")]


def _process(path: Path, *options: str) -> float:
    """Seconds that `stratagem check` takes of its own."""
    command = [sys.executable, "-m", "stratagem", "check", str(path), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"check ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def _repeat(what: str, ceiling: float, runs: int, once: Callable[[int], float]) -> Timed:
    return Timed(what, ceiling, [once(n) for n in range(runs)])


# ---- in one process ----


def _workspace(runs: int) -> Iterator[Timed]:
    text = generated(6_000, 2_000)
    space = Workspace({NAME: text})
    space.check()
    yield _repeat("check of 6,000 lines, same process", WARM, runs, lambda n: sum(_both(space, text + "\n" * n)))
    text = generated(10_000)
    space = Workspace({NAME: text})
    first = time.process_time()
    space.check()
    print(f"(the first check of 10,000 lines: {time.process_time() - first:.1f} s)")
    for what, states in EDITS.items():
        local, whole = Timed(f"{what}: lines", LOCAL), Timed(f"{what}: all", ALL)
        for run in range(runs):
            for state in states(text, run):
                one, other = _both(space, state)
                local.seconds.append(one)
                whole.seconds.append(other)
            _both(space, text)
        yield local
        yield whole


def _both(space: Workspace, text: str) -> tuple[float, float]:
    """Seconds for the changed file's lines, and for all diagnostics."""
    began = time.process_time()
    space.change(NAME, text)
    middle = time.process_time()
    space.check()
    return middle - began, time.process_time() - middle


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def _number(text: str, run: int) -> Iterator[str]:
    unit = 20 + 7 * run
    yield _replaced(text, f"= margin_{unit} * (1 + rate_{unit})", f"= margin_{unit} * ({run + 2} + rate_{unit})")


def _comment(text: str, run: int) -> Iterator[str]:
    yield _replaced(
        text, f"# ---- Data of unit {15 + 6 * run} ----", f"# ---- The data of unit {15 + 6 * run}, run {run}"
    )


def _blank(text: str, run: int) -> Iterator[str]:
    at = text.index(f"\nassume rate_{10 + run}")
    yield text[:at] + "\n" * (run + 1) + text[at:]


def _declaration(text: str, run: int) -> Iterator[str]:
    at = text.index(f"\nmeasure gift_{41 + 2 * run}")
    yield text[:at] + f'\nmeasure new_{run} "New" = spend_{40 + run} * {run + 2}' + text[at:]


def _broken(text: str, run: int) -> Iterator[str]:
    yield _replaced(text, f'measure gift_{50 + run} "Gave gifts" = any', f'measure gift_{50 + run} "Gave gifts" any')


def _open_quote(text: str, run: int) -> Iterator[str]:
    yield _replaced(text, f'measure gift_{50 + run} "Gave gifts"', f'measure gift_{50 + run} "Gave gifts')


def _renamed(text: str, run: int) -> Iterator[str]:
    yield _replaced(text, f"measure quiet_{2 * run} ", f"measure quieter_{2 * run} ")


def _deleted(text: str, run: int) -> Iterator[str]:
    start = text.index(f"\naction remind_{51 + 2 * run} ")
    yield text[:start] + text[text.index("\n\n", start) :]


def _moved(text: str, run: int) -> Iterator[str]:
    start = text.index(f"\nvalue worth_{30 + run} ")
    end = text.index("\n", start + 1)
    yield text[start + 1 : end + 1] + text[:start] + text[end:]


def _typed(text: str, run: int) -> Iterator[str]:
    """A line is typed, letter by letter."""
    at = text.index(f"\nmeasure gift_{31 + 2 * run} ")
    line = f'\nmeasure typed "Typed" = sum of orders_0.amount in last {run + 1} months'
    for length in range(1, len(line) + 1):
        yield text[:at] + line[:length] + text[at:]


EDITS: dict[str, Callable[[str, int], Iterator[str]]] = {
    "a number in a formula": _number,
    "a comment": _comment,
    "blank lines near the top": _blank,
    "a new measure": _declaration,
    "a line that cannot be read": _broken,
    "a quote left open": _open_quote,
    "a name that others use": _renamed,
    "an action deleted": _deleted,
    "a value moved to the top": _moved,
    "a measure typed by letters": _typed,
}
