"""The built model: complete, valid, and named so that moved lines and comments change nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from stratagem.dsl.check import context
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import MISSING
from stratagem.dsl.model.base import Formula, Part
from stratagem.dsl.model.schema import json_schema, pydantic_model
from stratagem.dsl.model.strategy import Strategy
from stratagem.dsl.model.written import HIDDEN, as_data
from stratagem.dsl.pipeline import check_text, load_strategy
from stratagem.dsl.record import names, replace
from tests.check.case_files import SOUND
from tests.tools.house import ROOT

COFFEE = ROOT / "strategies/coffee/bean_club.strategy"


def built(text: str) -> Strategy:
    checked = check_text(text)
    assert checked.strategy is not None, checked.diagnostics
    return checked.strategy


def formulas(part: Any) -> list[Formula]:
    """Every formula of a model."""
    if isinstance(part, Formula):
        return [part]
    if isinstance(part, Part):
        return [f for name in names(part) for f in formulas(getattr(part, name))]
    values = part.values() if isinstance(part, dict) else part if isinstance(part, tuple) else ()
    return [f for value in values for f in formulas(value)]


def unwritten(part: Any) -> Any:
    """A model as plain values, to be validated anew."""
    if isinstance(part, Part):
        return {name: unwritten(getattr(part, name)) for name in names(part) if name not in HIDDEN}
    if isinstance(part, tuple):
        return tuple(unwritten(item) for item in part)
    return {k: unwritten(v) for k, v in part.items()} if isinstance(part, dict) else part


@pytest.mark.parametrize("text", [SOUND, COFFEE.read_text("utf-8")], ids=["sound", "coffee"])
def test_every_field_of_the_model_holds_what_its_type_says(text: str) -> None:
    strategy = built(text)
    again = pydantic_model().model_validate(unwritten(strategy))
    assert again.header.name == strategy.name  # type: ignore[attr-defined]
    assert all(f.text and f.clause_id and f.expr.type != MISSING for f in formulas(strategy))
    jsonschema.validate(json.loads(json.dumps(as_data(strategy))), json_schema())


def test_a_wrong_type_in_the_model_would_not_go_unnoticed() -> None:
    strategy = built(SOUND)
    wrong = replace(strategy, header=replace(strategy.header, owner=7))
    with pytest.raises(ValidationError, match="owner"):
        pydantic_model().model_validate(unwritten(wrong))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(as_data(wrong))), json_schema())


def test_every_node_of_every_tree_knows_its_kind_and_place() -> None:
    for formula in formulas(built(SOUND)):
        for expr in formula.expr.walk():
            assert expr.type != MISSING, formula.text
            assert expr.span.file or formula.clause_id.startswith("decide.rank"), formula.text


def test_the_worked_example_is_read_as_it_is_meant() -> None:
    strategy = built(COFFEE.read_text("utf-8"))
    assert [s.name for s in strategy.segments] == ["prospects", "unhappy"]
    assert strategy.main_value is not None and strategy.main_value.name == "lifetime_value"
    assert strategy.channel("email").address.name == "households.email"  # type: ignore[union-attr]
    assert [r.name for r in strategy.action("refill_reminder").segments] == ["platinum", "gold"]  # type: ignore[union-attr]
    gold = strategy.all_tiers[1]
    assert (gold.tiers, gold.bound, gold.threshold and gold.threshold.text) == ("tier", "from", "120 EUR")
    assert [(m.name, m.owner_kind, m.owner) for m in strategy.metrics][:2] == [
        ("platinum_kept", "tier", "tier.platinum"),
        ("gold_orders", "tier", "tier.gold"),
    ]
    assert strategy.goal("more_members").measured_by.name == "first_orders"  # type: ignore[union-attr]
    assert [g.kind for g in strategy.tests[0].given] == [*["fact"] * 4, *["field"] * 3, "fact", "stage"]


def test_is_not_a_tier_names_the_others_so_that_it_is_false_outside_all() -> None:
    text = SOUND.replace("  when visits >= 1\n", "  when tier is not gold\n")
    condition = built(text).action("hello").when.expr  # type: ignore[union-attr]
    assert isinstance(condition, tree.InTier)
    assert condition.names == ("top_tier", "basic", "costly")


def test_a_name_opposite_a_choice_is_its_value_on_either_side() -> None:
    for written in ("reason is price", "price is reason", 'reason is "price"', "reason is one of (price)"):
        text = SOUND.replace("  when visits >= 1\n", f"  when {written}\n")
        condition = built(text).action("hello").when.expr  # type: ignore[union-attr]
        assert [c.value for c in condition.walk() if isinstance(c, tree.Constant)] == ["price"], written


def test_look_ups_and_the_identity_are_read_by_their_keys() -> None:
    buys = next(m for m in built(SOUND).measures if m.name == "buys_tea")
    refs = [(r.source, r.path) for r in buys.formula.expr.walk() if isinstance(r, tree.RowRef)]
    assert refs == [("orders", ("product", "category"))]
    text = SOUND.replace("  when visits >= 1\n", '  when id starts with "A"\n')
    condition = built(text).action("hello").when.expr  # type: ignore[union-attr]
    assert any(isinstance(e, tree.IdentityRef) for e in condition.walk())


def test_every_part_is_found_below_the_strategy(monkeypatch: pytest.MonkeyPatch) -> None:
    strategies = [built(SOUND), built((ROOT / "strategies" / "starter" / "shop.strategy").read_text("utf-8"))]
    found = [list(map(id, context.below(strategy))) for strategy in strategies]
    assert found == [list(map(id, _all_parts(strategy))) for strategy in strategies]
    monkeypatch.setattr(context, "_HOLDING", {})
    monkeypatch.setattr(context, "_SIMPLE", context._SIMPLE | {"Formula"})
    assert found != [list(map(id, context.below(strategy))) for strategy in strategies], "fields left out are seen"


def _all_parts(part: Part) -> Iterator[Part]:
    """The part and all in it, looked for in every field."""
    yield part
    for name in names(part):
        value = getattr(part, name)
        items = value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,)
        for item in items:
            if isinstance(item, Part):
                yield from _all_parts(item)


def test_a_rank_is_there_when_none_is_written() -> None:
    text = SOUND.replace("  rank by chance * worth * weight - cost\n", "")
    without, written = built(text).decide.rank, built(SOUND).decide.rank
    assert without is not None and written is not None
    assert without.text == written.text
    assert without.clause_id == written.clause_id


def shuffled_layout(text: str) -> str:
    """The same strategy with comments, blank lines, docs and other blanks."""
    lines = []
    for line in text.split("\n"):
        lines += ["", "# a remark"] if line.startswith(("action", "segment ")) else []
        lines.append(
            re.sub(r" (when|=|is) ", r"  \1  ", line) + "  # why" if line.startswith(("measure", "value")) else line
        )
    return "\n".join(lines)


def test_layout_and_comments_change_neither_hash_nor_clause_ids() -> None:
    strategy, other = built(SOUND), built(shuffled_layout(SOUND))
    assert other.hash == strategy.hash
    assert [f.clause_id for f in formulas(other)] == [f.clause_id for f in formulas(strategy)]


def test_moved_lines_keep_their_clause_ids() -> None:
    lines = SOUND.split("\n")
    start = lines.index('action call "Call"')
    end = lines.index('question why "Why so few?"')
    moved = "\n".join([*lines[:20], "", *lines[20:start], *lines[end:], "", *lines[start:end]])
    ids = {f.clause_id for f in formulas(built(SOUND))}
    assert {f.clause_id for f in formulas(built(moved))} == ids


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("visits >= 1", "visits >= 2"),
        ("rests 30 days", "rests 31 days"),
        ('subject "Hello"', 'subject "Hallo"'),
        ("hold out 10%", "hold out 11%"),
        ("limit 2 per 7 days\n", "limit 2 per 8 days\n"),
    ],
)
def test_what_changes_a_decision_changes_the_hash(old: str, new: str) -> None:
    assert SOUND.count(old) >= 1
    assert built(SOUND.replace(old, new)).hash != built(SOUND).hash


def test_tests_and_waivers_leave_the_hash_alone() -> None:
    start = SOUND.index('test "A quiet gold customer is called"')
    assert built(SOUND[:start]).hash == built(SOUND).hash


def test_clause_ids_read_well_and_are_the_texts_own() -> None:
    strategy = built(SOUND)
    hello = strategy.action("hello")
    assert hello is not None and hello.when is not None
    assert re.fullmatch(r"action\.hello\.when:[0-9a-f]{6}", hello.when.clause_id)
    found = formulas(strategy)
    by_id = {f.clause_id: f.text for f in found}
    assert all(by_id[f.clause_id] == f.text for f in found)


def test_values_know_where_they_were_written() -> None:
    strategy = built(SOUND)
    hello = strategy.action("hello")
    assert hello is not None
    span = hello.place("hold_out")
    assert SOUND.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1] == "10%"
    assert hello.place("phase") == hello.at


def test_the_model_is_written_as_json_without_places_in_trees() -> None:
    text = json.dumps(as_data(built(SOUND)))
    assert '"tree"' not in text and "_places" not in text
    assert '"24 EUR per year"' in text


def test_a_copy_of_a_strategy_in_its_folder_is_one_finding(tmp_path: Any) -> None:
    (tmp_path / "a.strategy").write_text(SOUND, "utf-8")
    (tmp_path / "b.strategy").write_text(SOUND, "utf-8")
    [found] = load_strategy(tmp_path).diagnostics
    assert (found.code, found.span.file.rpartition("/")[2], found.fixes) == ("S401", "b.strategy", ())
    assert "in one folder" in words(found).help
    (tmp_path / "b.strategy").write_text(SOUND[SOUND.index("\ncustomer ") :], "utf-8")
    again = [d.code for d in load_strategy(tmp_path).diagnostics]
    assert again.count("S263") > 10, "without a head it is a part of the strategy, and says all twice"


def test_a_strategy_of_several_files_is_one(tmp_path: Any) -> None:
    middle = SOUND.index("channel mail")
    (tmp_path / "a.strategy").write_text(SOUND[:middle], "utf-8")
    (tmp_path / "b.strategy").write_text(SOUND[middle:], "utf-8")
    checked = load_strategy(tmp_path)
    assert {d.code[0] for d in checked.diagnostics} <= {"L"}
    assert checked.strategy is not None and checked.strategy.hash == built(SOUND).hash
    (tmp_path / "c.strategy").write_text('strategy again "Again"\njourney other "Other"\n', "utf-8")
    found = load_strategy(tmp_path)
    assert found.strategy is None
    assert [(d.code, d.span.file.rpartition("/")[2], d.span.line) for d in found.diagnostics] == [
        ("S401", "c.strategy", 1),
        ("S401", "c.strategy", 2),
    ]
