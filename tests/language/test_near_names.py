"""Many names compared at once give what each alone gives; rows of mending that are skipped would not have matched."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator

import pytest

from stratagem.dsl.diagnostics.names import Names
from stratagem.dsl.diagnostics.suggest import MANY, distance, near
from stratagem.dsl.parse import parse
from stratagem.dsl.parse.mend import likely, needs, search, spoken, step, tidy
from stratagem.dsl.parse.mend.step import masked
from stratagem.dsl.source import SourceText
from tests.fuzz.mutants import mutant
from tests.language.test_cases import CASES, read_cases


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
    tables = (spoken._ROWS_OF_CASES, spoken._LISTS, tidy._TOGETHER)
    skipped = 0
    for line in lines:
        for table in tables:
            there = {number for number, _ in table.likely(line)}
            skipped += len(table.rows) - len(there)
            for number, (pattern, *_) in enumerate(table.rows):
                assert number in there or not re.search(pattern, line), (pattern, line)
    assert skipped > len(lines) * sum(len(table.rows) for table in tables) / 2


def test_rows_of_which_nothing_is_said_are_always_looked_for() -> None:
    rows = likely.Rows((("[^x]*", 1), (spoken._LISTS.rows[0][0], 2), ("no such pattern", 3)))
    assert [row[1] for _, row in rows.likely("nothing of the kind")] == [1, 3]


def _missed(monkeypatch: pytest.MonkeyPatch, every: int) -> tuple[set[str], int]:
    """The patterns that match where the words said of them tell that they do not, over one case in so many; and how
    many times words told so."""
    wrong: set[str] = set()
    skipped = 0

    def compared(name: str) -> None:
        real = getattr(step, name)

        def looked(pattern: str, text: str, *words: str) -> Iterator[re.Match[str]]:
            nonlocal skipped
            found, told = list(step.compiled(pattern).finditer(text)), list(real(pattern, text, *words))
            skipped += not told
            wrong.update([pattern] if len(told) < len(found) else [])
            return iter(told)

        for module in [m for n, m in sys.modules.items() if n.startswith(search.__package__) and m is not step]:
            for kept in (value for value in vars(module).values() if hasattr(value, "cache_clear")):
                kept.cache_clear()
            if hasattr(module, name):
                monkeypatch.setattr(module, name, looked)

    compared("finditer")
    compared("with_figures")
    search._SEARCHED.clear()
    for case in [case for path in sorted(CASES.glob("*.md")) for case in read_cases(path)][::every]:
        parse(SourceText(case.where, case.text))
    return wrong, skipped


def test_the_words_said_of_a_pattern_stand_wherever_it_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, skipped = _missed(monkeypatch, 2)
    assert wrong == set() and skipped > 1_000


def test_words_that_need_not_stand_there_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    blind = lambda pattern, text, *words: step.finditer(pattern, text, "no such word")  # noqa: E731
    monkeypatch.setattr(step, "with_figures", blind)
    assert _missed(monkeypatch, 8)[0]


def test_the_file_of_needs_is_current() -> None:
    assert likely.FILE.read_text("utf-8") == needs.written(), "`make reference` writes it"


def test_what_a_pattern_needs() -> None:
    assert needs.needs(r"\bis\s+(?:set|filled)?") == ({" is "},)
    assert needs.needs(r"(?:at least|min) (?=x)") == ({"at least ", "min "}, {" x"})
    assert needs.needs(r"(?i)\bsum\s*\(\s*(?:\d+|[€$])\)") == ({" sum "}, {"("}, {")"}, {"\\d", "€", "$"})
    assert needs.needs(r"x{0,2}(?:a|b*)[xyz]*\d?[^a]") == ()


def test_where_words_end_and_a_text_begins() -> None:
    assert needs.needs(r"\b(?:the\s+)?(?:more|most)s?\b") == ({" more", " most"},)
    assert needs.needs(r"(?<![\w.])(?:days?|weeks)(?!\w)") == ({" day", " weeks "},)
    assert needs.needs(r"^(?:up to\s+)?(limit|\d+)\b") == ({"^up ", "^limit ", "^\\d"}, {" limit ", "\\d"})
    assert needs.needs(r"(?m)^limit") == ({" limit"},)
    assert needs.needs(r"a+b(?:c|d)?\s*->") == ({"->"}, {"a"}, {"b"})
