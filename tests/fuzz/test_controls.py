"""Every property notices what it is there for: with a fault planted, the complaint comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.format import layout, spacing
from stratagem.dsl.pipeline import Checked, check_text
from stratagem.dsl.source import SourceText, Span
from stratagem.engine.evaluate.row import program
from tests.fuzz import answers, customers, roundtrip, running, work
from tests.fuzz.coverage import lacking
from tests.fuzz.mutants import CHANGES, mutant
from tests.fuzz.strategies import strategy
from tests.tools.house import ROOT

SHOP = (ROOT / "strategies" / "starter" / "shop.strategy").read_text("utf-8")


def test_a_seed_always_makes_the_same() -> None:
    assert [strategy(seed).text for seed in range(5)] == [strategy(seed).text for seed in range(5)]
    assert [mutant(seed) for seed in range(20)] == [mutant(seed) for seed in range(20)]
    assert len({mutant(seed) for seed in range(50)}) > 45


def test_what_was_never_drawn_is_told() -> None:
    report = work.quarter(0, inputs=40, runs=0, trips=0)
    assert "statement strategy" not in lacking(report.used)
    report.used["statement strategy"] = 0
    assert "statement strategy" in lacking(report.used)
    assert set(report.changes) <= set(CHANGES) and report.inputs == 40 and report.drawn == 20


# ---- only diagnostics come out ----


def test_a_sound_input_is_answered_without_a_complaint() -> None:
    found = answers.answer(SHOP.encode(), 1)
    assert found.accepted and found.complaints == ()
    assert answers.answer(b"\x00", 1).complaints == () and answers.answer(b"when (", 1).complaints == ()


def planted_checks(monkeypatch: pytest.MonkeyPatch, wrong: Callable[[Checked], Checked]) -> tuple[str, ...]:
    """The complaints about the shop when the checker is wrong."""
    monkeypatch.setattr(answers, "check_text", lambda text, name="f": wrong(check_text(text, name)))
    return answers.answer(SHOP.encode(), 1, thorough=False).complaints


def test_an_exception_is_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(checked: Checked) -> Checked:
        raise RecursionError("planted")

    assert "planted" in planted_checks(monkeypatch, broken)[0]


def test_a_place_outside_the_text_is_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    def far(checked: Checked) -> Checked:
        return Checked(
            checked.strategy, (Diagnostic("S138", Span("f", 9_999, 1, 9_999, 2), {"name": "x", "start": ""}),)
        )

    assert any("outside the text" in said for said in planted_checks(monkeypatch, far))


def test_a_fix_outside_the_text_is_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    def beyond(checked: Checked) -> Checked:
        fix = Fix("Write it", (Edit(Span("f", 1, 1, 1, 9_999), "x"),))
        found = Diagnostic("S138", Span("f", 1, 1, 1, 2), {"name": "x", "start": ""}, fixes=(fix,))
        return Checked(checked.strategy, (found,))

    assert any("would write outside the text" in said for said in planted_checks(monkeypatch, beyond))


def test_neither_strategy_nor_error_is_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    said = planted_checks(monkeypatch, lambda checked: Checked(None, (), checked.sources))
    assert said == ("no strategy and no error, or both",)


@pytest.mark.parametrize("form", ["_formatted", "_fixed", "_edited"])
def test_what_is_asked_of_some_inputs_only_is_asked(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(checked: Checked, source: SourceText, chance: Any) -> None:
        raise ValueError("planted")

    monkeypatch.setattr(answers, form, broken)
    assert "planted" in answers.answer(SHOP.encode(), 1).complaints[0]


# ---- the formatter ----


def test_a_formatter_that_proves_nothing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    assert roundtrip.round_trip(SHOP).complaints == ()
    monkeypatch.setattr(layout, "same", lambda one, other: True)
    piece = spacing.piece
    monkeypatch.setattr(spacing, "piece", lambda token, *rest: piece(token, *rest).replace("20 EUR", "21 EUR"))
    assert set(roundtrip.round_trip(SHOP).complaints) >= {"other statements", "another strategy"}


def test_a_formatter_that_loses_comments_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "same", lambda one, other: True)
    monkeypatch.setattr(layout, "comment_text", lambda text: "#")
    assert "other comments" in roundtrip.round_trip(SHOP).complaints


def test_a_formatter_that_is_never_done_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roundtrip, "format_source", lambda source: source.text + "# again\n")
    assert "not the same when formatted twice" in roundtrip.round_trip(SHOP).complaints


# ---- accepted strategies at work ----


def shop() -> Any:
    found = check_text(SHOP).strategy
    assert found is not None
    return found


def test_the_shop_decides_without_a_complaint() -> None:
    for seed in range(4):
        assert running.row_by_row(shop(), seed) == []
    assert running.in_batch(shop(), 1) == []


def test_a_value_of_another_type_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    run = program.Program.__call__

    def wrong(self: Any, *given: Any) -> Any:
        return {name: 1 if type(value) is float else value for name, value in run(self, *given).items()}

    monkeypatch.setattr(program.Program, "__call__", wrong)
    assert any("is no" in said for seed in range(3) for said in running.row_by_row(shop(), seed))
    assert any("by row" in said for said in running.in_batch(shop(), 1))


def test_an_exception_while_deciding_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(self: Any, *given: Any) -> Any:
        raise TypeError("planted")

    monkeypatch.setattr(program.Program, "__call__", wrong)
    assert "planted" in running.row_by_row(shop(), 1)[0]
    assert "planted" in running.in_batch(shop(), 1)[0]


def test_customers_have_gaps_and_misfits_and_differ() -> None:
    import random

    made = [customers.customer(random.Random(n), shop(), n) for n in range(30)]
    assert len({repr(one) for one in made}) > 20
    assert any(not one.get("orders") for one in made) and any(len(one.get("orders", ())) > 1 for one in made)
