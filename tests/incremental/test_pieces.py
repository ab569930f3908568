"""What re-checking stands on: places that move with their block, and short ways that find what the long ones find."""

from __future__ import annotations

import random
import re
from copy import deepcopy
from pathlib import Path

import pytest

from stratagem.dsl.catalogue import STATEMENTS
from stratagem.dsl.diagnostics.suggest import distance, near
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines import read_lines, scan
from stratagem.dsl.lines.line import Outline
from stratagem.dsl.parse import match, statements
from stratagem.dsl.resolve.facts import circles, order
from stratagem.dsl.source import Anchor, SourceText, Span
from tests.incremental.edits import Typist

STRATEGIES = sorted((Path(__file__).resolve().parents[2] / "strategies").glob("*/*.strategy"))
TEXTS = [path.read_text("utf-8") for path in STRATEGIES]


def test_places_move_with_their_block() -> None:
    block = Anchor(10)
    span = Span("f", 2, 3, 4, 5, block)
    assert (span.line, span.end_line, str(span)) == (12, 14, "f:12:3")
    parts = (span.start(4), span.last(2), span.after(), span.below(), span.to(span.after()), span.on(13, 1, 2))
    before = [(part.line, part.column, part.end_line, part.end_column) for part in parts]
    assert before == [(12, 3, 12, 7), (14, 3, 14, 5), (14, 5, 14, 5), (15, 1, 15, 1), (12, 3, 14, 5), (13, 1, 13, 2)]
    settled, sent = span.settled(), deepcopy(span)
    assert span == settled == sent and hash(span) == hash(settled)
    block.lines = 20
    assert [part.line for part in parts] == [line + 10 for line, *_ in before]
    assert (settled.line, sent.line) == (12, 12) and span != settled


def _mixed(chance: random.Random) -> str:
    """A line of a strategy, or one with a word of another."""
    lines = [line.strip() for text in TEXTS for line in text.split("\n") if line.strip()]
    words = chance.choice(lines).split()
    if chance.random() < 0.6:
        words[chance.randrange(len(words))] = chance.choice(chance.choice(lines).split())
    return " ".join(words)


def _fits_differ() -> int:
    """For how many lines the statements that fit differ from those found without looking at what was tried before."""
    chance, blocks = random.Random(1), sorted({under for statement in STATEMENTS for under in statement.under})
    differing = 0
    for _ in range(3_000):
        block, run = chance.choice(blocks), tokens(_mixed(chance))
        differing += statements.best_fits(block, run) != statements._fits(block, run)
    return differing


def test_lines_that_look_alike_fit_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _fits_differ() == 0
    monkeypatch.setattr(statements, "_FITS", {})
    monkeypatch.setattr(statements, "looks_like", lambda run: tuple(token.kind for token in run))
    assert _fits_differ() > 0, "a look that leaves out the words is no look"
    assert match.looks_like(tokens("priority 1")) != match.looks_like(tokens("priority 1.5"))


def _all(outline: Outline) -> tuple[object, ...]:
    told = [
        (line.number, line.end_number, line.text, line.level, line.comment, line.doc, line.odd)
        for line in outline.walk()
    ]
    return told, outline.diagnostics


def test_plain_lines_are_read_as_by_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    typist, text, texts = Typist(3), TEXTS[-1], []
    for _ in range(40):
        _, text = typist.edit(text)
        texts.append(text)
    short = [_all(read_lines(SourceText("f", text))) for text in texts]
    monkeypatch.setattr(scan, "_PLAIN", re.compile(r"(?!)"))
    assert short == [_all(read_lines(SourceText("f", text))) for text in texts]


def _nearest(word: str, known: list[str]) -> tuple[str, ...]:
    """The same as `near`, by looking at every name with the whole bound."""
    bound = 1 if len(word) < 4 else 2 if len(word) < 8 else 3
    ranked: list[tuple[float, str]] = []
    for name in dict.fromkeys(known):
        short, long = sorted((word, name), key=len)
        slips = distance(word, name, bound)
        alike = sorted(word.split("_")) == sorted(name.split("_"))
        part = len(short) > 3 and (long.startswith(short) or long.endswith("_" + short))
        rank = slips if slips is not None else bound + 0.3 if alike else bound + 0.6 if part else None
        if rank is not None and name != word:
            ranked.append((rank, name))
    return tuple(name for _, name in sorted(ranked)[:4])


def test_near_names_are_those_that_a_look_at_all_of_them_finds() -> None:
    chance = random.Random(2)
    names = sorted({word for text in TEXTS for word in re.findall(r"[a-z][a-z_0-9]{2,}", text)})
    for _ in range(300):
        letters = list(chance.choice(names))
        letters[chance.randrange(len(letters))] = chance.choice(["", "x", "_"])
        word, known = "".join(letters), chance.sample(names, 200)
        assert near(word, known) == _nearest(word, known), word


def test_facts_come_after_what_they_read_and_loops_are_seen() -> None:
    reads = {"a": ["b", "c"], "b": ["c"], "c": [], "d": ["e"], "e": ["d"], "f": ["d"], "g": []}
    ordered = order(reads)
    assert ordered.index("c") < ordered.index("b") < ordered.index("a")
    assert circles(reads, ordered) == {"d", "e"}
    assert circles({"a": ["a"], "b": ["a"]}, ["a", "b"]) == {"a"}
