"""Lines indented with tabs that stand where their block does not take them: one message, for both.

In: the findings of a file. Out: the same, with what moves such lines in the message about the tabs.
"""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.record import replace

_MOVED = frozenset(("S112", "S113", "S122", "S123"))


def with_depths(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings. A tab is as wide as the depth of its line."""
    tabs = next((d for d in found if d.code == "S110"), None)
    if tabs is None:
        return list(found)
    edits = {edit.span.line: edit for edit in tabs.fixes[0].edits}
    moved = [d for d in found if d.code in _MOVED and d.span.line in edits and d.fixes]
    if not moved:
        return list(found)
    own: list[Edit] = [edit for d in moved for edit in d.fixes[0].edits]
    edits |= {edit.span.line: edit for edit in own if edit.span.line in edits}
    further = [edit for edit in own if edit.span.line not in edits]
    fix = Fix("Write blanks for the tabs, as many as the lines stand deep", (*edits.values(), *further))
    gone = set(map(id, moved))
    made = replace(tabs, fixes=(fix,))
    return [made if d is tabs else d for d in found if id(d) not in gone]
