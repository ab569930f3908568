"""Every fix that a message offers mends what the message is about."""

from __future__ import annotations

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit
from stratagem.dsl.parse import parse
from stratagem.dsl.source import SourceText
from tests.language.test_cases import ALL, CaseText


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with some edits made, the last one first."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda e: (e.span.line, e.span.column), reverse=True):
        first, last = edit.span.line - 1, edit.span.end_line - 1
        joined = lines[first][: edit.span.column - 1] + edit.text + lines[last][edit.span.end_column - 1 :]
        lines[first : last + 1] = joined.split("\n")
    return "\n".join(lines)


def found(text: str) -> tuple[Diagnostic, ...]:
    return parse(SourceText("f", text)).diagnostics


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.where)
def test_a_fix_takes_its_message_away_and_brings_no_graver_one(case: CaseText) -> None:
    before = found(case.text)
    for diagnostic in before:
        for fix in diagnostic.fixes:
            after = found(apply(case.text, fix.edits))
            same = [d for d in after if d.code == diagnostic.code and d.span.line == diagnostic.span.line]
            was = [d for d in before if d.code == diagnostic.code and d.span.line == diagnostic.span.line]
            assert len(same) < len(was) or not same, (diagnostic, fix)
            assert len(after) <= len(before) + 1, (diagnostic, fix, [d for d in after if d not in before])


def test_most_messages_that_know_what_to_write_offer_it() -> None:
    offered = {d.code for case in ALL for d in found(case.text) if d.fixes}
    assert offered >= {
        "S110", "S111", "S112", "S113", "S115", "S116", "S120", "S139", "S141", "S143", "S145", "S146", "S147", "S152",
        "S153", "S154", "S163", "S164", "S170", "S171", "S172", "S173", "S176", "S189",
    }  # fmt: skip
