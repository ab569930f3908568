"""What is said twice: once where it is the same, together where both can hold, else by another name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.catalogue import STATEMENTS, Statement, first_words
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from stratagem.dsl.parse.ways.text import over, stretch, without
from stratagem.dsl.source import SourceText

_BOUNDS = frozenset(("limit", "at most", "at least", "capacity", "hold out", "rests", "every", "allocate", "excluded"))
"""Lines that bound what is done: which of two holds is not for us to say."""


def same(source: SourceText, one: int, other: int) -> bool:
    """Do two lines say the same, word by word, with all that stands below them."""
    return _said(source, one) == _said(source, other)


def _said(source: SourceText, first: int) -> list[list[str]]:
    lines = source.lines[first - 1 : stretch(source.lines, first)]
    return [line.split("#")[0].split() for line in lines if line.strip()]


def _taken_out(source: SourceText, line: int, why: str) -> Fix:
    count = stretch(source.lines, line) - line + 1
    title = "Take this line out" if count == 1 else f"Take these {count} lines out"
    return Fix(f"{title}{why}", (without(source.name, source.lines, line),))


def _first(diagnostic: Diagnostic, source: SourceText) -> int:
    """The line that said it first; 0 when it stands in another file."""
    here = [label.span.line for label in diagnostic.labels if label.span.file == diagnostic.span.file]
    return here[0] if here and 0 < here[0] <= len(source.lines) else 0


def said_twice(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A line that may stand once, and stands twice."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if not first or first == line:
        return ()
    if same(source, first, line):
        return (_taken_out(source, line, ", as it says the same again"),)
    phrase = str(diagnostic.args.get("phrase", ""))
    joined = _joined(source, first, line, phrase)
    if joined is not None:
        return (joined,)
    if phrase in _BOUNDS or phrase in ("when", "unless"):
        return ()
    return (
        _taken_out(source, line, f" (this assumes that line {first} holds)"),
        _taken_out(source, first, f" at line {first} (this assumes that this one holds)"),
    )


def _joined(source: SourceText, first: int, line: int, phrase: str) -> Fix | None:
    """Two conditions as one that wants both; two lists as one."""
    lines = source.lines
    bare = [lines[n - 1].split("#")[0].strip() for n in (first, line)]
    if not all(text.startswith(f"{phrase} ") for text in bare):  # it stands within the line, or on other words
        return None
    one, other = (text.removeprefix(phrase).strip() for text in bare)
    if stretch(lines, first) != first or stretch(lines, line) != line or not one or not other:
        return None
    start = len(lines[first - 1]) - len(lines[first - 1].lstrip()) + len(phrase) + 1
    if phrase == "when":
        parts = [f"({part})" if re.search(r"\bor\b", part) else part for part in (one, other)]
        text, assumed = " and ".join(parts), "that both are wanted"
    elif any(re.search(r"\{\w+:(?:refs|names|choices)", s.pattern) for s in _of(phrase)) and _is_list(one + other):
        items = [item.strip() for item in [*one.split(","), *other.split(",")]]
        text, assumed = ", ".join(dict.fromkeys(items)), "that both lists are meant"
    else:
        return None
    edit = over(source.name, first, start, start + len(one), text)
    title = f"Bring both together: {phrase} {text} (this assumes {assumed})"
    return Fix(title, (edit, without(source.name, lines, line)))


def _of(phrase: str) -> list[Statement]:
    return [s for s in STATEMENTS if " ".join(first_words(s)) == phrase]


def _is_list(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9_,\s]+", text) is not None


def declared_twice(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A name declared twice: the same block once, another by another name."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if first and first != line and same(source, first, line):
        return (_taken_out(source, line, ", as they say the same again" if stretch(source.lines, line) > line else ""),)
    under = _of_scenario(source, line)
    if under is not None:
        return (under,)
    name = str(diagnostic.args.get("name", ""))
    found = re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", source.lines[line - 1]) if name else None
    if found is None:
        return ()
    taken = {word for each in sources.values() for word in re.findall(r"[a-z]\w*", each.text)}
    new = next(f"{name}_{n}" for n in range(2, 1_000) if f"{name}_{n}" not in taken)
    edit = over(source.name, line, found.start(), found.end(), new)
    return (Fix(f"Call this one `{new}` (this assumes that it is another thing)", (edit,)),)


def _of_scenario(source: SourceText, line: int) -> Fix | None:
    """A figure that stands at the left edge right below a scenario: it belongs to that."""
    lines = source.lines
    head = line - 1
    while head > 0 and lines[head - 1].startswith(("assume ", "  ")):
        head -= 1
    if not lines[line - 1].startswith("assume ") or head < 1 or lines[head - 1].split()[:1] != ["scenario"]:
        return None
    at = over(source.name, line, 0, 0, "  ")
    return Fix("Indent it by 2 blanks, below the scenario (this assumes that it is a figure of the scenario)", (at,))


def cell(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A cell of a matrix that stands twice: the same once; else the one that has no tactic yet."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if not first:
        return ()
    if same(source, first, line):
        return (_taken_out(source, line, ", as it says the same again"),)
    return ()
