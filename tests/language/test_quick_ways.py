"""What is quick for right lines says what the long way says, on right lines and wrong ones alike."""

from __future__ import annotations

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines import read_lines
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse import near_miss
from stratagem.dsl.parse.match import Tokens
from stratagem.dsl.source import SourceText
from tests.fuzz.mutants import mutant
from tests.tools.house import ROOT

SEEDS = range(12)
CASES = ROOT / "tests" / "language" / "cases"


def _lines() -> list[Line]:
    """Lines of strategies with slips in them, and of the cases of the language, prose included."""
    texts = [mutant(seed).decode("utf-8", "replace").replace("\r", "") for seed in SEEDS]
    texts += [line for path in sorted(CASES.glob("*.md")) for line in path.read_text("utf-8").split("\n")]
    return [line for text in texts for line in read_lines(SourceText("f", text)).walk() if not line.odd]


def _said(lines: list[Line]) -> list[tuple[Tokens, list[Diagnostic]]]:
    """What each line is found to hold that is nearly right; the lines stay as they were."""
    found = []
    for line in lines:
        told: list[Diagnostic] = []
        run = near_miss.check_line(line, tokens(line.text), told.append)
        line.odd = False
        found.append((run, told))
    return found


def test_tokens_that_are_passed_over_have_nothing_nearly_right(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _lines()
    quick = _said(lines)
    assert sum(bool(told) for _, told in quick) > 20
    kinds = {token.kind for line in lines for token in tokens(line.text)}
    with monkeypatch.context() as long:
        long.setattr(near_miss, "_LOOKED_AT", frozenset(kinds))
        long.setattr(near_miss, "_BRACKETS", frozenset(kinds))
        assert quick == _said(lines)
    monkeypatch.setattr(near_miss, "_LOOKED_AT", frozenset({"MINUS"}))
    assert quick != _said(lines), "a look at too few kinds would be seen"
