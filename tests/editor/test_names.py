"""What a name is, where it stands, and changing it: in formulas, slots, templates, tests and given rows."""

from __future__ import annotations

import pytest

from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText
from stratagem.engine.editor.hover import hover
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.references import definition, highlights, references
from stratagem.engine.editor.rename import CannotRename, rename
from tests.editor.asking import FILE, KIOSK, on

LINES = KIOSK.split("\n")


def said(words: str) -> str:
    found = hover(*on(words))
    return found.text if found is not None else ""


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("when quiet_da|ys > 60", ["measure", "Days since the last visit", "duration", "latest of sales.sold_on",
                                   "2 places", "segment quiet"]),
        ("by spe|nd", ["measure", "What a guest has spent with us lately.", "money in EUR", "sum of sales.amount"]),
        ("{{ first_|name }}!", ["field", "`guests`", "text"]),
        ("heard_from is fri|end", ["choice", "guests.heard_from"]),
        ("for quiet, go|ld", ["tier", "`tier`", 'gold "Gold" from 100 EUR']),
        ("for qui|et, gold", ["segment", "when quiet_days > 60 days"]),
        ("stage = tas|ter", ["stage", "Taster"]),
        ("sum of sal|es.amount", ["source", "many rows per customer", "`amount`"]),
        ("sum of sales.amo|unt", ["field", "`sales`", "money"]),
        ("sold_on 2026-05-01, amo|unt", ["field", "`sales`"]),
        ("  thro|ugh email", ["The channels it may go through", "through phone, email"]),
        ("days si|nce latest", ["How many days from a date"]),
        ("unle|ss heard_from", ["Not unless"]),
        ("in la|st 12", ["A window that ends with the as-of day"]),
    ],
)  # fmt: skip
def test_hover_says_what_a_word_is(words: str, wanted: list[str]) -> None:
    text = said(words)
    assert [part for part in wanted if part not in text] == []


def test_hover_says_what_a_function_does_and_nothing_of_texts() -> None:
    text = f"{KIOSK}\nmeasure m = round(spend, 2)\n"
    found = hover(*on("= rou|nd(spend", text))
    assert found is not None and "**function** `round(" in found.text
    assert said('"Come ba|ck for') == "" and said('"The kio|sk"') == ""


def lines_of(words: str) -> list[int]:
    return [span.line for span in references(*on(words))]


def test_the_definition_of_a_name() -> None:
    for words, line in [
        ("by spe|nd", "measure spend"), ("heard_from is fri|end", "field heard_from"),
        ("through em|ail", "channel email"),
        ("{{ spe|nd | round", "measure spend"), ("overcomes too_d|ear", "hurdle perception"),
        ("serves regu|lars", "goal regulars"), ("at taster, regu|lar", "stage regular"),
        ("is come_b|ack", "action come_back"),
        ("where spe|nd >= 100", "measure spend"), ("supports gro|wth", "objective growth"),
    ]:  # fmt: skip
        [span] = definition(*on(words))
        assert line in LINES[span.line - 1], words
        assert LINES[span.line - 1][span.column - 1 :].startswith(words.partition("|")[0].split()[-1].split(".")[-1])
    assert definition(*on('owner "The ki|osk')) == []


def test_every_place_of_a_name_is_found_and_no_other() -> None:
    wanted = [n for n, line in enumerate(LINES, 1) if "quiet_days" in line]
    assert lines_of("measure quiet_d|ays") == wanted
    assert lines_of("move tas|ter") == [n for n, t in enumerate(LINES, 1) if "taster" in t.replace("first sip", "")]
    gold = [n for n, t in enumerate(LINES, 1) if "gold" in t.replace("gold_share", "")]
    assert lines_of('go|ld "Gold"') == gold
    assert len(references(*on('go|ld "Gold"'), declared=False)) == len(gold) - 1
    assert [f.declares for f in highlights(*on("by spe|nd"))].count(True) == 1


def test_a_goal_and_a_stage_of_one_name_are_kept_apart() -> None:
    text = KIOSK.replace("goal regulars", "goal regular").replace("serves regulars", "serves regular")
    goal, stage = (references(*on(words, text)) for words in ("goal regu|lar", "stage regu|lar"))
    assert len(goal) == 2 and len(stage) == 3 and not set(goal) & set(stage)


