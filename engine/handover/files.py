"""Files and folders that are there whole or not at all.

A path enters; a temporary place beside it, to write to, leaves, and takes the path's place at the end. When anything
fails, whatever was there before stays as it was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` to write to. A link stays, what it leads to is replaced. Raises OSError."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        os.chmod(name, 0o666 & ~_umask())
        _kept(Path(name))
        os.replace(name, path)
        _kept(path.parent)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


@contextmanager
def whole_folder(folder: Path, last: str, leaves: Iterable[str] = ()) -> Iterator[Path]:
    """A temporary folder to write files to. Raises OSError.

    A folder that is not there yet comes in one step. Into one that is, the files are moved one by one, `last` after all
    others, and those in `leaves` that are not written again go; if a step fails, every step before it is undone.
    """
    folder = folder.resolve()
    there = folder.is_dir()
    parent = folder if there else folder.parent
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=parent))
    try:
        yield staging
        for file in staging.iterdir():
            os.chmod(file, 0o666 & ~_umask())
            _kept(file)
        if there:
            _move_in(staging, folder, last, leaves)
        else:
            os.chmod(staging, 0o777 & ~_umask())
            os.rename(staging, folder)
        _kept(parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _move_in(staging: Path, folder: Path, last: str, leaves: Iterable[str]) -> None:
    """Every file into the folder, undone if one of the steps fails."""
    fresh = sorted((file.name for file in staging.iterdir()), key=lambda name: (name == last, name))
    before = staging / "before"
    before.mkdir()
    undo: list[tuple[Path, Path]] = []
    try:
        for name in [*fresh, *sorted(set(leaves) - set(fresh))]:
            if (folder / name).is_file():
                os.rename(folder / name, before / name)
                undo.append((before / name, folder / name))
            if name in fresh:
                os.rename(staging / name, folder / name)
                undo.append((folder / name, staging / name))
    except BaseException:
        for now, then in reversed(undo):
            os.replace(now, then)
        raise


def _kept(path: Path) -> None:
    """See to it that a file, or the list of a folder's files, outlives a loss of power, where the system can."""
    flags = os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR
    with suppress(PermissionError):  # some systems open no folder
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
