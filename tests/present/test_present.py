"""A page says the same on a terminal and in a pipe; figures are written as people write them."""

import io
from decimal import Decimal

import pytest
from rich.console import Console

from stratagem.engine.present.blocks import Column, Heading, Listing, Pairs, Paragraph, Table, Verbatim
from stratagem.engine.present.figures import figure, money, percent
from stratagem.engine.present.plain import plain
from stratagem.engine.present.terminal import show

PAGE = [
    Paragraph("Read 3 customers."),
    Heading("By action"),
    Table(
        (Column("action"), Column("customers", right=True), Column("worth", right=True), Column("why", widest=12)),
        (("call", "1,200", "80.00 EUR", "quiet, and of great worth"), ("mail", "7", "-3.10 EUR", "new")),
        total=("all", "1,207", "76.90 EUR", ""),
    ),
    Heading("Else"),
    Pairs((("held out", "5"), ("not eligible", "12"))),
    Listing(("one", "two")),
    Table((Column("name"),), (), empty="no gaps"),
]


def test_a_page_in_a_pipe() -> None:
    assert plain(PAGE) == (
        "Read 3 customers.\n"
        "\n"
        "By action\n"
        "  action  customers      worth  why\n"
        "  call        1,200  80.00 EUR  quiet, and…\n"
        "  mail            7  -3.10 EUR  new\n"
        "  all         1,207  76.90 EUR\n"
        "\n"
        "Else\n"
        "  held out      5\n"
        "  not eligible  12\n"
        "  one\n"
        "  two\n"
        "  no gaps\n"
    )


def on_terminal(blocks: list[object], **how: object) -> str:
    out = io.StringIO()
    show(blocks, Console(file=out, width=100, force_terminal=True, **how))  # type: ignore[arg-type]
    return out.getvalue()


def test_the_same_words_on_a_terminal() -> None:
    text = on_terminal(PAGE, no_color=True)
    for word in ("By action", "1,200", "-3.10 EUR", "quiet, and", "not eligible", "no gaps", "1,207"):
        assert word in text


def test_a_strategys_words_are_never_markup_or_orders_to_the_terminal() -> None:
    label = "[red]x[/red] \x1b[2J\x07 [link=https://example.com]y"
    for text in (plain([Paragraph(label), Listing((label,))]), on_terminal([Paragraph(label), Listing((label,))])):
        assert "[red]x[/red]" in text and "[link=https://example.com]y" in text
        assert "\x1b[2J" not in text and "\x07" not in text


def test_wide_letters_keep_columns_straight() -> None:
    text = plain([Table((Column("name"), Column("n", right=True)), (("日本", "1"), ("e\u0301a", "2"), ("abcd", "3")))])
    assert [line.rindex(n) - len(line) for line, n in zip(text.splitlines()[1:], "123", strict=True)] == [-1, -1, -1]
    assert text.splitlines()[1] == "  日本  1" and text.splitlines()[3] == "  abcd  3"


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (money(1234.5, "EUR"), "1,234.50 EUR"),
        (money(1234.5, "JPY"), "1,235 JPY"),
        (money(Decimal("0.0005"), "KWD"), "0.001 KWD"),
        (money(-0.001, "EUR"), "0.00 EUR"),
        (money(2.675, "EUR"), "2.68 EUR"),
        (money(None, "EUR"), "unknown"),
        (percent(0.385), "38.5%"),
        (percent(1), "100%"),
        (percent(0.0004), "0%"),
        (percent(None), "unknown"),
        (figure(12000.0), "12,000"),
        (figure(0.456), "0.46"),
        (figure(100), "100"),
    ],
)
def test_figures(shown: str, wanted: str) -> None:
    assert shown == wanted


def test_nothing_is_cut_on_a_narrow_terminal() -> None:
    words = [f"word{n}" for n in range(40)]
    text = " ".join(words)
    for block in (Paragraph(text, indent=1), Verbatim(text), Verbatim(text, language="python")):
        written = io.StringIO()
        show([block], Console(file=written, width=40, color_system=None))
        assert written.getvalue().split() == words, block
    flowing = plain([Paragraph(text, flows=True)])
    assert flowing.split() == words and max(map(len, flowing.splitlines())) <= 96
