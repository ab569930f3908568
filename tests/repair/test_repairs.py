"""What is offered for names and kinds that do not hold together, tried out: `repairs.md` says what must come of it."""

from __future__ import annotations

import re

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.lint.catalogue import RULES
from stratagem.dsl.pipeline import Checked, check_text
from stratagem.dsl.repair import repaired
from tests.check.case_files import SOUND, patched
from tests.repair import PAGE

CASES = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.M | re.S)
FILE = "strategy"
GREETING = """\
language 1
strategy shop "A small shop"
  currency EUR

customer person "Whoever buys"
  identified by id

source people "The list" from "people.csv"
  one per customer by id
  field id text
  field visits number

channel stall "The stall" inbound

goal tea "More tea"
action hello "Hello"
  kind service
  serves tea
  through stall
  chance = 10%
  worth = 3 EUR
  message stall
    body "Hello {{ moonstruck }}"
"""


def check(text: str) -> Checked:
    """What is found without the rules, which also speak of what is left unread."""
    return check_text(text, FILE, rules=dict.fromkeys(RULES, "off"))


def changed(rest: str, title: str) -> str:
    """The sound strategy with the case's lines changed."""
    text = SOUND
    for diff in re.findall(r"```diff\n(.*?)```", rest, re.S):
        text, _ = patched(text, diff, frozenset(), title)
    return text


def first(checked: Checked) -> Diagnostic:
    """The finding that a strategist begins with."""
    return next(iter(checked.errors or checked.diagnostics))


@pytest.mark.parametrize(("title", "rest"), CASES, ids=[title for title, _ in CASES])
def test_the_first_fix_leads_where_it_should(title: str, rest: str) -> None:
    text = changed(rest, title)
    checked = check(text)
    found = first(checked)
    assert found.code == re.findall(r"^finds (\w+)$", rest, re.M)[0]
    if "\noffers nothing" in rest:
        assert found.fixes == ()
        return
    mended = edited(checked.sources[FILE], found.fixes[0].edits)
    again = check(mended)
    assert [(d.code, d.span) for d in again.errors] == []
    assert not any(d.code == found.code and d.span == found.span for d in again.diagnostics)
    lines = [line.strip() for line in mended.split("\n")]
    assert [line for line in re.findall(r"^writes `(.+)`$", rest, re.M) if line not in lines] == []
    if not found.fixes[0].title.startswith("Exchange") and found.code not in ("S139", "S153", "S301", "S430"):
        assert "this assumes" in found.fixes[0].title


def test_nothing_is_guessed_among_several() -> None:
    text = SOUND.replace('measure warmth "How warm"', 'measure liking "How warm"')
    text = text.replace("assume retention = 70%", "assume retention = 70%\nassume spare = 3")
    titles = [fix.title for fix in first(check(text)).fixes]
    assert titles and not any("liking" in title or "spare" in title for title in titles)


def test_who_is_meant_is_never_guessed() -> None:
    text = SOUND.replace("  for gold as at 2026-01-01", "  for moonstruck as at 2026-01-01")
    others = 'segment old "Old" when visits > 9\n\nsegment older "Older" when visits > 19\n\nquestion why'
    assert first(check(text.replace("question why", others))).fixes == ()


def test_all_places_of_a_name_are_one_finding() -> None:
    text = SOUND.replace('measure quiet_days "Days', 'measure silence_of "Days')
    checked = check(text)
    places = text.count("quiet_days")
    assert places > 1
    assert len(checked.errors) == 1
    assert len(checked.errors[0].fixes[0].edits) == places


def test_trials_leave_nothing_behind() -> None:
    """What is declared for a trial is taken away again: working out the repairs twice gives the same."""
    from stratagem.dsl.model.build import build
    from stratagem.dsl.parse import parse
    from stratagem.dsl.resolve.findings import Findings
    from stratagem.dsl.source import SourceText

    for title, rest in CASES:
        source = SourceText(FILE, changed(rest, title))
        findings = Findings()
        built = build(parse(source).nodes, findings, {FILE: source})
        once = repaired(findings.found, built, {FILE: source})
        assert repaired(findings.found, built, {FILE: source}) == once


def test_so_much_is_wrong_that_only_places_are_brought_together() -> None:
    lines = [f"segment s{n} when moonstruck_{n} and moonstruck_{n} is known" for n in range(60)]
    checked = check(SOUND + "\n" + "\n".join(lines) + "\n")
    unknown = [d for d in checked.errors if d.code == "S261"]
    assert len(unknown) == 60
    assert 0 < sum(bool(d.fixes) for d in unknown) < 60


def test_a_name_that_only_a_message_shows_is_told_the_same_way_beside_another_finding() -> None:
    text = SOUND.replace("{{ quiet_days }}", "{{ moonstruck }} and {{ moonstruck }}")
    (alone,) = check(text).errors
    (beside,) = (d for d in check(text.replace("unless unhappy", "unless unhapy")).errors if d.code == "S482")
    assert (alone.code, alone.fixes, alone.labels) == (beside.code, beside.fixes, beside.labels)
    assert [edit.text for edit in alone.fixes[0].edits] == ["buys_tea", "buys_tea"]


