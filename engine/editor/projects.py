"""Which files make the strategy that an open file belongs to, unsaved texts in place of saved ones.

In: the name of a file, and the open texts. Out: the roots (a file, or a folder whose files make one strategy) that it
is a part of, and for a root its files in the order they are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lines.read import read_bytes, read_source
from stratagem.dsl.parse import load
from stratagem.dsl.source import SourceText
from stratagem.engine.cli.belonging import ENDING, strategies_of

_USE = re.compile(r'^use[ \t]+"([^"\n]*)"', re.MULTILINE)
_HEAD = re.compile(r"^strategy[ \t]", re.MULTILINE)
MOST_FILES = 500
"""Files of one strategy."""


@dataclass(frozen=True)
class Project:
    """The files of one strategy: their texts by name, in the order they are read.

    `plain`: every file was found and read, and none uses another: of finding them there is nothing to be said.
    """

    root: str
    files: Mapping[str, str]
    plain: bool = True


def roots_of(name: str, texts: Mapping[str, str]) -> list[str]:
    """The strategies that a file is a part of; a file that is not saved yet is one of its own."""
    path = Path(name)
    if not path.is_file():
        return [name]
    found = [Path(root).absolute().as_posix() for root in strategies_of([name])]
    alone = has_head(texts.get(name, "")) and not any(Path(root).is_dir() or root == name for root in found)
    return [name] if alone else found


def has_head(text: str) -> bool:
    """Does a text have the line that makes it a strategy of its own."""
    return _HEAD.search(text) is not None


def project(root: str, texts: Mapping[str, str]) -> Project:
    """The files of a strategy; one that cannot be read is left out here, and reported by `found_by`."""
    start = Path(root)
    files: dict[str, str] = {}
    names = _starting(start, texts)
    waiting: list[tuple[str, bool]] = [(name, False) for name in reversed(names)]
    seen: set[str] = set()
    uses = False
    while waiting:
        name, ready = waiting.pop()
        text = files.get(name) if ready else _text(name, texts)
        if ready or name in seen or text is None or len(seen) > MOST_FILES:
            if ready and text is not None:
                files[name] = files.pop(name)
            continue
        seen.add(name)
        files[name] = text
        waiting.append((name, True))
        for used in reversed(_USE.findall(text)):
            uses = True
            waiting.append((_joined(name, used), False))
    return Project(root, files, bool(names) and not uses and files.keys() >= set(names))


def _starting(root: Path, texts: Mapping[str, str]) -> list[str]:
    """The files that a root begins with: itself, or all of the folder, new ones that are not saved too."""
    if not root.is_dir():
        return [root.as_posix()]
    names = {file.as_posix() for file in root.glob(f"*{ENDING}") if file.is_file()}
    names |= {name for name in texts if Path(name).parent == root and name.endswith(ENDING)}
    return sorted(names)


def _joined(name: str, used: str) -> str:
    parts: list[str] = []
    for part in (Path(name).parent / used.replace("\\", "/")).parts:
        if part == ".." and parts and parts[-1] not in ("..", Path(name).anchor):
            parts.pop()
        elif part != ".":
            parts.append(part)
    return Path(*parts).as_posix() if parts else used


def _text(name: str, texts: Mapping[str, str]) -> str | None:
    source = reading(texts)(Path(name), name)
    return source.text if isinstance(source, SourceText) else None


def reading(texts: Mapping[str, str]) -> Callable[[Path, str], SourceText | Diagnostic]:
    """Reads a file, or takes its open text, with the bounds that hold for files."""

    def read(path: Path, name: str) -> SourceText | Diagnostic:
        text = texts.get(name)
        if text is None:
            return read_source(path, name)
        return read_bytes(text.encode("utf-8", "replace"), name, str(path))

    return read


def found_by(root: str, texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What is wrong with finding the files of a strategy."""
    if root in texts and not Path(root).exists():
        source = reading(texts)(Path(root), root)
        return (source,) if isinstance(source, Diagnostic) else ()
    return tuple(load(root, reading(texts)).found)
