"""Files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from stratagem.engine.cli.exits import Refused


def write_text(path: Path, text: str) -> None:
    """The text as a UTF-8 file with LF line ends, whole or not at all. Refused where it cannot be written."""
    from stratagem.engine.handover.files import whole_file

    fit_for_writing(path)
    try:
        with whole_file(path) as part:
            part.write_bytes(text.encode("utf-8", "replace"))  # a file's name may hold what UTF-8 cannot
    except OSError as fault:
        raise Refused(f"cannot write {path}: {reason(fault)}.") from fault


def write_all(files: Mapping[Path, bytes]) -> None:
    """Several files that are there already: all new, or all as they were. Refused where one cannot be written.

    A link stays, what it leads to is replaced; who may read and write a file stays as it is.
    """
    from stratagem.engine.handover.files import whole_file

    for path in files:
        fit_for_writing(path)
    done: list[tuple[Path, bytes]] = []
    try:
        with ExitStack() as parts:
            # All are on the disk before the first takes its place; what was there is kept until the last has.
            ready = [(path, path.read_bytes(), parts.enter_context(_part(path, data))) for path, data in files.items()]
            for path, before, part in ready:
                shutil.copymode(path, part)
                os.replace(part, path.resolve())
                done.append((path, before))
    except OSError as fault:
        for path, before in done:
            with whole_file(path) as part:
                part.write_bytes(before)
        raise Refused(f"cannot write {path}: {reason(fault)}.", "nothing was changed.") from fault


@contextmanager
def _part(path: Path, data: bytes) -> Iterator[Path]:
    """A temporary file beside `path` that holds the data; gone at the end, unless it was moved."""
    home = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{home.name}.", dir=home.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def fit_for_writing(path: Path) -> None:
    """Refuse early what cannot become a file, before long work is done for it."""
    if path.is_dir():
        raise Refused(f"cannot write {path}: it is a folder.", "name a file in it.")
    if path.exists() and not path.is_file():
        raise Refused(f"cannot write {path}: it is a device or a pipe, and would be replaced by a file.")
    if not path.parent.is_dir():
        raise Refused(f"cannot write {path}: there is no folder {path.parent}.", "make the folder first.")


def reason(fault: OSError) -> str:
    """What the system said, in lower case and without numbers."""
    text = fault.strerror or type(fault).__name__
    return text[:1].lower() + text[1:]
