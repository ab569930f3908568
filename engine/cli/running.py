"""A run over all customers, as several commands need it, with its progress and its faults said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.engine.cli.case import moment_of, places_of
from stratagem.engine.cli.exits import FINDINGS, Refused
from stratagem.engine.cli.findings import rendered
from stratagem.engine.cli.output import in_colour, notice
from stratagem.engine.cli.progress import Step, progress
from stratagem.engine.present.figures import counted

if TYPE_CHECKING:
    from stratagem.engine.cli.opening import Opened
    from stratagem.engine.data.load import Loaded
    from stratagem.engine.fit import Fit
    from stratagem.engine.history.history import History
    from stratagem.engine.moment import Moment
    from stratagem.engine.pipeline import Run


@dataclass(frozen=True)
class Case:
    """What was typed about customers, moment and history."""

    data: Path | None
    source: tuple[tuple[str, Path], ...]
    as_of: str | None
    history: Path | None


def run_all(
    opened: Opened,
    case: Case,
    finish: Callable[[Run, Step], None] = lambda run, say: None,
    fit: Fit | None = None,
) -> Run:
    """Read everyone and decide for all. `finish` is work that belongs to the same stretch of progress.

    `fit` are frozen cut-points; without them they are fitted afresh.

    Raises Refused, with what is wrong with the data already shown.
    """
    moment = moment_of(case.as_of, opened.strategy)
    if not opened.strategy.sources:
        raise Refused("the strategy declares no source, so there are no customers.", "add a `source` block.", FINDINGS)
    places_of(opened, case.data, case.source)
    with data_faults(opened), progress() as say:
        loaded = customers(opened, case, moment, say)
        from stratagem.engine.pipeline import run

        done = run(opened.strategy, loaded, moment, history_of(case.history), fit, say)
        finish(done, say)
    say_what_is_left_out()
    return done


def say_what_is_left_out() -> None:
    """Plug-ins that were met on the way and are broken: something may read or come out otherwise without them."""
    from stratagem.engine.plug import doors

    for problem in doors.problems_met():
        notice(f"{problem.text}.")


def customers(opened: Opened, case: Case, moment: Moment, say: Step) -> Loaded:
    """The strategy's files, read."""
    from stratagem.engine.pipeline import read_customers

    say("reading the files")
    return read_customers(opened.strategy, places_of(opened, case.data, case.source), moment)


def history_of(folder: Path | None) -> History | None:
    """The contact history of a folder; what is wrong with it but does no harm is shown."""
    if folder is None:
        return None
    from stratagem.engine.history.file import FILE, FileHistory

    if not (folder / FILE).is_file():
        raise Refused(f"there is no history in {str(folder)!r}.", f"--history names a folder that holds {FILE}.")
    found = FileHistory(folder)
    if found.problems:
        click.echo(rendered(found.problems, {}, in_colour()), err=True)
    return found


@contextmanager
def data_faults(opened: Opened) -> Iterator[None]:
    """Faults of the data end the command, shown as diagnostics on standard error."""
    from stratagem.engine.data.problems import DataError

    try:
        yield
    except DataError as fault:
        show_faults(opened, fault.diagnostics)
        raise Refused(
            f"{counted(len(fault.diagnostics), 'fault')} in the data.",
            "nothing was decided and nothing written.",
            FINDINGS,
        ) from fault


def show_faults(opened: Opened, found: tuple[Diagnostic, ...]) -> None:
    """Diagnostics on standard error."""
    click.echo(rendered(found, opened.checked.sources, in_colour()), err=True)
