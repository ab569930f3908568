"""The function table, and the door by which plug-ins add to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stratagem.dsl import functions
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.functions import FUNCTIONS, Function, Parameter, register
from stratagem.dsl.pipeline import check_text

_NAMES = """
min max round floor ceil abs sqrt exp ln power mod sign lower upper trim length year month day weekday quarter date
coalesce number
"""
WANTED = _NAMES.split()
HEAD = """strategy s "S"
  currency EUR
source things "Things" from "t.csv"
  one per customer by id
  field id text
  field code text
  field city text
  field points_text text
  field visits number
  field satisfaction number
  field orders number
  field margin money
  field spend money
  field joined_on date
  field birthday date
  field seen_at timestamp
"""


@pytest.fixture
def table() -> Iterator[None]:
    """The table, put back as it was."""
    before = dict(FUNCTIONS)
    yield
    functions._table.clear()
    functions._table.update(before)


@pytest.mark.parametrize("name", WANTED)
def test_the_example_of_every_function_checks(name: str) -> None:
    function = FUNCTIONS[name]
    assert function.example.startswith(f"{name}(")
    assert function.meaning.endswith(".")
    checked = check_text(f'{HEAD}measure x "X" = {function.example}\n')
    assert checked.strategy is not None, checked.diagnostics


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("min(spend, 100 EUR)", Kind.MONEY),
        ("max(visits, 50%)", Kind.NUMBER),
        ("min(10%, 50%)", Kind.SHARE),
        ("max(joined_on, seen_at)", Kind.DATE),
        ("round(spend, 2)", Kind.MONEY),
        ("abs(joined_on - birthday)", Kind.DURATION),
        ("mod(joined_on - birthday, 7 days)", Kind.DURATION),
        ("sign(spend)", Kind.NUMBER),
        ("coalesce(missing, spend, 0 EUR)", Kind.MONEY),
        ("weekday(seen_at)", Kind.NUMBER),
        ("date(seen_at)", Kind.DATE),
        ("number(code)", Kind.NUMBER),
        ("length(trim(code))", Kind.NUMBER),
    ],
)
def test_what_a_call_gives(formula: str, kind: Kind) -> None:
    strategy = check_text(f'{HEAD}measure x "X" = {formula}\n').strategy
    assert strategy is not None
    assert strategy.measures[0].type.kind is kind


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("min(spend)", "S313"),
        ("min(spend, 100)", "S301"),
        ("min(spend, joined_on)", "S318"),
        ("round(joined_on)", "S314"),
        ("round(visits, 7)", "S325"),
        ("round(visits, 1.5)", "S325"),
        ("lower(visits)", "S314"),
        ("year(visits)", "S314"),
        ("sqrt(spend)", "S314"),
        ("mod(spend, 4)", "S301"),
    ],
)
def test_what_a_call_refuses(formula: str, code: str) -> None:
    assert [d.code for d in check_text(f'{HEAD}measure x "X" = {formula}\n').diagnostics] == [code]


def test_a_plug_in_adds_a_function(table: None) -> None:
    text = f'{HEAD}measure x "X" = grown(spend)\n'
    assert [d.code for d in check_text(text).diagnostics] == ["S270"]
    register(Function("grown", (Parameter("x", (Kind.MONEY,)),), "first", "Twice x.", "grown(spend)"))
    strategy = check_text(text).strategy
    assert strategy is not None and strategy.measures[0].type.kind is Kind.MONEY


@pytest.mark.parametrize("name", ["round", "Double", "two words", "9lives"])
def test_a_plug_in_cannot_take_a_name_that_is_taken_or_none(name: str, table: None) -> None:
    with pytest.raises(ValueError, match="function"):
        register(Function(name, (Parameter("x", (Kind.NUMBER,)),), "number", "Something else.", "x"))


def test_a_function_takes_at_least_one_argument(table: None) -> None:
    with pytest.raises(ValueError, match="no argument"):
        register(Function("now", (), "date", "The present.", "now()"))


@pytest.mark.parametrize("name", WANTED)
def test_the_evaluators_know_how_to_work_out_each_function(name: str) -> None:
    from stratagem.engine.evaluate.functions import form_of

    assert form_of(name).columnar is not None
    with pytest.raises(LookupError):
        form_of(f"not_{name}")


def test_no_function_of_the_table_is_left_untested() -> None:
    assert set(WANTED) == set(FUNCTIONS)
