"""A line that is right in another block, moved there.

In: the message that a line does not belong where it stands, and the file's text. Out: fixes that move it, with what
stands below it, to the blocks that take it and lack it; or that make a remark of it, where there is no such block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stratagem.dsl.catalogue import below, by_phrase, first_words
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.parse.ways.homes import (
    alone,
    beside,
    declared_and_read,
    home,
    homes,
    linked,
    outline,
    spoken_for,
    taking,
)
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

EVIDENT = 0.5
"""From so much on something speaks for a block."""
WAYS = 2
"""So many blocks at most are offered for one line."""
WHO = frozenset((
    "when", "unless", "for", "at", "allowed", "excluded", "row excluded", "available",
))  # fmt: skip
"""Lines that say who is meant: of two of them both are meant."""
_HOW_MUCH = frozenset((
    "limit", "quiet from", "silence", "at most", "at least", "capacity", "hold out", "rests", "not with", "after",
    "every",
))  # fmt: skip
"""Lines that bound what is done: they are never taken out as saying nothing."""

_OF_OTHERS = frozenset(("weight",))
"""Lines that change what another block says: they are not moved there unless most speaks for it."""


def moves(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> tuple[Fix, ...]:
    """The fixes for a line of another block."""
    lines, first = source.lines, diagnostic.span.line
    if not 0 < first <= len(lines) or not lines[first - 1].strip():
        return ()
    phrase = str(diagnostic.args.get("phrase", ""))
    taken_by = str(diagnostic.args.get("blocks", ""))
    blocks = set(taken_by.split("|")) if taken_by else {under for s in by_phrase(phrase) for under in s.under}
    own, outer = str(diagnostic.args.get("block", "")).strip("`"), around(lines, first)
    found = homes(lines, first) or (_opened(lines, blocks, outer[-1]) if outer else [])
    if not outer:
        return tuple(move(lines, source.name, first, each, len(found) == 1) for each in found[:WAYS])
    found = [h for h in found if around(lines, h)[-1:] == outer[-1:]] or found
    if own == "given" and (equals := _as_given(lines, source.name, first)):
        expected = tuple(move(lines, source.name, first, home, False) for home in found[:1])
        return (equals, *expected)
    again = tuple(resaid(lines, source.name, first, own, outer[0]))
    chosen = home(lines, first, found)
    strayed = chosen in beside(lines, first)  # else it was written here, maybe in another block's words
    chosen = 0 if phrase in _OF_OTHERS and not strayed and not linked(lines, first, chosen) else chosen
    remark = _remark(lines, source.name, first)
    if chosen:
        there = move(lines, source.name, first, chosen, len(found) == 1)
        assumed = any("assumes" in fix.title for fix in again)
        sure = strayed or (assumed and (linked(lines, first, chosen) or alone(lines, chosen)))
        return (there, *(again or [remark])) if sure or not again else (*again, there)
    if again:
        return again
    if len(found) == 1 and phrase not in _OF_OTHERS | WHO:
        return (move(lines, source.name, first, found[0], True), remark)
    if TOP in blocks:
        return (remark,) if _stands_already(lines, first) else ()
    started = () if found or phrase in _OF_OTHERS else tuple(_new_block(lines, source.name, first, blocks))
    return started or tuple(_choices(lines, source.name, first, found, remark, phrase))


def _choices(
    lines: Sequence[str], file: str, first: int, found: Sequence[int], remark: Fix, phrase: str
) -> Iterator[Fix]:
    """Blocks for which something speaks, then the remark, then the nearest others. A remark of what other lines read
    comes last."""
    worth = spoken_for(lines, first, found)
    of_others = phrase in _OF_OTHERS
    told = (each for each in worth if worth[each] >= EVIDENT and not (of_others and not linked(lines, first, each)))
    evident = list(told)[:WAYS]
    others = [each for each in (worth or found) if each not in evident][: 0 if of_others else WAYS - len(evident)]
    read = declared_and_read(lines, first)
    yield from (move(lines, file, first, each, False) for each in (*evident, *(others if read else ())))
    yield remark
    yield from (move(lines, file, first, each, False) for each in (() if read else others))


def tier(diagnostic: Diagnostic, source: SourceText, sources: Mapping[str, SourceText]) -> Sequence[Fix]:
    """A tier outside of the `segments` blocks: moved to the one that lacks it, where there is one such."""
    lines, line = source.lines, diagnostic.span.line
    found = homes(lines, line) if indent(lines[line - 1]) and "segments" in taking(said(lines[line - 1])) else []
    chosen = found[0] if len(found) == 1 else home(lines, line, found)
    return (move(lines, source.name, line, chosen, len(found) == 1),) if chosen else ()


def _stands_already(lines: Sequence[str], first: int) -> bool:
    """`action call` alone below another block: does the action of this name stand elsewhere."""
    words = said(lines[first - 1]).split()
    heads = (said(line).split()[:2] for n, line in enumerate(lines, 1) if n != first and not indent(line))
    return len(words) == 2 and stretch(lines, first) == first and any(head == words for head in heads)


def _opened(lines: Sequence[str], blocks: set[str], top: int) -> list[int]:
    """The lines of one block of the left edge that open such blocks."""
    rows = outline(tuple(lines)).rows
    inner = range(top + 1, stretch(lines, top) + 1)
    return [number for number in inner if number in rows and rows[number].opens in blocks]


_EQUALS = r"(\s*)([a-z][\w.]*) is (?!not\b|one\b|known\b)(\S+(?: (?:[A-Z]{3}|[a-z]+))?)\s*"
"""A name held against a value, which may have a unit."""


def _as_given(lines: Sequence[str], file: str, first: int) -> Fix | None:
    """`mail_ok is yes` below `given`, or `mail_ok` alone: what is given has `=`."""
    alone = re.fullmatch(r"(\s*)([a-z]\w*)\s*", lines[first - 1])
    if alone is not None and stretch(lines, first) == first:
        new = f"{alone[2]} = yes"
        return Fix(f"Write: {new} (this assumes that it is given)", (over(file, first, *alone.span(2), new),))
    found = re.fullmatch(_EQUALS, lines[first - 1])
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


def head(line: str) -> str:
    """What a block is called to a reader: its keyword and its name."""
    words = line.split('"')[0].split()
    return " ".join(words[:2]) if words[:1] != ["contact"] else "contact policy"


_HEADS = ("decide", "business", "resources", "contact policy [{label:text}]")
"""Blocks that need no name: they can be started for a line that lacks one."""


def _cut(lines: Sequence[str], first: int, step: int) -> str:
    """A line with what stands below it, as text at another indent."""
    own = indent(lines[first - 1])
    taken = lines[first - 1 : stretch(lines, first)]
    return "".join("\n" + (" " * step + text[own:] if text.strip() else "") for text in taken)


def move(lines: Sequence[str], file: str, first: int, home: int, alone: bool) -> Fix:
    """A line, with what stands below it, moved under the block that another one opens."""
    last = stretch(lines, first)
    to = stretch(lines, home)
    end = len(lines[to - 1]) + 1
    gone = Edit(whole_lines(file, lines, first, last), "")
    text = _cut(lines, first, indent(lines[home - 1]) + 2)
    title = f"Move it under `{head(lines[home - 1])}`"
    assumed = "" if alone else " (this assumes that it belongs there)"
    if first <= to <= last:  # the block ends with the very line that goes
        end, to = len(lines[first - 2]) + 1, first - 1
    if to == gone.span.line and end == gone.span.column:
        return Fix(title + assumed, (Edit(gone.span, text),))
    return Fix(title + assumed, (Edit(Span(file, to, end, to, end), text), gone))


def _new_block(lines: Sequence[str], file: str, first: int, blocks: set[str]) -> Iterator[Fix]:
    """A block of its own at the file's end, where the strategy has none that takes the line."""
    for block in sorted(blocks):
        opener = next((s for s in below(TOP) if s.opens == block and s.pattern in _HEADS), None)
        if opener is None or any(row.opens == block for row in outline(tuple(lines)).rows.values()):
            continue
        words = " ".join(first_words(opener))
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
