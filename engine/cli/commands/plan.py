"""`stratagem plan`: decide for all customers, the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINE
from stratagem.engine.cli.files import fit_for_writing, write_text
from stratagem.engine.cli.opening import open_strategy
from stratagem.engine.cli.options import case_options, debug_option, output_option, path_argument
from stratagem.engine.cli.output import notice, say

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
    if keep is not None:
        fit_for_writing(keep)
    outcome = plan_outcome.work_out(opened, Case(data, source, as_of, history))
    written = _written(outcome, out, out_dir, keep)
    say(output, lambda: plan_outcome.page(outcome, limit), lambda: plan_outcome.record(outcome, limit, written))
    for file in written:
        notice(f"Wrote {file}.")
    return FINE


def _written(outcome: Outcome, out: Path | None, out_dir: Path | None, keep: Path | None) -> list[str]:
    """Write what was asked for; the names of the files."""
    from stratagem.engine.cli.write_list import write_list

    files: list[str] = []
    if out is not None:
        write_list(outcome.run.decisions.list, out, outcome.about())
        files.append(str(out))
    if keep is not None:
        write_text(keep, outcome.run.fit.model_dump_json(indent=2) + "\n")
        files.append(str(keep))
    if out_dir is not None:
        files += outcome.hand_over(out_dir)
    return files
