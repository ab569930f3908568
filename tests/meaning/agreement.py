"""Runs many formulas in all three evaluators and compares every value of every customer, bit for bit.

In: a seed, and how many trees to draw for each feature. Out: differences (each with the tree and the customer), and
what was covered: for each feature how often it was drawn and what it came to.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from stratagem.dsl.expressions import tree as t
from stratagem.dsl.expressions.types import DATE, NUMBER, TEXT, TIMESTAMP, YES_NO
from stratagem.engine.evaluate.columnar import add_columns
from stratagem.engine.evaluate.reference import Reference
from stratagem.engine.evaluate.row import compile_program
from stratagem.engine.evaluate.walk import Shapes, step_names
from stratagem.engine.fit import CutPoint, Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Bound, Compute, StageMove, Staging, Step, Tiering
from tests.meaning.features import FEATURES
from tests.meaning.people import DATES, EUR, MOMENTS, People, people
from tests.meaning.trees import STAGES, Feature, Trees, window_of

LEAST = 50
"""How often every operation is to turn up with every type."""
MOST_BATCHES = 40
Columns = Mapping[str, Sequence[Any]]
"""For each column the customers' values, in order."""
Evaluator = Callable[[Sequence[Step], People, Moment, Fit], Columns]

FIT = Fit(
    strategy="", strategy_hash="", as_of="",
    cuts={"tier": {"gold": CutPoint(value=240.0, customers=1, rank=1)},
          "drawn": {"top": CutPoint(value=5.0, customers=1, rank=1),
                    "next": CutPoint(value=None, customers=0, rank=0)}},
)  # fmt: skip


def by_row(steps: Sequence[Step], some: People, moment: Moment, fit: Fit) -> Columns:
    """The row evaluator."""
    program = compile_program(steps, DATES)
    return _columns([program(r, moment, fit) for r in some.records])


def by_reference(steps: Sequence[Step], some: People, moment: Moment, fit: Fit) -> Columns:
    """The reference interpreter."""
    program = Reference(steps, DATES)
    return _columns([program(r, moment, fit) for r in some.records])


def by_column(steps: Sequence[Step], some: People, moment: Moment, fit: Fit) -> Columns:
    """The columnar evaluator."""
    names = [n for s in steps for n in step_names(s)]
    return plain(add_columns(some.population, steps, moment, fit), names)


def plain(frame: pl.LazyFrame, names: Iterable[str], engine: Any = "in-memory") -> Columns:
    """A frame's columns in evaluated form."""
    made = frame.select(*names).collect(engine=engine)
    return {n: (s.to_physical() if s.dtype.is_temporal() else s).to_list() for n, s in made.to_dict().items()}


def _columns(rows: Sequence[Mapping[str, Any]]) -> Columns:
    return {name: [r[name] for r in rows] for name in rows[0]}


EVALUATORS: dict[str, Evaluator] = {"row": by_row, "columnar": by_column}


def bits(value: Any) -> object:
    """A value so that only the very same one is equal to it."""
    if isinstance(value, float):
        return value.hex()
    return tuple(map(bits, value)) if isinstance(value, list) else (type(value).__name__, value)


# ---- what every batch starts with ----


