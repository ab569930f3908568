"""`stratagem check`: what is wrong with a strategy, and, with data, with the data it is to run on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stratagem.dsl.diagnostics.render import text
from stratagem.dsl.diagnostics.render.json import as_data
from stratagem.engine.cli.exits import FINDINGS, FINE
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
        say_json(as_data(found) | {"files": list(checked.sources), "scores": scores})
    else:
        say_text(_page(checked, found, scores))
    failed = errors(found) or (strict and warnings(found)) or any(not score["met"] for score in scores)
    return FINDINGS if failed else FINE


Score = Mapping[str, Any]
"""`framework`, `score` and `required` in percent, `met`."""


def _page(checked: Checked, found: list[Diagnostic], scores: list[Score]) -> str:
    shown = rendered(found, checked.sources, in_colour())
    parts = [shown, "\n"] if shown else []
    read_files = f"{len(checked.sources)} file{'' if len(checked.sources) == 1 else 's'}"
    parts.append(f"{read_files} checked: {text.summary(found)}.\n")
    for score in scores:
        told = "met" if score["met"] else "NOT MET"
        reached = "nothing could be judged" if score["score"] is None else f"{score['score']:.4g}%"
        parts.append(f"{score['framework']}: {reached}, {score['required']:g}% required: {told}.\n")
    return "".join(parts)
