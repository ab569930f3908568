"""`stratagem schema`: the JSON schema of what a command prints."""

from __future__ import annotations

from pathlib import Path

import click

from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.options import debug_option, out_option
from stratagem.engine.cli.output import deliver, say_page
from stratagem.engine.present.blocks import Column, Table


@click.command("schema")
@click.argument("name", required=False, metavar="[NAME]")
@out_option
@debug_option
def command(name: str | None, out: Path | None) -> int:
    """Publish the JSON schema of what a command prints with --output json. Without NAME, list them."""
    from stratagem.engine.cli.reports import schemas

    if name is None:
        if out is not None:
            raise Refused("--out says nothing about the list.", "name a schema.")
        rows = tuple((each, about) for each, about in schemas.ABOUT.items())
        say_page([Table((Column("schema"), Column("of")), rows)])
        return FINE
    if name not in schemas.ABOUT:
        from stratagem.dsl.diagnostics.suggest import near

        close = near(name, schemas.ABOUT)
        raise Refused(
            f"there is no schema {name!r}.",
            f"did you mean {close[0]!r}?" if close else f"there are {', '.join(schemas.ABOUT)}.",
        )
    deliver(schemas.text(name), out)
    return FINE
