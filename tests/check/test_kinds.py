"""Operators and kinds: the table in kinds.md, an oracle of dimensions, and what the units come to."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from stratagem.dsl.expressions import tree
from stratagem.dsl.expressions.types import DAYS, MONTHS, NUMBER, SHARE, Kind, Type, money
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.resolve.rules import arithmetic
from tests.check.case_files import FOLDER
from tests.check.kinds_tables import ARITHMETIC, COMPARISONS, as_markdown

TABLES = (FOLDER.parent / "kinds_of_results.md").read_text("utf-8")

RATES = [
    Type(kind, currency=c, per=per)
    for kind, c in ((Kind.MONEY, "EUR"), (Kind.NUMBER, None))
    for per in ("days", "months")
]
AMOUNTS = [NUMBER, SHARE, money("EUR"), DAYS, MONTHS, *RATES]


@pytest.mark.parametrize("op", [*ARITHMETIC, *COMPARISONS])
def test_what_each_operator_makes_of_each_two_kinds(op: str) -> None:
    assert as_markdown(op) in TABLES


def dimension(kind: Type) -> dict[str, int]:
    """Money and time as exponents: the oracle knows nothing of kinds but these."""
    found = {"EUR": 1} if kind.kind is Kind.MONEY else {}
    if kind.kind is Kind.DURATION:
        found[str(kind.family)] = 1
    if kind.per is not None:
        found[kind.per] = -1
    return found


def by_dimension(op: str, left: Type, right: Type) -> dict[str, int] | None:
    """The result's dimension, or None where no kind of the language has it, or days meet months."""
    one, two = dimension(left), dimension(right)
    if op in "+-":
        return one if one == two else None
    sign = 1 if op == "*" else -1
    made = {unit: one.get(unit, 0) + sign * two.get(unit, 0) for unit in {*one, *two}}
    made = {unit: power for unit, power in made.items() if power}
    mixed = {"days", "months"} <= {*one, *two}
    return None if mixed or made not in [dimension(kind) for kind in AMOUNTS] else made


@pytest.mark.parametrize("op", ARITHMETIC)
def test_the_algebra_of_units_agrees_with_dimensions(op: str) -> None:
    for left, right in product(AMOUNTS, AMOUNTS):
        made = arithmetic(op, left, right)
        wanted = by_dimension(op, left, right)
        assert (None if made is None else dimension(made.type)) == wanted, (op, left, right)


def value_of(expr: tree.Expr) -> Any:
    """A constant formula worked out, as plainly as can be."""
    if isinstance(expr, tree.Constant):
        return expr.value
    if isinstance(expr, tree.Arithmetic):
        left, right = value_of(expr.left), value_of(expr.right)
        return {
            "+": lambda: left + right,
            "-": lambda: left - right,
            "*": lambda: left * right,
            "/": lambda: left / right,
        }[expr.op]()
    raise AssertionError(expr)


@pytest.mark.parametrize(
    ("formula", "value", "kind"),
    [
        ("14 EUR per year * 1 year", 14.0, money("EUR")),
        ("14 EUR per year * 1 month", 14 / 12, money("EUR")),
        ("6,000 EUR per month * 1 quarter", 18_000.0, money("EUR")),
        ("2 per 7 days * 14 days", 4.0, NUMBER),
        ("3 per day * 2 weeks", 42.0, NUMBER),
        ("12 EUR / 6 months", 24.0, Type(Kind.MONEY, currency="EUR", per="months")),
        ("100 EUR / 10 EUR per month", 10.0, MONTHS),
        ("1 + 72%", 1.72, NUMBER),
        ("50% * 10 EUR", 5.0, money("EUR")),
        ("10 EUR / 4 EUR", 2.5, NUMBER),
        ("1 year + 6 months", 18.0, MONTHS),
        ("2 days + 12 hours", 216_000.0, DAYS),
        ("-5 + 2", -3.0, NUMBER),
        ("10 - 4 - 3", 3.0, NUMBER),
        ("24 / 4 / 2", 3.0, NUMBER),
        ("2 + 3 * 4", 14.0, NUMBER),
    ],
)
def test_units_come_out_right(formula: str, value: float, kind: Type) -> None:
    checked = check_text(f'strategy s "S"\n  currency EUR\nassume x = {formula}\n')
    assert checked.strategy is not None, checked.diagnostics
    made = checked.strategy.assumptions[0].formula.expr
    assert made.type == kind
    assert value_of(made) == value
