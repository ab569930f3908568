"""Names that nothing declares, declared: only where a declaration needs nothing but the name and its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.nodes import label_for
from stratagem.dsl.parse.ways.text import behind, last_written, over, said, stretch, taken_out, tiers_of
from stratagem.dsl.source import SourceText

_AT_THE_EDGE = {"goal": 'goal {0} "{1}"', "offer": 'offer {0} "{1}"', "channel": 'channel {0} "{1}" outbound'}
"""Blocks that are sound with their first line alone."""
_WITHIN = {"objective": ("business", 'objective {0} "{1}"'), "stage": ("journey", 'stage {0} "{1}"')}


def declared(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A name in a list or a line, declared as what is wanted there; or left out of a list that has others."""
    name, kind = str(diagnostic.args.get("name", "")), str(diagnostic.args.get("kinds", ""))
    if re.fullmatch(r"[a-z]\w*", name) is None:
        return ()
    if kind.startswith("segment") or "tier" in kind:
        whole = _everyone(diagnostic, source, name) or _all_tiers(diagnostic, sources, name)
        if whole is not None:
            return (whole,)
    other = _as_stage(diagnostic, source, sources, name)
    if other is not None:
        return (other,)
    label = label_for(name)
    lines = source.lines
    if kind in _AT_THE_EDGE:
        text = _AT_THE_EDGE[kind].format(name, label)
        edit = behind(source.name, lines, last_written(lines), f"\n\n{text}")
        return (Fix(f"Declare it at the end: {text}", (edit,)),)
    if kind in _WITHIN:
        head, form = _WITHIN[kind]
        text = form.format(name, label)
        home = next((n for n, line in enumerate(lines, 1) if line.split()[:1] == [head] and line[0] != " "), 0)
        if home:
            edit = behind(source.name, lines, stretch(lines, home), f"\n  {text}")
            return (Fix(f"Declare it under `{head}`: {text}", (edit,)),)
    return ()


EVERYONE = frozenset(("everyone", "everybody", "all", "anyone", "anybody", "customers", "all_customers", "any"))


def _everyone(diagnostic: Diagnostic, source: SourceText, name: str) -> Fix | None:
    """`for everyone`: an action without `for` is for everyone."""
    line = diagnostic.span.line
    if name not in EVERYONE or said(source.lines[line - 1]).split() != ["for", name]:
        return None
    return taken_out(source, line, ": without `for` it is for everyone")


def _all_tiers(diagnostic: Diagnostic, sources: Mapping[str, SourceText], name: str) -> Fix | None:
    """The name of a `segments` block in place of its tiers: all of them."""
    text = ", ".join(tiers_of(name, sources))
    if not text:
        return None
    return Fix(f"Write {text} (this assumes that all its tiers are meant)", (Edit(diagnostic.span, text),))


def _as_stage(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText], name: str) -> Fix | None:
    """A stage among the segments of `for`: on a line of its own, after `at`."""
    line = diagnostic.span.line
    text = source.lines[line - 1]
    listed = re.fullmatch(r"(\s*)for\s+([a-z0-9_, ]+?)\s*", text)
    if listed is None or not any(re.search(rf"^\s+stage\s+{name}\b", each.text, re.M) for each in sources.values()):
        return None
    items = [item.strip() for item in listed[2].split(",")]
    rest = [item for item in items if item != name]
    new = f"{listed[1]}for {', '.join(rest)}\n{listed[1]}at {name}" if rest else f"{listed[1]}at {name}"
    return Fix(f"Write it as a stage, on a line of its own: at {name}", (over(source.name, line, 0, len(text), new),))
