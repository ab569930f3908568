"""A file's lines, comments and blank lines in canonical layout, proved before it is given out."""

from __future__ import annotations

from collections.abc import Iterable

from stratagem.dsl.format.line import Laying
from stratagem.dsl.format.proof import comment_text, same
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.parse import Parsed, parse
from stratagem.dsl.source import SourceText

_UNSAFE = frozenset(("S104", "S112", "S113", "S114", "S116", "S117", "S118", "S119", "S121"))
"""Faults of layout that leave it open what was meant: their lines stay as they were."""
_HARMLESS = frozenset(("S110", "S111", "S115", "S120", "S138", "S175"))
"""Findings that do not keep a line's words from being spaced; the words of any other line with a fault stay."""


def format_source(source: SourceText) -> str:
    """The text in canonical layout, or as it is where that would change what it says. Formatting twice is once."""
    parsed = parse(source, mend=False)
    if any(d.code == "S121" for d in parsed.diagnostics):
        return source.text
    made = laid_out(parsed)
    if made == source.text:
        return made
    for _ in range(MOST_TURNS):
        reparsed = parse(SourceText(source.name, made), mend=False)
        before, made = made, laid_out(reparsed)
        if made == before:
            return made if same(parsed, reparsed) else source.text
    return source.text


MOST_TURNS = 3
"""Lines that one turn has joined may be too long, and are parted by the next."""


def laid_out(parsed: Parsed) -> str:
    """The text in canonical layout, not proved yet."""
    return _Layout(parsed).text()


class _Layout:
    def __init__(self, parsed: Parsed) -> None:
        self.raw = parsed.lines.source.lines
        self.lines = {line.number: line for line in parsed.lines.walk()}
        self.nodes = {node.span.line: node for node in _walk(parsed.nodes)}
        unsafe = {d.span.line for d in parsed.diagnostics if d.code in _UNSAFE}
        faulty = {d.span.line for d in parsed.diagnostics if d.code not in _HARMLESS}
        self.laying = Laying(self.raw, self.nodes, unsafe, faulty)
        self.step = 4 if any(d.code == "S120" for d in parsed.diagnostics) else 2
        self.out: list[str] = []
        self.top: Line | None = None
        """The last line at the left edge."""

    def text(self) -> str:
        """The whole file, with one line break at its end; nothing for nothing."""
        number, level = 1, 0
        for line in self.lines.values():
            self._between(number, line, level)
            self.out.extend(self.laying.lines(line))
            level, number = line.level, line.end_number + 1
            if not line.level:
                self.top = line
        self._between(number, None, level)
        return "\n".join(self.out) + "\n" if self.out else ""

    def _between(self, start: int, line: Line | None, previous: int) -> None:
        """Blank lines, comments and lines that could not be read, up to a line or the file's end."""
        end = line.number if line is not None else len(self.raw) + 1
        following = line.level if line is not None else 0
        gap = _Gap(self._apart(line), following > previous)
        for text in self.raw[start - 1 : end - 1]:
            if not text.strip():
                gap.blank()
            elif text.lstrip().startswith("#"):
                gap.comment(comment_text(text.strip()), self._level(text, previous, following))
            else:
                gap.unread(text.rstrip())
        self.out.extend(gap.lines(first=not self.out, last=line is None))

    def _level(self, text: str, previous: int, following: int) -> int:
        """How deep a comment stands: at most as deep as the line above it; documentation like the line below it."""
        if text.lstrip().startswith("##"):
            return following
        wide = text.replace("\t", "  ")
        own = (len(wide) - len(wide.lstrip()) + self.step // 2) // self.step
        return max(following, min(own, previous))

    def _apart(self, line: Line | None) -> bool:
        """Must a blank line stand before this line: one of two neighbours at the left edge has lines below it."""
        if line is None or line.level or self.top is None:
            return False
        before, after = self.nodes.get(self.top.number), self.nodes.get(line.number)
        if before is None or after is None or not (self.top.children or line.children):
            return False
        return not (before.statement is after.statement and _plain(self.top) and _plain(line) and not line.doc)


class _Gap:
    """What stands between two lines. `apart`: a blank line is wanted; `opens`: the second is the first of a block."""

    def __init__(self, apart: bool, opens: bool) -> None:
        self.apart = apart
        self.opens = opens
        self.found: list[tuple[str, int]] = []
        """Texts with their level; an empty text is a blank line, and below 0 one stays at the place it was written."""

    def blank(self) -> None:
        if not self.found or self.found[-1][0]:
            self.found.append(("", 0))

    def comment(self, text: str, level: int) -> None:
        self.found.append((text, level))

    def unread(self, text: str) -> None:
        self.found.append((text, -1))

    def lines(self, first: bool, last: bool) -> list[str]:
        """The physical lines: no blank line at the file's ends, and none between a line and the first below it."""
        found = self.found
        if self.opens or first:
            found = found[1:] if found and not found[0][0] else found
        while found and not found[-1][0] and (last or self._documented(found)):
            found = found[:-1]
        if self.apart and not any(not text for text, _ in found):
            at = next((n for n, (_, level) in enumerate(found) if level == 0), len(found))
            found = [*found[:at], ("", 0), *found[at:]]
        return ["  " * level + text if text else "" for text, level in found]

    def _documented(self, found: list[tuple[str, int]]) -> bool:
        """Does the last blank line part documentation from what it describes."""
        return len(found) > 1 and found[-2][0].startswith("##")


def _plain(line: Line) -> bool:
    """Has a line only single lines below it."""
    return not any(child.children for child in line.children)


def _walk(nodes: Iterable[Node]) -> Iterable[Node]:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children)
