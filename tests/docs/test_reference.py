"""The language reference is what the catalogue says today."""

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.catalogue.reference import phrase, reference
from stratagem.dsl.functions import FUNCTIONS
from tests.tools.house import ROOT


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "language.md").read_text("utf-8") == reference(), "run `make reference`"


def test_every_statement_and_function_is_on_it() -> None:
    page = reference().replace("\\|", "|")
    for statement in STATEMENTS:
        assert f"| `{phrase(statement)}` |" in page, statement.id
    page = reference()
    for function in FUNCTIONS.values():
        assert f"`{function.signature}`" in page


def test_no_slot_is_left_in_the_catalogue_s_own_notation() -> None:
    assert not [s.id for s in STATEMENTS if "{" in phrase(s)]
