"""What a gap says to write fits the strategy as it is: its currency, and the kind of the goal's own metric."""

from __future__ import annotations

import re
from datetime import date

import pytest

from stratagem.dsl import check_text
from stratagem.dsl.diagnostics.text import severity
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.complete.finding import Gap

TODAY = date(2026, 11, 2)
KINDS = [
    ("count of customers where spend > 5 USD", "200", "500", "350"),
    ("average of spend", "80 USD", "100 USD", "90 USD"),
    ("share of customers where spend > 5 USD", "32%", "24%", "28%"),
    ("average of quiet", "90 days", "60 days", "75 days"),
]
"""A metric, from what to what, and half way."""
BARE = """\
language 1

strategy shop "Shop"
  version 1 effective 2026-01-01
  owner "A. Person"
  currency USD

customer person "Someone who buys"
  identified by id

source people "People" from "people.csv"
  one per customer by id
  dated by seen_on
  field id text
  field seen_on date
  field spend money

measure quiet "Days without a word" = days since seen_on

goal more "More of it"
  aims at growth
  measured by how_much = METRIC
  FIGURES
"""


def gaps(text: str) -> list[Gap]:
    checked = check_text(text)
    assert checked.strategy is not None, [(d.code, dict(d.args)) for d in checked.diagnostics]
    return [gap for f in diagnose(checked.strategy, TODAY).frameworks for found in f.findings for gap in found.gaps]


def errors(text: str) -> list[str]:
    return [d.code for d in check_text(text).diagnostics if severity(d) == "error"]


@pytest.mark.parametrize(("metric", "first", "last", "half_way"), KINDS)
def test_a_milepost_lies_half_way_in_the_metrics_own_kind(metric: str, first: str, last: str, half_way: str) -> None:
    text = BARE.replace("METRIC", metric).replace("FIGURES", f"from {first} to {last} by 2027-12-31")
    (gap,) = (g for g in gaps(text) if g.key == "milepost")
    assert gap.snippet == f"milepost {half_way} by 2026-12-31"
    assert errors(f"{text}  {gap.snippet}\n") == []
    assert errors(f"{text}  milepost 30 EUR by 2026-12-31\n") != []


@pytest.mark.parametrize("metric", [kind[0] for kind in KINDS])
def test_figures_that_lack_are_shown_in_the_metrics_own_kind(metric: str) -> None:
    text = BARE.replace("METRIC", metric).replace("  FIGURES\n", "")
    (gap,) = (g for g in gaps(text) if g.key == "figures")
    assert errors(f"{text}  {gap.snippet}\n") == []


def test_a_milepost_stands_between_its_neighbours() -> None:
    figures = "from 200 to 500 by 2028-12-31\n  milepost 220 by 2026-06-30\n  milepost 300 by 2027-06-30"
    text = BARE.replace("METRIC", KINDS[0][0]).replace("FIGURES", figures)
    assert [g.snippet for g in gaps(text) if g.key == "milepost"] == ["milepost 260 by 2026-12-31"]


def test_every_snippet_speaks_of_the_strategys_own_currency() -> None:
    text = BARE.replace("METRIC", KINDS[0][0]).replace("FIGURES", "from 200 to 500 by 2027-12-31")
    codes = {code for gap in gaps(text) for code in re.findall(r"\d ([A-Z]{3})\b", gap.snippet)}
    assert codes == {"USD"}
    assert {c for g in gaps(text.replace("USD", "CHF")) for c in re.findall(r"\d ([A-Z]{3})\b", g.snippet)} == {"CHF"}
