"""Every case of every file in `cases/`, in all three evaluators."""

from __future__ import annotations

import pytest

from tests.meaning.agreement import bits
from tests.meaning.cases import PAIR, Case, World, cases, wanted

ALL = list(cases())


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c.file}: {c.title}")
def test_case(case: Case) -> None:
    world = World(case)
    results = world.results()
    for person, line in case.expected:
        for name, text in PAIR.findall(line):
            column = "stage@path" if name == "path" else name
            for evaluator, people in results.items():
                value = people[person][column]
                assert bits(value) == bits(wanted(text)), f"{evaluator}: {name} of {person} is {value!r}"
    cuts = {tier: cut.value for block in world.fit.cuts.values() for tier, cut in block.items()}
    for tier, text in case.cuts.items():
        assert bits(cuts[tier]) == bits(wanted(text)), f"cut-point of {tier} is {cuts[tier]!r}"


def test_there_are_cases() -> None:
    assert len(ALL) > 60
    assert all(c.expected or c.cuts for c in ALL), "a case that expects nothing"
