"""`stratagem check`: what is wrong with a strategy, and, with data, with the data it is to run on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from stratagem.dsl.diagnostics.render import text
from stratagem.dsl.diagnostics.render.json import as_data
from stratagem.engine.cli.exits import FINDINGS, FINE, Refused
from stratagem.engine.cli.findings import errors, rendered, warnings
from stratagem.engine.cli.opening import Opened, folder_of, read
from stratagem.engine.cli.options import (
    NamedShare,
    as_of_option,
    data_options,
    debug_option,
    output_option,
    path_argument,
)
from stratagem.engine.cli.output import in_colour, say_json, say_text

if TYPE_CHECKING:
    from stratagem.dsl.diagnostics.diagnostic import Diagnostic
    from stratagem.dsl.pipeline import Checked


@click.command("check")
@path_argument
@click.option("--strict", is_flag=True, help="Warnings count as findings too.")
@click.option("--require", type=NamedShare(), multiple=True, help="Ask for a completeness score; may be repeated.")
@data_options
@as_of_option
@output_option
@debug_option
def command(
    path: str,
    strict: bool,
    require: tuple[tuple[str, float], ...],
    data: Path | None,
    source: tuple[tuple[str, Path], ...],
    as_of: str | None,
    output: str,
) -> int:
    """Find mistakes in a strategy. With --data or --source, hold the data against the strategy too.

    Exit code 1 when there are errors, with --strict also for warnings, and for a score below what --require asks.
    """
    if not (data or source or require) and _typed("as_of"):
        raise Refused("--as-of says nothing about a text alone.", "add --data, --source or --require.")
    checked = read(path)
    found = list(checked.diagnostics)
    scores: list[Score] = []
    if checked.strategy is not None and (data or source or require):
        from stratagem.engine.cli import check_more

        opened = Opened(checked.strategy, folder_of(path), checked)
        if data or source:
            found += check_more.data_findings(opened, data, dict(source), as_of)
        if require:
            scores = check_more.scores_of(opened, dict(require), as_of)
    if output == "json":
        more = {"waived": [d.code for d in checked.waived], "files": list(checked.sources), "scores": scores}
        say_json(as_data(found) | more)
    else:
        say_text(_page(checked, found, scores))
    failed = errors(found) or (strict and warnings(found)) or any(not score["met"] for score in scores)
    return FINDINGS if failed else FINE


def _typed(option: str) -> bool:
    """Was an option typed, and not taken from the settings."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


Score = Mapping[str, Any]
"""`framework`, `score` and `required` in percent, `met`."""


def _page(checked: Checked, found: list[Diagnostic], scores: list[Score]) -> str:
    shown = rendered(found, checked.sources, in_colour())
    parts = [shown, "\n"] if shown else []
    read_files = f"{len(checked.sources)} file{'' if len(checked.sources) == 1 else 's'}"
    waived = f", {len(checked.waived)} waived" if checked.waived else ""
    parts.append(f"{read_files} checked: {text.summary(found)}{waived}.\n")
    for score in scores:
        told = "met" if score["met"] else "NOT MET"
        reached = "nothing could be judged" if score["score"] is None else f"{score['score']:.4g}%"
        parts.append(f"{score['framework']}: {reached}, {score['required']:g}% required: {told}.\n")
    return "".join(parts)
