"""`stratagem diagnose`: what a strategy still lacks, judged against the checklists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.files import fit_for_writing
from stratagem.engine.cli.opening import Opened, open_strategy
from stratagem.engine.cli.options import case_options, debug_option, out_option, output_option, path_argument
from stratagem.engine.cli.output import notice, say
from stratagem.engine.cli.running import Case

if TYPE_CHECKING:
    from stratagem.engine.complete.report import CompletenessReport


@click.command("diagnose")
@path_argument
@case_options
@click.option("--framework", metavar="NAME", help="One checklist only, such as seven_elements.")
@output_option
@out_option
@debug_option
def command(
    path: str,
    data: Path | None,
    source: tuple[tuple[str, Path], ...],
    as_of: str | None,
    history: Path | None,
    framework: str | None,
    output: str,
    out: Path | None,
) -> int:
    """Say what a strategy still lacks: every check with its status, the evidence, and what to write.

    Without --data or --source only the text is judged. With them the customers are read and decided for, and the
    figures can lower a status, never raise it.
    """
    opened = open_strategy(path)
    from stratagem.engine.cli import complete_page

    if out is not None:
        fit_for_writing(out)
    with_data = bool(data or source)
    if history is not None and not with_data:
        raise Refused("--history says nothing without customers.", "add --data or --source.")
    report = reported(opened, Case(data, source, as_of, history), with_data)
    _known(report, framework)
    say(output, lambda: complete_page.whole(report, framework), lambda: complete_page.record(report, framework), out)
    if not with_data and output == "text":
        notice("Judged without customers; --data DIR adds the figures.")
    return FINE


def reported(opened: Opened, case: Case, with_data: bool) -> CompletenessReport:
    """The report, with the population of a run or without any."""
    from stratagem.engine.cli import complete_page
    from stratagem.engine.cli.case import moment_of
    from stratagem.engine.cli.running import run_all

    if with_data:
        return complete_page.diagnosed(run_all(opened, case))
    from stratagem.engine.complete.diagnose import diagnose

    return diagnose(opened.strategy, moment_of(case.as_of, opened.strategy).date)


def _known(report: CompletenessReport, framework: str | None) -> None:
    from stratagem.engine.complete.report import RequirementError

    if framework is None:
        return
    try:
        report.framework(framework)
    except RequirementError as fault:
        raise Refused(str(fault)) from fault
