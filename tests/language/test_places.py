"""What a message points at, and what its fix writes over, stands in the text as it was written."""

from __future__ import annotations

import pytest

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.edits import edited
from stratagem.dsl.pipeline import check_text
from stratagem.dsl.source import SourceText, Span

BROKEN: dict[str, tuple[str, str]] = {
    "a formula on the next line": (
        'measure spend "Spend" =\nsum of ordesr.amount in last 12 months\n',
        "ordesr.amount",
    ),
    "blank lines between": ('measure spend "Spend" =\n\n\n  sum of ordesr.amount\n', ""),
    "a remark between": ('measure spend "Spend" = # a\n# b\n  sum of ordesr.amount # c\n', ""),
    "the rest a block further": ('value v "V" = (3 - 1) * 12\n* stay_rate\n\nassume x = 1\n', "stay_rate"),
    "a matrix in two halves": ('matrix\n#x\n\n  asset  "A" rows  bond     columns  tier\n', ""),
    "a sign mended before it": ('measure spend "Spend" = 2 × sum of ordesr.amount\n', "ordesr.amount"),
}
"""A text, and the word in it that is blamed for itself ("" where one message speaks for the whole line)."""


@pytest.mark.parametrize(("text", "blamed"), BROKEN.values(), ids=BROKEN)
def test_a_line_put_together_is_blamed_where_it_was_written(text: str, blamed: str) -> None:
    source = SourceText("f", text)
    found = check_text(text, "f").diagnostics
    strangers = [source.slice(d.span) for d in found if d.code in ("S261", "S265", "S276", "S278")]
    assert found and (not blamed or blamed in strangers), found
    for diagnostic in found:
        stands_in(source, diagnostic)


@pytest.mark.parametrize("text", ['segment s "S" when „\n', "customer x\n  excluded when no and” yes\n", 'goal g "G\n'])
def test_a_quote_that_was_not_closed_ends_with_its_line(text: str) -> None:
    found = check_text(text, "f").diagnostics
    assert found
    for diagnostic in found:
        stands_in(SourceText("f", text), diagnostic)


def test_remarks_stay_when_two_lines_become_one() -> None:
    text = "assume a = 2 # two\n# of it\n  + 3 # three\n"
    joined = next(d for d in check_text(text, "f").diagnostics if d.code == "S124")
    after = edited(SourceText("f", text), joined.fixes[0].edits)
    assert after.startswith("assume a = 2 + 3 # two\n# of it\n") and "# three" in after


def test_a_place_outside_the_text_is_noticed() -> None:
    with pytest.raises(AssertionError):
        stands_in(SourceText("f", "a\nb\n"), Diagnostic("S116", Span("f", 1, 1, 2, 3)))


def stands_in(source: SourceText, diagnostic: Diagnostic) -> None:
    """All places of a message are places of the text."""
    edits = [edit.span for fix in diagnostic.fixes for edit in fix.edits]
    for span in (diagnostic.span, *(label.span for label in diagnostic.labels), *edits):
        assert (span.line, span.column) <= (span.end_line, span.end_column), (diagnostic.code, span)
        for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
            assert 1 <= line <= len(source.lines) and 1 <= column <= len(source.lines[line - 1]) + 1, diagnostic
    for fix in diagnostic.fixes:
        edited(source, fix.edits)