def facts(g: Trees) -> list[Step]:
    """Steps that the drawn trees read: facts of several types, a segment, tiers and stages."""

    def rows(kind: str, result: Any, name: str, window: Any = None) -> t.Expr:
        return t.Aggregate(
            type=result,
            kind=kind,
            source="orders",
            window=window_of(window),
            where=None,  # type: ignore[arg-type]
            field=t.RowRef(type=result, source="orders", path=(name,)),
        )

    n = t.Rounded(type=EUR, operand=rows("sum", EUR, "amount", ("last", 12, "month")))
    condition = t.Compare(
        type=YES_NO, op=">=", left=t.FactRef(type=EUR, name="fact_n"), right=t.Constant(type=EUR, value=5.0)
    )
    return [
        Compute("fact_n", n, "measure"),
        Compute("fact_d", rows("latest", DATE, "on"), "measure"),
        Compute("fact_x", rows("latest", TEXT, "note"), "measure"),
        Compute("fact_t", rows("largest", TIMESTAMP, "seen"), "measure"),
        Compute("fact_b", condition, "measure"),
        Compute(
            "seg", t.Or(type=YES_NO, parts=(condition, t.FieldRef(type=YES_NO, source="crm", field="b1"))), "segment"
        ),
        Tiering(
            "tier",
            t.IfElse(
                type=EUR,
                then=t.FactRef(type=EUR, name="fact_n"),
                condition=t.FieldRef(type=YES_NO, source="crm", field="b2"),
                otherwise=t.FieldRef(type=EUR, source="crm", field="m1"),
            ),
            t.Known(type=YES_NO, operand=t.FieldRef(type=NUMBER, source="crm", field="n1"), negated=False),
            (
                Bound("gold", "top", share=Decimal("0.05")),
                Bound("silver", "from", t.Constant(type=EUR, value=2.0)),
                Bound("bronze", "from", t.FieldRef(type=EUR, source="crm", field="m2")),
                Bound("rest", "below", t.Constant(type=EUR, value=0.0)),
            ),
        ),
        _walk(g, None),
    ]


def _walk(g: Trees, start: t.Expr | None) -> Staging:
    """A random journey; nothing it reads knows the stage."""
    before, g.facts = g.facts, False
    pairs = [(a, b) for a in range(4) for b in range(4) if a != b]
    moves = [
        StageMove(STAGES[a], STAGES[b], None if g.rnd.random() < 0.05 else g.any(YES_NO, 2), b > a)
        for a, b in g.rnd.sample(pairs, g.rnd.choice([3, 5, 8]))
    ]
    g.facts = before
    return Staging(STAGES, start, tuple(moves))


def drawn_tiers(g: Trees, name: str) -> Tiering:
    """Random tiers, some of them by population."""
    kinds = g.rnd.sample(["from", "from", "below", "top", "next"], g.rnd.choice([1, 2, 4]))
    bounds = [
        Bound(
            k if k in ("top", "next") else f"{k}{n}", k, None if k in ("top", "next") else g.any(EUR, 1), Decimal("0.2")
        )  # type: ignore[arg-type]
        for n, k in enumerate(kinds)
    ]
    if g.rnd.random() < 0.5:
        bounds.append(Bound("rest", "otherwise"))
    return Tiering(name, g.any(EUR, 3), g.any(YES_NO, 2) if g.rnd.random() < 0.6 else None, tuple(bounds))


# ---- agreement ----


@dataclass
class Covered:
    """How often a feature was drawn at a root and anywhere, and what it came to at the root."""

    roots: int = 0
    anywhere: int = 0
    came_to: Counter[str] = field(default_factory=Counter)


@dataclass
class Result:
    """What a run found."""

    trees: int = 0
    values: int = 0
    differences: list[str] = field(default_factory=list)
    covered: dict[str, Covered] = field(default_factory=lambda: {f.name: Covered() for f in FEATURES})
    depths: Counter[int] = field(default_factory=Counter)


@dataclass
class Batch:
    """Formulas that are worked out together."""

    moment: Moment
    people: People
    steps: list[Step]
    drawn: list[tuple[Feature, t.Expr]]
    counts: Counter[str]
    """How often each feature was drawn, at a root or below one."""
    fit: Fit = FIT

    @cached_property
    def wanted(self) -> Columns:
        """What the reference interpreter makes of them."""
        return by_reference(self.steps, self.people, self.moment, self.fit)


def depth_of(expr: t.Expr) -> int:
    """How many levels a tree has; a leaf has one."""
    return 1 + max((depth_of(c) for c in expr.children()), default=0)


