"""A single decision is the batch's own answer for that customer, and a record of a batch can be replayed without it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from stratagem.engine.decide.batch import decide_batch
from stratagem.engine.decide.compile_rules import rules_of
from stratagem.engine.decide.gates import truth
from stratagem.engine.decide.record import DecisionRecord, RecordError, record_of, replay
from stratagem.engine.decide.single import Usage, decide_one, judge
from tests.decide import worlds
from tests.decide.random_worlds import Drawn, draw

EPOCH = date(1970, 1, 1)


def columns_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a frame as the row evaluator would give it."""
    return {k: (v - EPOCH).days if isinstance(v, date) else v for k, v in row.items()}


def past_of(drawn: Drawn, row: dict[str, Any]) -> dict[str, Any]:
    mine = [c.__dict__ for c in drawn.contacts if c.customer == row["@id"]]
    declined = [
        {"at": at, "action": action, "outcome": "declined"} for who, at, action in drawn.declined if who == row["@id"]
    ]
    groups = {name: mine for name in ("house", "firm") if row[f"people.{name}"] is not None}
    return {"contacts": mine, "outcomes": declined, "groups": groups}


@pytest.mark.parametrize("seed", range(25))
def test_one_customer_alone_and_a_batch_of_one_agree(seed: int) -> None:
    drawn = draw(seed, customers=4)
    rules = rules_of(drawn.plan)
    if rules.minimums:
        return
    for row in drawn.frame.rows(named=True):
        alone = drawn.frame.filter(pl.col("@id") == row["@id"])
        batch = decide_batch(drawn.plan, alone, drawn.moment, drawn.history())
        left = dict(batch.supplies.select("name", "left").rows())
        used = dict(batch.supplies.select("name", "used").rows())
        usage = Usage({name: amount + used[name] for name, amount in left.items()})
        verdict = judge(drawn.plan, columns_of(row), drawn.moment, **past_of(drawn, row), usage=usage)
        assert list(verdict.decisions) == batch.of(row["@id"])
        assert verdict.gates == batch.gates.row(0)[1:]
        assert verdict.ledger == batch.customers.item(0, "ledger")


@pytest.mark.parametrize("seed", range(25))
def test_a_record_is_replayed_byte_for_byte(seed: int) -> None:
    drawn = draw(seed, allocate=seed % 2 == 1)
    batch = decide_batch(drawn.plan, drawn.frame, drawn.moment, drawn.history())
    for customer in drawn.frame.get_column("@id").to_list():
        record = record_of(batch, drawn.frame, customer)
        assert list(record.decisions) == batch.of(customer)
        bits = batch.gates.filter(customer=customer).row(0, named=True)
        assert record.gates == {name: truth(bits[name]) for name in record.gates}
        assert [record.ledger] == batch.customers.filter(customer=customer).get_column("ledger").to_list()
        text = record.model_dump_json()
        assert replay(DecisionRecord.model_validate_json(text), drawn.plan).model_dump_json() == text


def test_a_replay_with_another_input_gives_another_record() -> None:
    given = worlds.strategy([worlds.action("a")], [worlds.channel("email")])
    plan = worlds.plan_of(given)
    frame = worlds.people(plan, ["C1"])
    record = record_of(decide_batch(plan, frame, worlds.AS_OF), frame, "C1")
    changed = record.model_copy(update={"inputs": {**record.inputs, "a@score:email": -1.0}})
    assert replay(record, plan) == record
    assert replay(changed, plan).decisions == ()


def test_a_record_of_another_strategy_or_version_is_refused() -> None:
    plan = worlds.plan_of(worlds.strategy([worlds.action("a")], [worlds.channel("email")]))
    frame = worlds.people(plan, ["C1"])
    record = record_of(decide_batch(plan, frame, worlds.AS_OF), frame, "C1")
    with pytest.raises(RecordError, match="another strategy"):
        replay(record.model_copy(update={"strategy_hash": "00"}), plan)
    with pytest.raises(RecordError, match="version 99"):
        replay(record.model_copy(update={"format_version": 99}), plan)
    with pytest.raises(KeyError):
        record_of(decide_batch(plan, frame, worlds.AS_OF), frame, "stranger")


def test_personal_fields_are_not_kept_in_records() -> None:
    from stratagem.dsl.expressions import tree
    from stratagem.dsl.expressions.types import TEXT, YES_NO
    from stratagem.dsl.model.data import SourceField
    from stratagem.engine.plan.plan import Compute

    fields = [SourceField(name="email", type=TEXT, personal_for="mail"), SourceField(name="town", type=TEXT)]
    plan = worlds.plan_of(worlds.strategy([worlds.action("a")], [worlds.channel("email")], fields=fields))
    read = [tree.FieldRef(type=TEXT, source="people", field=f) for f in ("email", "town")]
    known = [tree.Known(type=YES_NO, operand=r, negated=False) for r in read]
    step = Compute("email@allowed:marketing", tree.And(type=YES_NO, parts=tuple(known)), "channel")
    plan = type(plan)(plan.strategy, (), (step,), plan.actions, (), (), ())
    frame = worlds.people(plan, ["C1"]).with_columns(
        pl.lit("ann@example.org").alias("people.email"), pl.lit("Ulm").alias("people.town")
    )
    record = record_of(decide_batch(plan, frame, worlds.AS_OF), frame, "C1")
    assert record.inputs["people.town"] == "Ulm"
    assert "ann@example.org" not in record.model_dump_json()


def test_what_is_left_of_a_budget_binds_a_single_decision() -> None:
    actions = [worlds.action("a", paid_from="b")]
    given = worlds.strategy(actions, [worlds.channel("email")], budgets={"b": "9 EUR per month"})
    plan = worlds.plan_of(given)
    columns = columns_of(worlds.people(plan, ["C1"], a__cost_to_email=[2.0]).row(0, named=True))
    assert [d.action for d in decide_one(plan, columns, worlds.AS_OF)] == ["a"]
    assert [d.action for d in decide_one(plan, columns, worlds.AS_OF, usage=Usage({"b": 2.0}))] == ["a"]
    poor = judge(plan, columns, worlds.AS_OF, usage=Usage({"b": 1.99}))
    assert (poor.decisions, poor.ledger) == ((), "out of budget or capacity")
