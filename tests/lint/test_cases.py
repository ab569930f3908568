"""Each rule has a file of cases in prose: what trips it, and what comes near and must not.

The form is that of tests/check/cases; the lines change the sound strategy beside the cases.
"""

from __future__ import annotations

import pytest

from stratagem.dsl.diagnostics.text import texts
from stratagem.dsl.lint.catalogue import RULES, name_of
from stratagem.dsl.pipeline import check_text
from tests.check.case_files import Case, cases
from tests.check.test_cases import seen, wanted
from tests.tools.house import ROOT

FOLDER = ROOT / "tests/lint/cases"
SOUND = (FOLDER / "sound.strategy").read_text("utf-8")
ALL = [(file.stem, case) for file in sorted(FOLDER.glob("*.md")) for case in cases(file.name, FOLDER, SOUND)]


def test_the_sound_strategy_has_no_findings() -> None:
    checked = check_text(SOUND)
    assert checked.diagnostics == () and checked.ignored == () and checked.strategy is not None


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{file}: {case.title}") for file, case in ALL])
def test_a_case_finds_what_it_says_and_nothing_else(case: Case) -> None:
    checked = check_text(case.text)
    assert sorted(seen(checked, d, case) for d in checked.diagnostics) == sorted(map(wanted, case.expected))
    assert checked.strategy is not None


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_cases_that_trip_it_and_cases_that_come_near(code: str) -> None:
    own = [case for file, case in ALL if file == RULES[code]]
    tripped = [case for case in own if any(expected.code == code for expected in case.expected)]
    near = [case for case in own if case.title.startswith("Near: ")]
    assert tripped, f"no case of {name_of(code)} trips it"
    assert near, f"no case of {name_of(code)} comes near it"
    assert all(code not in {expected.code for expected in case.expected} for case in near)


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    assert {file for file, _ in ALL} == set(RULES.values())
    assert set(RULES) == {code for code in texts() if code.startswith("L")}
