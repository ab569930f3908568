"""A strategy opened for work: checked, or refused with its findings shown."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.dsl.pipeline import NO_RULES, Checked, Rules
from stratagem.dsl.record import record
from stratagem.engine.cli.belonging import ENDING
from stratagem.engine.cli.exits import FINDINGS, Refused
from stratagem.engine.cli.findings import rendered
from stratagem.engine.cli.output import in_colour
from stratagem.engine.present.figures import counted

if TYPE_CHECKING:
    from stratagem.dsl.model.strategy import Strategy


MOST_ENTRIES = 2_000
"""Of a folder, that are looked at for a near name."""
NOT_THERE = "give a strategy file, its folder, or - for standard input."


@record
class Opened:
    """A strategy without errors, and the folder that its data files are looked up beside."""

    strategy: Strategy
    folder: Path
    checked: Checked


def read(path: str) -> Checked:
    """Read and check. Raises Refused for a path that is not there: that was typed wrongly, not written wrongly."""
    if path != "-" and not Path(path).exists():
        raise not_there(path)
    from stratagem.engine.plug.opening import load

    return load(path, rules())


def not_there(path: str) -> Refused:
    """A path that leads nowhere, with what stands near it: editors like to add an ending to a file's name."""
    from stratagem.dsl.diagnostics.suggest import near

    wanted = Path(path)
    entries = islice(wanted.parent.iterdir(), MOST_ENTRIES) if wanted.parent.is_dir() else ()
    there = sorted(entry for entry in entries if not entry.name.startswith("."))
    longer = [entry.name for entry in there if entry.name.startswith(f"{wanted.name}.")]
    fits = [entry.name for entry in there if entry.suffix == ENDING or entry.is_dir()]
    close = [str(wanted.with_name(name)) for name in longer or near(wanted.name, fits)]
    help = f"did you mean {' or '.join(close[:3])}?" if close else NOT_THERE
    return Refused(f"there is no file or folder {path!r}.", help)


def rules() -> Rules:
    """The severities that the settings of this call give to codes."""
    context = click.get_current_context(silent=True)
    session = context.find_root().obj if context else None
    found: Rules = session.settings.rules() if session is not None else NO_RULES
    return found


def open_strategy(path: str) -> Opened:
    """The strategy at `path`. When it has errors they are shown on standard error and the command ends."""
    checked = read(path)
    if checked.strategy is None:
        click.echo(rendered(checked.errors, checked.sources, in_colour()), err=True)
        raise Refused(
            f"{counted(len(checked.errors), 'error')} in the strategy.",
            f"stratagem check {path} shows warnings too.",
            FINDINGS,
        )
    return Opened(checked.strategy, folder_of(path), checked)


def folder_of(path: str) -> Path:
    """The folder a strategy's data files stand in: its own; for standard input the working folder."""
    place = Path("." if path == "-" else path)
    return place if place.is_dir() else place.parent
