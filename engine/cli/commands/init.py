"""`stratagem init`: a strategy to start from, written whole or not at all."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

import click

from stratagem.engine.cli import library
from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.files import reason
from stratagem.engine.cli.options import debug_option
from stratagem.engine.cli.output import say_page
from stratagem.engine.cli.profiling import by_option, dated_option, look
from stratagem.engine.present.blocks import Block, Listing, Paragraph


@click.command("init")
@click.argument("places", nargs=-1, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--like", metavar="NAME", help="A strategy of the library: coffee, grocery, …")
@click.option(
    "--from", "own", metavar="FILE...", multiple=True, type=click.Path(path_type=Path), help="Your own data files."
)
@click.option("--currency", metavar="CODE", help="With --from: the currency of amounts; EUR when left out.")
@by_option
@dated_option
@click.option("--force", is_flag=True, help="Write over files that are there.")
@debug_option
def command(
    places: tuple[Path, ...],
    like: str | None,
    own: tuple[Path, ...],
    currency: str | None,
    by: str | None,
    dated: str | None,
    force: bool,
) -> int:
    """Start a strategy in DIR (default: the working folder): a short one with sample customers, made to be changed.

    With --from customers.csv orders.csv it is made for your own files, and runs on them at once; files that stand
    elsewhere are copied into DIR. Nothing is written over without --force.
    """
    folder, files = _sorted_out(places, own)
    if not files and (currency or by or dated):
        raise Refused("--currency, --by and --dated speak of your own files.", "name them with --from.")
    if files and like:
        raise Refused("--like copies a strategy, --from makes one.", "leave out one of them.")
    made = _from_data(folder, files, currency, by, dated) if files else _from_library(like or library.STARTER)
    there = [str(path) for path in made.files if (folder / path).exists()]
    if there and not force:
        raise Refused(f"{folder} already holds {', '.join(there)}.", "choose another folder, or add --force.")
    try:
        place(folder, made.files)
    except OSError as fault:
        raise Refused(f"cannot write to {folder}: {reason(fault)}.") from fault
    say_page(_said(folder, made))
    return FINE


@dataclass(frozen=True)
class Made:
    """Files to write, what to say of them, and the words that each next command ends with."""

    files: Mapping[PurePosixPath, bytes]
    remarks: tuple[str, ...] = ()
    as_of: date | None = None


def _sorted_out(places: tuple[Path, ...], data: tuple[Path, ...]) -> tuple[Path, list[Path]]:
    """The folder, and the data files: those after --from, for a shell spreads `--from *.csv` out over arguments."""
    more = [path for path in places if data and path.is_file()]
    folders = [path for path in places if path not in more]
    if len(folders) > 1:
        missing = next((path for path in folders if path.suffix and not path.is_dir()), folders[1])
        raise Refused(f"there is no file {str(missing)!r}." if data else "a strategy is started in one folder.")
    return folders[0] if folders else Path(), [*data, *more]


def _from_library(like: str) -> Made:
    known = library.names()
    if like not in known:
        raise Refused(f"the library has no strategy {like!r}.", f"it has {', '.join(known)}.")
    remark = "Its sample customers belong to the dates they were made for: see its README.md for --as-of."
    return Made(library.copy_of(like, date.today()), () if like == library.STARTER else (remark,))


def _from_data(folder: Path, files: list[Path], asked_currency: str | None, by: str | None, dated: str | None) -> Made:
    """A strategy for the user's own files, and those of them that do not stand in the folder yet."""
    from stratagem.dsl.currencies import CURRENCIES
    from stratagem.engine.profile.start import first_strategy
    from stratagem.engine.profile.tables import Unusable, snake

    currency = asked_currency or "EUR"
    if currency not in CURRENCIES:
        raise Refused(f"{currency!r} is no currency of ISO 4217.", "write its three letters, such as EUR or USD.")
    names = [path.name for path in files]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Refused(f"two files are called {twice}.", "a strategy's files stand in one folder: rename one of them.")
    found = look(files, by, dated)
    name = snake(folder.resolve().name) or "first"
    try:
        start = first_strategy(found, name, currency, date.today())
    except Unusable as fault:
        raise Refused(f"{fault}.", fault.help) from fault
    elsewhere = [path for path in files if path.resolve().parent != folder.resolve()]
    wanted = {PurePosixPath(f"{name}.strategy"): start.text.encode()}
    wanted |= {PurePosixPath(path.name): path.read_bytes() for path in elsewhere if path in start.files}
    idle = [role.table.path for role in found.all if role.shape != "unused" and role.table.path not in start.files]
    unread = tuple(f"{path.name} is not read by this first strategy; stratagem profile says how to." for path in idle)
    assumed = () if asked_currency else (f"Amounts are taken for {currency}; --currency says otherwise.",)
    return Made(wanted, (*found.remarks, *unread, *assumed), start.as_of)


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


def _said(folder: Path, made: Made) -> Iterator[Block]:
    where = "" if str(folder) == "." else f" {shlex.quote(str(folder))}"
    paths = [str(path) for path in made.files]
    yield Paragraph(f"Wrote {len(paths)} file{'' if len(paths) == 1 else 's'} to {folder}:", "good")
    yield Listing(tuple(paths))
    for remark in made.remarks:
        yield Paragraph(remark)
    yield Paragraph("Next:")
    when = f" --as-of {made.as_of}" if made.as_of and made.as_of != date.today() else ""
    yield Listing((f"stratagem check{where}", f"stratagem test{where}", f"stratagem plan{where}{when}"))
