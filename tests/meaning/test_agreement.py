"""One meaning: row, columnar and reference agree to the bit on thousands of random trees (see `trees`, `people`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl
import pytest

from stratagem.engine.evaluate.columnar import add_columns, lowering
from stratagem.engine.evaluate.columnar.layers import Lowered, combined
from stratagem.engine.evaluate.walk import step_names
from stratagem.engine.fit import Fit
from stratagem.engine.moment import Moment
from stratagem.engine.plan.plan import Step
from tests.meaning.agreement import (
    LEAST,
    Columns,
    Covered,
    Result,
    batches,
    by_column,
    plain,
    run,
    table,
)
from tests.meaning.people import People, alike

SEED = 20261031
ALWAYS_KNOWN = ("count of", "any of", "different of", "is known", "is missing", "stage is")


@pytest.mark.slow
def test_three_evaluators_agree_on_thousands_of_trees() -> None:
    result = Result()
    for batch in batches(SEED, each=4, size=300):
        run(batch, result)
    print(table(result))
    assert result.differences == []
    assert result.trees >= 5000
    assert all(result.depths[depth] >= 300 for depth in range(2, 7)), result.depths
    assert [name for name, c in result.covered.items() if too_little(name, c)] == []


def too_little(name: str, covered: Covered) -> bool:
    """Is a feature not covered: drawn too seldom, or never seen to come to what it can come to?"""
    if name.startswith("window"):
        return covered.anywhere < LEAST
    words: set[str] = set(covered.came_to)
    wanted = {"true", "false", "unknown"} if words & {"true", "false"} else {"known", "missing"}
    if name.startswith(ALWAYS_KNOWN):
        wanted -= {"missing", "unknown"}
    if name == "number(choice)":
        wanted = {"missing"}
    return covered.anywhere < LEAST or not wanted <= words


def test_coverage_notices_what_is_not_covered() -> None:
    def covered(**came_to: int) -> Covered:
        return Covered(10, LEAST, Counter(came_to))

    assert too_little("< date", covered(true=3, false=5))
    assert too_little("+ money", covered(known=400))
    assert too_little("+ money", Covered(10, LEAST - 1, Counter(known=3, missing=5)))
    assert not too_little("< date", covered(true=3, false=5, unknown=1))
    assert not too_little("count of group", covered(known=3))


def streaming(steps: Sequence[Step], some: People, moment: Moment, fit: Fit) -> Columns:
    """The columnar evaluator on Polars' streaming engine."""
    names = [n for s in steps for n in step_names(s)]
    return plain(add_columns(some.population, steps, moment, fit), names, "streaming")


def test_columns_that_hold_one_value_come_to_the_same() -> None:
    # Polars keeps such a column as a single value, and treats it otherwise than one of many rows.
    result = Result()
    for batch, _ in zip(batches(2, each=1, size=150), range(4), strict=False):
        batch.people = alike(batch.people)
        run(batch, result, {"columnar": by_column, "streaming": streaming})
    assert result.values > 40_000
    assert result.differences == []


def test_a_literal_in_front_of_such_a_column_would_not_go_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_written(op: str, left: Lowered, right: Lowered) -> Lowered:
        return combined(lowering._OPS[op](left.expr, right.expr), left, right)

    monkeypatch.setattr(lowering, "_paired", as_written)
    batch = next(iter(batches(2, each=1, size=150)))
    batch.people = alike(batch.people)
    with pytest.raises(pl.exceptions.InvalidOperationError, match="length 1"):
        run(batch, Result(), {"columnar": by_column})


def test_the_streaming_engine_comes_to_the_same() -> None:
    result = Result()
    for batch in batches(7, each=1, size=400):
        run(batch, result, {"in memory": by_column, "streaming": streaming})
        break
    assert result.values > 10_000
    assert result.differences == []
