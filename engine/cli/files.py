"""Files written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from stratagem.engine.cli.exits import Refused


def write_text(path: Path, text: str) -> None:
    """The text as a UTF-8 file with LF line ends, whole or not at all. Refused where it cannot be written."""
    from stratagem.engine.handover.files import whole_file

    fit_for_writing(path)
    try:
        with whole_file(path) as part:
            part.write_bytes(text.encode("utf-8"))
    except OSError as fault:
        raise Refused(f"cannot write {path}: {reason(fault)}.") from fault


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