def batches(seed: int, each: int, size: int, features: Sequence[Feature] = FEATURES) -> Iterable[Batch]:
    """Batches of distinct trees, by seed: `each` of them for an aggregate over rows, four times as many for any other
    feature (there are as many fields and windows as there are other operations)."""
    rnd = random.Random(seed)
    todo = [f for f in features for _ in range(each if f.own_rows else 4 * each)]
    rnd.shuffle(todo)
    shapes: set[int] = set()
    known = Shapes()
    ever: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for number in range(MOST_BATCHES):
        # At the end comes what turned up too seldom, as often as it takes.
        todo = todo or [f for f in features for _ in range(8) if 0 < kept[f.name] < LEAST]
        if not todo:
            return
        g = Trees(rnd, MOMENTS[number % len(MOMENTS)])
        g.ever = ever
        made = batch(g, list(_drawn(g, todo[:size], known, shapes)), people(rnd.randrange(10**9), g.moment))
        kept.update(made.counts)
        yield made
        del todo[:size]
        if not made.drawn:
            return


def _drawn(g: Trees, features: Sequence[Feature], known: Shapes, shapes: set[int]) -> Iterator[tuple[Feature, t.Expr]]:
    for feature in features:
        expr = _new(g, feature, known, shapes)
        if expr is not None:
            g.kept.update(g.counts)
            yield feature, expr


def batch(g: Trees, drawn: list[tuple[Feature, t.Expr]], some: People) -> Batch:
    """The drawn trees as columns, behind the facts they read."""
    steps = facts(g)
    steps += [Compute(f"e{n}", e, "drawn") for n, (_, e) in enumerate(drawn)]
    steps.append(drawn_tiers(g, "drawn"))
    return Batch(g.moment, some, steps, drawn, g.kept)


def _new(g: Trees, feature: Feature, known: Shapes, shapes: set[int]) -> t.Expr | None:
    """A tree that was not drawn before, at most six levels deep; None when a feature has no further ones."""
    wanted = g.rnd.randrange(2, 7)
    for attempt in range(40):
        g.counts.clear()
        expr = g.rooted(feature, wanted - 1)
        deep_enough = depth_of(expr) >= min(wanted, 6) - attempt // 4
        if deep_enough and depth_of(expr) <= 6 and known.of(expr) not in shapes:
            shapes.add(known.of(expr))
            return expr
    return None


def run(batch: Batch, result: Result, evaluators: Mapping[str, Evaluator] = EVALUATORS) -> None:
    """Compare all evaluators on a batch with the reference, and note what was covered."""
    want = batch.wanted
    trees = {f"e{n}": e for n, (_, e) in enumerate(batch.drawn)}
    for name, evaluate in evaluators.items():
        got = evaluate(batch.steps, batch.people, batch.moment, batch.fit)
        for column, values in want.items():
            for number, (a, b) in enumerate(zip(values, got[column], strict=True)):
                result.values += 1
                if bits(a) != bits(b):
                    record = batch.people.records[number]["@id"]
                    result.differences.append(
                        f"{name}: {column} of {record} at {batch.moment}: {b!r}, not {a!r}: {trees.get(column)}"
                    )
    _cover(batch, want, result)


def _cover(batch: Batch, want: Columns, result: Result) -> None:
    for name, count in batch.counts.items():
        result.covered.setdefault(name, Covered()).anywhere += count
    for n, (feature, expr) in enumerate(batch.drawn):
        covered = result.covered[feature.name]
        covered.roots += 1
        result.trees += 1
        result.depths[depth_of(expr)] += 1
        yes_no = expr.type == YES_NO
        for value in want[f"e{n}"]:
            word = (
                ("unknown" if value is None else str(value).lower())
                if yes_no
                else "missing"
                if value is None
                else "known"
            )
            covered.came_to[word] += 1


def table(result: Result) -> str:
    """What was covered, for people to read."""
    lines = [
        f"{result.trees} distinct trees by depth {dict(sorted(result.depths.items()))}; {result.values} values compared"
    ]
    for name, c in result.covered.items():
        came = " ".join(f"{k} {v}" for k, v in sorted(c.came_to.items()))
        lines.append(f"  {name:44} {c.roots:4} {c.anywhere:5}  {came}")
    return "\n".join(lines)
