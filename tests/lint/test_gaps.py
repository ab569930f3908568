"""The fix for a gap in a message fills it, whatever filters the slot has already."""

from __future__ import annotations

import pytest

from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.pipeline import check_text
from tests.lint.test_cases import SOUND

LISTED = SOUND.replace("  field visits number", "  field visits number\n  field born date\n  field points number")


@pytest.mark.parametrize(
    "slot",
    [
        "first_name",
        "first_name | title",
        "first_name | replace('_', ' ') | truncate(20)",
        "points | round(1)",
        "born | date('%d %B %Y')",
        "born | date('%B') | upper",
    ],
)
def test_a_default_is_put_after_the_other_filters(slot: str) -> None:
    text = LISTED.replace('Hello {{ first_name | default("friend") }}', f"Hello {{{{ {slot} }}}}")
    checked = check_text(text)
    [gap] = [d for d in checked.diagnostics if d.code == "L052"]
    [fix] = gap.fixes
    mended = edited(checked.sources["strategy"], fix.edits)
    assert f"Hello {{{{ {slot} | default('…') }}}}" in mended
    assert {d.code for d in check_text(mended).diagnostics} <= {"L042"}
