"""What is said twice: once where it is the same, together where both can hold, else by another name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stratagem.dsl.catalogue import by_phrase
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix
from stratagem.dsl.parse.ways.elsewhere import WHO, head, move
from stratagem.dsl.parse.ways.homes import beside, home, homes, lacks, mentioned
from stratagem.dsl.parse.ways.text import around, indent, one_or_other, over, said, stretch, taken_out, without
from stratagem.dsl.record import replace
from stratagem.dsl.source import SourceText

_LEFT_OUT = frozenset(("excluded", "row excluded"))
"""Lines whose condition says who or what is left out: either of two is enough."""


_ONE = frozenset(("field", "assume", "budget", "group", "measure", "value"))
"""Lines of one thing: a column of the file, a figure, a purse. Nobody would read a second one by another name."""


def same(source: SourceText, one: int, other: int) -> bool:
    """Do two lines say the same, word by word, with all that stands below them."""
    return _said(source, one) == _said(source, other)


def _said(source: SourceText, first: int) -> list[list[str]]:
    lines = source.lines[first - 1 : stretch(source.lines, first)]
    return [said(line).split() for line in lines if line.strip()]


def _again(source: SourceText, line: int) -> Fix:
    """The second of two that say the same, taken out."""
    several = stretch(source.lines, line) > line
    return taken_out(source, line, ", as they say the same again" if several else ", as it says the same again")


def _first(diagnostic: Diagnostic, source: SourceText) -> int:
    """The line that said it first; 0 when it stands in another file."""
    here = [label.span.line for label in diagnostic.labels if label.span.file == diagnostic.span.file]
    return here[0] if here and 0 < here[0] <= len(source.lines) else 0


def said_twice(
    diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]
) -> Sequence[Fix] | Diagnostic:
    """A line that may stand once, and stands twice."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if not first or first == line:
        return ()
    phrase = str(diagnostic.args.get("phrase", ""))
    again = [_again(source, line)] if same(source, first, line) else []
    joined = _joined(source, first, line, phrase) if not again else None
    both = () if phrase in WHO | _LEFT_OUT else one_or_other(source, first, line)
    return _away(diagnostic, source, first, again or ([joined] if joined is not None else both))


def either_out(
    diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]
) -> Sequence[Fix] | Diagnostic:
    """Two lines of which one alone can hold: the one or the other gone."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if not first or first == line:
        return ()
    return _away(diagnostic, source, first, one_or_other(source, first, line))


def given_twice(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """What is given twice in one test: once where it is the same, else the one or the other."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if not first or first == line:
        return ()
    return [_again(source, line)] if same(source, first, line) else one_or_other(source, first, line)


def _away(diagnostic: Diagnostic, source: SourceText, first: int, others: Sequence[Fix]) -> Sequence[Fix] | Diagnostic:
    """Before all others: one of two lines moved to a block that lacks it, where most speaks for that block. `first`:
    the line that said it first, which is blamed where it is the one that stands beside such a block."""
    lines, line = source.lines, diagnostic.span.line
    found = [(number, home(lines, number, homes(lines, number))) for number in (line, first)]
    if line == first + 1:  # the one below the other: most likely only said twice
        found = [(n, to) for n, to in found if to and lacks(lines, n, to) and not same(source, first, line)]
    found = [(n, to) for n, to in found if to in beside(lines, n) and not _of_this(lines, n, to)]
    if not found:
        return others
    number, to = found[0]
    label, *labels = diagnostic.labels
    phrase = diagnostic.args.get("phrase", said(lines[number - 1]).split()[0])
    span, label = (diagnostic.span, label) if number == line else (label.span, replace(label, span=diagnostic.span))
    args = {"phrase": phrase, "head": head(lines[to - 1])}
    fixes = (move(lines, source.name, number, to, False), *others)
    return Diagnostic("S295", span, args, (label, *labels), fixes=fixes)


def _of_this(lines: Sequence[str], line: int, to: int) -> bool:
    """`message sms`: does its own block name elsewhere what it is about, and the other one not."""
    own = around(lines, line)
    return bool(own) and mentioned(lines, line, own[0]) and not mentioned(lines, line, to)


def _joined(source: SourceText, first: int, line: int, phrase: str) -> Fix | None:
    """Two conditions as one that wants both; two lists as one."""
    lines = source.lines
    asks = any(statement.tail == "when" for statement in by_phrase(phrase))
    head = f"{phrase} when" if asks and phrase != "when" else phrase
    bare = [said(lines[n - 1]) for n in (first, line)]
    if not all(text.startswith(f"{head} ") for text in bare):  # it stands within the line, or on other words
        return None
    one, other = (text.removeprefix(head).strip() for text in bare)
    if stretch(lines, first) != first or stretch(lines, line) != line or not one or not other:
        return None
    start = indent(lines[first - 1]) + len(head) + 1
    if asks:
        text, assumed = _both(one, other, " or " if phrase in _LEFT_OUT else " and "), "that both are wanted"
    elif _takes_list(phrase) and _is_list(one) and _is_list(other):
        items = [item.strip() for item in [*one.split(","), *other.split(",")]]
        text, assumed = ", ".join(dict.fromkeys(items)), "that both lists are meant"
    else:
        return None
    edit = over(source.name, first, start, start + len(one), text)
    title = f"Bring both together: {head} {text} (this assumes {assumed})"
    return Fix(title, (edit, without(source.name, lines, line)))


def _both(one: str, other: str, word: str) -> str:
    """Two conditions as one."""
    parts = [f"({part})" if word == " and " and re.search(r"\bor\b", part) else part for part in (one, other)]
    return word.join(parts)


def _takes_list(phrase: str) -> bool:
    """Does a list stand in statements of these words."""
    return any(re.search(r"\{\w+:(?:refs|names|choices)", s.pattern) for s in by_phrase(phrase))


def _is_list(text: str) -> bool:
    return all(re.fullmatch(r"[a-z]\w*", item.strip()) for item in text.split(","))


def declared_twice(
    diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]
) -> Sequence[Fix] | Diagnostic:
    """A name declared twice: the same block once, another by another name."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if first and first != line and same(source, first, line):
        return (_again(source, line),)
    for number in (line, first):
        under = _of_scenario(source, number) if number else None
        if under is not None and number == line:
            return (under,)
        if under is not None:
            return replace(diagnostic, span=diagnostic.labels[0].span, labels=(), fixes=(under,))
    name = str(diagnostic.args.get("name", ""))
    if first == line:  # in one list
        before = re.search(r",\s*$", source.lines[line - 1][: diagnostic.span.column - 1])
        place = diagnostic.span
        if before is None:
            return ()
        return (Fix("Leave the second one out", (over(source.name, line, before.start(), place.end_column - 1, ""),)),)
    found = re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", source.lines[line - 1]) if name else None
    if found is None:
        return ()
    taken = {word for each in sources.values() for word in re.findall(r"[a-z]\w*", each.text)}
    new = next(f"{name}_{n}" for n in range(2, 1_000) if f"{name}_{n}" not in taken)
    edit = over(source.name, line, found.start(), found.end(), new)
    renamed = Fix(f"Call this one `{new}` (this assumes that it is another thing)", (edit,))
    one = first and source.lines[line - 1].split()[0] in _ONE and stretch(source.lines, line) == line
    return (*one_or_other(source, first, line), renamed) if one else (renamed,)


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
    """A cell of a matrix that stands twice: once, with the one tactic or the other where they differ."""
    first, line = _first(diagnostic, source), diagnostic.span.line
    if not first or first == line:
        return ()
    return (_again(source, line),) if same(source, first, line) else one_or_other(source, first, line)
