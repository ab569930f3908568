"""A check's findings as JUnit cases: one suite, a case for each finding, and one for each file without any.

Errors and warnings are failures, for a CI server shows nothing else; notes are passed cases with their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.render.text import render_one
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.source import NOWHERE, SourceText
from stratagem.engine.cli.reports.junit import PASSED, Case, Outcome, Suite
from stratagem.engine.present.clean import clean

NO_FILE = "stratagem"
"""The group of findings that no file is to blame for."""


def suites(
    found: Iterable[Diagnostic], sources: Mapping[str, SourceText], scores: Iterable[Mapping[str, Any]] = ()
) -> list[Suite]:
    """The suite of the findings, and one of the completeness scores where any were asked for."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in sources}
    for diagnostic in found:
        by_file.setdefault(diagnostic.span.file or NO_FILE, []).append(diagnostic)
    cases = [case for file, some in by_file.items() for case in _cases(file, some, sources)]
    asked = [_score(score) for score in scores]
    return [Suite("stratagem check", cases), *([Suite("stratagem check --require", asked)] if asked else [])]


def _cases(file: str, found: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> Iterator[Case]:
    if not found:
        yield Case("nothing to report", file)
    for diagnostic in found:
        said = words(diagnostic)
        place = "" if diagnostic.span == NOWHERE else f"{diagnostic.span.line}:{diagnostic.span.column}: "
        outcome = PASSED
        if said.severity != "note":
            detail = clean(render_one(diagnostic, sources))
            outcome = Outcome("failed", f"{said.severity} {diagnostic.code}: {said.title}", detail, diagnostic.code)
        yield Case(f"{place}{diagnostic.code} {said.title}", file, outcome)


def _score(score: Mapping[str, Any]) -> Case:
    reached = "nothing could be judged" if score["score"] is None else f"{score['score']:.4g}%"
    said = f"{reached}, {score['required']:g}% required"
    outcome = PASSED if score["met"] else Outcome("failed", said, type="completeness")
    return Case(f"{score['framework']} at least {score['required']:g}%", score.get("strategy", NO_FILE), outcome)