def after(words: str, new: str, text: str = KIOSK) -> str:
    edits = rename(*on(words, text), new)
    assert {edit.span.file for edit in edits} <= {FILE}
    return edited(SourceText(FILE, text), edits)


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("measure spe|nd", "turnover"), ("{{ spe|nd | round", "turnover"), ("measure quiet_d|ays", "silent_days"),
        ("field first_n|ame", "given_name"), ("field guest_|id text\n  field seen", "person"),
        ("field amou|nt", "takings"), ("segment qui|et", "sleeping"), ("go|ld \"Gold\"", "golden"),
        ("channel ema|il", "mail"), ("action come_|back", "come_again"), ("stage tast|er", "newcomer"),
        ("hurdle perception too_d|ear", "costly"), ("goal regu|lars", "more"), ("measured by gold_s|hare", "well_off"),
        ("source sal|es", "till"), ("segments ti|er", "rank_of"), ("assume margin_r|ate", "rate_of_margin"),
        ("value worth_a_y|ear", "yearly"), ("objective gro|wth", "growing"),
        ("functions sa|les, ser", "selling_people"),
        ("field categ|ory", "sort"), ("source prod|ucts", "price_list"),
    ],
)  # fmt: skip
def test_a_renamed_strategy_says_the_same(words: str, new: str) -> None:
    old = words.replace("|", "").split()[-1] if "{{" not in words else "spend"
    before, now = check_text(KIOSK), check_text(after(words, new))
    assert sorted(d.code for d in now.diagnostics) == sorted(d.code for d in before.diagnostics), old
    assert now.strategy is not None and new in after(words, new)


def test_a_renamed_field_still_reads_its_column() -> None:
    assert 'field given_name text from "first_name" personal for "greeting"' in after("field first_n|ame", "given_name")
    headed = KIOSK.replace("field amount money", 'field amount money from "Sum"')
    assert 'field takings money from "Sum"\n' in after("field amou|nt", "takings", headed)


def test_history_follows_a_renamed_action() -> None:
    made = after("action come_|back", "come_again")
    assert 'action come_again "Come back for a coffee"\n  once called come_back\n' in made
    again = after("action come_|again", "come_back", made)
    assert again.count("once called") == 1
    assert "once called" not in after("measure spe|nd", "turnover")


@pytest.mark.parametrize(
    ("words", "new", "because"),
    [
        ("measure spe|nd", "quiet_days", "already"),
        ("measure spe|nd", "gold", "already"),
        ("measure spe|nd", "first_name", "already"),
        ("field first_n|ame", "seen_on", "already"),
        ("measure spe|nd", "if", "word of the language"),
        ("measure spe|nd", "stage", "means something"),
        ("measure spe|nd", "Spend It", "small letters"),
        ("measure spe|nd", "", "small letters"),
        ("heard_from is fri|end", "pal", "value in the data"),
        ("\"The ki|osk\"", "x", "no declared name"),
        ("channel ema|il", "counter", "already"),
    ],
)  # fmt: skip
def test_a_rename_is_refused_with_the_reason(words: str, new: str, because: str) -> None:
    with pytest.raises(CannotRename, match=because):
        rename(*on(words), new)


def test_names_across_files() -> None:
    facts = "measure calm = spend > 3 EUR\n"
    index = Index({"facts.strategy": facts, FILE: KIOSK})
    spans = references(index, "facts.strategy", 1, facts.index("spend") + 2)
    assert {span.file for span in spans} == {"facts.strategy", FILE}
    assert len(spans) == len(lines_of("measure spe|nd")) + 1
    [declared] = definition(index, "facts.strategy", 1, facts.index("spend") + 2)
    assert declared.file == FILE
    assert len({e.span.file for e in rename(index, "facts.strategy", 1, facts.index("spend") + 2, "turnover")}) == 2
    used = Index({"/a/lib/facts.strategy": facts, "/a/main.strategy": 'use "lib/facts.strategy"\n'})
    assert [s.file for s in definition(used, "/a/main.strategy", 1, 10)] == ["/a/lib/facts.strategy"]


def test_names_in_a_half_written_line_are_known_too() -> None:
    opened = "segment open when (quiet_days > 3 days and heard_from"
    text = f"{KIOSK}\nmeasure half = spend + \n{opened}\nmeasure m\n  3 when spend >\n"
    uses = references(*on("measure spe|nd", text))
    lines = text.split("\n")
    assert [lines[u.line - 1].strip() for u in uses][-2:] == ["measure half = spend +", "3 when spend >"]
    assert "Days since" in (hover(*on("when (quiet_d|ays", text)) or pytest.fail("no hover")).text
    made = after("measure spe|nd", "turnover", text)
    assert "measure half = turnover +" in made and "3 when turnover >" in made
    listed = f"{KIOSK}\nsegment email2 when (spend\naction half\n  through email, ,\n"
    assert len(references(*on("channel ema|il", listed))) == len(references(*on("channel ema|il"))) + 1


def test_a_name_that_means_nothing_has_no_places() -> None:
    index = Index({FILE: "measure a = b + \nsegment c when (a and\naction\n"})
    assert references(index, FILE, 1, 13) == [] and hover(index, FILE, 1, 13) is None
    assert len(references(index, FILE, 1, 9)) >= 1
    assert references(index, FILE, 99, 1) == [] and hover(index, FILE, 99, 99) is None
