"""Blocks that are there twice, or say nothing: what is offered for them, put into the text, makes it check."""

from __future__ import annotations

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText
from tests.check.case_files import SOUND

HEAD = 'language 1\nstrategy shop "A small shop"\n  currency EUR\n'
ACTION = (
    'channel stall "The stall" inbound\n'
    'action hello "Hello"\n  kind service\n  serves tea\n  through stall\n  chance = 10%\n  worth = 3 EUR\n'
)


def mended(text: str, code: str, number: int = 0) -> tuple[str, Diagnostic]:
    """The text with the fix of the only finding of that code put in; the finding is gone then."""
    (found,) = (d for d in check_text(text).diagnostics if d.code == code)
    after = edited(SourceText("strategy", text), found.fixes[number].edits)
    left = check_text(after).diagnostics
    assert not any(d.code == code or severity(d) == "error" for d in left), left
    return after, found


def test_two_decides_become_one_and_the_first_one_holds() -> None:
    text = f"""{HEAD}
decide
  at most 3 actions per customer
  hold out 5%

resources
  budget news 300 EUR per month

# once more
decide
  at most 2 actions per customer
  # the score alone
  rank by worth
"""
    after, found = mended(text, "S401")
    assert severity(found) == "error" and found.span.line == 13 and found.labels[0].span.line == 5
    assert "assumes that the first holds" in found.fixes[0].title and not found.fixes[0].safe
    assert (
        after
        == f"""{HEAD}
decide
  at most 3 actions per customer
  hold out 5%
  # the score alone
  rank by worth

resources
  budget news 300 EUR per month

# once more
"""
    )


def test_no_line_of_the_second_block_is_lost() -> None:
    unread = f'{HEAD}business\n  earns "Cups"\n\nbusiness\n  gibberish 4 4\n  model "Tea"\n  modle modle\n'
    (found,) = (d for d in check_text(unread).diagnostics if d.code == "S401")
    after = edited(SourceText("strategy", unread), found.fixes[0].edits)
    assert after == f'{HEAD}business\n  earns "Cups"\n  gibberish 4 4\n  model "Tea"\n  modle modle\n\n'


def test_a_second_decide_right_below_the_first_in_a_text_without_a_last_line_end() -> None:
    after, _ = mended(f"{HEAD}decide\n  at most 3 actions per customer\ndecide\n  hold out 5%", "S401")
    assert after == f"{HEAD}decide\n  at most 3 actions per customer\n  hold out 5%"


def test_two_conditions_become_one_and_neither_is_lost() -> None:
    """Who is meant is asked by both; who is left out is left out by either. A sign of a remark may stand in a text."""
    twice = {
        ("  stock 100 per month\n", "  available when ", "visits >= 1", 'kind is "Big account" or consent'):
            'visits >= 1 and (kind is "Big account" or consent)',
        ("", "  excluded when ", "kind is staff", "visits > 1000"): "kind is staff or visits > 1000",
        ("", "  row excluded when ", "quantity <= 0", 'product is "a # b"'): 'quantity <= 0 or product is "a # b"',
    }  # fmt: skip
    for (before, head, one, other), both in twice.items():
        written = before + f"{head}{one}\n"
        text = SOUND if written in SOUND else SOUND.replace(before, written)
        after, found = mended(text.replace(written, f"{written}{head}{other}  # too\n"), "S144")
        assert after == text.replace(written, f"{before}{head}{both}\n")
        assert len(found.fixes) == 1


def test_resources_may_stand_in_several_places() -> None:
    text = f"{HEAD}resources\n  budget a 1 EUR per month\nresources\n  budget b 2 EUR per month\n"
    checked = check_text(text)
    assert not checked.errors and checked.strategy is not None
    assert [budget.name for budget in checked.strategy.resources.budgets] == ["a", "b"]


def test_the_language_comes_first() -> None:
    after, found = mended("# Our shop\n" + HEAD.removeprefix("language 1\n"), "S442")
    assert severity(found) == "note" and found.fixes[0].safe and found.span.line == 2
    assert after == "language 1\n# Our shop\n" + HEAD.removeprefix("language 1\n")


def test_an_empty_goal_is_measured_by_a_figure_there_is_or_taken_out() -> None:
    goal = 'goal more_tea "More tea" supports profit\n'
    text = SOUND.replace("resources\n", goal + "\nresources\n", 1)
    figured, found = mended(text, "S441")
    assert severity(found) == "warning" and figured.partition(goal)[2].startswith("  measured by ")
    assert mended(text, "S441", 1)[0] == text.replace(goal, "")


def test_a_goal_that_others_name_goes_with_the_lines_that_name_it() -> None:
    after, _ = mended(f'{HEAD}goal tea "More tea"\n{ACTION}', "S441")
    assert after == HEAD + ACTION.replace("  serves tea\n", "")
    both = ACTION.replace("serves tea", "serves tea, cake")
    text = f'{HEAD}goal tea "More tea"\ngoal cake "More cake"\n  weight 2\n{both}'
    assert [d.fixes for d in check_text(text).diagnostics if d.code == "S441"] == [()]


def test_fixes_reach_the_last_line_of_a_text_that_has_no_end() -> None:
    assert mended(f"{HEAD}\ndecide", "S441")[0] == f"{HEAD}\n"
    text = HEAD + ACTION.replace("  serves tea\n", "") + 'test "Nothing"'
    (found,) = (d for d in check_text(text).diagnostics if d.code == "S439")
    assert edited(SourceText("strategy", text), found.fixes[0].edits) == f"{text}\n  expect\n    first action is hello"
