"""A workspace says after any edits what a fresh check of the same texts says, diagnostic for diagnostic."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stratagem.dsl.check import context
from stratagem.dsl.incremental import Workspace
from stratagem.dsl.lines import pieces
from stratagem.dsl.model.make import renewal
from stratagem.dsl.parse.parse import parse
from stratagem.dsl.pipeline import Checked, check_nodes
from stratagem.dsl.source import SourceText
from tests.bench.generated import generated
from tests.incremental.edits import EDITS, Typist

STRATEGIES = Path(__file__).resolve().parents[2] / "strategies"
SHOP = (STRATEGIES / "starter" / "shop.strategy").read_text("utf-8")
COFFEE = (STRATEGIES / "coffee" / "bean_club.strategy").read_text("utf-8")
SMALL = """language 1
strategy small "Small"
  currency EUR
source people "People" from "people.csv"
  one per customer by person_id
  field person_id text
  field email text personal for "mail they agreed to"
  field age number
source orders "Orders" from "orders.csv"
  many per customer by person_id
  dated by ordered_on
  field person_id text
  field ordered_on date
  field amount money
measure spend "Spend" = sum of orders.amount in last 12 months
measure often "How often" = count of orders
value worth "Worth" = spend * 2
segment grown "Grown up" when age >= 18 and spend > 10 EUR
segments tier "Tiers" by worth
  high "High" from 100 EUR
  low "Low" otherwise
channel mail "Mail" outbound
  address email
action write "Write"
  for grown, high
  through mail
  when often >= 2
  chance = 10%
  worth = worth * 10%
