"""Names that nothing declares, in lists: another line takes the name, or all tiers of its block are meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.parse.ways.text import (
    around,
    over,
    said,
    stretch,
    taken_out,
    tiers_of,
    without,
)
from stratagem.dsl.source import SourceText


def declared(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A name in a list: everyone, all tiers of a block, or what the line of another list takes."""
    name, kind = str(diagnostic.args.get("name", "")), str(diagnostic.args.get("kinds", ""))
    if re.fullmatch(r"[a-z]\w*", name) is None:
        return ()
    if kind.startswith("segment") or "tier" in kind:
        whole = _everyone(diagnostic, source, name) or _all_tiers(diagnostic, sources, name)
        if whole is not None:
            return (whole,)
    other = _as_other(diagnostic, source, sources, name)
    return (other,) if other is not None else ()


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


_OF_ACTION = {
    "stage": "at", "hurdle": "overcomes", "channel": "through", "offer": "offers", "goal": "serves", "segment": "for",
    "budget": "paid from",
}  # fmt: skip
"""By what a name is declared as, the words of an action's line that takes it."""
_LISTS = ("at", "overcomes", "through", "offers", "serves", "for")


def _as_other(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText], name: str) -> Fix | None:
    """A stage among the segments of an action's `for`, and the like: on the line that takes it."""
    line, lines = diagnostic.span.line, source.lines
    said_there = re.fullmatch(
        rf"(\s*)({'|'.join([*_OF_ACTION.values(), 'uses', 'owner'])})\s+([a-z0-9_, ]+?)\s*", lines[line - 1]
    )
    declares = re.compile(rf"^ *({'|'.join(_OF_ACTION)})\s+(?:(?:perception|process|product)\s+)?{name}\b", re.M)
    kind = next((found[1] for each in sources.values() if (found := declares.search(each.text))), "")
    outer = around(lines, line)
    if said_there is None or not kind or not outer or not lines[outer[0] - 1].startswith("action "):
        return None
    step, phrase, word = said_there[1], said_there[2], _OF_ACTION[kind]
    rest = [item for each in said_there[3].split(",") if (item := each.strip()) != name]
    inner = range(outer[0] + 1, stretch(lines, outer[0]) + 1)
    there = next((n for n in inner if n != line and said(lines[n - 1]).startswith(f"{word} ")), 0)
    items = [item.strip() for item in said(lines[there - 1]).removeprefix(word).split(",")] if there else []
    if there and (word not in _LISTS or not all(item.isidentifier() for item in items)):
        return None
    gone = [over(source.name, line, 0, len(lines[line - 1]), f"{step}{phrase} {', '.join(rest)}")] if rest else []
    if not there:
        text = "\n".join([*(edit.text for edit in gone), f"{step}{word} {name}"])
        edit = over(source.name, line, 0, len(lines[line - 1]), text)
        title = f"Write {word} {name} (this assumes that {_A[kind]} is meant)"
        return Fix(title, (edit,))
    new = f"{word} {', '.join(dict.fromkeys([*items, name]))}"
    put = over(source.name, there, 0, len(lines[there - 1]), step + new)
    return Fix(
        f"Write {new} (this assumes that {_A[kind]} is meant)", (put, *(gone or [without(source.name, lines, line)]))
    )


_A = {kind: f"{'an' if kind == 'offer' else 'a'} {kind}" for kind in _OF_ACTION}
