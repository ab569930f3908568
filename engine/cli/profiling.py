"""What `profile` and `init --from` share: the options that say what files cannot, and looking at the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stratagem.engine.cli.exits import Refused
from stratagem.engine.cli.progress import progress

if TYPE_CHECKING:
    from stratagem.engine.profile.roles import Roles

F = TypeVar("F", bound=Callable[..., Any])


def by_option(command: F) -> F:
    """`--by FIELD`: the column that names the customer."""
    return click.option("--by", metavar="COLUMN", help="The column that names the customer; else it is found.")(command)


def dated_option(command: F) -> F:
    """`--dated FIELD`: the column with the date of a row."""
    return click.option("--dated", metavar="COLUMN", help="The column with the date of a row; else it is found.")(
        command
    )


def look(files: Sequence[Path], by: str | None, dated: str | None) -> Roles:
    """The files' columns and roles. Refused for a file or a column that cannot be used, with the reason."""
    from stratagem.engine.profile.roles import roles
    from stratagem.engine.profile.tables import Unusable, read_tables

    try:
        with progress() as step:
            step("reading the files")
            tables = read_tables(files)
            known = [name for t in tables for n, c in t.columns.items() for name in (n, c.header)]
            for option, wanted in (("--by", by), ("--dated", dated)):
                if wanted is not None and wanted not in known:
                    raise Refused(f"{option}: no file has a column {wanted!r}.", _near(wanted, known))
            step("looking at how the columns depend on each other")
            return roles(tables, by, dated)
    except Unusable as fault:
        raise Refused(f"{fault}.", fault.help) from fault


def _near(wanted: str, known: list[str]) -> str:
    from stratagem.dsl.diagnostics.suggest import near

    close = near(wanted, sorted(set(known)))
    if close:
        return f"did you mean {' or '.join(map(repr, close))}?"
    return f"they have {', '.join(dict.fromkeys(known))}."
