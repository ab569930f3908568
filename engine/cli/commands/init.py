"""`stratagem init`: a strategy to start from, written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import click

from stratagem.engine.cli import library
from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.files import reason
from stratagem.engine.cli.options import debug_option
from stratagem.engine.cli.output import say_page
from stratagem.engine.present.blocks import Block, Listing, Paragraph


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--like", metavar="NAME", default=library.STARTER, help="A strategy of the library: coffee, grocery, …")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@debug_option
def command(folder: Path, like: str, force: bool) -> int:
    """Start a strategy in DIR (default: the working folder), with sample customers.

    Without --like it is a short one, made to be changed. Nothing is written over without --force.
    """
    known = library.names()
    if like not in known:
        raise Refused(f"the library has no strategy {like!r}.", f"it has {', '.join(known)}.")
    wanted = library.copy_of(like, date.today())
    there = [str(path) for path in wanted if (folder / path).exists()]
    if there and not force:
        raise Refused(f"{folder} already holds {', '.join(there)}.", "choose another folder, or add --force.")
    try:
        place(folder, wanted)
    except OSError as fault:
        raise Refused(f"cannot write to {folder}: {reason(fault)}.") from fault
    say_page(_said(folder, like, [str(path) for path in wanted]))
    return FINE


def place(folder: Path, wanted: Mapping[PurePosixPath, bytes]) -> None:
    """Put all files in their places, or leave the folder as it was."""
    made = _missing(folder)
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".stratagem-", dir=folder))
    moved: list[tuple[Path, Path | None]] = []
    try:
        for number, data in enumerate(wanted.values()):
            fresh = aside / f"new-{number}"
            fresh.write_bytes(data)
        for number, path in enumerate(wanted):
            target = folder / path
            made += _missing(target.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            old = target.rename(aside / f"old-{number}") if target.exists() else None
            moved.append((target, old))
            (aside / f"new-{number}").rename(target)
    except BaseException:
        _undo(moved)
        shutil.rmtree(aside, ignore_errors=True)
        for each in reversed(made):
            each.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _missing(folder: Path) -> list[Path]:
    """The folder and those above it that are still to be made, outermost first."""
    return [each for each in (*reversed(folder.parents), folder) if not each.exists()]


def _undo(moved: list[tuple[Path, Path | None]]) -> None:
    for target, old in reversed(moved):
        target.unlink(missing_ok=True)
        if old is not None:
            old.rename(target)


def _said(folder: Path, like: str, paths: list[str]) -> Iterator[Block]:
    where = "" if str(folder) == "." else f" {folder}"
    yield Paragraph(f"Wrote {len(paths)} files to {folder}:", "good")
    yield Listing(tuple(paths))
    yield Paragraph("Next:")
    yield Listing(tuple(f"stratagem {word}{where}" for word in ("check", "test", "plan")))
    if like != library.STARTER:
        yield Paragraph("Its sample customers belong to the dates they were made for: see its README.md for --as-of.")
