"""Holdout groups: the published hash, stable shares, and what a withheld action does to the rest."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import polars as pl
import pytest
import xxhash

from stratagem.dsl.model.actions import Action
from stratagem.dsl.record import replace
from stratagem.dsl.values import Share
from stratagem.engine.decide.batch import decide_batch
from stratagem.engine.decide.hashing import Texts
from stratagem.engine.decide.holdout import held_one, holdout_of
from tests.decide.worlds import AS_OF, action, channel, decide, limit, people, plan_of, strategy

CHANNELS = [channel("email")]


def withheld(actions: list[Action], ids: list[str], hold_out: str | None = None) -> dict[str, list[str]]:
    deciding = decide(**({"hold_out": hold_out} if hold_out else {}))
    plan = plan_of(strategy(actions, CHANNELS, deciding))
    found = decide_batch(plan, people(plan, ids), AS_OF).list
    return {c: found.filter(customer=c, status="withheld").get_column("action").to_list() for c in ids}


def test_the_many_at_once_form_is_xxh64_for_every_length() -> None:
    r = Random(5)
    ids = ["".join(r.choice("aZ09-é€") for _ in range(length)) for length in range(70) for _ in range(3)]
    texts = Texts(pl.Series(ids))
    for prefix in ("", "club/decide/", "club/äöü/", "x" * 31, "x" * 40):
        for seed in (0, 1):
            wanted = [xxhash.xxh64_intdigest((prefix + i).encode(), seed) for i in ids]
            assert texts.hash(prefix, seed=seed).tolist() == wanted


def test_a_customer_is_held_out_below_the_share_of_the_hash() -> None:
    ids = [f"C{i}" for i in range(300)]
    found = withheld([action("a", hold_out="0.25")], ids)
    for customer in ids:
        fraction = xxhash.xxh64_intdigest(f"club/a/{customer}".encode()) / 2**64
        assert bool(found[customer]) is (fraction < 0.25)


@pytest.mark.parametrize("share", ["0", "0.05", "0.5", "1"])
def test_shares_come_out(share: str) -> None:
    ids = [f"H{i:05d}" for i in range(4000)]
    found = withheld([action("a", hold_out=share)], ids)
    assert sum(map(bool, found.values())) / 4000 == pytest.approx(float(share), abs=0.015)


def test_the_hold_out_under_decide_takes_all_actions_but_service_and_required_ones() -> None:
    actions = [action("s", kind="selling"), action("m"), action("v", kind="service"), action("r", kind="required")]
    found = withheld(actions, ["C1"], hold_out="1")
    assert found == {"C1": ["s", "m"]}


def test_a_new_name_moves_nobody() -> None:
    ids = [f"C{i}" for i in range(200)]
    before = withheld([action("a", hold_out="0.3")], ids)
    after = withheld([action("b", hold_out="0.3", once_called=("a",))], ids)
    assert [c for c in ids if before[c]] == [c for c in ids if after[c]]
    moved = withheld([action("b", hold_out="0.3")], ids)
    assert [c for c in ids if before[c]] != [c for c in ids if moved[c]]


def test_a_renamed_strategy_moves_nobody() -> None:
    given = strategy([action("a", hold_out="0.3")], CHANNELS)
    renamed = replace(given, header=replace(given.header, name="new", once_called=("club",)))
    lists = []
    for each in (given, renamed):
        plan = plan_of(each)
        found = decide_batch(plan, people(plan, [f"C{i}" for i in range(100)]), AS_OF).list
        lists.append(found.filter(status="withheld").get_column("customer").to_list())
    assert lists[0] == lists[1] != []


def test_what_is_withheld_keeps_its_place_and_uses_nothing() -> None:
    actions = [action("a", hold_out="1", paid_from="b"), action("c", paid_from="b"), action("d")]
    given = strategy(
        actions, CHANNELS, decide(2), limits=[limit("1 per 7 days", "all")], budgets={"b": "1 EUR per month"}
    )
    plan = plan_of(given)
    costs = {"a__cost_to_email": [1.0], "c__cost_to_email": [1.0]}
    frame = people(plan, ["C1"], a__score_to_email=[3.0], c__score_to_email=[2.0], **costs)
    decisions = decide_batch(plan, frame, AS_OF)
    assert decisions.list.select("action", "status").rows() == [("a", "withheld"), ("c", "recommended")]
    assert decisions.supplies.item(0, "used") == 1.0
    assert decisions.why_not("C1")["d"][0] == ("rank",)
    assert decisions.why_not("C1")["a"][0] == ("holdout",)


def test_a_share_is_taken_exactly() -> None:
    everyone = holdout_of(action("x"), action("y"), Share(Decimal(1)))
    nobody = holdout_of(action("x"), action("y"), Share(Decimal(0)))
    assert all(held_one(everyone, str(i)) and not held_one(nobody, str(i)) for i in range(50))
