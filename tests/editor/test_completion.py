"""What is offered where: each case is a few lines below the kiosk with a `|`, and what is offered there.

A line `all` says that these are all; `first` that these come first; `some` that these are among them; `none` that
nothing is offered.
"""

from __future__ import annotations

import pytest

from stratagem.dsl.catalogue import STATEMENTS, TOP
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText
from stratagem.engine.editor.complete import completions
from stratagem.engine.editor.index import Index
from tests.editor.asking import FILE, KIOSK, labels, offered, taken, whole
from tests.tools.work import work

CASES = {
    "a kind is one of five": ("action a\n  kind |", "all", "selling; marketing; service; newsletter; required"),
    "a channel for an action": ("action a\n  through |", "all", "counter; email"),
    "the next channel of a list is another one": ("action a\n  through email, |", "all", "counter"),
    "stages": ("action a\n  at |", "all", "regular; taster"),
    "a stage half typed": ("action a\n  at reg|", "all", "regular"),
    "whom it is for": ("action a\n  for |", "all", "gold; quiet; rest"),
    "nothing after a finished line": ("action a\n  kind selling |", "none", ""),
    "a goal": ("action a\n  serves |", "all", "regulars"),
    "an objective": ("goal g supports |", "all", "growth"),
    "units of a duration": ("action a\n  rests 30 |", "first", "days; weeks; months"),
    "units of money": ("offer o\n  price 9 |", "all", "EUR"),
    "periods of a limit": ("channel c outbound\n  limit 2 |", "some", "per 7 days; per month"),
    "the fields of a source": ('source s from "f.csv"\n  field a text\n  dated by |\n', "all", "a"),
    "fields declared above the cursor": ('source s from "f.csv"\n  field b date\n\n  dated by |', "all", "b"),
    "types": ('source s from "f.csv"\n  field a |', "some", "number; money; yes_no; one of (…)"),
    "what follows a type": ('source s from "f.csv"\n  field a text |', "some", "from; personal for; missing as"),
    "time zones, past the slash": ("strategy x\n  time zone Europe/Berl|", "all", "Europe/Berlin"),
    "the tiers of a matrix' row": ("matrix m rows tier columns tier\n  tactic |", "all", "gold; rest"),
    "and of its column": ("matrix m rows tier columns tier\n  tactic gold, |", "all", "gold; rest"),
    "a condition may be a block": ("segment s when |", "first", "all of; any of; none of"),
    "names in a condition": ("segment s when quiet_d|", "first", "quiet_days"),
    "comparisons after a duration": ("segment s when quiet_days |", "first", ">=; <=; >; <"),
    "no comparison after yes or no": ("segment s when newsletter |", "all", "and; or; is known; is missing; if"),
    "what a choice can be": ("segment s when heard_from is |", "first", 'friend; press; "a walk past"'),
    "the rest of the choices": ("segment s when heard_from is one of (friend, |", "first", 'press; "a walk past"'),
    "tiers opposite their block": ("segment s when tier is |", "first", "gold; rest"),
    "stages opposite the stage": ("action a\n  when stage is not |", "first", "taster; regular"),
    "choices through an aggregate": ("segment s when latest of sales.product is |", "some", "missing"),
    "choices of the history": ("segment s when any contacts where channel is |", "first", "email; counter"),
    "sources to count": ("measure m = count of |", "first", "sales"),
    "sources to sum, with a point": ("measure m = sum of |", "first", "sales."),
    "fields after the point": ("measure m = sum of sales.|", "some", "amount"),
    "fields after the point, begun": ("measure m = sum of sales.am|", "all", "amount"),
    "fields of a look-up": ("measure m = count of sales where product.|", "some", "category"),
    "a row's fields come first": ("measure m = count of sales where |", "first", "amount; guest_id; product; sold_on"),
    "a window after a many-source": ("measure m = sum of sales.amount |", "first", "in last"),
    "lengths of a window": ("measure m = sum of sales.amount in last |", "first", "12 months"),
    "phrases that read as one word": ("measure m = sum o|", "first", "sum of"),
    "and longer ones": ("measure m = number of d|", "first", "number of different"),
    "days since": ("measure m = days s|", "first", "days since"),
    "functions": ("measure m = coal|", "all", "coalesce"),
    "names of the right kind come first": ("segment s when spend >= |", "first", "spend; worth_a_year"),
    "figures over customers in a metric": ("segment s when quiet\n  metric m = |", "first", "share of customers where"),
    "only assumptions for an assumption": ("assume a = mar|", "all", "margin_rate"),
    "parts of the score": ("decide\n  rank by |", "first", "chance; cost; weight; worth"),
    "cases need a value": ("measure m\n  spe|", "first", "spend"),
    "after the value of a case": ("measure m\n  3 |", "first", "when; otherwise"),
    "the condition of a case": ("measure m\n  3 when heard_from is |", "first", "friend; press"),
    "conditions below all of": ("segment s\n  when all of\n    newsl|", "all", "newsletter"),
    "a tier's bound": ('segments t by spend\n  big "Big" |', "all", "from; top; next; below; otherwise"),
    "given names": ("test t\n  given\n    heard|", "all", "heard_from"),
    "given values": ("test t\n  given\n    tier = |", "all", "gold; rest; missing"),
    "yes or no": ("test t\n  given\n    newsletter = |", "all", "yes; no; missing"),
    "cells of a row": ("test t\n  given\n    sales\n      |", "all", "amount; product; sold_on"),
    "the next cell is another one": ("test t\n  given\n    sales\n      amount 3 EUR, |", "all", "product; sold_on"),
    "what is expected": ("test t\n  expect\n    first |", "all", "first action is; first channel is; first of"),
    "the action expected": ("test t\n  expect\n    first action is |", "all", "come_back"),
    "what may stop an action": ("test t\n  expect\n    no action come_back because |", "some", "stage; quiet"),
    "names in a message": ('action a\n  message email\n    body "Hi {{ first|', "all", "first_name"),
    "filters in a message": ('action a\n  message email\n    body "Hi {{ spend | rou|', "all", "round"),
    "statements in a message": ('action a\n  message email\n    body "{% |', "all", "if; elif; else; endif"),
    "nothing in a plain text": ('action a "Some |', "none", ""),
    "nothing in a message's plain text": ('action a\n  message email\n    body "Hi |', "none", ""),
    "nothing in a comment": ("# what a |", "none", ""),
    "nothing in a comment behind a line": ("action a # th|", "none", ""),
    "nothing below a line that takes none": ("language 1\n  |", "none", ""),
    "no name for a new name": ("measure |", "none", ""),
    "assumptions of a scenario": ("scenario s\n  assume |", "all", "margin_rate"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_completion(name: str) -> None:
    text, how, said = CASES[name]
    wanted = said.split("; ")
    found = labels(text)
    if how == "none":
        assert found == []
    elif how == "all":
        assert sorted(found) == sorted(wanted)
    elif how == "first":
        assert found[: len(wanted)] == wanted or sorted(found[: len(wanted)]) == sorted(wanted)
    else:
        assert set(wanted) <= set(found)


def test_every_statement_is_offered_in_its_block_with_its_meaning() -> None:
    index = Index({FILE: ""})
    items = {item.label: item for item, _ in completions(index, FILE, 1, 1).items}
    from stratagem.dsl.catalogue import first_words

    for statement in (s for s in STATEMENTS if TOP in s.under):
        words = " ".join(first_words(statement))
        assert statement.meaning in items[words].doc and statement.example.splitlines()[0] in items[words].doc


def test_what_may_stand_once_is_not_offered_twice() -> None:
    assert "kind" in labels("action a\n  |")
    assert "kind" not in labels("action a\n  kind selling\n  |")
    assert "kind" not in labels("action a\n  |\n  kind selling\n")
    assert "customer" not in labels("|") and "action" in labels("|")


def test_taking_an_item_leaves_a_line_that_reads_on() -> None:
    assert taken("action a\n  chance = round(spe|", "spend") == "  chance = round(spend"
    assert taken("action a\n  through em|ail", "email") == "  through email"
    assert taken("measure m = sum o|", "sum of") == "measure m = sum of "
    assert taken("measure m = sum of sales.am|", "amount") == "measure m = sum of sales.amount"
    assert taken("strategy x\n  time zone Europe/Be|", "Europe/Berlin") == "  time zone Europe/Berlin"
    assert taken("act|", "action") == 'action ${1:name} "${2:text}"\n  $0'
    assert taken("action a\n  f|", "from") == "  from ${1:2026-11-02} to ${2:2026-11-02}"


def test_a_broken_file_around_the_cursor_does_no_harm() -> None:
    noise = 'measure broken = = ((\n  "open\n\tfor\n)\naction\n  when and or\n'
    index, file, line, column = whole(f"{noise}{KIOSK}\nchannel \naction a\n  through |\n  when (\n{noise}")
    assert {item.label for item, _ in completions(index, file, line, column).items} == {"counter", "email"}


def test_any_place_of_any_half_of_a_file_has_an_answer() -> None:
    whole_one = Index({FILE: KIOSK})
    for cut in range(0, len(KIOSK), 11):
        text = KIOSK[:cut]
        line = text.count("\n") + 1
        completions(Index({FILE: text}), FILE, line, len(text) - text.rfind("\n"))
        completions(whole_one, FILE, line, 3)


def test_places_outside_the_text_are_its_end() -> None:
    index = Index({FILE: "action a\n  kind "})
    assert completions(index, FILE, 99, 99).items
    assert completions(index, FILE, 0, 0).items


def test_ten_thousand_lines_are_not_read_anew() -> None:
    many = "".join(
        f'measure m{n} "M" = sum of sales.amount in last 3 months where amount > {n} EUR\n'
        f'segment s{n} "S" when m{n} >= {n} EUR and not quiet\n  stance grow\n  priority {n}\n'
        for n in range(2475)
    )
    text = f"{KIOSK}\n{many}"
    Index({FILE: text}).names  # noqa: B018 (opened once)
    before, after = text[: len(text) // 2].rpartition("\nmeasure")[0], text[len(text) // 2 :].partition("\nsegment")[2]
    typed = f"{before}\naction zz\n  when m12"
    texts = {FILE: f"{typed}\nsegment{after}"}
    found = completions(Index(texts), FILE, typed.count("\n") + 1, 11)
    assert found.items and all(item.label.startswith("m") for item, _ in found.items)
    typing = work(lambda: completions(Index({FILE: texts[FILE] + "\n"}), FILE, typed.count("\n") + 1, 11))
    reading = work(lambda: parse(SourceText(FILE, text)))
    assert typing < reading / 5, "not everything is read anew"


def test_the_items_are_bounded() -> None:
    text = KIOSK + "".join(f'segment s{n} "S" when quiet\n' for n in range(900)) + "\naction a\n  for |"
    index, file, line, column = whole(text)
    found = completions(index, file, line, column)
    assert found.more and len(found.items) == 200
    assert not offered("action a\n  for |").more
