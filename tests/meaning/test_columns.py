"""The columnar evaluator: frames in and out, cut-points, metrics, patterns, and single formulas over rows."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import polars as pl
import pytest

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import NUMBER, TEXT, YES_NO
from stratagem.engine.evaluate.columnar import add_columns, fit_tiers, lower, metric, metrics, run_steps
from stratagem.engine.evaluate.cuts import MissingCutPoint
from stratagem.engine.evaluate.population import Population
from stratagem.engine.evaluate.reference import Reference
from stratagem.engine.evaluate.regex import for_polars, searcher
from stratagem.engine.fit import Fit
from stratagem.engine.plan.plan import Bound, Tiering
from tests.meaning.people import DATES, EUR, MOMENTS, people
from tests.meaning.small import amount, fact, field, num, op, orders, step

NOW = MOMENTS[0]


def population(**columns: list[object]) -> Population:
    """Customers with these fields of crm, a to z."""
    size = len(next(iter(columns.values())))
    frame = {"@id": [f"c{n}" for n in range(size)]} | {
        f"crm.{n}" if n[0] != "_" else f"@{n[1:]}": v for n, v in columns.items()
    }
    return Population(pl.DataFrame(frame, strict=False).lazy(), dates=DATES)


def over(kind: str, operand: t.Expr | None = None, where: t.Expr | None = None, who: t.Expr | None = None) -> t.Expr:
    """An aggregate over customers."""
    return t.PopulationAggregate(type=NUMBER, kind=kind, operand=operand, where=where, over=who)  # type: ignore[arg-type]


# ---- frames ----


def test_customers_stay_in_their_order_with_all_they_had() -> None:
    some = people(1, NOW)
    frame = add_columns(some.population, [step("x", orders("sum", "amount")), step("y", num(1.0))], NOW)
    given = some.population.customers.collect()
    assert isinstance(frame, pl.LazyFrame)
    made = frame.collect(engine="streaming")
    assert made.columns == [*given.columns, "x", "y"]
    assert made.select(given.columns).equals(given)


def test_the_order_of_rows_changes_nothing() -> None:
    some = people(4, NOW)
    steps = [
        step("x", orders("sum", "amount")),
        step("y", orders("latest", "amount")),
        step("z", orders("average", "amount")),
    ]
    want = add_columns(some.population, steps, NOW).select("x", "y", "z").collect()
    for seed in range(3):
        shuffled = {
            n: f.collect().sample(fraction=1.0, shuffle=True, seed=seed).lazy() for n, f in some.population.rows.items()
        }
        other = Population(some.population.customers, shuffled, some.population.groups, DATES)
        assert add_columns(other, steps, NOW).select("x", "y", "z").collect().equals(want)


def test_sources_and_columns_that_are_not_there_are_missing() -> None:
    steps = [
        step("n", orders("count", None, None, NUMBER)),
        step("s", orders("sum", "amount")),
        step("a", orders("average", "amount")),
    ]
    steps += [step("x", field("n2")), step("seen", t.Known(type=YES_NO, operand=field("n2"), negated=False))]
    made = add_columns(population(n1=[1.0]), steps, NOW).collect().to_dicts()[0]
    assert (made["n"], made["s"], made["a"], made["x"], made["seen"]) == (0.0, 0.0, None, None, False)


def test_measures_that_build_on_each_other_through_rows_stay_cheap() -> None:
    steps = [step("m0", orders("average", "amount"))]
    for n in range(1, 8):
        steps.append(step(f"m{n}", orders("average", "amount", op(amount(), ">", fact(f"m{n - 1}", EUR)))))
    made = add_columns(people(1, NOW).population, steps, NOW).select("m0", "m1", "m7").collect()
    assert made["m1"].drop_nulls().len() > 3


def test_dividing_by_a_constant_is_dividing_whatever_the_column() -> None:
    # Polars multiplies by 1/c when it sees a single divisor; a branch taken by everyone gives it one unseen.
    rnd = random.Random(3)
    xs = [rnd.uniform(0, 1e6) for _ in range(500)]
    always = t.IfElse(type=NUMBER, then=num(3.7), condition=op(field("n1"), ">=", num(0.0)), otherwise=num(1.0))
    steps = [step("c", num(3.7)), step("x", op(field("n1"), "/", num(3.7))), step("y", op(field("n1"), "/", fact("c")))]
    steps += [step("z", op(field("n1"), "/", always)), step("r", t.Rounded(type=NUMBER, operand=field("n1")))]
    made = add_columns(population(n1=list(xs)), steps, NOW).collect()
    want = [x / 3.7 for x in xs]
    assert sum(x / 3.7 != x * (1 / 3.7) for x in xs) > 100, "the trap is there to be seen"
    assert [made[c].to_list() == want for c in "xyz"] == [True, True, True]
    assert made["r"].to_list() == [math.floor(x * 1e6 + 0.5) / 1e6 for x in xs]


# ---- cut-points ----


def tiers(*bounds: Bound, when: t.Expr | None = None) -> Tiering:
    return Tiering("tier", field("n1"), when, bounds)


def test_a_cut_point_is_the_value_of_number_ceil_p_n_in_exact_decimals() -> None:
    best = tiers(
        Bound("a", "top", share=Decimal("0.07")), Bound("b", "next", share=Decimal("0.22")), Bound("c", "otherwise")
    )
    values: list[object] = [float(v) for v in random.Random(1).sample(range(1, 101), 100)]
    cuts = fit_tiers(population(n1=values), best, NOW)
    assert math.ceil(0.07 * 100) == 8, "floats would take one too many"
    assert (cuts["a"].value, cuts["a"].rank, cuts["a"].customers) == (94.0, 7, 100)
    assert (cuts["b"].value, cuts["b"].rank) == (72.0, 29)


def test_ties_at_a_cut_point_are_in_and_the_excluded_are_not_counted() -> None:
    half = tiers(Bound("top", "top", share=Decimal("0.5")), Bound("rest", "otherwise"))
    some = population(n1=[9.0, 5.0, 5.0, 5.0, 1.0, None, 100.0], _excluded=[False] * 6 + [True])
    placed = run_steps(some, [half], NOW)
    assert placed.cuts["tier"]["top"].value == 5.0 and placed.cuts["tier"]["top"].customers == 5
    assert placed.frame.collect()["tier"].to_list() == ["top"] * 4 + ["rest", None, "top"]


def test_nobody_to_fit_on() -> None:
    some = population(n1=[None, None])
    placed = run_steps(
        some.with_customers(some.customers.cast({"crm.n1": pl.Float64})),
        [tiers(Bound("top", "top", share=Decimal("0.5")))],
        NOW,
    )
    assert placed.cuts["tier"]["top"].value is None
    assert placed.frame.collect()["tier"].to_list() == [None, None]


def test_a_fit_that_is_given_is_used_and_one_that_lacks_a_tier_is_refused() -> None:
    half = tiers(Bound("top", "top", share=Decimal("0.5")), Bound("rest", "otherwise"))
    first = run_steps(population(n1=[1.0, 2.0, 3.0, 4.0]), [half], NOW)
    fit = Fit(strategy="s", strategy_hash="h", as_of="", cuts=first.cuts)
    later = run_steps(population(n1=[2.5, 10.0, 11.0, 3.0]), [half], NOW, fit)
    assert later.frame.collect()["tier"].to_list() == ["rest", "top", "top", "top"]
    assert later.cuts == {}
    with pytest.raises(MissingCutPoint):
        run_steps(population(n1=[1.0]), [half], NOW, Fit(strategy="s", strategy_hash="h", as_of=""))


# ---- metrics ----


def test_a_share_is_over_those_whose_condition_is_known() -> None:
    some = population(n1=[1.0, 5.0, 7.0, None, 9.0], _excluded=[False, False, False, False, True])
    share = metric(some, over("share", where=op(field("n1"), ">", num(4.0))), NOW)
    assert (share.value, share.known, share.unknown) == (2 / 3, 3, 1)


def test_metrics_count_their_members_only_and_may_read_each_other() -> None:
    some = population(n1=[1.0, 5.0, 7.0, None], b1=[True, True, False, True])
    gold = field("b1", YES_NO)
    wanted = {
        "twice": op(fact("mean"), "*", fact("factor")),
        "mean": over("average", field("n1"), who=gold),
        "all": over("sum", field("n1")),
        "people": over("count", where=op(field("n1"), ">", num(2.0)), who=gold),
        "none": over("average", field("n1"), where=op(field("n1"), ">", num(100.0))),
        "zero": over("sum", field("n1"), where=op(field("n1"), ">", num(100.0))),
    }
    facts = some.with_customers(some.customers.with_columns(pl.lit(2.0).alias("factor")))
    found = metrics(facts, wanted, NOW)
    assert {n: m.value for n, m in found.items()} == {
        "twice": 6.0,
        "mean": 3.0,
        "all": 13.0,
        "people": 1.0,
        "none": None,
        "zero": 0.0,
    }
    assert (found["mean"].known, found["mean"].unknown) == (2, 1)


def test_metrics_go_through_rows_too_and_sum_exactly() -> None:
    some = people(2, NOW)
    bought = op(orders("count", None, None, NUMBER), ">=", num(1.0))
    found = metrics(
        some.population, {"share": over("share", where=bought), "sum": over("sum", orders("sum", "amount"))}, NOW
    )
    each = Reference([step("b", bought), step("s", orders("sum", "amount"))], DATES)
    counted = [each(r, NOW) for r in some.records if not r["@excluded"]]
    assert found["share"].value == sum(c["b"] for c in counted) / len(counted)
    scaled = [
        math.copysign(math.floor(abs(c["s"]) * 1e6 + 0.5), c["s"])
        for c in counted
        if c["s"] is not None and abs(c["s"]) < 1e20
    ]
    assert found["sum"].value == sum(int(s) for s in scaled) / 10**6


# ---- formulas over rows, patterns ----


def test_a_formula_over_rows_is_one_expression() -> None:
    frame = pl.DataFrame({"pieces": [2.0, None, 3.0], "price": [1.5, 2.0, 0.0], "product.kind": ["a", "b", None]})
    pieces, price = (t.RowRef(type=NUMBER, source="orders", path=(n,)) for n in ("pieces", "price"))
    kind = t.RowRef(type=TEXT, source="orders", path=("product", "kind"))
    made = frame.select(
        x=lower(op(op(pieces, "*", price), "/", price), NOW, "orders"),
        y=lower(
            t.OneOf(type=YES_NO, operand=kind, options=(t.Constant(type=TEXT, value="a"),), negated=False),
            NOW,
            "orders",
        ),
    )
    assert made["x"].to_list() == [2.0, None, None]
    assert made["y"].to_list() == [True, False, None]
    with pytest.raises(ValueError, match="rows of orders"):
        lower(field("n1"), NOW, "orders")


@pytest.mark.parametrize(
    ("pattern", "translated"),
    [
        (r"\d+", "[0-9]+"), (r"a|b", "a|b"), (r"^(?P<x>ab?)$", "^(?:ab?)$"), (r"\bb", r"(?-u:\b)b"),
        ("[a&&b]", r"[a\x{26}\x{26}b]"), (r"[[:alpha:]-]", r"[[:alpha:]\x{2D}]"),
        ("(?i)a", None), (r"\pL", None), (r"\Ba", None), ("a{2000}", None), ("a**", None),
    ],
)  # fmt: skip
def test_patterns_are_put_in_other_words_only_where_that_is_certain(pattern: str, translated: str | None) -> None:
    assert for_polars(pattern) == translated


def test_translated_patterns_find_what_re2_finds() -> None:
    rnd = random.Random(5)
    texts = [
        "",
        "a",
        "abc",
        "ABC",
        "a b",
        "a_b",
        "é",
        "éa",
        "1",
        "\n",
        "a\nb",
        "ſ",
        "K",
        "-]",
        "a-c",
        "٣",
        "\x0b",
        "a.b",
        "naïve",
    ]
    pieces = [
        "a",
        "é",
        ".",
        r"\d",
        r"\w",
        r"\s",
        r"\W",
        r"\b",
        "^",
        "$",
        "[^a]",
        "[a-c]",
        r"[\d-]",
        "[]a]",
        "[&&b]",
        r"\.",
        "-",
        "[é-ü]",
    ]
    column = pl.Series(texts)
    tried = 0
    for _ in range(1500):
        pattern = "".join(
            rnd.choice(pieces) + rnd.choice(["", "", "*", "+", "?", "{1,2}", "*?"]) for _ in range(rnd.randrange(1, 5))
        )
        pattern = f"({pattern}|{rnd.choice(pieces)})" if rnd.random() < 0.3 else pattern
        rust = for_polars(pattern)
        if rust is not None:
            tried += 1
            search = searcher(pattern)
            assert column.str.contains(rust).to_list() == [search(x) is not None for x in texts], pattern
    assert tried > 700
