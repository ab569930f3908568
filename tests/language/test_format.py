"""The formatter changes layout only, keeps every comment, and formatting twice is formatting once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratagem.dsl.catalogue import STATEMENTS, TOP
from stratagem.dsl.catalogue.statement import Statement
from stratagem.dsl.format import format_source
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText
from tests.language.sample import inside, placed
from tests.language.test_cases import ALL, CaseText

LIBRARY = sorted((Path(__file__).parents[2] / "strategies").rglob("*.strategy"))


def fmt(text: str) -> str:
    return format_source(SourceText("f", text))


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_the_strategies_that_come_along_are_in_canonical_layout(path: Path) -> None:
    text = path.read_text("utf-8")
    assert parse(SourceText("f", text)).diagnostics == ()
    assert fmt(text) == text


def test_a_sign_stands_before_its_bracket() -> None:
    """With a blank between them the line of a case would begin like an item of a list, and be taken for one."""
    cases = 'measure a "A"\n  {}(b + 3) when b > 3\n  b otherwise\n'
    assert fmt(cases.format("-")) == cases.format("-")
    assert [d.code for d in parse(SourceText("f", cases.format("- "))).diagnostics] == ["S129"]
    assert fmt('measure a "A" = - ( b+3 ) - ( 2 )\n') == 'measure a "A" = -(b + 3) - (2)\n'


def test_spacing_indentation_and_blank_lines() -> None:
    untidy = '''

## What it is.
strategy  x   "X"   # why


    owner "me,   you"
# aside
measure a "A"=-  5*( b+3 )-min( a,2 )
test "T"
    given
        orders
            amount   -5 EUR,at  2026-10-01

action  a "A"

    for gold,silver
    message email
        body """
            Dear you,
              here
            """
'''
    tidy = '''## What it is.
strategy x "X"  # why
  owner "me,   you"

# aside
measure a "A" = -5 * (b + 3) - min(a, 2)

test "T"
  given
    orders
      amount -5 EUR, at 2026-10-01

action a "A"
  for gold, silver
  message email
    body """
      Dear you,
        here
      """
'''
    assert fmt(untidy) == tidy


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.id)
def test_an_example_is_in_canonical_layout(statement: Statement) -> None:
    text = placed(statement, statement.under[0])
    assert fmt(text) == text


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.where)
def test_formatting_finds_the_same_faults_and_is_done_once(case: CaseText) -> None:
    once = fmt(case.text)
    assert fmt(once) == once
    of_layout = {"S110", "S111", "S115", "S120"}
    before = [d.code for d in parse(SourceText("f", case.text)).diagnostics if d.code not in of_layout]
    assert [d.code for d in parse(SourceText("f", once)).diagnostics] == before


def test_tabs_curly_quotes_and_steps_of_four_are_mended() -> None:
    assert fmt("action a “A”\n\tkind\u00a0selling\n") == 'action a "A"\n  kind selling\n'
    assert fmt('action a "A"\n    kind selling\n    message b\n        subject "S"\n').count("\n  ") == 3


def test_what_cannot_be_read_stays_as_it_was() -> None:
    for text in ('measure a "A = 1\n', "action a\n     kind   selling\n", "a  @  b\n", "x (  1,\n"):
        assert fmt(text) == text


def loose(text: str, gaps: list[str]) -> str:
    """A line with other blanks between its tokens; those of literals and texts too, where they do not count."""
    run = tokens(text)
    parts = [text[: run[0].start]] if run else [text]
    for number, token in enumerate(run):
        following = run[number + 1].start if number + 1 < len(run) else len(text)
        parts.append(token.text)
        gap = text[token.end : following]
        parts.append(gap + gaps[number % len(gaps)] if gap else gap)
    return "".join(parts)


@st.composite
def strategies(draw: st.DrawFn) -> str:
    """Some blocks with some of the statements that may stand in them, loosely laid out, with comments."""
    blocks = sorted({block for s in STATEMENTS for block in s.under} - {TOP, "given", "expect"})
    lines: list[str] = []
    for block in draw(st.lists(st.sampled_from(blocks), min_size=1, max_size=4)):
        before = inside(block)
        lines += before
        here = [s for s in STATEMENTS if block in s.under and not s.hoists]
        for statement in draw(st.lists(st.sampled_from(here), max_size=4, unique_by=lambda s: s.id)):
            gaps = draw(st.lists(st.sampled_from(["", " ", "   "]), min_size=1, max_size=5))
            comment = draw(st.sampled_from(["", "  # aside", ' #  "quoted" aside']))
            for text in statement.example.split("\n"):
                lines.append(
                    "  " * len(before) + text[: len(text) - len(text.lstrip())] + loose(text.strip(), gaps) + comment
                )
            lines += draw(st.sampled_from([[], ["", ""], ["# between"], ["  " * len(before) + "# inside", ""]]))
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n\n"]))


@settings(max_examples=50, deadline=None)
@given(strategies())
def test_formatting_keeps_meaning_comments_and_is_done_once(text: str) -> None:
    made = fmt(text)
    assert fmt(made) == made
    assert made.split() == text.split() or made.replace(" ", "").split() == text.replace(" ", "").split()
    assert all(line == line.rstrip() and "\n\n\n" not in made for line in made.split("\n"))
    shapes = [[n.statement.id for n in parse(SourceText("f", t)).nodes] for t in (text, made)]
    assert shapes[0] == shapes[1]


def test_a_line_that_is_still_too_long_without_its_condition_is_parted_at_once() -> None:
    long = "mod(poppy_delta if yes else slate_amber, 12 USD if ember_of_ember else (poppy_delta_of_another_year))"
    text = f'segments kelp "Kelp by the shore 8007" by {long} when yes and no\n  rest "Rest" otherwise\n'
    made = format_source(SourceText("f", text))
    assert made != text and "  when all of\n" in made and max(map(len, made.split("\n"))) <= 120
    assert format_source(SourceText("f", made)) == made
