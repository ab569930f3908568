"""The row evaluator's program: safe with any text, deep formulas, fixed names, cut-points, and its observing form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import DATE, DAYS, NUMBER, TEXT, YES_NO
from stratagem.engine.evaluate.cuts import MissingCutPoint
from stratagem.engine.evaluate.reference import Reference
from stratagem.engine.evaluate.row import compile_program
from stratagem.engine.fit import CutPoint, Fit
from stratagem.engine.plan.plan import Bound, Compute, StageMove, Staging, Tiering
from tests.meaning.agreement import FIT, batches, bits, by_column, by_reference, by_row
from tests.meaning.people import DATES, EUR, MOMENTS, people
from tests.meaning.small import amount, fact, field, num, op, orders, step, text

NOW = MOMENTS[0]
NASTY = ('"', "'", "\\", "\n", "{0}", "__import__('os')", "') or True #", "k1", "\x00", "日本 %s")
TOP = Tiering("tier", field("n1"), None, (Bound("best", "top", share=Decimal("0.05")), Bound("rest", "otherwise")))


def value(expr: t.Expr, record: dict[str, Any]) -> Any:
    return compile_program([step("x", expr)], DATES)({"@id": "a"} | record, NOW)["x"]


@pytest.mark.parametrize("nasty", NASTY)
def test_texts_of_the_strategy_are_data_and_never_code(nasty: str) -> None:
    test = op(field(nasty, TEXT), "is", text(nasty))
    program = compile_program([step(nasty, test)], DATES)
    assert program({"@id": "a", "crm": {nasty: nasty}}, NOW) == {nasty: True}
    assert program({"@id": "a", "crm": {nasty: nasty + "x"}}, NOW) == {nasty: False}
    assert nasty == "k1" or nasty not in program.source.replace("\n", "")


def test_a_program_sees_no_built_in_functions() -> None:
    program = compile_program([step("x", op(field("n1"), "+", num(1.0)))], DATES)
    names = program._built[1].__globals__  # type: ignore[attr-defined]
    assert names["__builtins__"] == {}
    assert "print" not in names and "__import__" not in names


def deep(levels: int) -> list[Compute]:
    """Formulas nested far deeper, and cases far longer, than Python's parser takes in one expression."""
    figure: t.Expr = field("n1")
    condition: t.Expr = field("b1", YES_NO)
    branches: t.Expr = field("n2")
    for n in range(levels):
        figure = op(figure, "+-*/"[n % 4], num(1.0 + n % 7))
        smaller = op(field("n1"), "<", num(float(n)))
        both = t.And(type=YES_NO, parts=(condition, smaller))
        condition = t.Not(type=YES_NO, operand=both) if n % 2 else t.Or(type=YES_NO, parts=(both, smaller))
        branches = t.IfElse(type=NUMBER, then=num(float(n)), condition=smaller, otherwise=branches)
    cases = tuple((num(float(n)), op(field("n1"), "is", num(float(n)))) for n in range(2 * levels))
    long = t.Cases(type=NUMBER, cases=cases, otherwise=num(-1.0))
    return [step("a", figure), step("b", condition), step("c", branches), step("d", long)]


def test_deep_and_long_formulas_compile_and_agree() -> None:
    some = people(3, NOW)
    want = by_reference(deep(70), some, NOW, FIT)
    for evaluate in (by_row, by_column):
        got = evaluate(deep(70), some, NOW, FIT)
        assert {n: [bits(v) for v in vs] for n, vs in got.items()} == {
            n: [bits(v) for v in vs] for n, vs in want.items()
        }
    assert len({bits(v) for vs in want.values() for v in vs}) > 10


def test_each_field_is_read_once_and_rows_gone_through_once() -> None:
    dear = op(amount(), ">", field("m1", EUR))
    steps = [
        step("a", orders("sum", "amount")),
        step("b", orders("count", None, dear, NUMBER)),
        step("c", op(field("m1", EUR), "+", field("m1", EUR))),
        step("d", orders("largest", "amount")),
    ]
    program = compile_program(steps, DATES)
    assert program.source.count("for r") == 1
    assert sum(" = s" in line for line in program.source.split("\n")) == 1


