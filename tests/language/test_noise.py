"""Input that is no strategy, by the hundred kilobytes: few and short diagnostics, never an exception."""

from __future__ import annotations

import random

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.render.text import render
from stratagem.dsl.format import format_source
from stratagem.dsl.lines import read_bytes
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText

MANY = 10_000
WORDS = """
action when = ( ) 12 EUR a b , is one of all any where in last 3 months from to by "x" segments segment field test given
expect otherwise # ## if else and or not - * / < 5% 2026-10-01 yes missing share of customers over
"""


def noise(seed: int, alphabet: list[str], lines: int, width: int) -> bytes:
    chance = random.Random(seed)
    made = ["  " * chance.randrange(5) + " ".join(chance.choices(alphabet, k=width)) for _ in range(lines)]
    return "\n".join(made).encode()


INPUTS: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\t\n \n",
    "five megabytes in a line": b"a" * 5_000_000,
    "a line of nearly two megabytes": b"a " * 920_000,
    "a number of 19,900 digits": b"assume x = " + b"1" * 19_900,
    "blanks inside a literal": b"assume x = 1" + b" " * 19_000 + b"EURO",
    "commas": b"assume x = max(" + b"1," * 9_000 + b"1)",
    "open brackets": b"assume x = " + b"(" * MANY,
    "nested brackets": b"assume x = " + b"(" * 4_000 + b"1" + b")" * 4_000,
    "brackets as deep as tokens allow": b"assume x = " + b"(" * 2_400 + b"1" + b")" * 2_400,
    "a chain of not": b'segment x "X" when ' + b"not " * 4_900 + b"a",
    "a chain of minus": b"assume x = " + b"-" * 4_900 + b"1",
    "a chain of plus": b"assume x = " + b"1+" * 2_400 + b"1",
    "a chain of and": b'segment x "X" when ' + b"a and " * 2_400 + b"b",
    "a chain of if": b"assume x = " + b"1 if a else " * 1_200 + b"2",
    "a chain of calls": b"assume x = " + b"f(" * 2_400 + b"1" + b")" * 2_400,
    "a chain of where": b"assume x = " + b"count of a where " * 1_600 + b"b",
    "a staircase": b"\n".join(b"  " * n + b"all of" for n in range(1_300)),
    "ten thousand deep, as far as a line is wide": b"\n".join(b" " * min(n, 190) + b"a" for n in range(MANY)),
    "a bracket that never closes": b"(\n" + b" x\n" * 60_000,
    "a text that never closes": b'body """\n' + b" x\n" * 60_000,
    "quotes": b'"' * 19_000,
    "lines of one quote": b'"\n' * 30_000,
    "the same fault again and again": b"action a b c\n" * 7_000,
    "one misspelt word again and again": b"actoin\n" * 10_000,
    "words at random": noise(1, WORDS.split(), 4_000, 12),
    "signs at random": noise(2, list(" \t\"#()=,.ab1%<>\\&|{};:'€"), 5_000, 30),
    "bytes at random": bytes(random.Random(3).choices(range(256), k=30_000)),
    "letters of all alphabets": "".join(map(chr, range(0x20, 0x3000))).encode("utf-8", "ignore"),
}


@pytest.mark.parametrize("name", INPUTS)
def test_noise_gives_diagnostics(name: str) -> None:
    source = read_bytes(INPUTS[name], "bad.strategy")
    if isinstance(source, Diagnostic):
        diagnostics: tuple[Diagnostic, ...] = (source,)
        texts = {}
    else:
        diagnostics = parse(source).diagnostics
        texts = {source.name: source}
        assert format_source(source) is not None
    shown = render(diagnostics, texts)
    assert max(map(len, shown.split("\n")), default=0) < 700
    sound = name in ("empty", "blank", "a chain of and")
    assert bool(diagnostics) is not sound
    assert len(diagnostics) < 1_000


def test_cutting_a_strategy_anywhere_never_raises() -> None:
    text = "\n".join(
        ['action call "Call"', "  kind selling", "  when all of", "    a between 1 and 2", "    b is one of (c, d)",
         "  chance", "    30% when any orders in last 3 months where a is 1", "    missing otherwise",
         "  message email", '    body """', "      Dear {{ name }}", '      """',
         'test "T"', "  given", "    orders", "      a 1, b 2 EUR", "  expect", "    first action is call"]
    )  # fmt: skip
    for end in range(0, len(text), 2):
        for start in (0, end // 2):
            source = SourceText("cut", text[start:end])
            render(parse(source).diagnostics, {"cut": source})
            format_source(source)
