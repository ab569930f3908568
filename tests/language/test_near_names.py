"""Many names compared at once give what each alone gives; rows of mending that are skipped would not have matched."""

from __future__ import annotations

import random
import re

from stratagem.dsl.diagnostics.names import Names
from stratagem.dsl.diagnostics.suggest import MANY, distance, near
from stratagem.dsl.parse.mend import needs, spoken
from stratagem.dsl.parse.mend.step import masked
from tests.fuzz.mutants import mutant


def _word(chance: random.Random) -> str:
    parts = ("a", "bb", "spend", "cost", "tea", "pay", "".join(chance.choice("abc") for _ in range(9)))
    return "_".join(chance.choice(parts) for _ in range(chance.randint(1, 3)))


def test_names_together_and_one_by_one_are_near_alike() -> None:
    chance = random.Random(7)
    answered = 0
    for _ in range(150):
        known = tuple(dict.fromkeys(_word(chance) for _ in range(MANY - 1)))
        word = _word(chance)
        alone = near(word, known)
        assert alone == near(word, Names(known)), (word, known)
        answered += bool(alone)
    assert answered > 50


def test_the_nearest_of_thousands_are_found() -> None:
    known = [f"name_{n}" for n in range(3_000)]
    assert near("nmae_1234", known)[0] == "name_1234"
    assert near("zzzzzzzz", known) == ()
    assert distance("nmae_1234", "name_1234", 3) == 1


def test_a_row_is_only_skipped_where_it_does_not_match() -> None:
    lines = [masked(line) for seed in range(6) for line in mutant(seed).decode("utf-8", "replace").split("\n")]
    there = {line: spoken.holds(line) for line in lines}
    skipped = 0
    for written, needed, *_ in spoken.rows(True):
        pattern = re.compile(written)
        for line in lines:
            if not spoken.may_match(needed, there[line]):
                skipped += 1
                assert not pattern.search(line), (written, line)
    assert skipped > len(lines) * len(spoken.rows(True)) / 2


def test_the_file_of_needs_is_current() -> None:
    assert needs.FILE.read_text("utf-8") == needs.written(), "`make reference` writes it"


def test_what_a_pattern_needs() -> None:
    assert needs.needs(r"\bis\s+(?:set|filled)?") == ({"is"},)
    assert needs.needs(r"(?:at least|min) (?=x)") == ({"at least", "min"}, {" "})
    assert needs.needs(r"(?i)\bsum\s*\(\s*(?:\d+|[€$])\)") == ({"sum"}, {"("}, {")"}, {"\\d", "€", "$"})
    assert needs.needs(r"x{0,2}(?:a|b*)[xyz]*\d?[^a]") == ()
