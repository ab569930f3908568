"""Which strategies files belong to: a hook hands over the files that changed, one by one, and means their strategies.

A folder whose files together make one strategy has one file with a `strategy` line; the others are its parts. A slip
in the head of a strategy does not make it a part of its neighbour: a strategy has one `customer`, so two files that
each have one are two strategies. In: paths as typed. Out: paths to load, each strategy once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

ENDING = ".strategy"
MOST_FILES = 2_000
"""Files below the working folder that are searched for one that uses a part."""
_HEAD = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]?strategy[ \t:]", re.MULTILINE | re.IGNORECASE)
_CUSTOMER = re.compile(rb"^customer[ \t]", re.MULTILINE)
_USE = re.compile(rb'^use[ \t]+"([^"\n]*)"', re.MULTILINE)


def strategies_of(paths: Iterable[str]) -> list[str]:
    """What to load for the paths: files, folders, or `-`; in the order typed, nothing twice."""
    search = _Search()
    found: dict[Path, str] = {}
    for path in paths:
        for each in [path] if path == "-" else search.strategies_of(Path(path)):
            found.setdefault(Path(each) if path == "-" else _real(Path(each)), str(each))
    return list(found.values())


class _Search:
    """One look at the folders; files are read once."""

    def __init__(self) -> None:
        self.folders: dict[Path, tuple[list[Path], list[Path]]] = {}
        self.uses: dict[Path, dict[Path, set[Path]]] = {}

    def strategies_of(self, path: Path) -> list[Path]:
        """The strategies that a path stands for."""
        if path.is_dir() or path.suffix != ENDING or not path.is_file():
            return [path]
        own = self.own(path)
        return [own] if own is not None else list(dict.fromkeys(self.users(path))) or [path]

    def own(self, file: Path) -> Path | None:
        """The strategy that a file makes, alone or with the other files of its folder; None for a part of none."""
        heads, parts = self.heads_and_parts(file.parent)
        if len(heads) == 1 and parts:
            return file.parent
        return file if file in heads else None

    def users(self, part: Path) -> Iterator[Path]:
        """The strategies that use a part, directly or through other parts."""
        around = self.around(part)
        looked: set[Path] = set()
        waiting = [part]
        while waiting:
            wanted = _real(waiting.pop())
            if wanted in looked:
                continue
            looked.add(wanted)
            for file in (file for file, others in around.items() if wanted in others):
                own = self.own(file)
                if own is None:
                    waiting.append(file)
                else:
                    yield own

    def heads_and_parts(self, folder: Path) -> tuple[list[Path], list[Path]]:
        """A folder's strategy files: those with a `strategy` line, or with a second `customer`, and the others."""
        if folder not in self.folders:
            texts = {file: _text(file) for file in sorted(folder.glob(f"*{ENDING}")) if file.is_file()}
            heads = [file for file, text in texts.items() if _HEAD.search(text)]
            if any(_CUSTOMER.search(texts[head]) for head in heads):
                heads = [file for file, text in texts.items() if file in heads or _CUSTOMER.search(text)]
            self.folders[folder] = heads, [file for file in texts if file not in heads]
        return self.folders[folder]

    def around(self, part: Path) -> dict[Path, set[Path]]:
        """The strategy files below the working folder, or below the part's own if it lies elsewhere; what each uses."""
        folder = Path() if _real(part).is_relative_to(_real(Path.cwd())) else part.parent
        if folder not in self.uses:
            self.uses[folder] = {
                file: {_real(other) for other in used(file)} for file in islice(_files_below(folder), MOST_FILES)
            }
        return self.uses[folder]


def _files_below(folder: Path) -> Iterator[Path]:
    for file in folder.rglob(f"*{ENDING}"):
        if not any(name.startswith(".") and name != ".." for name in file.parent.parts) and file.is_file():
            yield file


def used(file: Path) -> set[Path]:
    """The files that a file says it uses, there or not; told from its text alone."""
    names = (match.decode("utf-8", "replace").replace("\\", "/") for match in _USE.findall(_text(file)))
    return {Path(os.path.normpath(file.parent / name)) for name in names if "\0" not in name}


def _real(path: Path) -> Path:
    """Where a path leads to; one that leads nowhere stays, and is reported when it is opened."""
    return Path(os.path.realpath(path))


def _text(file: Path) -> bytes:
    from stratagem.dsl.lines.read import LARGEST_FILE

    try:
        with open(file, "rb") as opened:
            return opened.read(LARGEST_FILE)
    except OSError:
        return b""
