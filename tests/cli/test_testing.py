"""`stratagem test`: coverage, mutants, and the forms they are told in."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.run import run
from tests.tools.house import ROOT

STARTER = str(ROOT / "strategies/starter")


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    text = next((ROOT / "strategies/starter").glob("*.strategy")).read_text("utf-8")
    changed = text.replace("first action is", "no action", 1)
    assert changed != text
    file = tmp_path / "shop.strategy"
    file.write_text(changed, "utf-8")
    return file


def test_coverage_names_the_sides_that_no_test_saw() -> None:
    done = run("test", STARTER, "--coverage")
    assert done.code == 0
    assert "sides (true, false) seen by a test" in done.out
    assert "No test comes to action: welcome." in done.out


def test_too_little_coverage_is_a_finding_and_enough_is_none() -> None:
    few = run("test", STARTER, "--fail-under", "99")
    assert (few.code, "99% wanted: NOT MET" in few.out) == (1, True)
    assert run("test", STARTER, "--fail-under", "10").code == 0
    assert run("test", STARTER, "--fail-under", "101").code == 2


def test_a_share_that_is_not_reached_is_said_in_every_form() -> None:
    line = ("test", STARTER, "--fail-under", "99", "--fail-under-mutants", "1", "--output")
    root = ElementTree.fromstring(run(*line, "junit").out)
    cases = {case.attrib["name"]: case.find("failure") is None for case in root.iter("testcase")}
    assert (cases["coverage at least 99%"], cases["mutants at least 1%"]) == (False, True)
    assert root.attrib["failures"] == "1"
    github = run(*line, "github")
    assert github.code == 1 and github.out.count("::error") == 1 and "99%25 wanted" in github.out


def test_mutants_that_nobody_noticed_are_listed_with_their_lines() -> None:
    done = run("test", STARTER, "--mutate", "--output", "json")
    [found] = json.loads(done.out)["mutants"]
    silent = [m for m in found["mutants"] if m["noticed_by"] is None]
    assert done.code == 0 and silent and len(silent) < len(found["mutants"])
    assert all(m["at"].rpartition(":")[2].isdigit() and m["text"] and m["what"] for m in silent)
    assert run("test", STARTER, "--fail-under-mutants", "100").code == 1


def test_conditions_of_a_block_are_told_apart(tmp_path: Path) -> None:
    text = next((ROOT / "strategies/starter").glob("*.strategy")).read_text("utf-8")
    block = "  when all of\n    mail_agreed\n    any of\n      spend > 3 EUR\n      spend < 900 EUR\n"
    changed = text.replace("  for newcomers\n", "  for newcomers\n" + block)
    assert changed != text
    (tmp_path / "shop.strategy").write_text(changed, "utf-8")
    done = run("test", str(tmp_path), "--mutate")
    assert "all of: mail_agreed; any of: spend > 3 EUR; spend < 900 EUR " in done.out


def test_mutants_wait_until_the_tests_pass(failing: Path) -> None:
    done = run("test", str(failing), "--mutate")
    assert done.code == 1
    assert "Not tried: the tests have to pass" in done.out


def test_a_failure_in_every_form(failing: Path) -> None:
    text = run("test", str(failing))
    assert text.code == 1 and "FAILED" in text.out and "expected" in text.out and "got" in text.out
    root = ElementTree.fromstring(run("test", str(failing), "--output", "junit").out)
    assert root.attrib["failures"] == "1"
    github = run("test", str(failing), "--output", "github").out
    assert github.startswith("::error file=") and "title=test%3A " in github


def test_several_strategies_at_once_and_a_file_for_the_report(tmp_path: Path) -> None:
    out = tmp_path / "tests.xml"
    done = run("test", STARTER, str(ROOT / "strategies/coffee"), "--output", "junit", "--out", str(out))
    assert done.code == 0
    assert len(ElementTree.parse(out).getroot().findall("testsuite")) == 2


def test_a_title_chooses_tests() -> None:
    assert "1 test passed" in run("test", STARTER, "-k", "mail").out
    assert run("test", STARTER, "-k", "nothing like it").code == 2
