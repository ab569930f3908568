"""The files that make one strategy: a file, or a folder's `*.strategy` files, and what they `use`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import field
from pathlib import Path, PurePosixPath, PureWindowsPath

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Label
from stratagem.dsl.lines import read_source
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.parse import Parsed, parse
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText, Span

ENDING = ".strategy"
Reading = Callable[[Path, str], SourceText | Diagnostic]
"""A file's path and its name in messages → its text, or the reason why there is none."""


@record(frozen=False, slots=False)
class Loaded:
    """All files of a strategy, parsed, in the order they are read: a file after those that it uses.

    `diagnostics` are those of finding and reading the files, then those of each file.
    """

    files: list[Parsed] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def sources(self) -> dict[str, SourceText]:
        """The texts by the names that messages use."""
        return {parsed.lines.source.name: parsed.lines.source for parsed in self.files}

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(node for parsed in self.files for node in parsed.nodes)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return (*self.found, *(d for parsed in self.files for d in parsed.diagnostics))


def load(path: Path | str, read: Reading = read_source) -> Loaded:
    """Read and parse a strategy: a file, a folder, or `-` for standard input. Faults are diagnostics, never raised.

    `read` stands in for the reading of a file: an editor has texts that are not saved yet.
    """
    loader = _Loader(read)
    if str(path) == "-":
        loader.standard_input()
        return loader.loaded
    for file in loader.starting(Path(path)):
        loader.file(file, None)
    return loader.loaded


def load_sources(path: Path | str) -> list[SourceText]:
    """The texts that make a strategy, in the order they are read; files that cannot be read are left out."""
    return [parsed.lines.source for parsed in load(path).files]


class _Loader:
    def __init__(self, read: Reading = read_source) -> None:
        self.read = read
        self.loaded = Loaded()
        self.done: set[Path] = set()
        self.open: list[tuple[Path, str]] = []
        """Files that are being read, outermost first, each with its name: meeting one again is a loop."""

    def starting(self, path: Path) -> list[Path]:
        """The files that a path means."""
        if not os.path.isdir(path):
            return [path]
        files = sorted(f for f in path.glob(f"*{ENDING}") if f.is_file())
        if not files:
            name = path.as_posix()
            self.loaded.found.append(Diagnostic("S193", Span(name, 1, 1, 1, 1), {"folder": name}))
        return files

    def standard_input(self) -> None:
        source = read_source("-")
        if isinstance(source, Diagnostic):
            self.loaded.found.append(source)
            return
        parsed = parse(source)
        for used, span in _uses(parsed):
            self.loaded.found.append(Diagnostic("S194", span, {"file": used}))
        self.loaded.files.append(parsed)

    def file(self, path: Path, used_at: Span | None) -> None:
        """Read one file, after those that it uses; a row of files may be longer than Python's stack is deep."""
        reading = [self._read(path, used_at)]
        while reading:
            following = next(reading[-1], None)
            if following is None:
                reading.pop()
            else:
                reading.append(self._read(*following))

    def _read(self, path: Path, used_at: Span | None) -> Iterator[tuple[Path, Span]]:
        """Read one file; gives each file that it uses, which is read before this one is done."""
        resolved = _resolved(path)
        name = path.as_posix()
        if resolved in [other for other, _ in self.open]:
            self._loop(resolved, name, used_at)
            return
        if resolved in self.done:
            return
        self.done.add(resolved)
        source = self.read(path, name)
        if isinstance(source, Diagnostic):
            self.loaded.found.append(source)
            return
        parsed = parse(source)
        self.open.append((resolved, name))
        for used, span in _uses(parsed):
            target = self._target(path, used, span)
            if target is not None:
                yield target, span
        self.open.pop()
        self.loaded.files.append(parsed)

    def _target(self, path: Path, used: str, span: Span) -> Path | None:
        """The file that a `use` means, or None when it was reported."""
        whole = PurePosixPath(used).is_absolute() or PureWindowsPath(used).is_absolute() or "://" in used
        if whole or PureWindowsPath(used).drive or not used.strip():
            self.loaded.found.append(Diagnostic("S192", span, {"file": used or "an empty text"}))
            return None
        target = _tidy(path.parent / used.replace("\\", "/"))
        if not os.path.isfile(target):  # a Path's own question raises for a name that no system takes
            place = target.parent.as_posix() or "."
            self.loaded.found.append(Diagnostic("S190", span, {"file": used, "place": place}))
            return None
        return target

    def _loop(self, resolved: Path, name: str, used_at: Span | None) -> None:
        names = [shown for _, shown in self.open]
        start = [other for other, _ in self.open].index(resolved)
        ring = [*names[start:], name]
        span = used_at or Span(name, 1, 1, 1, 1)
        first = Span(names[start], 1, 1, 1, 1)
        labels = (Label(first, "the loop starts in this file"),) if first.file != span.file else ()
        self.loaded.found.append(Diagnostic("S191", span, {"loop": " uses ".join(ring)}, labels))


def _resolved(path: Path) -> Path:
    """Where a file really is; a path that means nothing stays as it is, and is reported when it is opened."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def _uses(parsed: Parsed) -> list[tuple[str, Span]]:
    """The files that a file uses, each with its place."""
    nodes = [node for node in parsed.nodes if node.statement.id == "use" and "file" in node.slots]
    return [(node.slots["file"].value.value, node.slots["file"].span) for node in nodes]


def _tidy(path: Path) -> Path:
    """The path without `a/..` and `.`, as people would write it."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] not in ("..", path.anchor):
            parts.pop()
        elif part != ".":
            parts.append(part)
    return Path(*parts)
