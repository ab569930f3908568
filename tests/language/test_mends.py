"""The page beside this test: what was written, and what the first fix makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText
from tests.language.test_fixes import apply

_PAIR = re.compile(r"^```wrong\n(.*?)^```\n^```right\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAIRS = [(found[1], found[2]) for found in _PAIR.finditer(Path(__file__).with_name("mends.md").read_text("utf-8"))]
_PLACES = {
    "body": 'action call "Call"\n  through email\n  message email\n{}    subject "Hello"\n',
    "subject": 'action call "Call"\n  through email\n  message email\n{}    body "Hello"\n',
    "feature": 'offer box "Box"\n{}  price 3 EUR\n',
    "people": "resources\n{}    hours 3 per month\n",
    "change": "resources\n{}",
    "mileposts": 'goal more "More" supports members\n  aims at growth\n{}',
    "milepost": 'goal more "More" supports members\n  aims at growth\n{}',
    "measured": 'goal more "More" supports members\n  aims at growth\n{}',
    "weight": 'goal more "More" supports members\n  aims at growth\n{}',
    "field": 'source people "People" from "p.csv"\n  one per customer by person_id\n{}  field person_id text\n',
    "objective": 'business\n{}  vision "More" for members\n',
}
"""The lines around those of a pair, by its first word; without any where they start a block."""
_BEFORE = 'source sizes "Sizes" from "s.csv"\n  field size one of (small, "extra large")\n\n'


def around(lines: str) -> str:
    """A small file with some lines in it."""
    place = _PLACES.get(re.findall(r"[a-z]+", lines)[0], "{}")
    return f'{_BEFORE}{place.format(lines)}\ntest "t"\n  on 2026-11-02\n'


@pytest.mark.parametrize(("wrong", "right"), PAIRS, ids=[wrong.split("\n")[0].strip() for wrong, _ in PAIRS])
def test_the_first_fix_writes_what_was_meant(wrong: str, right: str) -> None:
    faults = [d for d in parse(SourceText("f", around(wrong))).diagnostics if severity(d) == "error"]
    assert faults and faults[0].fixes, [d.code for d in faults]
    assert apply(around(wrong), faults[0].fixes[0].edits) == around(right)


def test_what_is_right_says_nothing() -> None:
    for _, right in PAIRS:
        assert not [d for d in parse(SourceText("f", around(right))).diagnostics if severity(d) == "error"], right
