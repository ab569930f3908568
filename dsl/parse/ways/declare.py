"""Names that nothing declares, declared: only where a declaration needs nothing but the name and its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.nodes import label_for
from stratagem.dsl.parse.ways.text import (
    around,
    behind,
    last_written,
    over,
    said,
    stretch,
    taken_out,
    tiers_of,
    without,
)
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
    other = _as_other(diagnostic, source, sources, name)
    if other is not None:
        return (other,)
    if _is_something(name, sources):
        return ()
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


def _is_something(name: str, sources: Mapping[str, SourceText]) -> bool:
    """Is the name declared, as something else: never a second time then."""
    declares = re.compile(rf'^ *[a-z]+(?: [a-z]+)? {name} "', re.M)
    return any(declares.search(each.text) for each in sources.values())


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
