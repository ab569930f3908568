"""The page beside this test: lines as they are said, and the line of a sound strategy that was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stratagem.dsl.diagnostics.text import severity
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText
from tests.language.test_fixes import apply
from tests.mistakes.corpus import base_text

_PAIR = re.compile(r"^- `(.+)` → `(.+)`$", re.MULTILINE)
_NEVER = re.compile(r"^- `(.+)`: `(.+)`, never `(.+)`$", re.MULTILINE)
_PAGE = Path(__file__).with_name("said.md").read_text("utf-8")
PAIRS = [(found[1], found[2]) for found in _PAIR.finditer(_PAGE)]
NEVER = [(found[1], found[2], found[3]) for found in _NEVER.finditer(_PAGE)]
ROOFS = base_text("roofs")
_OTHERWISE = {"limit 1 per 2 months": "limit 1 per 60 days"}
"""A line that is as good as that of the strategy."""


@pytest.mark.parametrize(("said", "meant"), PAIRS, ids=[said for said, _ in PAIRS])
def test_the_first_fix_writes_what_was_meant(said: str, meant: str) -> None:
    line = f"\n{' ' * _indent(meant)}{_OTHERWISE.get(meant, meant)}"
    wrong = ROOFS.replace(line, line[: 1 + _indent(meant)] + said, 1)
    faults = [d for d in parse(SourceText("f", wrong)).diagnostics if severity(d) == "error"]
    assert wrong != ROOFS
    assert faults and faults[0].fixes, [d.code for d in faults]
    mended = apply(wrong, faults[0].fixes[0].edits)
    assert mended == ROOFS.replace(line, line[: 1 + _indent(meant)] + meant, 1)


@pytest.mark.parametrize(("was", "said", "turned"), NEVER, ids=[said for _, said, _ in NEVER])
def test_no_fix_turns_a_sentence_round(was: str, said: str, turned: str) -> None:
    start = "\n" + " " * _indent(was)
    wrong = ROOFS.replace(start + was + "\n", f"{start}{said}\n", 1)
    faults = [d for d in parse(SourceText("f", wrong)).diagnostics if severity(d) == "error"]
    assert wrong != ROOFS and faults
    for fix in (fix for fault in faults for fix in fault.fixes):
        assert apply(wrong, fix.edits) != ROOFS.replace(start + was + "\n", f"{start}{turned}\n", 1)


def _indent(meant: str) -> int:
    """How far in the line that was meant stands."""
    line = next(line for line in ROOFS.split("\n") if line.strip() == _OTHERWISE.get(meant, meant))
    return len(line) - len(line.lstrip())
