"""`stratagem docs`: all that has a name can be asked for, and what is not there is answered with what is near."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.catalogue.formula_words import WORDS, FormulaWord
from stratagem.dsl.diagnostics.pages import codes
from stratagem.dsl.diagnostics.pages.example import assembled
from stratagem.dsl.diagnostics.pages.related import GROUPS, related
from stratagem.dsl.diagnostics.text import texts
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.grammar.line_grammar import RESERVED, TOGETHER
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.templates.vocabulary import FILTERS
from stratagem.engine.cli.topics import lists
from stratagem.engine.cli.topics.find import find, near_names
from stratagem.engine.plug import doors
from stratagem.engine.present.plain import plain
from tests.cli.run import run


def asked(*words: str) -> dict[str, Any]:
    found = run("docs", *words, "--output", "json")
    assert found.code == 0, found.err
    document: dict[str, Any] = json.loads(found.out)
    return document


def test_a_code_is_shown_with_the_message_it_gives_now() -> None:
    shown = run("docs", "s301")
    assert shown.code == 0
    parts = ("S301: ", "error", "Wrong\n", "It says:\n  error S301: ", "| segment big_baskets", "Right\n", "See also")
    assert [part for part in parts if part not in shown.out] == []
    assert "stratagem docs S301" not in shown.out and "\x1b" not in shown.out


def test_it_is_there_for_programs_too() -> None:
    (entry,) = asked("S301")["entries"]
    assert (entry["kind"], entry["name"], entry["severity"]) == ("code", "S301", "error")
    assert "S301" in entry["wrong"][0]["said"] and "said" not in entry["right"][0]
    assert "segment" in entry["statements"] and "S302" in entry["related"]


def test_a_file_beside_an_example_is_shown_with_its_command() -> None:
    shown = run("docs", "D109").out
    assert "products.csv:\n  product,kind" in shown and "$ stratagem check bakery.strategy --data ." in shown
    assert "error D109" in shown


def test_a_line_of_a_block_is_found_by_its_own_words() -> None:
    for typed in ("action.from", "action from"):
        assert [e.name for e in find(typed)] == ["action.dates"], typed
    assert [e.name for e in find("channel limit")] == ["channel.limit"]
    assert find("channel from") == [] and find("") == []


def test_every_statement_word_function_filter_and_question_is_found() -> None:
    names = [s.id for s in STATEMENTS] + [w.word for w in WORDS] + list(FUNCTIONS) + list(FILTERS)
    names += [c.code for f in doors.frameworks().items.values() for c in f.checks]
    for name in names:
        found = find(name)
        assert name in [e.name for e in found], name
        for entry in found:
            assert plain(entry.page()).count("\n") >= 3, name
            json.dumps(entry.document())


def test_what_is_printed_for_programs_is_what_is_published() -> None:
    from jsonschema import Draft202012Validator

    from stratagem.engine.cli.reports.schemas import schema

    published = Draft202012Validator(schema("docs"))
    codes_and_checks = ["S301", "D109", "S105", "P101", "L012", "FIV3", "five_steps"]
    for topic in [*codes_and_checks, "action", "hold out", "round", "sum", "otherwise", "codes", "bakery", "plugins"]:
        assert [e.message[:200] for e in published.iter_errors(asked(*topic.split()))] == [], topic
    assert published.is_valid(asked()) and not published.is_valid({"format_version": 1, "entry": []})


def test_words_are_enough() -> None:
    assert [e.name for e in find("rests")] == ["action.rests"]
    assert {e.name for e in find("limit")} == {"channel.limit", "policy.limit_all", "policy.limit_group"}
    assert [e.name for e in find("sum")] == ["sum of"]
    assert [e.name for e in find("months_since")] == [e.name for e in find("Months  since")] == ["months since"]
    assert [e.kind for e in find("round")] == ["function", "filter"]
    assert "action.hold_out" in [e.name for e in find("hold out")]
    assert "action.kind" in plain(find("action")[0].page()) or "kind selling" in plain(find("action")[0].page())


@pytest.mark.parametrize("name", [*lists.LISTS, "bakery"])
def test_a_list_lists(name: str) -> None:
    shown = run("docs", name)
    assert shown.code == 0 and shown.out.count("\n") > 4
    assert asked(name)["entries"][0]["kind"] == "list"


def test_all_codes_are_listed() -> None:
    shown = run("docs", "--list").out
    assert [code for code in codes() if f"  {code}  " not in shown] == []
    assert {row["code"] for row in asked("--list")["entries"][0]["rows"]} == set(texts())


def test_alone_it_says_what_can_be_asked() -> None:
    shown = run("docs").out
    assert all(f"  {name} " in shown for name in lists.names())
    assert set(asked()["topics"]) == set(lists.names())


@pytest.mark.parametrize(("typed", "near"), [("S3O1", "S301"), ("acton", "action"), ("sums", "sum"), ("rond", "round")])
def test_what_is_not_there_is_answered_with_what_is_near(typed: str, near: str) -> None:
    assert near in near_names(typed)
    found = run("docs", typed)
    assert (found.code, found.out) == (2, "") and near in found.err


def test_several_codes_may_be_asked_for_at_once() -> None:
    assert [e["name"] for e in asked("S301", "D109", "ask3")["entries"]] == ["S301", "D109", "ASK3"]
    assert run("docs", "S301", "S3O3").code == 2 and "'S3O3'" in run("docs", "S301", "S3O3").err
    assert "'rests often'" in run("docs", "rests", "often").err


def test_the_types_of_fields_are_all_there_and_their_examples_sound() -> None:
    from stratagem.dsl.expressions.types import Kind

    rows = asked("types")["entries"][0]["rows"]
    told = {row["type"].split()[0] for row in rows}
    assert told - {"one"} == {str(kind) for kind in Kind} - {"choice", "missing"} and "one" in told
    lines = ['source shown "Shown" from "shown.csv"', "  many per customer by card_id", "  field card_id text"]
    text, _ = assembled("\n".join([*lines, *(f"  {row['example']}" for row in rows)]) + "\n")
    faults = {d.code for d in check_text(text).errors}
    assert faults == set()


def test_figures_are_written_as_their_list_says() -> None:
    rows = asked("units")["entries"][0]["rows"]
    literals = [row["example"] for row in rows if row["written"] != "hours:minutes"]
    shown = [f'assume shown_{n} "Shown" = {literal}' for n, literal in enumerate(literals)]
    assert len(shown) == len(rows) - 1 > 5
    assert {d.code for d in check_text(assembled("\n".join(shown) + "\n")[0]).errors} == set()
    assert check_text(assembled("assume shown = 12,50 EUR\n")[0]).errors


ROWS = [("money", "types"), ("yes_no", "types"), ("EUR", "units"), ("per", "units")]


@pytest.mark.parametrize(("typed", "found"), ROWS)
def test_a_row_of_a_list_leads_to_its_list(typed: str, found: str) -> None:
    assert found in [e.name for e in find(typed)]
    assert [e.name for e in find("tier")][:1] == ["tier.from"]


def test_nothing_near_is_said_too() -> None:
    found = run("docs", "qqqqqqqq")
    assert found.code == 2 and "names the topics" in found.err
    assert run("docs", "--list", "S301").code == 2


def test_related_codes_are_codes_and_none_is_alone_in_its_group() -> None:
    assert [c for group in GROUPS for c in group if c not in texts()] == []
    assert [group for group in GROUPS if len(group) < 2 or len(set(group)) < len(group)] == []
    assert [c for c in texts() if not c.startswith("L") and not related(c)] == []
    assert "S303" in related("S304") and "S304" not in related("S304")


# ---- the words of formulas ----

PUT = {
    "value": 'measure shown "Shown" = {}',
    "condition": 'segment shown "Shown" when {}',
    "figure": 'goal shown "Shown" supports profit\n  measured by {}',
    "cases": 'measure shown "Shown"\n  {}',
    "conditions": 'segment shown "Shown" when {}',
}


def sound(word: FormulaWord) -> bool:
    step = "\n  " if word.place == "cases" else "\n"
    text = PUT[word.place].format(word.example.replace("\n", step))
    if word.place == "figure":
        text = text.replace("measured by ", "measured by shown_figure = ")
    return not check_text(assembled(text + "\n")[0]).errors


@pytest.mark.parametrize("word", WORDS, ids=lambda w: w.word)
def test_the_example_of_a_word_is_sound_and_has_the_word(word: FormulaWord) -> None:
    assert sound(word)
    assert word.word in word.example


def test_an_unsound_example_is_seen() -> None:
    from stratagem.dsl.record import replace

    assert not sound(replace(WORDS[0], example="count of purchase"))


def test_no_word_of_formulas_is_forgotten() -> None:
    told = " ".join(w.word for w in WORDS) + " else when yes no of in"
    assert [w for w in (*RESERVED, *TOGETHER) if w not in told] == []
