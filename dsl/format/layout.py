"""Lines, comments and blank lines in canonical layout."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from stratagem.dsl.format.spacing import spaced
from stratagem.dsl.lines.line import Line
from stratagem.dsl.nodes import Node
from stratagem.dsl.parse.parse import Parsed, parse
from stratagem.dsl.source import SourceText, Span

_UNSAFE = frozenset(("S104", "S112", "S113", "S114", "S116", "S117", "S118", "S119", "S121"))
"""Faults of layout that leave it open what was meant: their lines stay as they were."""
_HARMLESS = frozenset(("S110", "S111", "S115", "S120", "S138", "S175"))
"""Findings that do not keep a line's words from being spaced; the words of any other line with a fault stay."""


def format_source(source: SourceText) -> str:
    """The text in canonical layout, or as it is where that would change what it says. Formatting twice is once."""
    parsed = parse(source)
    if any(d.code == "S121" for d in parsed.diagnostics):
        return source.text
    made = _Layout(source, parsed).text()
    again = SourceText(source.name, made)
    reparsed = parse(again)
    if _meaning(parsed) != _meaning(reparsed) or _comments(source, parsed) != _comments(again, reparsed):
        return source.text
    return made if _Layout(again, reparsed).text() == made else source.text


class _Layout:
    def __init__(self, source: SourceText, parsed: Parsed) -> None:
        self.raw = source.lines
        self.unsafe = {d.span.line for d in parsed.lines.diagnostics if d.code in _UNSAFE}
        self.faulty = {d.span.line for d in parsed.diagnostics if d.code not in _HARMLESS}
        self.lines = {line.number: line for line in parsed.lines.walk()}
        self.out: list[str] = []
        self.blank = False

    def text(self) -> str:
        """The whole file, with one line break at its end; nothing for nothing."""
        starts = sorted(self.lines)
        number, previous, position = 1, 0, 0
        while number <= len(self.raw):
            while position < len(starts) and starts[position] < number:
                position += 1
            following = self.lines[starts[position]].level if position < len(starts) else 0
            line = self.lines.get(number)
            if line is not None:
                self._gap(line.level > previous)
                self.out.extend(self._line(line))
                previous, number = line.level, line.end_number
            else:
                self._between(self.raw[number - 1], previous, following)
            number += 1
        return "\n".join(self.out) + "\n" if self.out else ""

    def _gap(self, opens: bool) -> None:
        """At most one blank line, none at the start and none before the first line of a block."""
        if self.blank and self.out and not (opens and not self.out[-1].lstrip().startswith("#")):
            self.out.append("")
        self.blank = False

    def _between(self, raw: str, previous: int, following: int) -> None:
        """A blank line, a comment, or a line that could not be read at all."""
        text = raw.strip()
        if not text:
            self.blank = True
            return
        if not text.startswith("#"):
            self._gap(False)
            self.out.append(raw.rstrip())
            return
        own = len(raw.replace("\t", "  ")) - len(raw.replace("\t", "  ").lstrip())
        level = following if text.startswith("##") else max(following, min((own + 1) // 2, previous))
        self._gap(level > previous)
        self.out.append("  " * level + text)

    def _line(self, line: Line) -> list[str]:
        """The physical lines of a logical line."""
        raw = list(self.raw[line.number - 1 : line.end_number])
        if any(number in self.unsafe for number in range(line.number, line.end_number + 1)):
            return [text.rstrip() for text in raw]
        indent = "  " * line.level
        if len(raw) == 1:
            comment = f"  # {line.comment}".rstrip() if line.comment is not None else ""
            text = line.text.rstrip()
            return [indent + (text if line.number in self.faulty else spaced(text)) + comment]
        first = raw[0]
        shift = len(indent) - (len(first) - len(first.lstrip()))
        return [indent + first.strip(), *(_shifted(text, shift) for text in raw[1:])]


def _shifted(text: str, by: int) -> str:
    """A further line of a logical line, moved with its first; blanks are never taken from words."""
    body = text.lstrip()
    if not body:
        return ""
    return " " * max(0, len(text) - len(body) + by) + body.rstrip()


def _comments(source: SourceText, parsed: Parsed) -> list[str]:
    """Every comment and documentation line, in order."""
    taken = {n for line in parsed.lines.walk() for n in range(line.number, line.end_number + 1)}
    found = [(n, text.strip()) for n, text in enumerate(source.lines, 1) if n not in taken and text.strip()]
    found.extend((line.number, f"# {line.comment}") for line in parsed.lines.walk() if line.comment is not None)
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]


def _meaning(parsed: Parsed) -> object:
    """What a file says, without its places: comparable."""
    return [_shape(node) for node in parsed.nodes]


def _shape(value: object) -> object:
    if isinstance(value, Span):
        return None
    if isinstance(value, Node):
        slots = {name: _shape(slot.value) for name, slot in value.slots.items()}
        below = [_shape(child) for child in value.children]
        rows = [_shape(row) for row in value.rows]
        return value.statement.id, slots, _shape(value.when), _shape(value.formula), rows, value.doc, below
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, [_shape(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, tuple):
        return [_shape(item) for item in value]
    return value
