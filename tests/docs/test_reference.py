"""The language reference is what the catalogue says today."""

import re

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.catalogue.formula_words import WORDS
from stratagem.dsl.catalogue.functions_page import functions_page
from stratagem.dsl.catalogue.reference import MESSAGES, phrase, reference
from stratagem.dsl.diagnostics.pages.index import index
from stratagem.dsl.expressions.types import NUMBER, TEXT, YES_NO
from stratagem.dsl.functions import FUNCTIONS
from stratagem.dsl.templates.reader import Known, faults
from stratagem.dsl.templates.vocabulary import FILTERS
from tests.tools.house import ROOT


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "language.md").read_text("utf-8") == reference(), "run `make reference`"


def test_the_other_pages_are_current() -> None:
    assert (ROOT / "docs" / "functions.md").read_text("utf-8") == functions_page(), "run `make reference`"
    assert (ROOT / "docs" / "codes.md").read_text("utf-8") == index(), "run `make reference`"


def test_every_code_and_every_word_is_on_them() -> None:
    from stratagem.dsl.diagnostics.text import texts

    codes = index()
    assert [code for code in texts() if codes.count(f"| [{code}](") != 1] == []
    page = functions_page().replace("\\|", "|")
    assert [w.word for w in WORDS if f"`{w.form}`" not in page] == []
    assert [f.name for f in FUNCTIONS.values() if f"`{f.signature}`" not in page] == []
    assert [name for name in FILTERS if f"| `{name}` |" not in reference()] == []


def test_every_statement_and_function_is_on_it() -> None:
    page = reference().replace("\\|", "|")
    for statement in STATEMENTS:
        assert f"| `{phrase(statement)}` |" in page, statement.id
    page = reference()
    for function in FUNCTIONS.values():
        assert f"`{function.signature}`" in page


def test_no_slot_is_left_in_the_catalogue_s_own_notation() -> None:
    assert not [s.id for s in STATEMENTS if "{" in phrase(s)]


def test_every_word_of_the_glossary_stands_once_and_names_a_statement_there_is() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|(?: `([a-z_.]+)`)? \|$", text, re.MULTILINE)[1:]
    words = [word for row in rows for word in row[0].split(", ")]
    assert len(rows) > 50 and len(words) == len(set(words))
    known = {statement.id for statement in STATEMENTS}
    assert [statement for _, statement in rows if statement and statement not in known] == []
    assert [word for word, _ in rows] == sorted(word for word, _ in rows)


def test_what_messages_may_hold_can_be_read() -> None:
    known = Known({"first_name": TEXT, "visits": NUMBER, "vip": YES_NO})
    assert [list(faults(written, known)) for written, _ in MESSAGES] == [[]] * len(MESSAGES)
