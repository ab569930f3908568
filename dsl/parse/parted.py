"""Lines that hold too much or too little: two in one, a block without its first word, a text broken over two lines.

In: a line where it stands. Out: the line as it was meant, with what stands below it, and the one message for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.catalogue.statement import TOP
from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.faults import stranger_args
from stratagem.dsl.parse.joined import JoinedLine
from stratagem.dsl.source import Span

Fits = Callable[[Line, str], bool]
Opens = Callable[[Line, str], tuple[str, ...]]
_GROUP = r"((?:.*\s)?(?:all|any|none) of)\s+(?!(?:these|those|the)\b)(?=[^\s(])"
_POINTING = frozenset(("these", "those", "them", "following"))
"""Words that point at the lines below, and are no lines themselves."""
_BETWEEN = frozenset((",", ";", "and", "with"))
"""What may stand between two lines written as one."""
_VALUES = frozenset(("NUMBER", "SHARE", "MONEY"))
"""What a case starts with."""
_MOST_TOKENS = 30


def parted(line: Line, block: str, fits: Fits, opens: Opens) -> tuple[Line, Diagnostic] | None:
    """A line that is two: its own, and the first of those below it."""
    if line.unclosed >= 0 or "\n" in line.text:
        return None
    for cut, rest, code, args in _cuts(line):
        head = _with_text(line, line.text[:cut])
        child = Line(
            line.file, line.first, line.column + rest, line.text[rest:], line.last, line.level + 1, anchor=line.anchor
        )
        head.children = [child, *line.children]
        kinds = opens(head, block)
        if fits(head, block) and any(all(fits(each, kind) for each in head.children) for kind in kinds):
            step = "\n" + " " * (line.column + 1)
            fix = Fix(f"Write on a line of its own below it: {child.text}", (Edit(line.place(cut, rest), step),))
            said = {**args, "second": child.text.split()[0], "mended": line.text}
            return head, Diagnostic(code, child.span, said, fixes=(fix,))
    return _text_below(line, block, fits, opens)


_MOST_WORDS = 2
"""Words that a text may lack: of more, none is likely."""


def _text_below(line: Line, block: str, fits: Fits, opens: Opens) -> tuple[Line, Diagnostic] | None:
    """`message sms "Hello"`: a text that belongs below its line, without the word before it; the last that may be."""
    run = tokens(line.text)[:_MOST_TOKENS]
    if block == TOP or len(run) < 2 or run[-1].kind != "STRING" or run[-1].end != len(line.text):
        return None
    cut, text = run[-2].end, run[-1].text
    head = _with_text(line, line.text[:cut])
    if not fits(head, block):
        return None
    there = {child.text.split()[0] for child in line.children}
    for kind in opens(head, block):
        words = [" ".join(first_words(statement)) for statement in below(kind)]
        words = [word for word in words if word and word not in there]
        words = [word for word in words if fits(_with_text(line, f"{word} {text}"), kind)]
        if 0 < len(words) <= _MOST_WORDS and all(fits(child, kind) for child in line.children):
            start = line.column + run[-1].start
            rest = Line(line.file, line.first, start, text, line.last, line.level + 1, anchor=line.anchor)
            head.children = [PrefixedLine(rest, words[-1]), *line.children]
            step, gap = "\n" + " " * (line.column + 1), line.place(cut, run[-1].start)
            fixes = [
                Fix(f"Write below it: {word} {text} (this assumes `{word}`)", (Edit(gap, f"{step}{word} "),))
                for word in reversed(words)
            ]
            said = {"second": text, "mended": line.text}
            return head, Diagnostic("S108", line.place(run[-1].start, run[-1].end), said, fixes=tuple(fixes))
    return None


def _cuts(line: Line) -> Iterator[tuple[int, int, str, dict[str, object]]]:
    """Where a line may be two: its end, the start of the rest, the message and its words."""
    found = re.match(_GROUP, line.text) if line.children else None
    if found is not None:
        yield found.end(1), found.end(), "S185", {"words": " ".join(found[1].split()[-2:])}
    run = tokens(line.text)
    run = run if len(run) < _MOST_TOKENS else ()
    for number, (before, token) in enumerate(pairwise(run)):
        if token.text in _POINTING:
            continue
        if token.kind == "NAME" or token.text in ("for", "is", "at", "when"):
            yield before.end, token.start, "S108", {}
            if number and before.text in _BETWEEN and run[number - 1].kind != "BLOCK":
                yield run[number - 1].end, token.start, "S108", {}
        elif token.kind in _VALUES and line.children and any(later.kind == "WHEN" for later in run[number:]):
            yield (run[number - 1] if number and before.kind == "EQUALS" else before).end, token.start, "S108", {}


def headless(line: Line, fits: Fits) -> tuple[Line, Diagnostic] | None:
    """A block whose first word is missing: that which takes most of the lines below it."""
    below_it = line.children[:_MOST_TOKENS]
    if not below_it or line.unclosed >= 0 or "\n" in line.text:
        return None
    best, most = "", 0
    for statement in below(TOP):
        head = " ".join(first_words(statement))
        count = sum(fits(child, statement.opens) for child in below_it) if statement.opens and head else 0
        if count > most and fits(_with_text(line, f"{head} {line.text}"), TOP):
            best, most = head, count
    if not most or 10 * most < 6 * len(below_it):
        return None
    made = PrefixedLine(line, best)
    start = line.place(0, 0)
    fix = Fix(f"Write: {made.text}", (Edit(start, f"{best} "),))
    return made, Diagnostic("S130", line.span, {**stranger_args(line, TOP), "mended": made.text}, fixes=(fix,))


def one_text(line: Line, other: Line, block: str, fits: Fits) -> tuple[Line, Diagnostic] | None:
    """A text in plain quotes that was broken: its second half ends with the closing quote."""
    if line.unclosed < 0 or other.unclosed != len(other.text) - 2 or line.children or other.children:
        return None
    whole = JoinedLine((line, other), between=" ")
    text = f"{line.text[:-1]} {other.text[:-1]}"
    if not fits(_with_text(line, text), block):
        return None
    end = line.place(len(line.text), len(line.text))
    quotes = line.place(line.unclosed, line.unclosed + 1), other.place(len(other.text) - 2, len(other.text) - 1)
    edits = Edit(end.to(other.place(0, 0)), " "), *(Edit(place, '"') for place in quotes)
    fix = Fix(f"Write in one line: {text}", edits)
    joined = TextLine(whole, text)
    return joined, Diagnostic("S116", line.span, {"mended": text}, fixes=(fix,))


def _with_text(line: Line, text: str) -> Line:
    """A line as if it were sound, with another text, and nothing below it."""
    return line.copied(text=text, odd=False, children=[], unclosed=-1, added=0)


class PrefixedLine(Line):
    """A line with a word put before it; its places are those of the line as it was written."""

    def __init__(self, was: Line, head: str) -> None:
        super().__init__(
            was.file, was.first, was.column, f"{head} {was.text}", was.last, was.level, was.comment, was.doc,
            children=was.children, anchor=was.anchor,
        )  # fmt: skip
        self.was, self.shift = was, len(head) + 1

    def place(self, start: int, end: int) -> Span:
        """The stretch that was written; the word before it has none."""
        return self.was.place(max(start - self.shift, 0), max(end - self.shift, 0))


class TextLine(Line):
    """Two lines read as another text than was written; all its places are the whole of the two."""

    def __init__(self, whole: Line, text: str) -> None:
        super().__init__(
            whole.file, whole.first, whole.column, text, whole.last, whole.level, whole.comment, whole.doc,
            anchor=whole.anchor,
        )  # fmt: skip
        self.whole = whole

    def place(self, start: int, end: int) -> Span:
        """From the line's start to its end."""
        return self.whole.place(0, len(self.whole.text))
