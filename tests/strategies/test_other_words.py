"""No word is evidence: with every name, label and text another, findings, statuses and decisions stay the same.

The renaming goes through the text, so that everything from the first line to the decision sees other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from stratagem.dsl.lines import read_lines
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.pipeline import Checked, check_text
from stratagem.dsl.source import SourceText
from stratagem.engine import pipeline
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.complete.population import of_run
from stratagem.engine.data.places import Places
from stratagem.engine.moment import Moment
from stratagem.engine.pipeline import Run
from tests.faults.table import FAULTS
from tests.faults.trial import STRATEGIES, page_of, strategy_text
from tests.tools.rename_texts import rename

DAYS = {"coffee": date(2026, 11, 2), "grocery": date(2018, 1, 1), "gift_shop": date(2011, 12, 10)}
OF_WORDS = {"braces_left_open", "former_name_in_use"}
"""Faults that lie in the words: braces that are no braces, a former name that is another thing's name."""


def under_other_names(text: str, keep_history: bool = False) -> tuple[str, dict[str, str]]:
    made, mapping = rename({"page.strategy": text}, keep_history=keep_history)
    return made["page.strategy"], mapping


def found(checked: Checked) -> list[tuple[str, int]]:
    """Codes and lines, which stay where they are."""
    return sorted((d.code, d.span.line) for d in (*checked.diagnostics, *checked.waived))


def strategy_of(text: str) -> Strategy:
    strategy = check_text(text).strategy
    assert strategy is not None
    return strategy


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_name_and_no_text_of_ours_is_left(strategy: str) -> None:
    text = strategy_text(strategy)
    other, mapping = under_other_names(text)
    assert len(mapping) > 100
    names = [
        old for old in mapping if re.search(rf"^\s*(measure|segment|action|goal|offer|move) .*\b{old}\b", other, re.M)
    ]
    assert names == []
    said = set(re.findall(r'"([^"]*)"', "\n".join(bare_lines(text)))) - columns_and_choices(text)
    left = {words for words in said if f'"{words}"' in other and len(words) > 12 and " " in words}
    assert left == set()


def bare_lines(text: str) -> Iterable[str]:
    return (line.text for line in read_lines(SourceText("page", text)).walk())


def columns_and_choices(text: str) -> set[str]:
    """Texts that stand in the data."""
    kept: set[str] = set()
    for line in bare_lines(text):
        if (
            re.match(r"(field|source|use) ", line)
            or " is one of (" in line
            or re.search(r"\b(is|is not|matches) \"", line)
        ):
            kept |= set(re.findall(r'"([^"]*)"', line))
        if re.match(r"\w+ .*, \w+ ", line) and "tactic" not in line:
            kept |= set(re.findall(r'"([^"]*)"', line))
    return kept


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_strategy_has_the_same_findings_under_other_names(strategy: str) -> None:
    text = strategy_text(strategy)
    other, _ = under_other_names(text)
    assert other.count("\n") == text.count("\n")
    assert found(check_text(other)) == found(check_text(text))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_faulty_strategy_has_the_same_findings_under_other_names(strategy: str) -> None:
    """Every third fault that leaves all lines readable, each in one of the three strategies."""
    readable = [fault for fault in FAULTS if fault.codes[0] >= "S200" and fault.name not in OF_WORDS]
    mine = readable[list(STRATEGIES).index(strategy) :: 9]
    for fault in mine:
        planted = fault.plant(page_of(strategy, 7, fault.name))
        other, _ = under_other_names(planted.text)
        assert found(check_text(other)) == found(check_text(planted.text)), fault.name
    assert len(mine) >= 12


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_completeness_status_is_the_same_under_other_names(strategy: str) -> None:
    text = strategy_text(strategy)
    other, _ = under_other_names(text)
    before, after = (diagnose(strategy_of(t), DAYS[strategy]) for t in (text, other))
    assert not before.problems and not after.problems
    assert before.statuses() == after.statuses()
    assert [f.score for f in before.frameworks] == [f.score for f in after.frameworks]


def test_a_text_that_says_nothing_still_says_nothing() -> None:
    """The negative control of the statuses: a placeholder is not made a text, nor a text a placeholder."""
    text = strategy_text("coffee").replace('"Fresh beans before you run out"', '"TBD"')
    other, _ = under_other_names(text)
    before, after = (diagnose(strategy_of(t), DAYS["coffee"]) for t in (text, other))
    whole = diagnose(strategy_of(strategy_text("coffee")), DAYS["coffee"])
    assert before.statuses() == after.statuses() != whole.statuses()


def run(strategy: Strategy, folder: Path, data: Path | None, day: date) -> Run:
    moment = Moment(day, zone=strategy.header.time_zone or "UTC")
    loaded = pipeline.read_customers(strategy, Places(beside=folder, data=data), moment)
    return pipeline.run(strategy, loaded, moment)


def test_every_decision_is_the_same_under_other_names() -> None:
    text = strategy_text("coffee")
    other, mapping = under_other_names(text, keep_history=True)
    folder = STRATEGIES["coffee"].parent
    before, after = (run(strategy_of(t), folder, None, DAYS["coffee"]) for t in (text, other))
    columns = ["customer", "position", "action", "channel", "status", "score", "chance", "worth", "weight", "cost"]
    told = before.decisions.list.select(columns).with_columns(pl.col("action", "channel").replace(mapping))
    assert told.height > 300
    assert told.equals(after.decisions.list.select(columns))
    assert before.decisions.ledger.equals(after.decisions.ledger)
    one, two = (diagnose(r.strategy, DAYS["coffee"], of_run(r)) for r in (before, after))
    assert one.statuses() == two.statuses()


def test_without_its_history_a_renamed_strategy_draws_other_holdouts() -> None:
    """The negative control of the decisions: hold-out groups are drawn by name, and the test would see it."""
    text = strategy_text("coffee")
    other, mapping = under_other_names(text)
    folder = STRATEGIES["coffee"].parent
    before, after = (run(strategy_of(t), folder, None, DAYS["coffee"]) for t in (text, other))
    columns = ["customer", "action", "status"]
    told = before.decisions.list.select(columns).with_columns(pl.col("action").replace(mapping))
    assert not told.equals(after.decisions.list.select(columns))
