"""`stratagem plan`: decide for all customers, the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.files import fit_for_writing, write_text
from stratagem.engine.cli.opening import open_strategy
from stratagem.engine.cli.options import case_options, debug_option, output_option, path_argument
from stratagem.engine.cli.output import notice, say
from stratagem.engine.present.figures import counted

if TYPE_CHECKING:
    from stratagem.engine.cli.plan_outcome import Outcome

FIT_ENDING = ".fit.json"


@click.command("plan")
@path_argument
@case_options
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="The whole list: .parquet, .csv or .jsonl."
)
@click.option("--out-dir", metavar="DIR", type=click.Path(path_type=Path), help="One hand-over file for each channel.")
@click.option(
    "--out-format", metavar="NAME", help="Of the hand-over files: csv (the default), jsonl, parquet or a plug-in's."
)
@click.option(
    "--fit", metavar="FILE", type=click.Path(path_type=Path), help="Where to keep the cut-points; else beside --out."
)
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="Rows of the list to print.")
@output_option
@debug_option
def command(
    path: str,
    data: Path | None,
    source: tuple[tuple[str, Path], ...],
    as_of: str | None,
    history: Path | None,
    out: Path | None,
    out_dir: Path | None,
    out_format: str | None,
    fit: Path | None,
    limit: int,
    output: str,
) -> int:
    """Decide the next best actions of all customers, and say what the strategy still lacks.

    Prints who was read and where they stand, the first rows of the list, a table by action, what is left of every
    budget, the customer ledger, and the completeness score. The as-of date is today, unless --as-of says another.
    """
    opened = open_strategy(path)
    keep = fit or (out.with_name(out.stem + FIT_ENDING) if out else None)
    from stratagem.engine.cli import plan_outcome, write_list
    from stratagem.engine.cli.running import Case

    if out is not None:
        write_list.fit_for_list(out)
    if out_dir is not None:
        write_list.fit_for_channels(out_dir, out_format or "csv")
    elif out_format is not None:
        raise Refused("--out-format says nothing without --out-dir.", "the format of --out is its ending.")
    if keep is not None:
        fit_for_writing(keep)
    outcome = plan_outcome.work_out(opened, Case(data, source, as_of, history))
    written = _written(outcome, out, keep)
    if out_dir is not None:
        written += _handed_over(outcome, out_dir, out_format or "csv")
    say(output, lambda: plan_outcome.page(outcome, limit), lambda: plan_outcome.record(outcome, limit, written))
    for file in written:
        notice(f"Wrote {file}.")
    return FINE


def _written(outcome: Outcome, out: Path | None, keep: Path | None) -> list[str]:
    """Write the list and the fit; the names of the files."""
    from stratagem.engine.cli import write_list

    files: list[str] = []
    if out is not None:
        write_list.write_list(outcome.run.decisions, out)
        files.append(str(out))
    if keep is not None:
        write_text(keep, outcome.run.fit.model_dump_json(indent=2) + "\n")
        files.append(str(keep))
    return files


def _handed_over(outcome: Outcome, folder: Path, form: str) -> list[str]:
    """Write a file for each channel; their names."""
    from stratagem.engine.cli import write_list

    handed = write_list.hand_over(outcome.run, folder, form)
    for file in handed.channels:
        if file.unfit:
            unfit = counted(file.unfit, "address", "addresses")
            notice(f"{file.file}: {unfit} left out, for there are line breaks or control signs in them.")
        for slot in file.missing:
            notice(
                f"{file.file}: {slot.name} had no value in {slot.messages:,} of {slot.of:,} messages of {slot.action}."
            )
    return [str(file) for file in handed.files]