def test_fixed_names_win_over_what_the_record_would_give() -> None:
    journey = Staging(("aware", "buyer"), None, (StageMove("aware", "buyer", op(field("n1"), ">", num(0.0)), True),))
    steps = [step("m", field("n1")), step("n", op(fact("m"), "+", num(1.0))), TOP, journey]
    record = {"@id": "a", "crm": {"n1": 5.0}, "@fixed": {"m": 10.0, "tier": "best", "stage": "aware"}}
    fixed = compile_program(steps, DATES, fixed=frozenset({"m", "tier", "stage"}))(record, NOW)
    assert fixed == {
        "m": 10.0,
        "n": 11.0,
        "tier": "best",
        "tier@open": False,
        "stage": "aware",
        "stage@path": ["aware"],
    }
    missing = compile_program(steps[:2], DATES, fixed=frozenset({"m"}))(record | {"@fixed": {"m": None}}, NOW)
    assert missing == {"m": None, "n": None}


def test_a_cut_point_is_asked_for_only_when_the_tier_is_reached() -> None:
    program = compile_program([TOP], DATES)
    assert program({"@id": "a"}, NOW)["tier"] is None
    with pytest.raises(MissingCutPoint) as caught:
        program({"@id": "a", "crm": {"n1": 5.0}}, NOW)
    assert (caught.value.tiers, caught.value.tier) == ("tier", "best")
    nobody = Fit(
        strategy="", strategy_hash="", as_of="", cuts={"tier": {"best": CutPoint(value=None, customers=0, rank=0)}}
    )
    assert program({"@id": "a", "crm": {"n1": 5.0}}, NOW, nobody)["tier"] == "rest"


def test_one_program_serves_many_moments_and_fits() -> None:
    day = t.Constant(type=DATE, value=NOW.day)
    since = t.Since(type=DAYS, kind="days since", operand=day)
    program = compile_program([step("x", since)], DATES)
    assert [program({"@id": "a"}, m)["x"] for m in (NOW, MOMENTS[2], NOW)] == [
        0.0,
        (MOMENTS[2].day - NOW.day) * 86400.0,
        0.0,
    ]


# ---- observing ----


def observed_steps() -> list[Any]:
    warm = t.And(type=YES_NO, parts=(op(fact("m"), ">=", num(4.0)), t.Not(type=YES_NO, operand=field("b1", YES_NO))))
    known = t.Known(type=YES_NO, operand=field("n2"), negated=False)
    return [
        step("m", op(field("n1"), "+", field("n2"))),
        step("warm", warm),
        step(
            "x",
            t.IfElse(
                type=NUMBER, then=num(1.0), condition=t.SegmentRef(type=YES_NO, segment="warm"), otherwise=num(2.0)
            ),
        ),
        step("y", known),
    ]


def test_every_clause_says_what_became_of_it_and_what_was_missing() -> None:
    program = compile_program(observed_steps(), DATES)
    seen = program.observe({"@id": "a", "crm": {"n1": 1.0, "b1": True}}, NOW)
    assert seen.values == program({"@id": "a", "crm": {"n1": 1.0, "b1": True}}, NOW)
    compare, held = seen.observations["warm"]
    assert (compare.truth, compare.reads, compare.missing) == (None, (("m", None),), ("crm.n2",))
    assert (held.truth, held.reads, held.missing) == (True, (("crm.b1", True),), ())
    assert [o.truth for o in seen.observations["x"]] == [False]
    assert [(o.truth, o.missing) for o in seen.observations["y"]] == [(False, ("crm.n2",))]


def test_observing_costs_nothing_until_it_is_asked_for() -> None:
    program = compile_program(observed_steps(), DATES)
    program({"@id": "a"}, NOW)
    assert program._observer is None
    program.observe({"@id": "a"}, NOW)
    assert program._observer is not None


def test_observing_never_comes_to_another_result() -> None:
    batch = next(iter(batches(9, each=1, size=150)))
    program = compile_program(batch.steps, DATES)
    for record in batch.people.records[:10]:
        plain, seen = program(record, batch.moment, FIT), program.observe(record, batch.moment, FIT)
        assert {k: bits(v) for k, v in plain.items()} == {k: bits(v) for k, v in seen.values.items()}
        truths = [o.truth for some in seen.observations.values() for o in some]
        assert set(truths) <= {True, False, None}


def test_members_that_do_not_say_who_is_with_them_are_with_each_other() -> None:
    """A figure of a group made of figures of the same group, of records that name the members once."""
    average = t.GroupAggregate(type=NUMBER, kind="average", group="home", operand=field("n1"), where=None)
    beside = op(field("n1"), "/", average)
    steps = [step("most", t.GroupAggregate(type=NUMBER, kind="largest", group="home", operand=beside, where=None))]
    mates = [{"@id": who, "crm": {"n1": figure}} for who, figure in (("a", 30.0), ("b", 10.0))]
    record = {**mates[0], "@groups": {"home": mates}}
    assert compile_program(steps, DATES)(record, NOW)["most"] == 1.5
    assert Reference(steps, DATES)(record, NOW)["most"] == 1.5
