"""What `check` does beyond the text: the data, and completeness scores. Apart, since it loads the engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stratagem.engine.cli.case import moment_of, places_of
from stratagem.engine.cli.exits import Refused

if TYPE_CHECKING:
    from stratagem.dsl.diagnostics.diagnostic import Diagnostic
    from stratagem.engine.cli.opening import Opened


def data_findings(opened: Opened, data: Path | None, sources: dict[str, Path], as_of: str | None) -> list[Diagnostic]:
    """What is wrong with the data, each at the line of the strategy that it is about."""
    from stratagem.engine.data.findings import findings
    from stratagem.engine.data.problems import DataError
    from stratagem.engine.pipeline import read_customers

    places = places_of(opened, data, sources.items())
    try:
        loaded = read_customers(opened.strategy, places, moment_of(as_of, opened.strategy))
    except DataError as fault:
        return list(fault.diagnostics)
    return list(findings(loaded.report, opened.strategy))


def scores_of(opened: Opened, wanted: dict[str, float], as_of: str | None) -> list[Mapping[str, Any]]:
    """Each score that was asked for beside the one that is there, judged without data."""
    from stratagem.engine.complete.diagnose import diagnose
    from stratagem.engine.complete.report import RequirementError

    report = diagnose(opened.strategy, moment_of(as_of, opened.strategy).date)
    try:
        found = report.require(wanted)
    except RequirementError as fault:
        raise Refused(str(fault)) from fault
    return [{"framework": one.framework, "score": one.score, "required": one.percent, "met": one.met} for one in found]
