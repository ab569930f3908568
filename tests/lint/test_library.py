"""What the rules say of the strategies in the library: nothing that is not so."""

from __future__ import annotations

import pytest

from stratagem.dsl.pipeline import load_strategy
from tests.tools.house import ROOT

FOUND = {
    # `Hello {{ first_name }}` to somebody whose first name is not known, four times.
    "coffee": ["L052"] * 4,
    # A hurdle that the strategy leaves for later, as its README says.
    "gift_shop": ["L031"],
    "grocery": [],
    "starter": [],
}
IGNORED = {"gift_shop": ["L041"], "grocery": ["L043"]}


@pytest.mark.parametrize("name", FOUND)
def test_nothing_is_found_but_what_is_so(name: str) -> None:
    checked = load_strategy(ROOT / "strategies" / name)
    assert [d.code for d in checked.diagnostics if d.code.startswith("L")] == FOUND[name]
    assert [d.code for d in checked.ignored] == IGNORED.get(name, [])
