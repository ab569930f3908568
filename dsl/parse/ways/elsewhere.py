"""A line that is right in another block, moved there.

In: the message that a line does not belong where it stands, and the file's text. Out: fixes that move it, with what
stands below it, to the blocks that take it and lack it; or that make a remark of it, where there is no such block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.catalogue import STATEMENTS, below, by_phrase, first_words
from stratagem.dsl.catalogue.statement import TOP, Statement
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.parse.ways.resaid import resaid
from stratagem.dsl.parse.ways.text import (
    around,
    behind,
    indent,
    last_written,
    over,
    said,
    stretch,
    taken_out,
    whole_lines,
)
from stratagem.dsl.source import SourceText, Span

WAYS = 2
"""So many blocks at most are offered for one line."""
WHO = frozenset((
    "when", "unless", "for", "at", "allowed", "excluded", "row excluded", "available",
))  # fmt: skip
"""Lines that say who is meant: they are moved only where one block alone takes them."""
_EXPECTED = frozenset(("first action is", "first channel is", "no action", "held out", "contacted by", "on", "as of"))
"""Lines of tests: an expectation that is a remark would be lost in silence."""
_HOW_MUCH = frozenset((
    "limit", "quiet from", "silence", "at most", "at least", "capacity", "hold out", "rests", "not with", "after",
    "every",
))  # fmt: skip
"""Lines that bound what is done: they are never made remarks."""


_OF_OTHERS = frozenset(("weight",))
"""Lines that change what another block says: they are not moved there from elsewhere."""


def moves(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> tuple[Fix, ...]:
    """The fixes for a line of another block."""
    lines, first = source.lines, diagnostic.span.line
    if not 0 < first <= len(lines) or not lines[first - 1].strip():
        return ()
    phrase = str(diagnostic.args.get("phrase", ""))
    taking = by_phrase(phrase)
    taken_by = str(diagnostic.args.get("blocks", ""))
    blocks = set(taken_by.split("|")) if taken_by else {under for s in taking for under in s.under}
    around_it = _wrapped(lines, source.name, first, blocks)
    if around_it is not None:
        return (around_it,)
    own = str(diagnostic.args.get("block", "")).strip("`")
    outer = around(lines, first)
    again = list(resaid(lines, source.name, first, own, outer[0])) if outer else []
    if again:
        return tuple(again)
    found = [h for block in sorted(blocks) for h in _homes(lines, block, first, taking)]
    found = [h for h in found if outer and around(lines, h)[-1:] == outer[-1:]] or found
    found.sort(key=lambda home: abs(home - first) + 0.5 * (home > first))
    if own == "given" and (equals := _as_given(lines, source.name, first)):
        return (equals, *(_move(lines, source.name, first, home, False) for home in found[:1]))
    every = [h for block in sorted(blocks) for h in _homes(lines, block, first, ())]
    related = [home for home in every if outer and _names(lines, outer[-1], home)]
    if phrase in _OF_OTHERS and outer:
        return (_remark(lines, source.name, first),)
    if related and not set(related) & set(found) and phrase in _HOW_MUCH:
        title = f" (this assumes that what `{_head(lines[related[0] - 1])}` says holds)"
        return (taken_out(source, first, title),)
    likely = [home for home in found if home in related] or _only(lines, found)
    if len(found) > 1 and len(likely) == 1:
        return (_move(lines, source.name, first, likely[0], False),)
    if len(found) > WAYS and phrase in _HOW_MUCH:
        return ()
    if phrase not in WHO or len(found) == 1:
        fixes = tuple(_move(lines, source.name, first, home, len(found) == 1) for home in found[:WAYS])
        fixes = fixes or tuple(_new_block(lines, source.name, first, blocks))
        if len(found) > 1 and phrase not in WHO | _HOW_MUCH | _EXPECTED:
            remark = _remark(lines, source.name, first)
            declares = any("{name:name(" in s.pattern for s in taking)
            fixes = (*fixes, remark) if len(found) == WAYS or declares else (remark, *fixes)
        if fixes:
            return fixes
    return () if phrase in WHO | _HOW_MUCH | _EXPECTED or TOP in blocks else (_remark(lines, source.name, first),)


def _as_given(lines: Sequence[str], file: str, first: int) -> Fix | None:
    """`mail_ok is yes` below `given`: what is given has `=`."""
    found = re.fullmatch(r"(\s*)([a-z][\w.]*) is (?!not\b|one\b|known\b)(\S+(?: [A-Z]{3})?)\s*", lines[first - 1])
    if found is None:
        return None
    new = f"{found[2]} = {found[3]}"
    return Fix(f"Write: {new} (this assumes that it is given)", (over(file, first, *found.span(0), found[1] + new),))


def not_yet(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A file that is not there: its line kept as a remark."""
    return (_remark(source.lines, source.name, diagnostic.span.line),)


