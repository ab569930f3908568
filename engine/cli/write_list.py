"""Where a plan may be written, and its writing: faults of the disk are said in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from stratagem.engine.cli.exits import Refused
from stratagem.engine.cli.files import fit_for_writing, reason

if TYPE_CHECKING:
    from stratagem.engine.decide.decision import Decisions
    from stratagem.engine.handover.channels import HandedOver
    from stratagem.engine.pipeline import Run


def fit_for_list(path: Path) -> None:
    """Refuse a file that could not be written, before any work is done for it."""
    from stratagem.engine.handover.lists import ENDINGS

    if path.suffix not in ENDINGS:
        raise Refused(f"cannot write {path}: its ending says no format.", f"the endings are {', '.join(ENDINGS)}.")
    fit_for_writing(path)


def fit_for_folder(path: Path) -> None:
    """Refuse what cannot become a folder of files."""
    if path.exists() and not path.is_dir():
        raise Refused(f"cannot write to {path}: it is a file.", "--out-dir names a folder.")
    if not path.parent.is_dir():
        raise Refused(f"cannot write to {path}: there is no folder {path.parent}.", "make the folder first.")


def write_list(decisions: Decisions, path: Path) -> None:
    """The whole list as Parquet, CSV or JSON lines."""
    from stratagem.engine.handover.lists import write_list

    with _disk_faults(path):
        write_list(decisions, path)


def fit_for_channels(path: Path, form: str) -> None:
    """Refuse a folder that could not be written, or a format that nobody offers."""
    from stratagem.engine.handover.channels import formats

    fit_for_folder(path)
    if form not in formats():
        raise Refused(f"there is no channel format {form!r}.", f"--out-format is one of {', '.join(formats())}.")


def hand_over(run: Run, folder: Path, form: str) -> HandedOver:
    """One file for each channel."""
    from stratagem.engine.handover.channels import write_channels

    with _disk_faults(folder):
        return write_channels(run, folder, form)


@contextmanager
def _disk_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Refused(f"cannot write {path}: {reason(fault)}.") from fault
