"""`stratagem profile`: what stands in data files, as the source lines that would read them."""

from __future__ import annotations

from pathlib import Path

import click

from stratagem.engine.cli.exits import FINE
from stratagem.engine.cli.options import debug_option, out_option, output_option
from stratagem.engine.cli.output import deliver, json_text, notice
from stratagem.engine.cli.profiling import by_option, dated_option, look


@click.command("profile")
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@by_option
@dated_option
@output_option
@out_option
@debug_option
def command(file: tuple[Path, ...], by: str | None, dated: str | None, output: str, out: Path | None) -> int:
    """Propose source and field lines for data files: types, the customer, dates, choices, how full each field is.

    Only values are looked at, not what a header says. Look the lines over, and put them into your strategy.
    """
    from stratagem.engine.profile import write

    found = look(file, by, dated)
    if output == "json":
        deliver(json_text(write.record(found)), out)
    else:
        deliver("\n".join(write.source_lines(found)), out)
        for remark in found.remarks:
            notice(remark)
    return FINE
