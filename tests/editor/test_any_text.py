"""Texts nobody would write: every question gets an answer, whatever the text and wherever the cursor."""

from __future__ import annotations

import random

from stratagem.engine.editor.calls import call_at
from stratagem.engine.editor.complete import completions
from stratagem.engine.editor.folding import folds, selections
from stratagem.engine.editor.hover import hover
from stratagem.engine.editor.index import Index
from stratagem.engine.editor.references import definition, highlights, references
from stratagem.engine.editor.rename import CannotRename, rename
from stratagem.engine.editor.symbols import outline, search
from stratagem.engine.editor.tokens import coloured
from tests.editor.asking import FILE, KIOSK

ODD = (
    *('"', '"""', "(", ")", "#", "##", "\t", "  ", "\n", "when ", "all of", " = ", ",", ".", "{{", "}}", "{%", "|"),
    *("ä", "😀", "\u2028", "is ", "one of (", "sum of ", "in last ", "where ", "\u201c", "\x0c", "stage ", "0"),
    *("12 EUR", "once called "),
)


def spoilt(chance: random.Random) -> str:
    """The kiosk after some accidents."""
    text = KIOSK
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((0, 0, 1, 5, 40, 400)))
        text = text[:at] + chance.choice(ODD) * chance.randrange(3) + text[end:]
    lines = text.split("\n")
    if chance.random() < 0.3:
        chance.shuffle(lines)
    return "\n".join(lines)


def ask(text: str, chance: random.Random) -> None:
    """Every question there is, at some places."""
    index = Index({FILE: text, "other.strategy": KIOSK[: len(KIOSK) // 3]})
    lines = index.lines(FILE)
    outline(index, FILE)
    folds(index, FILE)
    for each in coloured(index, FILE):
        assert 0 < each.length <= len(lines[each.line - 1]) - each.column + 1
    search(index, "e")
    for _ in range(12):
        line = chance.randrange(len(lines) + 2)
        column = chance.randrange(80)
        for item, span in completions(index, FILE, line, column).items:
            assert span.line == span.end_line <= len(lines) and 1 <= span.column <= span.end_column
            assert item.text
        hover(index, FILE, line, column)
        definition(index, FILE, line, column)
        references(index, FILE, line, column)
        highlights(index, FILE, line, column)
        selections(index, FILE, max(line, 1), column)
        call_at(lines, line, column)
        try:
            rename(index, FILE, line, column, "quite_new")
        except CannotRename as reason:
            assert str(reason)


def test_no_text_and_no_place_is_too_much() -> None:
    for seed in range(40):
        chance = random.Random(seed)
        ask(spoilt(chance), chance)
