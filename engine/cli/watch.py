"""`--watch`: run again when a file changes.

In: what to run, which files matter, and a watcher, which waits until one of them changes. Out: the exit code of the
last run, when Ctrl-C ends it. Files that come and go count too: which files matter is asked anew at every look.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from stratagem.engine.cli.belonging import ENDING, strategies_of, used
from stratagem.engine.cli.exits import Refused
from stratagem.engine.cli.output import notice

if TYPE_CHECKING:
    from stratagem.dsl.model.strategy import Strategy
    from stratagem.dsl.pipeline import Checked
    from stratagem.engine.cli.checking import Asked, Report

Files = Callable[[], Iterable[Path]]
State = Mapping[Path, tuple[int, ...]]

INTERVAL = 0.3
"""Seconds between two looks."""
NAMED = 5
"""At most so many changed files are named."""


class Watcher(Protocol):
    """Waits for changes."""

    def wait(self, files: Files, since: State) -> list[Path]:
        """The files that are different from how they were, in order; returns only when there is one."""


class Polling:
    """Looks again and again, with a rest between two looks; a change counts once nothing changes any more."""

    def __init__(self, rest: Callable[[], None] = lambda: time.sleep(INTERVAL)) -> None:
        self.rest = rest

    def wait(self, files: Files, since: State) -> list[Path]:
        """Returns at the first look that finds what the look before it found, and not what was there to begin with."""
        before = since
        while True:
            self.rest()
            now = state(files())
            if now == before and now != since:
                return sorted(path for path in {*since, *now} if since.get(path) != now.get(path))
            before = now


def state(files: Iterable[Path]) -> State:
    """What tells one state of the files from another; files that are not there are left out."""
    found: dict[Path, tuple[int, ...]] = {}
    for file in files:
        try:
            told = os.stat(file)
        except (OSError, ValueError):
            continue
        found[file] = (told.st_mtime_ns, told.st_size, told.st_ino)
    return found


def watched(run: Callable[[tuple[Path, ...]], int], files: Files, watcher: Watcher | None = None) -> int:
    """Run at once, and again after each change, which `run` is told; the last exit code when Ctrl-C ends it.

    What goes wrong in the first run ends the command; later it is said, for a file may be half written or gone.
    """
    watcher = watcher or Polling()
    since = state(files())
    code = run(())
    # Only the run can tell which data files matter: these count from now on.
    since = {**state(files()), **since}
    try:
        while True:
            looked_at = len(state(files()))
            notice(f"Watching {looked_at} file{'' if looked_at == 1 else 's'}; Ctrl-C ends it.")
            changed = watcher.wait(files, since)
            since = state(files())
            _announce(changed)
            try:
                code = run(tuple(changed))
            except Refused as fault:
                notice(f"stratagem: {fault.message}" + (f"\n  help: {fault.help}" if fault.help else ""))
                code = fault.code
    except KeyboardInterrupt:
        return code


def _announce(changed: list[Path]) -> None:
    """Say what changed; a person's screen is cleared before, a pipe or a log is not."""
    if sys.stdout.isatty():
        click.clear()
    names = ", ".join(path.as_posix() for path in changed[:NAMED])
    more = f" and {len(changed) - NAMED} more" if len(changed) > NAMED else ""
    notice(f"{names}{more} changed.")


def strategy_files(paths: Iterable[str]) -> set[Path]:
    """Every file that can make a difference to the strategies: theirs, their folders', and all that these use."""
    found: set[Path] = set()
    waiting: list[Path] = []
    for path in (Path(each) for each in strategies_of(paths)):
        folder = path if path.is_dir() else path.parent
        waiting += [path, *folder.glob(f"*{ENDING}")]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += used(file)
    return {file for file in found if not file.is_dir()}


def data_files(strategy: Strategy, folders: Iterable[Path], named: Iterable[Path]) -> set[Path]:
    """Every file that the strategy's sources may be read from, once: by their names with any ending, or as typed."""
    found = set(named)
    for folder in folders:
        for source in strategy.sources:
            place = folder / source.file
            found.add(place)
            found |= set(place.parent.glob(escape(place.name.partition(".")[0]) + ".*"))
    return set({os.path.realpath(file): file for file in sorted(found, key=lambda f: not f.is_absolute())}.values())


def watch_check(
    paths: tuple[str, ...], asked: Asked, told: Callable[[Report], int], watcher: Watcher | None = None
) -> int:
    """`check --watch`: each strategy is kept at hand, so that only what a change touches is worked out again."""
    from stratagem.engine.cli import checking
    from stratagem.engine.cli.keeping import Kept
    from stratagem.engine.cli.opening import folder_of

    kept: dict[str, Kept] = {}
    strategies: dict[str, Strategy] = {}

    def run(changed: tuple[Path, ...]) -> int:
        def read(path: str) -> Checked:
            checked = kept.setdefault(path, Kept(path)).read(changed)
            if checked.strategy is not None:
                strategies[path] = checked.strategy
            return checked

        return told(checking.check_all(strategies_of(paths), asked, read))

    def files() -> set[Path]:
        found = strategy_files(paths)
        if asked.data or asked.source:
            for path, strategy in strategies.items():
                folders = [folder_of(path), *([asked.data] if asked.data else [])]
                found |= data_files(strategy, folders, [file for _, file in asked.source])
        return found

    return watched(run, files, watcher)
