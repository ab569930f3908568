"""Every customer ends in exactly one entry of the ledger, by the action that got furthest."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from stratagem.engine.decide import ledger
from stratagem.engine.decide.batch import decide_batch
from stratagem.engine.decide.decision import LEDGER
from tests.decide.random_worlds import draw
from tests.decide.reference import decide_plainly, ledger_of
from tests.decide.test_small_worlds import contacts
from tests.decide.worlds import AS_OF, action, channel, people, plan_of, strategy

ENTRIES: list[tuple[str, dict[str, Any]]] = [
    ("acted on", {}),
    ("excluded", {"__excluded": True}),
    ("not eligible", {"a__segment": False}),
    ("not eligible", {"email__allowed_to_marketing": False}),
    ("data missing", {"a__segment": None}),
    ("data missing", {"email__allowed_to_marketing": None}),
    ("data missing", {"a__score_to_email": None}),
    ("not eligible", {"a__segment": None, "a__when": False}),
    ("nothing to gain", {"a__score_to_email": 0.0}),
    ("limited by policy", {"policy__silence_to_1": AS_OF.date}),
    ("out of budget or capacity", {"a__cost_to_email": 50.0}),
    ("nothing to gain", {"a__score_to_email": -1.0, "policy__silence_to_1": AS_OF.date}),
]


@pytest.mark.parametrize(("entry", "column"), ENTRIES)
def test_an_entry(entry: str, column: dict[str, Any]) -> None:
    given = strategy(
        [action("a", paid_from="b")], [channel("email")], budgets={"b": "9 EUR per month"}, silences=[("7 days", "")]
    )
    plan = plan_of(given, "segment, when")
    decisions = decide_batch(plan, people(plan, ["C1"], **{name: [value] for name, value in column.items()}), AS_OF)
    assert decisions.customers.get_column("ledger").to_list() == [entry]


def test_the_action_that_got_furthest_says_where() -> None:
    given = strategy([action("a"), action("b")], [channel("email")])
    plan = plan_of(given, "segment")
    frame = people(plan, ["C1"], a__segment=[False], b__score_to_email=[-1.0])
    assert decide_batch(plan, frame, AS_OF).customers.item(0, "ledger") == "nothing to gain"


def test_who_has_only_withheld_actions_is_held_out() -> None:
    given = strategy([action("a", hold_out="1")], [channel("email")])
    plan = plan_of(given)
    assert decide_batch(plan, people(plan, ["C1"]), AS_OF).customers.item(0, "ledger") == "held out"


@pytest.mark.parametrize("seed", range(10))
def test_the_ledger_balances(seed: int) -> None:
    drawn = draw(seed, customers=30)
    decisions = decide_batch(drawn.plan, drawn.frame, drawn.moment, drawn.history())
    assert decisions.ledger.get_column("entry").to_list() == list(LEDGER)
    assert decisions.ledger.get_column("customers").sum() == 30
    counted = decisions.customers.group_by("ledger").len().rows()
    assert {e: n for e, n in decisions.ledger.rows() if n} == dict(counted)


def batch_and_plain(seed: int) -> tuple[dict[str, str], dict[str, str]]:
    """By customer, the entry that the batch gives and the one that plain reckoning gives."""
    drawn = draw(seed)
    decisions = decide_batch(drawn.plan, drawn.frame, drawn.moment, drawn.history())
    world = drawn.world()
    decide_plainly(world)
    plain = {customer: ledger_of(world, customer, drawn.contacts) for customer in world.rows}
    return dict(decisions.customers.select("customer", "ledger").rows()), plain


@pytest.mark.parametrize("seed", range(60))
def test_everyone_ends_where_plain_reckoning_has_them(seed: int) -> None:
    found, plain = batch_and_plain(seed)
    assert found == plain


def test_the_comparison_sees_it_when_a_lacking_contact_counts_as_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "AFTER", 0)
    pairs = (batch_and_plain(seed) for seed in range(60))
    assert sum(found != plain for found, plain in pairs) >= 2


def test_who_lacks_the_contact_that_after_asks_for_is_not_eligible() -> None:
    """No limit keeps the action from them: it is not for them. Once they had it, limits count."""
    given = strategy([action("first", "web"), action("b", after="first within 7 days", rests="3 days")],
                     [channel("email"), channel("web", direction="inbound")])  # fmt: skip
    plan = plan_of(given)
    past = contacts(
        ("C2", "2026-11-01", "first", "web"), ("C3", "2026-10-01", "first", "web"),
        ("C4", "2026-11-01", "first", "web"), ("C4", "2026-11-03", "b", "email"), ("C5", "2026-11-03", "b", "email"),
    )  # fmt: skip
    frame = people(
        plan, ["C1", "C2", "C3", "C4", "C5", "C6"], first__score_to_web=[0.0] * 6, b__score_to_email=[1, 1, 1, 1, 1, -1]
    )
    shut = frame.with_columns(pl.lit(False).alias("web@allowed:marketing"))
    found = decide_batch(plan, shut, AS_OF, past)
    assert found.customers.sort("customer").get_column("ledger").to_list() == [
        "not eligible", "acted on", "not eligible", "limited by policy", "not eligible", "not eligible"
    ]  # fmt: skip
    assert found.why_not("C1")["b"] == (("policy",), ())


def test_a_ledger_that_does_not_balance_is_not_given_out() -> None:
    with pytest.raises(AssertionError, match="balance"):
        ledger.balance(np.array([0, 9], np.uint8))
