"""Severities from settings, and comments that ignore: what is shown, what is not, and what nothing can hide."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import severity, words
from stratagem.dsl.lint.severities import WrongRule, severities
from stratagem.dsl.pipeline import NO_RULES, Checked, Rules, check_text, load_strategy
from tests.lint.test_cases import SOUND

UNUSED = 'measure yearly "Yearly" = count of orders in last 12 months'
WARNED = SOUND.replace("  margin 3 EUR\n", "  margin 30 EUR\n").replace("decide\n", f"{UNUSED}\ndecide\n", 1)
"""A margin above the price (S407), and a measure that nothing reads (L043)."""
BROKEN = WARNED + '\nmeasure broken "Broken" = nothing_of_that_name\n'


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [d.code for d in found]


def checked(text: str, rules: Rules = NO_RULES) -> Checked:
    return check_text(text, rules=rules)


# ---- severities ----


def test_settings_set_severities_by_code_and_by_name() -> None:
    rules = severities({"unused-measure": "error", "S407": "note"})
    assert rules == {"L043": "error", "S407": "note"}
    found = checked(WARNED, rules)
    assert {d.code: severity(d) for d in found.diagnostics} == {"L043": "error", "S407": "note"}
    assert {d.code: words(d).severity for d in found.diagnostics} == {"L043": "error", "S407": "note"}


def test_what_settings_make_an_error_leaves_a_strategy_that_can_be_carried_out() -> None:
    found = checked(WARNED, {"L043": "error"})
    assert found.strategy is not None and found.errors == ()


def test_what_is_off_is_not_found() -> None:
    assert codes(checked(WARNED, {"L043": "off"}).diagnostics) == ["S407"]
    assert codes(checked(WARNED, {"S407": "off", "L043": "off"}).diagnostics) == []


def test_an_error_of_the_language_stays_one() -> None:
    for wanted in ("off", "note"):
        found = checked(BROKEN, {"S261": wanted})  # type: ignore[dict-item]
        assert [(d.code, severity(d)) for d in found.diagnostics if d.code == "S261"] == [("S261", "error")]
        assert found.strategy is None


@pytest.mark.parametrize(
    ("table", "message", "help_"),
    [
        ({"L999": "off"}, "no rule 'L999'", "did you mean"),
        ({"unused-mesure": "off"}, "no rule 'unused-mesure'", "'unused-measure'"),
        ({"zzz": "off"}, "no rule 'zzz'", "stratagem docs"),
        ({"S261": "off"}, "error of the language", "take the line out"),
        ({"L043": "fatal"}, "is set to 'fatal'", "'error', 'warning', 'note', 'off'"),
        ({"L043": True}, "is set to True", "'error'"),
        ({"L043": "off", "unused-measure": "note"}, "set already", "one of the two"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(table: dict[str, object], message: str, help_: str) -> None:
    with pytest.raises(WrongRule, match=message) as refused:
        severities(table)
    assert help_ in refused.value.help


# ---- comments ----


def test_a_comment_moves_a_finding_to_what_is_ignored() -> None:
    text = WARNED.replace(UNUSED, f"{UNUSED}  # ignore L043 because the board asks for it")
    found = checked(text)
    assert (codes(found.diagnostics), codes(found.ignored), found.waived) == (["S407"], ["L043"], ())


def test_a_comment_at_a_line_s_end_covers_that_line_and_no_other() -> None:
    two = f'{UNUSED}  # ignore L043 because of the board\nmeasure monthly "Monthly" = count of orders'
    found = checked(WARNED.replace(UNUSED, two))
    assert (codes(found.diagnostics), codes(found.ignored)) == (["S407", "L043"], ["L043"])


def test_a_comment_above_a_block_covers_the_block_and_nothing_after_it() -> None:
    text = WARNED.replace("offer starter", "# ignore S407 because the maker pays\noffer starter")
    assert (codes(checked(text).diagnostics), codes(checked(text).ignored)) == (["L043"], ["S407"])
    elsewhere = WARNED.replace("journey path", "# ignore S407 because the maker pays\njourney path")
    assert sorted(codes(checked(elsewhere).diagnostics)) == ["L043", "L098", "S407"]


def test_no_comment_hides_an_error_of_the_language() -> None:
    found = checked(
        BROKEN.replace("nothing_of_that_name", "nothing_of_that_name  # ignore S261 because it comes later")
    )
    assert sorted(codes(found.diagnostics)) == ["L097", "S261", "S407"] and found.strategy is None


def test_what_settings_make_an_error_can_still_be_ignored_in_place() -> None:
    text = WARNED.replace(UNUSED, f"{UNUSED}  # ignore L043 because the board asks for it")
    assert codes(checked(text, {"L043": "error", "S407": "off"}).diagnostics) == []


def test_an_ignored_rule_that_is_off_is_not_called_unused() -> None:
    text = WARNED.replace(UNUSED, f"{UNUSED}  # ignore L043 because the board asks for it")
    assert codes(checked(text, {"L043": "off"}).diagnostics) == ["S407"]


def test_nothing_is_called_unused_while_the_rules_cannot_run() -> None:
    text = BROKEN.replace(UNUSED, f"{UNUSED}  # ignore L043 because the board asks for it")
    assert "L098" not in codes(checked(text).diagnostics)


def test_an_unused_comment_comes_with_a_safe_fix_that_takes_it_out() -> None:
    found = checked(SOUND.replace("decide\n", "decide  # ignore L043 because of the board\n", 1))
    (unused,) = found.diagnostics
    (fix,) = unused.fixes
    assert fix.safe and found.sources["strategy"].slice(fix.edits[0].span) == "  # ignore L043 because of the board"
    above = checked(SOUND.replace("decide\n", "# ignore L043 because of the board\ndecide\n", 1))
    (edit,) = above.diagnostics[0].fixes[0].edits
    assert above.sources["strategy"].slice(edit.span) == "# ignore L043 because of the board\n"


def test_waive_accepts_a_rule_for_the_whole_strategy() -> None:
    found = checked(WARNED + 'waive L043 because "The board asks for it"\n')
    assert (codes(found.diagnostics), codes(found.waived)) == (["S407"], ["L043"])


def test_comments_count_in_the_file_they_stand_in(tmp_path: Path) -> None:
    head, rest = WARNED.split("assume retention", 1)
    (tmp_path / "a.strategy").write_text(head, "utf-8")
    second = "assume retention" + rest.replace(UNUSED, f"{UNUSED}  # ignore L043 because of the board")
    (tmp_path / "b.strategy").write_text(second, "utf-8")
    found = load_strategy(tmp_path, rules={"S407": "off"})
    assert (codes(found.diagnostics), codes(found.ignored)) == ([], ["L043"])
    assert found.ignored[0].span.file.endswith("b.strategy")


def test_a_hash_within_a_text_is_no_comment() -> None:
    text = WARNED.replace('"Yearly"', '"Yearly # ignore L043 because it is a text"')
    assert sorted(codes(checked(text).diagnostics)) == ["L043", "S407"]


def test_the_formatter_keeps_such_comments() -> None:
    from stratagem.dsl.format import format_source
    from stratagem.dsl.source import SourceText

    text = WARNED.replace(UNUSED, f"# ignore L043 because of the board\n{UNUSED}")
    text = text.replace("  margin 30 EUR\n", "  margin 30 EUR   #  ignore S407 because the maker pays\n")
    laid_out = format_source(SourceText("shop.strategy", text))
    assert codes(checked(laid_out).diagnostics) == [] and codes(checked(laid_out).ignored) == ["S407", "L043"]
