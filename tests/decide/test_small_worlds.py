"""Small worlds worked out by hand: what a strategist would expect of each rule."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import polars as pl
import pytest

from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.decide.batch import decide_batch
from stratagem.engine.decide.decision import Decisions
from stratagem.engine.decide.past import History
from stratagem.engine.moment import Moment
from tests.decide.worlds import AS_OF, action, channel, decide, limit, people, plan_of, strategy

EMAIL, PHONE, POST = channel("email"), channel("phone"), channel("post")
WEB = channel("web", direction="inbound")
Lists = dict[str, list[str]]


def run(given: Strategy, ids: str, moment: Moment = AS_OF, history: History | None = None, **columns: Any) -> Decisions:
    plan = plan_of(given, "segment, when, unless")
    return decide_batch(plan, people(plan, ids.split(), **columns), moment, history or History())


def lists(decisions: Decisions) -> Lists:
    """By customer, `action/channel` in order; withheld ones in brackets."""
    found: Lists = {}
    for customer, act, through, status in decisions.list.select("customer", "action", "channel", "status").rows():
        text = f"{act}/{through}"
        found.setdefault(customer, []).append(f"({text})" if status == "withheld" else text)
    return found


def contacts(*rows: tuple[str, str, str, str]) -> History:
    """Past contacts: customer, time, action, channel."""
    made = [(who, datetime.fromisoformat(at), act, through, 2.0) for who, at, act, through in rows]
    schema: dict[str, Any] = {
        "@id": pl.String,
        "at": pl.Datetime("us"),
        "action": pl.String,
        "channel": pl.String,
        "cost": pl.Float64,
    }
    return History(pl.DataFrame(made, schema=schema, orient="row"))


def test_at_most_n_the_best_first_and_required_ones_come_on_top() -> None:
    actions = [action("low"), action("high"), action("middle"), action("must", kind="required")]
    given = strategy(actions, [EMAIL], decide(2))
    decisions = run(given, "C1", low__score_to_email=[1.0], high__score_to_email=[3.0], middle__score_to_email=[2.0])
    assert lists(decisions) == {"C1": ["must/email", "high/email", "middle/email"]}
    assert decisions.why_not("C1")["low"] == (("rank",), ())
    assert decisions.list.get_column("position").to_list() == [1, 2, 3]


def test_a_tie_goes_to_the_action_declared_first() -> None:
    given = strategy([action("first"), action("second")], [EMAIL], decide(1))
    assert lists(run(given, "C1")) == {"C1": ["first/email"]}


def test_a_score_of_zero_or_less_is_never_recommended() -> None:
    given = strategy([action("a")], [EMAIL])
    decisions = run(given, "C1 C2 C3", a__score_to_email=[0.0, -1.0, 0.000001])
    assert lists(decisions) == {"C3": ["a/email"]}
    assert decisions.why_not("C1")["a"] == (("score",), ())


def test_the_first_channel_that_is_allowed_and_the_next_when_it_is_not() -> None:
    given = strategy([action("a", "phone, email")], [EMAIL, PHONE])
    decisions = run(given, "C1 C2 C3", phone__allowed_to_marketing=[True, False, None])
    assert lists(decisions) == {"C1": ["a/phone"], "C2": ["a/email"], "C3": ["a/email"]}


def test_a_channel_through_which_it_does_not_pay_is_passed_over() -> None:
    given = strategy([action("a", "phone, email")], [EMAIL, PHONE])
    assert lists(run(given, "C1", a__score_to_phone=[-2.0])) == {"C1": ["a/email"]}


def test_a_channel_limit_counts_the_list_itself() -> None:
    given = strategy([action("a"), action("b"), action("c", "email, post")], [channel("email", "2 per 7 days"), POST])
    decisions = run(given, "C1", a__score_to_email=[3.0], b__score_to_email=[2.0])
    assert lists(decisions) == {"C1": ["a/email", "b/email", "c/post"]}


def test_a_limit_counts_history_in_a_rolling_window() -> None:
    given = strategy([action("a")], [channel("email", "1 per 7 days")])
    past = contacts(("C1", "2026-10-28 10:00", "a", "email"), ("C2", "2026-10-29 10:00", "a", "email"))
    decisions = run(given, "C1 C2", history=past)
    assert lists(decisions) == {"C1": ["a/email"]}
    assert decisions.why_not("C2")["a"] == (("policy",), ())


def test_inbound_channels_do_not_count() -> None:
    given = strategy([action("a"), action("b", "web")], [EMAIL, WEB], limits=[limit("1 per 7 days", "all")])
    past = contacts(("C1", "2026-11-03", "b", "web"))
    assert lists(run(given, "C1", history=past)) == {"C1": ["a/email", "b/web"]}


def test_a_limit_for_some_kinds_neither_counts_nor_binds_the_others() -> None:
    actions = [action("s", kind="selling"), action("t", kind="selling"), action("v", kind="service")]
    given = strategy(actions, [EMAIL], limits=[limit("1 per 7 days", "all", "selling")])
    assert lists(run(given, "C1")) == {"C1": ["s/email", "v/email"]}


def test_what_is_required_is_bound_by_no_limit() -> None:
    given = strategy([action("must", kind="required"), action("a")], [channel("email", "1 per 7 days")])
    past = contacts(("C1", "2026-11-03", "a", "email"))
    assert lists(run(given, "C1", history=past)) == {"C1": ["must/email"]}


def test_a_limit_per_group_serves_the_best_of_the_group() -> None:
    given = strategy([action("a")], [EMAIL], limits=[limit("2 per 7 days", "group:house")], groups=["house"])
    decisions = run(given, "C1 C2 C3 C4", people_dot_house=["h"] * 3 + [None], a__score_to_email=[1.0, 3.0, 2.0, 1.0])
    assert list(lists(decisions)) == ["C2", "C3", "C4"]
    past = contacts(("C1", "2026-11-03", "a", "email"))
    decisions = run(given, "C1 C2 C3 C4", history=past, people_dot_house=["h"] * 3 + [None])
    assert list(lists(decisions)) == ["C1", "C4"]


def test_a_pair_that_finds_no_channel_frees_its_place() -> None:
    channels = [EMAIL, channel("phone", capacity="1 per week")]
    given = strategy([action("call", "phone"), action("mail")], channels, decide(1))
    decisions = run(given, "C1 C2", call__score_to_phone=[5.0, 4.0], mail__score_to_email=[1.0, 1.0])
    assert lists(decisions) == {"C1": ["call/phone"], "C2": ["mail/email"]}
    assert decisions.why_not("C2")["call"] == (("budget",), ())


def test_capacity_is_what_the_iso_week_still_has() -> None:
    given = strategy([action("call", "phone")], [channel("phone", capacity="2 per week")])
    past = contacts(("X", "2026-11-02 09:00", "call", "phone"), ("Y", "2026-11-01 09:00", "call", "phone"))
    decisions = run(given, "C1 C2", history=past, call__score_to_phone=[1.0, 2.0])
    assert list(lists(decisions)) == ["C2"]
    row = decisions.supplies.row(0, named=True)
    assert (row["amount"], row["used_before"], row["used"], row["left"]) == (2, 1, 1, 0)


def test_a_budget_is_what_the_quarter_still_has_and_a_cheaper_action_may_still_fit() -> None:
    given = strategy(
        [action("dear", paid_from="b"), action("cheap", paid_from="b")], [EMAIL], budgets={"b": "10 EUR per quarter"}
    )
    past = contacts(("X", "2026-10-01", "dear", "email"), ("Y", "2026-09-30", "dear", "email"))
    decisions = run(
        given,
        "C1 C2",
        history=past,
        dear__score_to_email=[9.0, 8.0],
        dear__cost_to_email=[5.0, 5.0],
        cheap__cost_to_email=[3.0, 3.0],
    )
    assert lists(decisions) == {"C1": ["dear/email", "cheap/email"]}
    assert decisions.by_action.get_column("budget_left").to_list() == [0.0, 0.0]


def test_hours_go_to_the_people_that_the_action_or_the_channel_uses() -> None:
    phone = channel("phone", takes="6 minutes", uses="agents")
    actions = [action("call", "phone"), action("visit", "email", takes="30 minutes", uses="agents")]
    given = strategy(actions, [EMAIL, phone], people={"agents": "1 per month"})
    decisions = run(given, "C1 C2 C3", call__score_to_phone=[3.0] * 3, visit__score_to_email=[2.0] * 3)
    # 3 calls take 18 minutes, one visit 30 more; a second visit no longer fits.
    assert lists(decisions) == {"C1": ["call/phone", "visit/email"], "C2": ["call/phone"], "C3": ["call/phone"]}
    assert decisions.supplies.item(0, "left") == pytest.approx(0.2)


def test_stock_is_one_item_an_action() -> None:
    given = strategy([action("a", offers="box")], [EMAIL], stock={"box": "2 per month"})
    assert list(lists(run(given, "C1 C2 C3", a__score_to_email=[1.0, 2.0, 3.0]))) == ["C2", "C3"]


def test_a_spend_cap_holds_for_its_segments_only() -> None:
    given = strategy(
        [action("a", paid_from="b")],
        [EMAIL],
        decide(caps=[("0.5", "b", "vip")]),
        budgets={"b": "8 EUR per month"},
        segments=["vip"],
    )
    decisions = run(given, "C1 C2 C3 C4", a__cost_to_email=[2.0] * 4, vip=[True, True, True, False])
    assert list(lists(decisions)) == ["C1", "C2", "C4"]


def test_a_minimum_is_filled_by_the_best_that_can() -> None:
    given = strategy([action("a", "email, phone")], [EMAIL, PHONE], decide(minimums={"phone": "2"}))
    allowed = [False, True, True]
    decisions = run(given, "C1 C2 C3", a__score_to_email=[3.0, 2.0, 1.0], phone__allowed_to_marketing=allowed)
    assert lists(decisions) == {"C1": ["a/email"], "C2": ["a/phone"], "C3": ["a/phone"]}


def test_not_with_works_both_ways() -> None:
    given = strategy([action("a"), action("b", not_with="a"), action("c")], [EMAIL])
    assert lists(run(given, "C1", b__score_to_email=[2.0])) == {"C1": ["b/email", "c/email"]}
    assert lists(run(given, "C1", a__score_to_email=[2.0])) == {"C1": ["a/email", "c/email"]}


def test_a_later_phase_waits_until_no_earlier_one_is_open() -> None:
    given = strategy([action("hello", phase=1), action("offer", phase=2), action("news")], [EMAIL])
    decisions = run(given, "C1 C2", hello__segment=[True, False], offer__score_to_email=[9.0, 9.0])
    assert lists(decisions) == {"C1": ["hello/email", "news/email"], "C2": ["offer/email", "news/email"]}
    assert decisions.why_not("C1")["offer"] == (("rank",), ())


def test_slots_name_the_places_and_say_how_many_there_are() -> None:
    actions = [action("must", kind="required"), action("a"), action("b"), action("c"), action("d")]
    given = strategy(actions, [EMAIL], decide(slots=[("top", 1), ("side", 2)]))
    decisions = run(given, "C1")
    assert decisions.list.select("action", "slot").rows() == [("must", ""), ("a", "top"), ("b", "side"), ("c", "side")]


RESTS = [("rests", "2026-10-28", True), ("rests", "2026-10-29", False), ("every", "2026-10-29", False)]


@pytest.mark.parametrize(("how", "last", "again"), RESTS)
def test_an_action_rests(how: str, last: str, again: bool) -> None:
    given = strategy([action("a", **{how: "7 days"})], [EMAIL])
    decisions = run(given, "C1", history=contacts(("C1", last, "a", "email")))
    assert bool(lists(decisions)) is again


def test_an_action_rests_after_it_was_declined() -> None:
    given = strategy([action("a", declined="1 month")], [EMAIL])
    schema: dict[str, Any] = {"@id": pl.String, "at": pl.Datetime("us"), "action": pl.String, "outcome": pl.String}
    rows = [
        ("C1", datetime(2026, 10, 5), "a", "declined"),
        ("C2", datetime(2026, 10, 4), "a", "declined"),
        ("C3", datetime(2026, 10, 5), "a", "opened"),
    ]
    history = History(None, pl.DataFrame(rows, schema=schema, orient="row"))
    assert list(lists(run(given, "C1 C2 C3", history=history))) == ["C2", "C3"]


def test_after_needs_the_other_action_lately() -> None:
    given = strategy([action("a"), action("b", after="a within 7 days")], [EMAIL])
    past = contacts(("C1", "2026-10-29", "a", "email"), ("C2", "2026-10-28", "a", "email"))
    decisions = run(given, "C1 C2 C3", history=past)
    assert [c for c, actions in lists(decisions).items() if "b/email" in actions] == ["C1"]


def test_a_silence_runs_from_its_date_to_the_day_before_its_end() -> None:
    actions = [action("a", kind="selling"), action("v", kind="service")]
    given = strategy(actions, [EMAIL], silences=[("14 days", "selling")])
    days = [date(2026, 11, 4), date(2026, 10, 22), date(2026, 10, 21), date(2026, 11, 5), None]
    decisions = run(given, "C1 C2 C3 C4 C5", policy__silence_to_1=days)
    assert [c for c, actions in lists(decisions).items() if "a/email" in actions] == ["C3", "C4", "C5"]
    assert all("v/email" in actions for actions in lists(decisions).values())


QUIET = [
    ("2026-11-04 19:59", True),
    ("2026-11-04 20:00", False),
    ("2026-11-04 08:59", False),
    ("2026-11-04 09:00", True),
]


@pytest.mark.parametrize(("as_of", "reached"), QUIET)
def test_quiet_hours_apply_when_the_moment_has_a_time(as_of: str, reached: bool) -> None:
    given = strategy([action("a")], [EMAIL], quiet=[(time(20), time(9))])
    assert bool(lists(run(given, "C1", Moment.parse(as_of)))) is reached


def test_a_run_for_a_whole_day_names_the_hours() -> None:
    given = strategy([action("a"), action("b", "web")], [EMAIL, WEB], quiet=[(time(20), time(9))])
    assert run(given, "C1").list.get_column("hours").to_list() == ["09:00–20:00", ""]


def test_history_follows_a_former_name() -> None:
    given = strategy([action("a", rests="7 days", once_called=("old",))], [channel("email", once_called=("mail",))])
    assert lists(run(given, "C1 C2", history=contacts(("C1", "2026-11-03", "old", "mail")))) == {"C2": ["a/email"]}


def test_every_gate_is_looked_at_and_the_unknown_ones_are_told_apart() -> None:
    given = strategy([action("a")], [EMAIL])
    decisions = run(given, "C1", a__segment=[False], a__when=[None], a__unless_to_1=[True], a__score_to_email=[None])
    assert decisions.why_not("C1")["a"] == (("segment", "when", "unless", "score"), ("when", "score"))
    free = run(given, "C1", a__unless_to_1=[None])
    assert free.why_not("C1")["a"] == (("unless",), ("unless",))


def test_a_decision_holds_for_a_week_or_until_what_it_takes_ends() -> None:
    actions = [action("a"), action("b", "phone"), action("c", ends=date(2026, 11, 5))]
    given = strategy(actions, [EMAIL, channel("phone", capacity="5 per week")])
    found = dict(run(given, "C1").list.select("action", "valid_to").rows())
    assert found == {"a": date(2026, 11, 10), "b": date(2026, 11, 8), "c": date(2026, 11, 5)}


def test_ids_of_decisions_stay_and_differ_by_customer_and_action() -> None:
    given = strategy([action("a"), action("b")], [EMAIL])
    ids = run(given, "C1 C2").list.get_column("decision_id").to_list()
    assert len(set(ids)) == 4
    assert run(given, "C2 C3").list.filter(customer="C2").get_column("decision_id").to_list() == ids[2:]
