"""`test` blocks, run: the cases of `cases.md` and `contacts.md`, each below `small.strategy` and what its page adds."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from stratagem.dsl import check_text
from stratagem.engine.casework import TestResult, run_tests

HERE = Path(__file__).parent
MORE = re.compile(r"^```strategy\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASE = re.compile(r"^## (?P<title>.+)\n```\n(?P<text>.*?)```\n(?P<verdict>.+)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """A block, and what it comes to. `more`: what stands above it, below the strategy."""

    title: str
    text: str
    verdict: str
    more: str = ""


def cases(page: str) -> list[Case]:
    head, *sections = re.split(r"^(?=## )", (HERE / page).read_text("utf-8"), flags=re.MULTILINE)
    found = [CASE.match(section.strip()) for section in sections]
    assert all(found), "every section holds a block and a verdict"
    more = "".join(MORE.findall(head))
    return [Case(m["title"].strip(), m["text"], m["verdict"].strip(), more) for m in found if m]


ALL = [*cases("cases.md"), *cases("contacts.md")]


def run(text: str, more: str = "") -> TestResult:
    indented = "".join(f"  {line}\n" for line in text.splitlines())
    checked = check_text((HERE / "small.strategy").read_text("utf-8") + f'\n{more}\ntest "It"\n{indented}')
    assert checked.strategy is not None, [(d.code, str(d.span), d.args) for d in checked.errors]
    [result] = run_tests(checked.strategy)
    return result


@pytest.mark.parametrize("case", ALL, ids=lambda c: c.title)
def test_a_case_comes_to_what_it_says(case: Case) -> None:
    result = run(case.text, case.more)
    got = [f.got for f in result.failures]
    if case.verdict == "passes":
        assert result.passed, (result.error, got, [f.why for f in result.failures])
        return
    wanted = case.verdict.split("`")[1]
    if case.verdict.startswith("cannot run"):
        assert wanted in result.error
    else:
        assert [wanted] == got and not result.error


def test_a_failure_says_where_and_why() -> None:
    result = run("on 2026-11-02\ngiven\n  quiet_days = 40 days\nexpect\n  no action thanks because policy\n")
    [failure] = result.failures
    assert failure.span.line > 100
    assert any("quiet_days <= 10 days is false [quiet_days = 40 days]" in line for line in failure.why)


def test_an_action_that_is_worth_nothing_says_what_its_worth_came_from() -> None:
    given = "  tier = good\n  spend = 0 EUR\n  mail_agreed = yes"
    result = run(f"on 2026-11-02\ngiven\n{given}\nexpect\n  first action is offer\n")
    [failure] = result.failures
    assert failure.why[0] == "offer: score stopped: a score of -0.5 is not above zero"
    assert failure.why[1].startswith("offer has chance 0.1, worth 0.00 EUR, cost 0.50 EUR")
    assert failure.why[2:4] == ("worth is worth_of", "worth_of = 0.00 EUR")


def test_an_action_whose_worth_is_missing_says_which_part_is_missing() -> None:
    result = run("on 2026-11-02\ngiven\n  tier = good\n  worth_of = missing\nexpect\n  first action is offer\n")
    [failure] = result.failures
    assert "offer: score unknown: no score: worth is missing" in failure.why


def test_what_is_missing_is_followed_to_where_it_comes_from() -> None:
    expected = "expect\n  thirds = 2 EUR\n  worth_of = 4 EUR\n"
    result = run(f"on 2026-11-02\ngiven\n  tier = good\n  spend = missing\n{expected}")
    thirds, worth = (failure.why for failure in result.failures)
    assert thirds == ("thirds is spend / 3", "spend = missing", "spend is given in the test")
    assert worth == ("worth_of is spend * 0.4", "spend = missing", "spend is given in the test")
    rows = "  orders\n    ordered_on 2026-10-01, pieces 2\n"
    result = run(f"on 2026-11-02\ngiven\n  tier = good\n{rows}expect\n  first action is offer\n")
    why = result.failures[0].why
    assert why[2:] == (
        "worth is worth_of", "worth_of = missing", "worth_of is spend * 0.4", "spend = missing",
        "spend is sum of orders.amount in last 12 months",
    )  # fmt: skip
