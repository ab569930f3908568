"""What tests have tried, and which mistakes they would notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratagem.dsl import check_text
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.casework import this_day, try_test
from stratagem.engine.casework.coverage import Coverage, coverage
from stratagem.engine.casework.mutants import mutants
from stratagem.engine.casework.mutation import Known, Mutation, Verdict

HERE = Path(__file__).parent
SMALL = (HERE / "small.strategy").read_text("utf-8")
QUIET = """
test "A quiet one gets nothing"
  on 2026-11-02
  given
    quiet_days = 40 days
  expect
    no action thanks because when
"""


def strategy(more: str) -> Strategy:
    checked = check_text(SMALL + more)
    assert checked.strategy is not None, [(d.code, str(d.span), d.args) for d in checked.errors]
    return checked.strategy


def covered(given: Strategy) -> Coverage:
    outcomes = [try_test(given, test, this_day(given))[1] for test in given.tests]
    return coverage(given, [o for o in outcomes if o is not None])


def verdicts(given: Strategy) -> list[Verdict]:
    today = this_day(given)
    known = []
    for test in given.tests:
        result, outcome = try_test(given, test, today)
        assert result.passed and outcome is not None, result
        known.append(Known(test, outcome))
    return list(Mutation(given, known, today).verdicts())


def test_without_a_test_no_condition_is_seen() -> None:
    found = covered(strategy(""))
    assert found.share == 0 and found.conditions
    assert all(not reached.seen for reached in found.reached)


def test_a_condition_is_seen_on_the_side_a_test_was_on() -> None:
    found = covered(strategy(QUIET))
    seen = {f"{SMALL.splitlines()[c.span.line - 1].strip()}": (c.true, c.false) for c in found.conditions}
    [quiet] = [sides for line, sides in seen.items() if "quiet_days <= 10 days" in line]
    assert quiet == (0, 1)
    assert 0 < found.share < 1


LIVELY = """
measure lively "Lively" = (1 if count of orders >= 1 else 0)
segment liked "Liked" when lively >= 1
test "Lively"
  on 2026-11-02
  given
    tier best from 100 EUR
    {given}
    orders
      ordered_on 2026-10-20, product "a", pieces 1, price 20 EUR
  expect
    lively = 1
"""


@pytest.mark.parametrize(("given", "seen"), [("mail_agreed = yes", 1), ("lively = 1", 0)])
def test_what_a_test_fixes_says_nothing_of_how_it_is_worked_out(given: str, seen: int) -> None:
    line = SMALL.count("\n") + 2
    found = covered(strategy(LIVELY.format(given=given)))
    assert [c.true for c in found.conditions if c.span.line == line] == [seen]


@pytest.mark.parametrize("change", ["threshold", "dropped", "swapped"])
def test_there_are_mutants_of_every_kind(change: str) -> None:
    said = [m.what for m in mutants(strategy(""))]
    wanted = {"threshold": "<= 11 days", "dropped": "without", "swapped": "swapped"}[change]
    assert any(wanted in what for what in said), said


def test_every_mutant_differs_from_the_strategy_and_from_the_others() -> None:
    original = strategy("")
    found = list(mutants(original))
    assert all(m.strategy != original for m in found)
    assert len({(m.at, m.what) for m in found}) == len(found)
    assert all(m.at.file for m in found)


def test_a_test_at_the_threshold_notices_that_it_moved() -> None:
    at_it = QUIET.replace("quiet_days = 40 days", "quiet_days = 11 days")
    moved = [v for v in verdicts(strategy(at_it)) if "<= 11 days" in v.mutant.what]
    assert [v.noticed_by for v in moved] == ["A quiet one gets nothing"]
    far = [v for v in verdicts(strategy(QUIET)) if "<= 11 days" in v.mutant.what]
    assert [v.noticed_by for v in far] == [""]


def test_tests_that_are_left_out_would_have_said_the_same() -> None:
    """A mutant that changes no column of a test is not run against it: held against running them all."""
    given = strategy(QUIET)
    for verdict in verdicts(given):
        noticed = any(not try_test(verdict.mutant.strategy, t, this_day(given))[0].passed for t in given.tests)
        assert noticed == bool(verdict.noticed_by), verdict.mutant.what
