"""The suite notices planted faults: the same draws that find nothing in the evaluators find each of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pytest

from tests.meaning.agreement import EVALUATORS, Batch, Evaluator, Result, batches, run
from tests.meaning.seeded_bugs import BUGS


@lru_cache(maxsize=1)
def draws() -> tuple[Batch, ...]:
    """Some hundred trees; the full suite draws many times as many."""
    return tuple(b for b, _ in zip(batches(5, each=1, size=150), range(5), strict=False))


def differences(evaluators: Mapping[str, Evaluator] = EVALUATORS) -> list[str]:
    """What the suite says about the evaluators as they are now; it stops at the first batch that says something."""
    result = Result()
    for batch in draws():
        run(batch, result, evaluators)
        if result.differences:
            break
    return result.differences


def test_without_a_fault_there_is_no_difference() -> None:
    assert differences() == []


@pytest.mark.parametrize("name", BUGS)
def test_every_fault_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluator, plant = BUGS[name]
    plant(monkeypatch)
    assert differences({evaluator: EVALUATORS[evaluator]}), f"nobody noticed: {name}"
