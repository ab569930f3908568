"""Where a source's file is: beside the strategy, under the data folder, or where the caller says.

In: a source and the places to look. Out: a path, or a diagnostic that says where was looked.
A file is meant by its name; where that is absent, by its name with any other ending that a reader opens
(`orders.parquet` for `orders.csv`), if there is only one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.model.data import Source
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.problems import fault
from stratagem.engine.data.readers import endings, reader_for


@dataclass(frozen=True)
class Places:
    """`beside`: the strategy's folder. `data`: what `--data` names. `sources`: `--source NAME=PATH`, which wins."""

    beside: Path
    data: Path | None = None
    sources: Mapping[str, Path] = field(default_factory=dict)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where a file is looked for by its name, in order."""
        return tuple(dict.fromkeys(folder for folder in (self.data, self.beside) if folder is not None))


def find(source: Source, places: Places) -> Path | Diagnostic:
    """The source's file."""
    named = places.sources.get(source.name)
    if named is not None:
        return _readable(source, named) if os.path.isfile(named) else _not_found(source, [named], [])
    if _leaves_folder(source.file):
        return fault("D116", source, source=source.name, file=source.file)
    for folder in places.folders:
        if os.path.isfile(folder / source.file):
            return _readable(source, folder / source.file)
        others = list(_other_endings(folder, source.file))
        if len({path.resolve() for path in others}) > 1:
            names = ", ".join(str(path) for path in others)
            return fault("D115", source, source=source.name, file=source.file, found=names)
        if others:
            return others[0]
    return _not_found(source, [folder / source.file for folder in places.folders], places.folders)


def unknown_sources(strategy: Strategy, names: Mapping[str, object]) -> Iterator[Diagnostic]:
    """Names in `--source NAME=PATH`, or of frames, that no source has."""
    known = [s.name for s in strategy.sources]
    for name in names:
        if name not in known:
            listed = ", ".join(known) or "none"
            yield fault("D118", None, near(name, known), name=name, sources=listed)


def _leaves_folder(file: str) -> bool:
    """A strategy may be anyone's: by itself it names no file outside its folder and the data folder."""
    posix, windows = PurePosixPath(file), PureWindowsPath(file)
    return posix.is_absolute() or bool(windows.drive) or windows.is_absolute() or ".." in windows.parts


def _readable(source: Source, path: Path) -> Path | Diagnostic:
    if reader_for(path.name) is None:
        return fault("D113", source, source=source.name, file=path.name, endings=", ".join(endings()))
    return path


def _other_endings(folder: Path, file: str) -> list[Path]:
    base = _stem(Path(file).name)
    parent = (folder / file).parent
    if not os.path.isdir(parent):
        return []
    return [p for p in sorted(parent.iterdir()) if _stem(p.name) == base and reader_for(p.name) and p.is_file()]


def _stem(name: str) -> str:
    """The name without the endings that readers know."""
    low = name.lower()
    for ending in sorted(endings(), key=len, reverse=True):
        if low.endswith(ending):
            return _stem(name[: -len(ending)])
    return name


def _not_found(source: Source, looked: list[Path], folders: tuple[Path, ...] | list[Path]) -> Diagnostic:
    listed = " and ".join(str(path) for path in looked)
    there = [p.name for folder in folders if os.path.isdir(folder) for p in folder.iterdir() if reader_for(p.name)]
    close = near(Path(source.file).name, sorted(set(there)))
    return fault("D101", source, close, source=source.name, file=source.file, looked=listed)