def says_nothing(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A line with its first words alone: it says nothing yet. Never one that says who is meant, or how much."""
    lines, line = source.lines, diagnostic.span.line
    phrase = str(diagnostic.args.get("phrase", ""))
    if not phrase or said(lines[line - 1]).rstrip("=").strip() != phrase or phrase in WHO | _HOW_MUCH:
        return ()
    if not indent(lines[line - 1]) or stretch(lines, line) != line:
        return ()
    return (taken_out(source, line, ", as it says nothing yet"),)


def _wrapped(lines: Sequence[str], file: str, first: int, blocks: set[str]) -> Fix | None:
    """A message's line right below its action: the message's own line written above it."""
    outer = around(lines, first)
    if blocks != {"message"} or not outer or not lines[outer[0] - 1].startswith("action "):
        return None
    inner = [lines[n - 1].split() for n in range(outer[0] + 1, stretch(lines, outer[0]) + 1)]
    channel = next((words[1].rstrip(",") for words in inner if words[:1] == ["through"] and len(words) > 1), "")
    if not channel or any(words[:1] == ["message"] for words in inner):
        return None
    last, step = stretch(lines, first), " " * indent(lines[first - 1])
    while last < len(lines) and lines[last].split()[:1] and lines[last].split()[0] in ("subject", "body"):
        last = stretch(lines, last + 1)
    edits = [Edit(Span(file, n, 1, n, 1), "  ") for n in range(first, last + 1) if lines[n - 1].strip()]
    edits[0] = Edit(edits[0].span, f"{step}message {channel}\n  ")
    return Fix(f"Write above it: message {channel}, and indent it by one step", tuple(edits))


def _only(lines: Sequence[str], found: Sequence[int]) -> list[int]:
    """Of several blocks those that are the only one of their kind."""
    kinds = [said(lines[home - 1]).split()[0] for home in found]
    return [home for home, kind in zip(found, kinds, strict=True) if kinds.count(kind) == 1]


def _names(lines: Sequence[str], block: int, home: int) -> bool:
    """Does one of two blocks name the other on one of its lines."""
    for here, there in ((block, home), (home, block)):
        words = said(lines[there - 1]).split('"')[0].split()
        if len(words) < 2:
            continue
        name = re.compile(rf"(?<![\w.]){re.escape(words[1])}(?!\w)")
        inner = lines[here : stretch(lines, here)]
        if any(name.search(re.sub(r'"[^"]*"', "", text)) for text in inner):
            return True
    return False


def _head(line: str) -> str:
    """What a block is called to a reader: its keyword and its name."""
    words = line.split('"')[0].split()
    return " ".join(words[:2]) if words[:1] != ["contact"] else "contact policy"


def _openers(block: str) -> list[Statement]:
    return [s for s in STATEMENTS if s.opens == block and first_words(s)]


_HEADS = ("decide", "business", "resources", "contact policy [{label:text}]")
"""Blocks that need no name: they can be started for a line that lacks one."""


def _homes(lines: Sequence[str], block: str, line: int, taking: Sequence[Statement]) -> Iterator[int]:
    """The lines that open such a block and lack the statement, but for the one that the line stands in."""
    outer = around(lines, line)
    once = any(s.once for s in taking if block in s.under)
    for statement in _openers(block):
        phrase = " ".join(first_words(statement))
        for number, text in enumerate(lines, 1):
            words = text.split()
            if number in (line, *outer) or " ".join(words[: len(phrase.split())]) != phrase:
                continue
            if (TOP in statement.under) is not (indent(text) == 0) or not _opens(words, statement):
                continue
            if not once or not _says(lines, number, line, taking):
                yield number


def _opens(line: Sequence[str], statement: Statement) -> bool:
    """Is the line of the statement itself, and not of another that starts alike (`segment` in a goal)."""
    words = len(first_words(statement))
    return statement.pattern in _HEADS or "{" not in statement.pattern or len(line) > words


def _says(lines: Sequence[str], home: int, line: int, taking: Sequence[Statement]) -> bool:
    """Does the block have such a line already."""
    phrases = {" ".join(first_words(s)) for s in taking}
    inner = range(home + 1, stretch(lines, home) + 1)
    return any(" ".join(lines[n - 1].split()[: len(p.split())]) == p for n in inner if n != line for p in phrases)


def _cut(lines: Sequence[str], first: int, step: int) -> str:
    """A line with what stands below it, as text at another indent."""
    own = indent(lines[first - 1])
    taken = lines[first - 1 : stretch(lines, first)]
    return "".join("\n" + (" " * step + text[own:] if text.strip() else "") for text in taken)


def _move(lines: Sequence[str], file: str, first: int, home: int, alone: bool) -> Fix:
    last = stretch(lines, first)
    to = stretch(lines, home)
    end = len(lines[to - 1]) + 1
    gone = Edit(whole_lines(file, lines, first, last), "")
    text = _cut(lines, first, indent(lines[home - 1]) + 2)
    title = f"Move it under `{_head(lines[home - 1])}`"
    assumed = "" if alone else " (this assumes that it belongs there)"
    if first <= to <= last:  # the block ends with the very line that goes
        end, to = len(lines[first - 2]) + 1, first - 1
    if to == gone.span.line and end == gone.span.column:
        return Fix(title + assumed, (Edit(gone.span, text),))
    return Fix(title + assumed, (Edit(Span(file, to, end, to, end), text), gone))


def _new_block(lines: Sequence[str], file: str, first: int, blocks: set[str]) -> Iterator[Fix]:
    """A block of its own at the file's end, where the strategy has none that takes the line."""
    for block in sorted(blocks):
        head = next((s for s in below(TOP) if s.opens == block and s.pattern in _HEADS), None)
        if head is None:
            continue
        words = " ".join(first_words(head))
        end = last_written(lines)
        text = f"\n\n{words}{_cut(lines, first, 2)}"
        gone = whole_lines(file, lines, first, stretch(lines, first))
        edits = (Edit(gone, text),) if gone.end_line >= end else (behind(file, lines, end, text), Edit(gone, ""))
        yield Fix(f"Move it under a new line `{words}`", edits)


def _remark(lines: Sequence[str], file: str, first: int) -> Fix:
    """The line, and what stands below it, kept as a remark."""
    edits = []
    for number in range(first, stretch(lines, first) + 1):
        column = indent(lines[first - 1]) + 1
        if lines[number - 1].strip():
            edits.append(Edit(Span(file, number, column, number, column), "# "))
    return Fix("Make it a remark: write `# ` before it (this assumes that it need not count)", tuple(edits))
