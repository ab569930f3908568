"""What the nodes of a file hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from stratagem.dsl.expressions import syntax as x
from stratagem.dsl.nodes import Node, Word, WrittenType, end_of
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText
from stratagem.dsl.values import Date, Duration, Money, Number, Rate, Share, Text


def nodes(text: str, sound: bool = True) -> tuple[Node, ...]:
    parsed = parse(SourceText("f", text))
    assert not sound or [d for d in parsed.diagnostics if d.code != "S138"] == []
    return parsed.nodes


def test_slots_hold_names_literals_choices_and_lists() -> None:
    (goal,) = nodes(
        'goal more "More" supports growth\n'
        "  for gold, silver as at 2026-10-01\n  weight 2\n  from -5% to 3% by 2027-01-01\n"
    )
    assert goal.value("name") == Word("more", goal.slots["name"].span)
    assert goal.value("label") == Text("More")
    cohort, weight, figures = goal.children
    assert [word.text for word in cohort.words("segments")] == ["gold", "silver"]
    assert cohort.value("cohort_at") == Date(date(2026, 10, 1))
    assert weight.value("weight") == Number(Decimal(2))
    assert figures.value("baseline") == Share(Decimal("-0.05"))
    assert figures.value("nothing") is None and figures.words("nothing") == ()


def test_fields_hold_their_type_as_written() -> None:
    (source,) = nodes(
        'source s "S" from "s.csv"\n  field a one of (b, "c d") missing as (999, "x", unknown)\n'
        '  field e money per 2 weeks\n  field f yes_no as ("1", "0")\n'
    )
    choice, rate, yes_no = (child.value("type") for child in source.children)
    assert (choice.kind, [word.text for word in choice.options]) == ("one of", ["b", "c d"])
    assert rate == WrittenType("money", per=Duration(Decimal(2), "week"))
    assert source.children[2].value("format") == (Text("1"), Text("0"))
    assert source.children[0].value("missing_as") == (Number(Decimal(999)), Text("x"), Text("unknown"))
    assert yes_no == WrittenType("yes_no")


def test_a_condition_stands_in_the_line_on_its_own_line_or_below() -> None:
    texts = ["when a and b", "\n  when a and b", "when all of\n  a\n  b", "\n  when all of\n    a\n    b"]
    for text in texts:
        (segment,) = nodes(f'segment s "S" {text}\n')
        assert isinstance(segment.when, x.And)
        assert [part.path for part in segment.when.parts] == [("a",), ("b",)]
        assert segment.children == []
    (none,) = nodes('segment s "S" when none of\n  a\n  any of\n    b\n    c\n')
    assert isinstance(none.when, x.Not) and isinstance(none.when.operand, x.Or)
    assert isinstance(none.when.operand.parts[1], x.Or)


def test_cases_and_what_else_stands_below_a_formula() -> None:
    (measure,) = nodes('measure m "M"\n  once called n\n  1 when a\n  missing otherwise\n')
    assert isinstance(measure.formula, x.Cases) and len(measure.formula.cases) == 1
    assert isinstance(measure.formula.otherwise, x.MissingWord)
    assert measure.children[0].value("once_called").text == "n"


def test_amounts_stand_in_either_order() -> None:
    (resources,) = nodes(
        'resources\n  people a "A" 5 EUR once paid 2026-01-01 and 1 EUR per month\n'
        '  people b "B" 1 EUR per month and 5 EUR once\n'
    )
    for node in resources.children:
        assert node.value("once") == Money(Decimal(5), "EUR")
        assert node.value("ongoing") == Rate(Money(Decimal(1), "EUR"), Duration(Decimal(1), "month"))


def test_costs_fill_the_formula_whether_literal_or_not() -> None:
    (action,) = nodes('action a "A"\n  costs 3 EUR\n')
    assert isinstance(action.children[0].formula, x.Lit)
    (action,) = nodes('action a "A"\n  costs = 3 EUR + fee\n')
    assert isinstance(action.children[0].formula, x.Arithmetic)


def test_rows_of_a_test() -> None:
    (test,) = nodes('test "T"\n  given\n    orders\n      at 2026-10-01, amount -5 EUR, kind "a b", note missing\n')
    (row,) = test.children[0].children[0].rows
    assert [word.text for word, _ in row.cells] == ["at", "amount", "kind", "note"]
    assert [type(value) for _, value in row.cells] == [x.Lit, x.Negative, x.Lit, x.MissingWord]


def test_places_point_at_what_was_written() -> None:
    text = '\n  \nmeasure m "M" = max(\n  1,\n    b.c * 2)\n'
    (measure,) = nodes(text)
    assert isinstance(measure.formula, x.Call)
    product = measure.formula.arguments[1]
    assert SourceText("f", text).slice(product.span) == "b.c * 2"
    assert SourceText("f", text).slice(measure.formula.span).startswith("max(\n")
    assert (measure.line, measure.span.end_line) == (3, 5)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('action Call "C"', "call"),
        ('action win-back "W"', "win_back"),
        ('acton call "C"', "call"),
        ("action call extra", "call_extra"),
    ],
)
def test_a_name_is_declared_though_its_line_is_broken(line: str, name: str) -> None:
    (node,) = nodes(line + "\n  kind selling\n", sound=False)
    assert node.statement.id == "action"
    assert node.value("name").text == name
    assert [child.statement.id for child in node.children] == ["action.kind"]


def test_documentation_reaches_the_node() -> None:
    (action,) = nodes('## What it is.\n## And why.\naction a "A"\n  ## Inside.\n  kind selling\n')
    assert (action.doc, action.children[0].doc) == ("What it is.\nAnd why.", "Inside.")


def test_a_node_ends_with_the_last_line_below_it() -> None:
    """Conditions, cases and rows below a line are no nodes, but are part of it; so is a text over several lines."""
    ends = {
        'segment s "S" when all of\n  a\n  any of\n    b\n    c\n': 5,
        'segment s "S"\n  when all of\n    a\n    b\n': 4,
        'measure m "M" =\n  1 when a\n  2 otherwise\n': 3,
        'test "T"\n  given rows of orders\n    amount 3 EUR\n    amount 4 EUR\n': 4,
        'message mail\n  body """\n    Hello\n\n    you\n  """\n': 6,
    }
    for text, last in ends.items():
        (node, *_) = nodes(text, sound=False)
        assert end_of(node).end_line == last, text
    (unfinished,) = nodes('measure m "M" =\n  1 when all of\n    a\n    b\n', sound=False)
    assert end_of(unfinished).end_line == 4
