"""The table of faults itself, what the faults are planted in, and that the trial notices what it is there for.

The faults are tried in `test_in_coffee`, `test_in_grocery` and `test_in_gift_shop`.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.text import severity, texts
from stratagem.dsl.pipeline import check_text
from tests.faults import table
from tests.faults.fault import Fault
from tests.faults.page import Page, Planted
from tests.faults.table import FAULTS
from tests.faults.trial import STRATEGIES, findings, moved, strategy_text, try_out


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_an_unplanted_strategy_has_no_error(strategy: str) -> None:
    assert [(d.code, d.span.line) for d in check_text(strategy_text(strategy)).errors] == []


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_moving_three_lines_changes_no_finding(strategy: str) -> None:
    before = findings(strategy_text(strategy))
    for seed in range(4):
        text, after = moved(strategy, seed)
        assert after == before, f"seed {seed}"
        assert Counter(map(str.strip, text.split("\n"))) != Counter(strategy_text(strategy))
        assert text != strategy_text(strategy)


def test_the_table_names_forty_four_faults_and_more_each_with_a_code_that_exists() -> None:
    assert len(FAULTS) >= 44
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    for fault in FAULTS:
        assert fault.says, fault.name
        assert fault.codes and set(fault.codes) | set(fault.follow_ups) <= set(texts()), fault.name


def test_every_planting_function_stands_in_the_table() -> None:
    listed = {fault.name for fault in FAULTS}
    written = set()
    for module in Path(table.__file__).parent.glob("plant_*.py"):
        written |= set(re.findall(r"^def ([a-z]\w*)\(page: Page\) -> Planted:", module.read_text("utf-8"), re.M))
    assert written == listed


def _harmless(page: Page) -> Planted:
    """A comment, which is no fault."""
    return page.add_after(page.pick_of("decide"), "# nothing wrong here")


def test_a_fault_that_the_checker_does_not_see_is_noticed() -> None:
    """The negative control of the trial: what is not found is not called caught."""
    trial = try_out(Fault(_harmless, ("S130",)), "coffee", 1)
    assert trial.verdict == "not caught on its line"


def test_a_finding_on_the_wrong_line_or_beside_the_fault_is_noticed() -> None:
    """The negative control of the blame: a fault found one line off, and a second fault, are both told."""
    known = next(fault for fault in FAULTS if fault.name == "unknown_fact")

    def shifted(page: Page) -> Planted:
        planted = known.plant(page)
        return Planted(planted.text, frozenset({min(planted.lines) + 1}))

    def doubled(page: Page) -> Planted:
        planted = known.plant(page)
        return Planted(planted.text + '\nquestion unheard_of "A block of unknown words"\n  mumbles\n', planted.lines)

    assert try_out(Fault(shifted, known.codes), "coffee", 1).verdict == "not caught on its line"
    assert try_out(Fault(doubled, known.codes), "coffee", 1).verdict == "findings nobody planted"


def test_a_finding_of_the_wrong_gravity_is_noticed() -> None:
    label = next(fault for fault in FAULTS if fault.name == "no_label")
    trial = try_out(Fault(label.plant, label.codes, "error"), "coffee", 1)
    assert trial.caught and all(severity(d) == "warning" for d in trial.caught)
    assert trial.verdict == "not of the severity error"


def test_a_seed_always_plants_the_same() -> None:
    fault = FAULTS[0]
    first = fault.plant(Page(strategy_text("coffee"), random.Random(5)))
    assert fault.plant(Page(strategy_text("coffee"), random.Random(5))) == first
