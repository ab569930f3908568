"""A shared library may declare more than one strategy uses; what a strategy declares itself is looked at."""

from __future__ import annotations

from pathlib import Path

from stratagem.dsl.pipeline import load_strategy

LIBRARY = """\
language 1

source members "Members" from "members.csv"
  one per customer by member_id
  dated by updated_on
  retired after 12 months
  field member_id text
  field updated_on date
  field town text

source visits "Visits" from "visits.csv"
  many per customer by member_id
  field member_id text

assume rate = 5%

channel desk "At the desk" inbound
channel post "Post" outbound
"""
CLUB = """\
language 1

use "../shared/people.strategy"

strategy club "A club"
  currency EUR
  time zone Europe/Berlin

customer member "A member"
  identified by member_id

measure local "From here" = town is "Ulm"

segment neighbours "Neighbours" when local
  stance keep

action hello "Say hello"
  for neighbours
  through post
  chance = 10%
  worth = 5 EUR
"""


def _codes(folder: Path, club: str) -> list[tuple[str, str]]:
    (folder / "shared").mkdir()
    (folder / "club").mkdir()
    (folder / "shared" / "people.strategy").write_text(LIBRARY, "utf-8")
    (folder / "club" / "club.strategy").write_text(club, "utf-8")
    found = load_strategy(folder / "club").diagnostics
    return [(Path(d.span.file).name, d.code) for d in found]


def test_what_a_shared_library_declares_may_be_used_by_another_strategy(tmp_path: Path) -> None:
    assert _codes(tmp_path, CLUB) == []


def test_what_the_strategy_itself_declares_is_found(tmp_path: Path) -> None:
    own = LIBRARY.replace("language 1\n\n", "").replace("field town text", "field town text\n  field street text")
    whole = CLUB.replace('use "../shared/people.strategy"\n\n', "") + "\n" + own
    found = _codes(tmp_path, whole)
    assert [code for _, code in found] == ["L042", "L051", "L045", "L047"]
    assert {file for file, _ in found} == {"club.strategy"}


def test_other_rules_look_into_the_library_too(tmp_path: Path) -> None:
    wrong = 'segment nobody "Nobody" when town is "Ulm" and town is "Bonn"\n  is lapsed\n  stance keep\n'
    (tmp_path / "more.strategy").write_text("language 1\n\n" + wrong, "utf-8")
    found = _codes(tmp_path, CLUB.replace("\nstrategy", 'use "../more.strategy"\n\nstrategy', 1))
    assert found == [("more.strategy", "L011")]
