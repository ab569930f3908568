"""Arguments and options that several commands share, each with one meaning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class NamedPath(click.ParamType[tuple[str, Path]]):
    """`NAME=PATH`, as a pair."""

    name = "NAME=PATH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """The name and the path; a usage error when either is not there."""
        name, sign, path = str(value).partition("=")
        if not (name.strip() and sign and path):
            self.fail(f"{value!r} is not NAME=PATH, such as orders=exports/orders.csv", param, ctx)
        return name.strip(), Path(path)


class NamedShare(click.ParamType[tuple[str, float]]):
    """`NAME=PERCENT`, as a name and a share from 0 to 100."""

    name = "NAME=PERCENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        """The name and the percentage; a usage error when it is none."""
        name, _, share = str(value).partition("=")
        try:
            percent = float(share.strip().removesuffix("%"))
        except ValueError:
            percent = -1.0
        if not name.strip() or not 0 <= percent <= 100:
            self.fail(f"{value!r} is not FRAMEWORK=PERCENT, such as seven_elements=80; at most 100", param, ctx)
        return name.strip(), percent


def _debug(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    session = ctx.find_root().obj
    if wanted and session is not None:
        session.debug = True


def debug_option(command: F) -> F:
    """`--debug`: an internal fault shows its whole trace."""
    return click.option(
        "--debug", is_flag=True, is_eager=True, expose_value=False, callback=_debug, help="Show the trace of a fault."
    )(command)


def path_argument(command: F) -> F:
    """The strategy: a file, a folder, or `-`. Without one, that of the settings, else the working folder."""
    return click.argument("path", default=".", metavar="[PATH]")(command)


def paths_argument(command: F) -> F:
    """One strategy or several; `path` is a tuple. Without one, that of the settings, else the working folder."""
    return click.argument("path", nargs=-1, default=(".",), metavar="[PATH]...")(command)


def formats_option(*formats: str) -> Callable[[F], F]:
    """`--output` with these formats, the first of which is the default."""
    return click.option(
        "--output", type=click.Choice(formats), default=formats[0], show_default=True, help="For people or programs."
    )


output_option = formats_option("text", "json")
"""`--output text|json`."""


def out_option(command: F) -> F:
    """`--out FILE`: what would go to standard output goes into a file, which is there whole or not at all."""
    return click.option(
        "--out", metavar="FILE", type=click.Path(path_type=Path), help="Write it to FILE, whole or not at all."
    )(command)


def watch_option(command: F) -> F:
    """`--watch`: run again when a file changes, until Ctrl-C."""
    return click.option("--watch", is_flag=True, help="Run again whenever a file changes; Ctrl-C ends it.")(command)


def as_of_option(command: F) -> F:
    """`--as-of`: a date or a time, kept as text until the strategy's time zone is known."""
    return click.option("--as-of", metavar="MOMENT", help="A date, or a date and time, such as 2026-11-02.")(command)


def data_options(command: F) -> F:
    """`--data DIR` and `--source NAME=PATH`: where the customers' files are."""
    folder = click.option(
        "--data",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Folder of the sources' files; else beside the strategy.",
    )
    single = click.option("--source", type=NamedPath(), multiple=True, help="The file of one source; may be repeated.")
    return folder(single(command))


def history_option(command: F) -> F:
    """`--history DIR`: past contacts, decisions, outcomes and stage moves."""
    return click.option(
        "--history", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the contact history."
    )(command)


def case_options(command: F) -> F:
    """All that says which customers, when, and after what history."""
    return data_options(as_of_option(history_option(command)))


def fit_option(command: F) -> F:
    """`--fit FILE`: cut-points that a plan has frozen."""
    return click.option(
        "--fit", metavar="FILE", type=click.Path(path_type=Path), help="Cut-points of a plan, as it wrote them."
    )(command)
