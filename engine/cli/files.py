"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stratagem.engine.cli.exits import Refused


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` to write to; takes its place at the end, and is gone when anything fails.

    A link stays, what it leads to is replaced. Raises Refused when the place cannot be written to.
    """
    fit_for_writing(path)
    path = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    except OSError as fault:
        raise Refused(f"cannot write {path}: {reason(fault)}.") from fault
    os.close(handle)
    try:
        yield Path(name)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as fault:
        raise Refused(f"cannot write {path}: {reason(fault)}.") from fault
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def write_text(path: Path, text: str) -> None:
    """The text as a UTF-8 file with LF line ends, whole or not at all."""
    with whole_file(path) as part:
        part.write_bytes(text.encode("utf-8"))


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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