"""


def fresh(texts: dict[str, str]) -> Checked:
    """A check of these texts in which nothing was kept from an earlier one."""
    parsed = [parse(SourceText(name, text)) for name, text in texts.items()]
    nodes = [node for each in parsed for node in each.nodes]
    read = [diagnostic for each in parsed for diagnostic in each.diagnostics]
    return check_nodes(nodes, read, {each.lines.source.name: each.lines.source for each in parsed})


def same(space: Workspace, texts: dict[str, str]) -> bool:
    """Does the workspace say what a fresh check says: all of every diagnostic, and the strategy with its places."""
    got, wanted = space.check(), fresh(texts)
    found = (got.diagnostics, got.waived, got.ignored) == (wanted.diagnostics, wanted.waived, wanted.ignored)
    return found and got.strategy == wanted.strategy


def typed(texts: dict[str, str], seed: int, edits: int) -> None:
    """Edit one of the texts again and again, and compare after each edit."""
    typist = Typist(seed)
    space = Workspace(texts)
    assert same(space, texts)
    for number in range(edits):
        name = typist.chance.choice(list(texts))
        kind, after = typist.edit(texts[name])
        texts = {**texts, name: after}
        local = space.change(name, after)
        assert local.diagnostics == parse(SourceText(name, after)).diagnostics, (seed, number, kind)
        assert same(space, texts), (seed, number, kind)


@pytest.mark.parametrize("seed", range(5))
def test_random_edits_of_a_small_strategy(seed: int) -> None:
    typed({"small.strategy": SMALL}, seed, 25)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_edits_of_a_strategy_of_the_library(seed: int) -> None:
    typed({"shop.strategy": SHOP}, seed, 20)


def test_random_edits_of_a_made_up_strategy() -> None:
    typed({"made_up.strategy": generated(250)}, 3, 12)


def test_random_edits_of_two_files() -> None:
    cut = SMALL.index("measure spend")
    typed({"data.strategy": SMALL[:cut], "rules.strategy": SMALL[cut:]}, 4, 30)


def test_every_kind_of_edit_is_made() -> None:
    typist, text, kinds = Typist(1), SMALL, set()
    for _ in range(200):
        kind, text = typist.edit(text)
        kinds.add(kind)
    assert kinds == set(EDITS)


EACH = {
    "a type that others read": ("measure spend", "measure spend", "= sum of orders.amount", "= count of orders"),
    "a name that others use": ("measure often ", "measure seldom ", "", ""),
    "a field's type": ("field age number", "field age date", "", ""),
    "the currency": ("currency EUR", "currency USD", "", ""),
    "a tier": ('  high "High"', '  top_tier "High"', "", ""),
    "a channel": ("channel mail", "channel post", "", ""),
    "a loop of facts": ("= count of orders", "= worth / 2 EUR", "", ""),
    "the identity": ("many per customer by person_id", "many per customer by ordered_on", "", ""),
    "a name declared twice": ('measure often "How often"', 'measure spend "Again"', "", ""),
}


@pytest.mark.parametrize("what", EACH)
def test_a_change_reaches_all_that_it_concerns_and_can_be_undone(what: str) -> None:
    old, new, further, instead = EACH[what]
    after = SMALL.replace(old, new)
    after = after.replace(further, instead) if further else after
    assert after != SMALL
    space = Workspace({"s": SMALL})
    for text in (SMALL, after, SMALL, "\n\n" + after, SMALL + "\n", after):
        space.change("s", text)
        assert same(space, {"s": text}), text


DATED = SMALL + 'test "First"\n  on 11/01/2026\n  expect\n    grown = yes\ntest "Second"\n  on 12/31/2027\n'
FIGURED = SMALL.replace("age >= 18", "age 18") + 'segment young "Young" when age < 30\n'


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [(DATED, "12/31/2027", "31/12/2027"), (FIGURED, "age < 30", "age > 30")],
    ids=["which way round the dates are", "which sign the name stands with"],
)
def test_a_mend_follows_what_the_rest_of_the_file_shows(text: str, old: str, new: str) -> None:
    """In the editor, and in a process that has mended the same line in another file."""
    space = Workspace({"a": text})
    space.check()
    changed = text.replace(old, new)
    space.change("a", changed)
    assert same(space, {"a": changed})
    assert _titles(changed) != _titles(text)


def _titles(text: str) -> list[str]:
    return [fix.title for found in fresh({"a": text}).diagnostics for fix in found.fixes[:1]]


def test_files_come_and_go() -> None:
    cut = SMALL.index("measure spend")
    one, other = SMALL[:cut], SMALL[cut:]
    space = Workspace({"one": one})
    for texts in ({"one": one, "two": other}, {"two": other}, {"two": other, "one": one}, {"one": one, "two": other}):
        space.replace(texts)
        assert same(space, texts)
    space.remove("two")
    assert same(space, {"one": one})


def test_what_was_said_before_stays_where_it_was_said() -> None:
    faulty = SMALL.replace("for grown, high", "for grownup, high")
    space = Workspace({"s": faulty})
    before = space.check().diagnostics
    lines = [diagnostic.span.line for diagnostic in before]
    space.change("s", "\n\n\n" + faulty)
    assert [diagnostic.span.line for diagnostic in before] == lines
    assert [diagnostic.span.line for diagnostic in space.check().diagnostics] == [line + 3 for line in lines]


def test_what_no_edit_concerns_is_not_made_again() -> None:
    space = Workspace({"s": SMALL})
    before = space.check().strategy
    space.change("s", "# more\n" + SMALL.replace("often >= 2", "often >= 3"))
    after = space.check().strategy
    assert before is not None and after is not None
    assert after.sources[0] is before.sources[0] and after.segments[0] is before.segments[0]
    assert after.actions[0] is not before.actions[0]
    assert after.sources[0].at.line == 5


# ---- each of these leaves something out of what a kept thing depends on; the comparison must see it ----


def _differs(first: str, then: str) -> bool:
    space = Workspace({"s": first})
    space.check()
    space.change("s", then)
    return not same(space, {"s": then})


def test_control_names_that_change(monkeypatch: pytest.MonkeyPatch) -> None:
    then = SMALL.replace("measure often ", "measure seldom ")
    assert not _differs(SMALL, then)
    monkeypatch.setattr(renewal, "changed_words", lambda before, now: set())
    assert _differs(SMALL, then)


def test_control_types_that_change(monkeypatch: pytest.MonkeyPatch) -> None:
    then = SMALL.replace("= sum of orders.amount in last 12 months", "= count of orders")
    assert not _differs(SMALL, then)
    monkeypatch.setattr(renewal.Renewal, "_spread", lambda self, key, owners: None)
    assert _differs(SMALL, then)


def test_control_places_in_blocks_that_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    first = SMALL.replace("spend * 2", "spend + 2")
    then = first.replace('"Spend" =', '"What they spend" =')
    assert not _differs(first, "\n" + then)
    monkeypatch.setattr(renewal, "points_into", lambda diagnostic, standing: True)
    monkeypatch.setattr(context, "points_into", lambda diagnostic, standing: True)
    assert _differs(first, "\n" + then)


def test_control_documentation_from_the_block_before(monkeypatch: pytest.MonkeyPatch) -> None:
    then = SMALL.replace("measure often", "## How often.\nmeasure often")
    assert not _differs(SMALL, then)
    pieces_of = pieces.pieces_of

    def forgetful(file: str, text: str, before: list[pieces.Piece]) -> list[pieces.Piece]:
        for piece in before:
            piece.doc = ("How often.",) if piece.text.startswith("measure often") else piece.doc
        return pieces_of(file, text, before)

    monkeypatch.setattr("stratagem.dsl.lines.outline.pieces_of", forgetful)
    assert _differs(SMALL, then)


def test_control_what_a_rule_reads_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    first = SMALL.replace("often >= 2", "often >= 2 and grown")
    then = first.replace("when age >= 18 and spend > 10 EUR", "when often < 1")
    assert not _differs(first, then)
    monkeypatch.setattr(renewal.Renewal, "stamp", lambda self, owners, digest, written: {})
    assert _differs(first, then)


def test_a_text_is_cut_as_if_nothing_had_been_cut_before() -> None:
    chance, text, before = random.Random(3), SMALL, pieces.pieces_of("f", SMALL)
    typed_in = ("\n", "x", "## d\n", "measure a = 1\n", " " * 5_000, "x" * 5_000, ")", '"')
    for _ in range(300):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(typed_in) * (chance.random() < 0.7) + text[at + chance.choice((0, 1, 40)) :]
        before = pieces.pieces_of("f", text, before)
        fresh = pieces.scanned("f", pieces.cut(text), ())
        assert [(p.text, p.doc, p.anchor.lines) for p in before] == [(p.text, p.doc, p.anchor.lines) for p in fresh]


def test_control_a_cut_where_one_was_before(monkeypatch: pytest.MonkeyPatch) -> None:
    before, text = pieces.pieces_of("f", SMALL), SMALL.replace("\nmeasure often", "\n  measure often")
    front, back = pieces._unchanged(text, before)
    monkeypatch.setattr(pieces, "_unchanged", lambda text, before: (front + 2, back - 1))
    assert [piece.text for piece in pieces.pieces_of("f", text, before)] != pieces.cut(text)
