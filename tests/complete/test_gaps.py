"""Every check is met once and fails once: the whole strategy meets all, and each prose case spoils one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Template

import pytest

from stratagem.dsl import check_text
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.pipeline import doubtful_words
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.complete.finding import Status
from stratagem.engine.complete.framework import Framework
from stratagem.engine.complete.report import CompletenessReport
from stratagem.engine.plug import doors
from tests.complete.cases import Case, read_cases, spoilt
from tests.complete.snippets import faults

HERE = Path(__file__).parent
TODAY = date(2026, 11, 2)
WHOLE = (HERE / "whole.strategy").read_text("utf-8")
CASES = read_cases(HERE / "gaps.md")
FRAMEWORKS = list(doors.frameworks().items.values())
OF_CODE = {check.code: framework for framework in FRAMEWORKS for check in framework.checks}

FROM_DATA = {
    ("ASK1", "unknown"),
    ("ASK3", "loss"),
    ("CSS1", "empty"),
    ("CSS1", "nowhere"),
    ("CSS1", "untold"),
    ("CSS3", "placed"),
    ("CSS5", "dear"),
    ("CSS6", "nobody"),
    ("CSS7", "dear"),
    ("FIV4", "unknown"),
    ("ICP9", "unanswered"),
    ("INT1", "orphans"),
    ("SEV3", "unknown"),
    ("SEV6", "stale"),
    ("SEV7", "empty"),
    ("STG1", "empty"),
    ("STG2", "known"),
    ("STG4", "proportion"),
}
"""Gaps that only data can show (test_with_data.py)."""


def only(code: str) -> Framework:
    """The framework of a code, with that check alone."""
    framework = OF_CODE[code]
    return replace(framework, checks=tuple(c for c in framework.checks if c.code == code))


def read(text: str) -> Strategy:
    """The strategy, whether or not the checker would refuse it: a gap must be seen all the same."""
    from stratagem.dsl.model.build import build
    from stratagem.dsl.parse import parse
    from stratagem.dsl.resolve.findings import Findings
    from stratagem.dsl.source import SourceText

    source = SourceText("strategy", text)
    parsed, findings = parse(source), Findings()
    findings.doubtful = doubtful_words(parsed.diagnostics, {"strategy": source})
    return build(parsed.nodes, findings, {"strategy": source}).strategy


def test_what_is_read_is_the_strategy_that_the_checker_gives() -> None:
    assert read(WHOLE) == check_text(WHOLE).strategy


def judged(text: str, code: str) -> CompletenessReport:
    return diagnose(read(text), TODAY, frameworks=[only(code)])


def test_the_whole_strategy_has_no_finding_of_the_checker_and_meets_every_check() -> None:
    checked = check_text(WHOLE)
    assert checked.strategy is not None
    assert [d for d in checked.diagnostics if not d.code.startswith("L")] == []  # what rules find is another matter
    report = diagnose(checked.strategy, TODAY)
    assert not report.problems
    assert {code: status for code, status in report.statuses().items() if status != Status.MET} == {}
    assert [f.score for f in report.frameworks] == [100.0] * 7
    assert report.top_gaps() == []


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.title)
def test_a_gap(case: Case) -> None:
    report = judged(spoilt(WHOLE, case.edits), case.code)
    found = report.finding(case.code)
    assert not report.problems
    assert found.status == case.status
    if case.status != Status.WAIVED:
        assert {g.key for g in found.gaps} == set(case.gaps)
    if case.status in (Status.PARTLY, Status.MISSING):
        assert found.write.endswith(".") and "$" not in found.write
    assert [faults(g.under, g.snippet) for g in found.gaps if faults(g.under, g.snippet)] == []


def test_every_code_is_spoilt_and_every_gap_is_named() -> None:
    """No check that cannot fail, and no sentence that is never said; what only data can tell is in test_with_data."""
    spoilt_codes = {c.code for c in CASES if c.status in (Status.PARTLY, Status.MISSING)}
    assert spoilt_codes == set(OF_CODE)
    named = {(c.code, gap) for c in CASES for gap in c.gaps}
    known = {(check.code, gap) for f in FRAMEWORKS for check in f.checks for gap in check.gaps}
    assert named <= known
    assert known - named == FROM_DATA


def test_a_snippet_that_does_not_parse_is_seen() -> None:
    assert faults("channel email", "managed badly")
    assert faults("business", "managed well")
    assert not faults("channel email", "managed well")


@pytest.mark.parametrize(("code", "gap"), sorted(FROM_DATA))
def test_the_snippets_of_what_only_data_can_tell_parse(code: str, gap: str) -> None:
    text = next(c for c in OF_CODE[code].checks if c.code == code).gaps[gap]
    words = dict.fromkeys(Template(f"{text.under} {text.snippet}").get_identifiers(), "some")
    words |= {"currency": "EUR", "kind": "product" if code == "FIV4" else "segment"}
    under, snippet = (Template(t).substitute(words) for t in (text.under, text.snippet))
    assert faults(under, snippet) == []


def test_a_strategy_of_three_lines_meets_nothing() -> None:
    report = diagnose(read('language 1\nstrategy bare "Bare"\n  currency EUR\n'), TODAY)
    assert not report.problems
    statuses = report.statuses()
    assert set(statuses.values()) == {Status.MISSING, Status.NOT_APPLICABLE}
    assert {code for code, s in statuses.items() if s == Status.NOT_APPLICABLE} == {"INT5"}
    assert [f.score for f in report.frameworks] == [0.0] * 7
    assert len(report.top_gaps(3)) == 3
