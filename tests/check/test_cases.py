from __future__ import annotations

from typing import Final

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.lint.catalogue import RULES
from stratagem.dsl.pipeline import Checked, Rules, check_text
from tests.check.case_files import FOLDER, SOUND, Case, Expected, cases

ALL = [(file.name, case) for file in sorted(FOLDER.glob("*.md")) for case in cases(file.name)]


NO_LINT: Final[Rules] = dict.fromkeys(RULES, "off")
"""The cases here are about the language alone; tests/lint has those of the rules."""


def test_the_sound_strategy_has_no_findings() -> None:
    checked = check_text(SOUND, rules=NO_LINT)
    assert checked.diagnostics == ()
    assert checked.strategy is not None


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{file}: {case.title}") for file, case in ALL])
def test_a_case_finds_what_it_says_and_nothing_else(case: Case) -> None:
    checked = check_text(case.text, rules=NO_LINT)
    found = sorted(seen(checked, diagnostic, case) for diagnostic in checked.diagnostics)
    assert found == sorted(wanted(expected) for expected in case.expected)
    assert (checked.strategy is None) is any(words(d).severity == "error" for d in checked.diagnostics)


def seen(checked: Checked, diagnostic: Diagnostic, case: Case) -> tuple[str, str, str, str]:
    """Code, blamed text, its line when that did not change, and the first name offered when one is."""
    source = checked.sources[diagnostic.span.file]
    line = source.lines[diagnostic.span.line - 1].strip()
    blamed = source.slice(diagnostic.span).split("\n")[0]
    shown = words(diagnostic)
    assert shown.title and shown.reason
    place = "" if diagnostic.span.line in case.changed else line
    return diagnostic.code, blamed, place, diagnostic.near[0] if diagnostic.near else ""


def wanted(expected: Expected) -> tuple[str, str, str, str]:
    return expected.code, expected.text, expected.line, expected.near


def test_every_code_of_names_kinds_and_strategies_has_a_case() -> None:
    from stratagem.dsl.diagnostics.texts import en_kinds, en_names, en_plan, en_strategy

    told = {expected.code for _, case in ALL for expected in case.expected}
    known = {*en_names.TEXTS, *en_kinds.TEXTS, *en_strategy.TEXTS, *en_plan.TEXTS}
    assert known - told == {"S400"}  # which a case of a few lines cannot have


def test_so_many_findings_are_not_all_shown() -> None:
    lines = [f'segment s{n} "S" when moonstruck_{n}' for n in range(1_100)]
    found = check_text("\n".join([SOUND, *lines, ""]), rules=NO_LINT).diagnostics
    (left_out,) = (d for d in found if d.code == "S400")
    assert len(found) == 1_001
    assert left_out.args["count"] == "100" and left_out.args["shown"] == "1,000"
