"""Diagnostics of every kind that a renderer has to show: two files, odd characters, long lines, fixes, no place."""

from __future__ import annotations

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from stratagem.dsl.source import SourceText, Span

SHOP = "shop/the shop.strategy"
PARTS = "shop/teile_ä.strategy"
SOURCES = {
    SHOP: SourceText(
        SHOP,
        'action call "顧客 anrufen 📞"\n'
        "\tkind selling\tkind service\n"
        "  when " + "very_long_name_of_a_condition and " * 6 + "spnd > 3\n"
        "  say {first_name} [link](https://example.org), 50%: all, or nothing\n",
    ),
    PARTS: SourceText(PARTS, 'measure spend "Spend" = 1\nmeasure spend "Again" = 2\n'),
}


def span(file: str, line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(file, line, column, end_line, end_column)


_AT = SOURCES[SHOP].lines[2].index("spnd") + 1
TWICE = Diagnostic(
    "S144",
    span(SHOP, 2, 15, 2, 27),
    {"phrase": "kind"},
    (Label(span(SHOP, 2, 2, 2, 14), "said first here"), Label(span(SHOP, 1, 14, 1, 16), "in the block of 顧客")),
    fixes=(Fix("Leave it out", (Edit(span(SHOP, 2, 14, 2, 27), ""),), True),),
)
TWO_FILES = Diagnostic(
    "S263",
    span(PARTS, 2, 9, 2, 14),
    {"name": "spend", "kind": "a measure", "space": "measures and segments share one space of names; "},
    (Label(span(PARTS, 1, 9, 1, 14), "a measure of this name"), Label(span(SHOP, 3, _AT, 3, _AT + 4), "read here")),
)
FAR_RIGHT = Diagnostic(
    "S261",
    span(SHOP, 3, _AT, 3, _AT + 4),
    {"name": "spnd", "looked": "measures"},
    near=("spend", "sent"),
    fixes=(Fix("Write spend, if that is meant", (Edit(span(SHOP, 3, _AT, 3, _AT + 4), "spend"),)),),
)
WIDE = Diagnostic("S142", span(SHOP, 1, 25, 1, 26), {"sign": "📞"})
BLOCK = Diagnostic("S142", span(SHOP, 1, 1, 4, 6), {"sign": "{0}, 5%: \x1b[31m\r\n::error::"})
NO_PLACE = Diagnostic("P101", args={"name": "x", "distribution": "dist", "group": "g", "reason": "OSError: gone"})
NO_FILE = Diagnostic("S190", span("not/there.strategy", 7, 1, 7, 1), {"file": "x", "place": "y"})
DATA = Diagnostic(
    "D131", span(SHOP, 2, 2, 2, 6),
    {"field": "amount", "source": "orders", "count": "1 value", "kind": "money", "rows": "row 3",
     "examples": " (`ten`)", "help": "Write 12.50."},
)  # fmt: skip
ALL = (TWICE, TWO_FILES, FAR_RIGHT, WIDE, BLOCK, NO_PLACE, NO_FILE, DATA)