def test_a_misspelt_name_in_a_message_has_one_way_out() -> None:
    (found,) = check(GREETING.replace("moonstruck", "visit")).errors
    assert found.near == ("visits",) and found.labels[0].text == "`visits` is declared here, and read nowhere"
    assert [edit.text for fix in found.fixes for edit in fix.edits] == ["visits"]


def test_a_field_that_nobody_reads_is_not_guessed_from_a_message() -> None:
    """`visits` is the one thing that is read nowhere, which is usual for a field, and any field can be shown."""
    (found,) = check(GREETING).errors
    assert found.code == "S482"
    assert [fix.edits[0].text.split()[:2] for fix in found.fixes] == [["field", "moonstruck"]]


TIERS = """\
assume margin = 40%

value yearly_margin "A year" = visits * margin

segments tier "Tiers" by yearly_margin
  best "Best" from 20 EUR
    stance keep
  small "Small" otherwise
    stance keep

goal tea"""


def test_what_a_field_of_no_known_kind_explains_is_not_asked_of_an_assumption_again() -> None:
    """The bound of the tier does not fit: the field is told first, and nothing is left that `margin` could explain."""
    text = GREETING.replace("field visits number", "field visits share_of_firm").replace("goal tea", TIERS)
    found = first(check(text))
    assert (found.code, found.near) == ("S132", ("share",))


def test_the_day_of_the_rows_is_known_where_what_is_worked_out_from_it_lacks_its_unit() -> None:
    text = SOUND.replace("  field bought_on date\n", "").replace("quiet_days > 200 days", "quiet_days > 200")
    found = next(d for d in check(text).errors if d.code == "S266")
    again = check(edited(check(text).sources[FILE], found.fixes[0].edits))
    assert {d.code for d in again.errors} == {"S303"}


def test_a_field_of_another_source_is_not_to_blame_for_the_kind_of_a_measure() -> None:
    """`notes.amount` is read nowhere: that the measure reads `orders.amount` and `notes.words` says nothing of it."""
    odd = 'measure odd "Odd" = (sum of orders.amount) * (count of notes where notes.words is "x")\n\nvalue margin'
    text = SOUND.replace("  field words text", "  field words text\n  field amount number")
    text = text.replace("\nvalue margin", odd, 1).replace("when visits >= 1", "when odd >= 1")
    (found,) = check(text).errors
    assert found.code == "S301" and [fix.title for fix in found.fixes] == ["Write the unit: 1 EUR"]


def test_a_figure_below_zero_keeps_its_sign_among_what_stands_for_missing() -> None:
    checked = check(SOUND.replace("  field visits number", "  field visits number missing as (-1, 999)"))
    assert checked.strategy is not None
    (field,) = (f for source in checked.strategy.sources for f in source.fields if f.name == "visits")
    assert field.missing_as == ("-1", "999")


def test_a_case_that_never_wins_moves_above_the_one_that_does() -> None:
    cases = "  1 when rating >= 3\n  2 when rating >= 9\n  0 otherwise\n"
    text = SOUND.replace('measure warmth "How warm" = 90 if rating >= 9 else 40', f'measure warmth "How warm"\n{cases}')
    (found,) = (d for d in check_text(text, FILE).diagnostics if d.code == "L013")
    mended = edited(check(text).sources[FILE], found.fixes[0].edits)
    assert "  2 when rating >= 9\n  1 when rating >= 3\n  0 otherwise" in mended
    assert not any(d.code == "L013" for d in check_text(mended, FILE).diagnostics)


def test_a_message_without_a_body_says_what_the_other_one_says() -> None:
    text = SOUND.replace("  message phone\n", "  message mail\n  message phone\n")
    (found,) = (d for d in check(text).diagnostics if d.code == "S478")
    assert found.fixes[0].edits[0].text == '    body "{% if quiet_days %}Ask what changed.{% endif %}"\n'


def test_a_field_of_a_row_given_twice_has_two_ways_out() -> None:
    text = SOUND.replace(", quantity 2, unit", ", quantity 2, quantity 3, unit")
    (found,) = (d for d in check(text).errors if d.code == "S496")
    mended = [edited(check(text).sources[FILE], fix.edits) for fix in found.fixes]
    assert mended == [SOUND, SOUND.replace("quantity 2, unit", "quantity 3, unit")]


MESSAGE = """\
  message phone
    body "{% if quiet_days %}Ask what changed.{% endif %}"
"""
QUIET = '    body "You have been quiet."\n'
HEADS = [
    ("  portrait\n    need", "  need", "S297"),
    (f"  message mail\n{QUIET}{MESSAGE}", f"{QUIET}{MESSAGE}", "S297"),
    ("  one per customer by id\n  dated by updated_on", "  one per customer\n  dated by updated_on", "S128"),
]
"""What stands in a sound strategy, the same with a line or its end gone, and what is found first."""


@pytest.mark.parametrize(("sound", "wrong", "code"), HEADS)
def test_a_line_that_others_stand_under_comes_back(sound: str, wrong: str, code: str) -> None:
    whole = SOUND if sound in SOUND else SOUND.replace(MESSAGE, sound)
    text = whole.replace(sound, wrong)
    found = first(check(text))
    assert (text != whole, found.code) == (True, code)
    assert edited(check(text).sources[FILE], found.fixes[0].edits) == whole
