"""Whole files as somebody types them who has never programmed: 17 or 18 mistakes in 69 lines, all plain to a reader.

They were written by a hand that knew the language's description alone. With all first fixes in them they check, but for
what `LEFT` says.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.apply import Verdict, repair
from stratagem.dsl.diagnostics.edits import Texts
from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.parse import parse
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText

FILES = sorted((Path(__file__).parent / "novices").glob("*.strategy"))
LEFT = {"bakery": {"S278"}}
"""A `goal` in the place of an objective, below a line of `business` that stands at the left edge."""
SAYS = {
    "dentist": ["excluded when deceased is yes", "chance = 25%", "  rests 90 days"],
    "garden_centre": [
        "sum of till.amount in last 12 months",
        "field amount money = quantity * price_each",
        "for gold, silver",
    ],
    "newspaper": ["days_left <= 60 days and sour", "20 if complaints_6m > 2 else 80", "  message phone\n    body"],
    "car_sharing": ['(basic, "pay as you go", company)', "assume trip_margin", "between 60 days and 180 days"],
    "swimming_school": ["move starter to regular when count of courses >= 3", "owner coaching", "pause > 3 months"],
    "bakery": [
        "excluded when is_staff",
        "= any purchases where item is cake",
        "field bought_on date",
        "  message app\n",
    ],
}


def verdict(texts: Texts) -> Verdict:
    """What a check says of the one file."""
    (source,) = texts.values()
    return Verdict(tuple(parse(source).diagnostics), tuple(check_text(source.text, source.name).diagnostics))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_first_fixes_bring_a_novices_file_back(path: Path) -> None:
    source = SourceText(path.name, path.read_text("utf-8"))
    assert len([d for d in check_text(source.text).diagnostics if severity(d) == "error"]) >= 14
    made = repair({path.name: source}, verdict, unsafe=True)
    assert {d.code for d in made.found if severity(d) == "error"} == LEFT.get(path.stem, set())
    text = made.texts[path.name].text
    assert [words for words in SAYS[path.stem] if words not in text] == []
