"""The rule graph and the plan made from it."""

from functools import cache

import pytest

from stratagem.dsl import check_text
from stratagem.dsl.expressions.speak import speak
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.graph.build import build_graph
from stratagem.engine.graph.walks import downstream, evaluation_order, loops, upstream
from stratagem.engine.plan.build import build_plan
from stratagem.engine.plan.plan import Compute, Plan, Staging, Step, Tiering
from tests.tools.house import ROOT

SMALL = (ROOT / "tests" / "casework" / "small.strategy").read_text("utf-8")


@cache
def strategy(text: str = SMALL) -> Strategy:
    checked = check_text(text)
    assert checked.strategy is not None, [(d.code, str(d.span), dict(d.args)) for d in checked.errors]
    return checked.strategy


def plan(text: str = SMALL) -> Plan:
    return build_plan(strategy(text))


def name(step: Step) -> str:
    return "stage" if isinstance(step, Staging) else step.name


def spoken(text: str = SMALL) -> dict[str, str]:
    return {s.name: speak(s.expr) for s in plan(text).candidates}


def test_every_step_stands_after_what_it_reads() -> None:
    order = evaluation_order(build_graph(strategy()))
    place = {node: i for i, node in enumerate(order)}
    graph = build_graph(strategy())
    for node in order:
        for read in upstream(graph, node) & place.keys():
            assert place[read] < place[node], f"{node} reads {read}"


def test_measures_that_nothing_needs_are_pruned() -> None:
    names = {name(s) for s in plan().facts}
    assert "thirds" not in names and "fruit" not in names
    assert {"spend", "quiet_days", "worth_of", "tier", "cross", "stage", "@excluded"} <= names


def test_a_measure_that_a_message_fills_in_is_kept() -> None:
    message = '  message mail\n    subject "x"\n    body "{{ thirds }}"\n'
    text = SMALL.replace("  rests 30 days\n", f"  rests 30 days\n{message}")
    assert "thirds" in {name(s) for s in plan(text).facts}


def test_the_gates_say_what_the_action_says() -> None:
    columns = spoken()
    assert columns["offer@segment"] == "(tier is best or tier is good) and (no if tier is small else yes)"
    assert columns["offer@unless:1"] == "cross"
    assert columns["thanks@when"] == "quiet_days <= 10 days"
    assert columns["mail@allowed:selling"] == "mail_agreed and email is known"
    assert "till@allowed:selling" not in columns


def test_service_reaches_those_whom_we_do_not_serve() -> None:
    assert spoken()["sorry@segment"] == "cross"


def test_an_action_that_names_an_unserved_tier_may_have_its_members() -> None:
    columns = spoken(SMALL.replace("for best, good", "for best, small"))
    assert columns["offer@segment"] == "tier is best or tier is small"


def test_the_score_is_the_rank_with_the_parts_of_its_channel() -> None:
    assert spoken()["offer@score:mail"] == "((offer@chance * offer@worth) * offer@weight) - offer@cost:mail"
    assert spoken()["offer@cost:mail"] == "0.50 EUR"
    assert spoken()["offer@cost:till"] == "0"


def test_a_chance_worked_out_is_kept_inside_nought_and_one() -> None:
    text = SMALL.replace("  chance = 10%", "  chance = spend / 100 EUR")
    assert spoken(text)["offer@chance"] == "(spend / 100.00 EUR) if (spend / 100.00 EUR) between 0 and 1 else missing"


def test_dates_bind_both_days() -> None:
    text = SMALL.replace("  rests 30 days\n", "  rests 30 days\n  from 2026-11-01 to 2026-11-30\n")
    columns = spoken(text)
    assert columns["offer@dates"] == "(days since 2026-11-01) >= 0 days and (days until 2026-11-30) >= 0 days"


def test_a_metric_counts_only_its_owner_s_customers() -> None:
    metric = "    metric kept = share of customers where quiet_days <= 90 days\n"
    text = SMALL.replace("    stance invest\n", f"    stance invest\n{metric}")
    found = {m.name: speak(m.expr) for m in plan(text).metrics}
    assert found["kept"].endswith("over tier is best")
    assert "over" not in found["many"]


def test_tiers_and_stage_are_steps_of_their_own() -> None:
    kinds = {name(s): type(s) for s in plan().facts}
    assert kinds["tier"] is Tiering and kinds["stage"] is Staging and kinds["spend"] is Compute


@pytest.mark.parametrize(
    ("changed", "touched"),
    [("field:orders.price", "action:offer"), ("measure:quiet_days", "action:thanks"), ("channel:mail", "action:offer")],
)
def test_what_a_change_touches(changed: str, touched: str) -> None:
    assert touched in downstream(build_graph(strategy()), changed)


def test_a_row_formula_s_fields_feed_what_reads_it() -> None:
    assert {"field:orders.pieces", "field:orders.price"} <= upstream(build_graph(strategy()), "measure:spend")


def test_a_look_up_s_key_and_field_feed_what_reads_it() -> None:
    found = upstream(build_graph(strategy()), "measure:fruit")
    assert {"field:products.shelf", "field:products.product", "field:orders.product"} <= found


def test_a_segment_may_lead_to_the_tier_that_it_reads() -> None:
    text = SMALL.replace("when mood is known and mood <= 3\n", "when good and mood <= 3\n  leads to good\n")
    text = text.replace('  good "Good" from 10 EUR\n', '  good "Good" from 10 EUR\n    leads to cross\n')
    assert "leads to good" in text and "leads to cross" in text
    order = evaluation_order(build_graph(strategy(text)))
    assert loops(build_graph(strategy(text))) == []
    assert order.index("tier:tier.good") < order.index("segment:cross")


def test_a_sound_strategy_has_no_loop_and_a_planted_one_is_found() -> None:
    graph = build_graph(strategy())
    assert loops(graph) == []
    graph.add_edge("value:worth_of", "measure:spend", why="reads")
    assert any({"value:worth_of", "measure:spend"} == set(loop) for loop in loops(graph))


def test_a_required_action_has_no_score() -> None:
    text = SMALL.replace("  kind service\n", "  kind required\n")
    text = text.replace("  chance = 50%\n  worth = 20 EUR\n", "")
    found = next(a for a in plan(text).actions if a.action.name == "sorry")
    assert found.score == (None,) and found.chance is None
