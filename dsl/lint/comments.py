"""`# ignore CODE because …` in a strategy file: what is accepted in this one place, and why.

In: the texts of the files. Out: each such comment with its codes, its reason, and the lines it covers:

- at the end of a line: what is found on that line;
- on a line of its own: what is found on the next statement and on all that stands below it, deeper. Above the head of
  a block that is the whole block. Several such lines may stand above one statement.

A comment that merely begins with the word is none of these: a code (L012, S416) or a rule's name must follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.lines import Line, read_lines
from stratagem.dsl.lint.catalogue import RULES, code_of, name_of
from stratagem.dsl.record import record
from stratagem.dsl.source import SourceText, Span

_MAYBE = re.compile(r"#[ \t]*ignore\b")
_WORD = r"[A-Za-z]\d{2,4}|[a-z]+(?:-[a-z]+)+"
_IGNORE = rf"#[ \t]*ignore[ \t]+(?P<words>(?:{_WORD})(?:[ \t]*,[ \t]*(?:{_WORD}))*)(?P<rest>.*)$"
_REASON = r"[ \t]+because\b(?P<reason>.*)$"


@record
class Named:
    """A code as written (or a rule's name) and its place; `code` is None where there is none of that name."""

    word: str
    span: Span
    code: str | None


@record
class Ignore:
    """One comment: from `#` on (`span`), and with the blanks or the line that would be left of it (`removal`).

    It covers what begins on the lines `first` to `last`.
    """

    span: Span
    removal: Span
    named: tuple[Named, ...]
    reason: str
    first: int
    last: int


def ignores(source: SourceText) -> tuple[Ignore, ...]:
    """Every such comment of a file, in order."""
    if not _MAYBE.search(source.text):
        return ()
    lines = list(read_lines(source).walk())
    return (*sorted((*_alone(source, lines), *_at_ends(source, lines)), key=lambda found: found.span.line),)


def _at_ends(source: SourceText, lines: list[Line]) -> Iterator[Ignore]:
    """At the end of a line: where the line that the grammar reads has blanks and the file has a comment."""
    for line in lines:
        for number, read in enumerate(line.text.split("\n"), line.number):
            start = line.column - 1 if number == line.number else 0
            written = source.lines[number - 1]
            found = written.find("#", start + len(read.rstrip()))
            if found >= 0:
                yield from _read(source, number, found, line.number, line.end_number)


def _alone(source: SourceText, lines: list[Line]) -> Iterator[Ignore]:
    """On a line of its own, outside every statement."""
    within = {number for line in lines for number in range(line.number, line.end_number + 1)}
    ends = {line.number: _end(line) for line in lines}
    heads = sorted(ends)
    for number, written in enumerate(source.lines, 1):
        if number in within or not written.lstrip().startswith("#"):
            continue
        first = next((head for head in heads if head > number), number)
        yield from _read(source, number, written.index("#"), first, ends.get(first, number))


def _end(line: Line) -> int:
    """The last physical line of a statement with all that stands below it."""
    while line.children:
        line = line.children[-1]
    return line.end_number


def _read(source: SourceText, number: int, start: int, first: int, last: int) -> Iterator[Ignore]:
    written = source.lines[number - 1]
    found = re.compile(_IGNORE).match(written, start)
    if found is None:
        return
    words = re.compile(_WORD).finditer(written, found.start("words"), found.end("words"))
    named = tuple(_named(source, number, word) for word in words)
    if any(name.code is None and "-" in name.word and not _near(name.word) for name in named):
        return  # prose: `# ignore well-known customers`
    reason = re.match(_REASON, found["rest"])
    span = Span(source.name, number, start + 1, number, len(written.rstrip()) + 1)
    yield Ignore(span, _removal(source, number, start), named, reason["reason"].strip() if reason else "", first, last)


def _removal(source: SourceText, number: int, start: int) -> Span:
    """The comment's own line, whole; after something else, the blanks before it too."""
    written = source.lines[number - 1]
    before = len(written[:start].rstrip())
    if before == 0 and number < len(source.lines):
        return Span(source.name, number, 1, number + 1, 1)
    return Span(source.name, number, before + 1, number, len(written) + 1)


def _named(source: SourceText, number: int, word: re.Match[str]) -> Named:
    from stratagem.dsl.diagnostics.text import is_known

    code = code_of(word.group()) or (word.group() if is_known(word.group()) else None)
    return Named(word.group(), Span(source.name, number, word.start() + 1, number, word.end() + 1), code)


def _near(word: str) -> tuple[str, ...]:
    return near(word, [name_of(code) for code in RULES])
