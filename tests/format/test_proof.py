"""The formatter proves what it made before it gives it out: with a fault planted in it, the text stays as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stratagem.dsl.format import format_source, layout, line, spacing
from stratagem.dsl.format.proof import same
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText

TEXT = """language 1
# what we know
measure  spend "Spend" = 12000 EUR  # a guess
## Who buys.
segment buyers "Buyers" when spend>1 EUR
  stance keep
"""
Piece = Callable[[Token, str, int], str]


def laid(text: str) -> str:
    return format_source(SourceText("f", text))


def test_without_a_fault_the_text_is_laid_out() -> None:
    assert laid(TEXT) != TEXT
    assert laid(laid(TEXT)) == laid(TEXT)


def other_number(piece: Piece) -> Piece:
    return lambda token, role, indent: piece(token, role, indent).replace("12,000", "12,001")


def lost_word(piece: Piece) -> Piece:
    return lambda token, role, indent: "" if token.text == "keep" else piece(token, role, indent)


def longer_every_time(piece: Piece) -> Piece:
    return lambda token, role, indent: f"({made})" if (made := piece(token, role, indent)) == "1 EUR" else made


@pytest.mark.parametrize("fault", [other_number, lost_word, longer_every_time])
def test_a_fault_in_the_words_changes_no_file(fault: Callable[[Piece], Piece], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacing, "piece", fault(spacing.piece))
    assert laid(TEXT) == TEXT


def test_a_lost_comment_changes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "comment_text", lambda text: "")
    assert laid(TEXT) == TEXT


def test_a_line_at_the_wrong_depth_changes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    laying = line.Laying._laid
    monkeypatch.setattr(line.Laying, "_laid", lambda self, *given: [text.lstrip() for text in laying(self, *given)])
    assert laid(TEXT) == TEXT


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("12000", "12001"),
        TEXT.replace("# a guess", ""),
        TEXT.replace("Who buys", "Who bought"),
        TEXT.replace("stance", "stand"),
        TEXT + "\n\t\tx",
    ],
)
def test_texts_that_say_something_else_are_not_the_same(other: str) -> None:
    one, two = parse(SourceText("f", TEXT)), parse(SourceText("f", other))
    assert other != TEXT and same(one, one) and not same(one, two)
