"""Logical lines to a tree, by their indentation; wrong indents are blamed on the line that is odd."""

from __future__ import annotations

from dataclasses import dataclass, field

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.lines.line import Line, Outline
from stratagem.dsl.lines.scan import Scan, logical_lines
from stratagem.dsl.source import SourceText, Span

DEEPEST = 40
"""Levels of indentation. The deepest block of the language needs nine."""


def read_lines(source: SourceText) -> Outline:
    """The line tree of a source text, with the diagnostics of its layout. Time is linear in the text's length."""
    scan = Scan(source)
    pairs = list(logical_lines(scan))
    widths = [width for _, width in pairs]
    builder = _Tree(scan, _unit(widths))
    for number, (line, width) in enumerate(pairs):
        builder.add(line, width, widths[number + 1] if number + 1 < len(widths) else 0)
    builder.finish()
    ordered = sorted(scan.diagnostics, key=lambda d: (d.span.line, d.span.column))
    return Outline(source, tuple(builder.top), tuple(ordered))


def _unit(widths: list[int]) -> int:
    """Blanks per step: 4 where the whole file is written so (one message then), else 2."""
    indented = [width for width in widths if width]
    steps_of_four = len(indented) > 1 and min(indented) == 4 and all(width % 4 == 0 for width in indented)
    return 4 if steps_of_four else 2


@dataclass
class _Tree:
    scan: Scan
    unit: int
    top: list[Line] = field(default_factory=list)
    path: list[tuple[int, Line]] = field(default_factory=list)
    """The open lines, outermost first, each with the width it was written at."""
    four: list[tuple[Line, int]] = field(default_factory=list)
    too_deep: int | None = None
    """The width from which on lines are left out, while a block stands too deep."""

    def add(self, line: Line, width: int, following: int) -> None:
        """Hang one line where its indentation says, or where it was most likely meant."""
        if self.too_deep is not None and width >= self.too_deep:
            return
        self.too_deep = None
        level = self._level(line, width, following)
        del self.path[level:]
        if level >= DEEPEST:
            self.too_deep = width
            self._report("S114", line, width, bound=DEEPEST)
            return
        line.level = level
        (self.path[-1][1].children if self.path else self.top).append(line)
        self.path.append((width, line))
        if self.unit == 4 and width:
            self.four.append((line, width))

    def _level(self, line: Line, width: int, following: int) -> int:
        for level, (open_width, _) in enumerate(self.path):
            if open_width == width:
                return level
        deepest = len(self.path)
        level, rest = divmod(width, self.unit)
        if rest == 0 and level <= deepest:
            return level
        if rest:
            level = self._nearest(width, following)
        level = min(level, deepest)
        self._odd(line, width, level, "S112" if rest else "S113")
        return level

    def _nearest(self, width: int, following: int) -> int:
        """The level an odd width was meant for: that of the next line if it is one blank off, else the one below."""
        if abs(following - width) == 1:
            return following // self.unit
        return width // self.unit

    def _odd(self, line: Line, width: int, level: int, code: str) -> None:
        fix = self._indent_fix(line, level)
        self._report(code, line, width, fix, blanks=width, meant=level * 2)

    def _indent_fix(self, line: Line, level: int) -> Fix:
        span = Span(line.file, line.number, 1, line.number, line.column)
        return Fix(f"Indent by {level * 2} blanks", (Edit(span, "  " * level),))

    def _report(self, code: str, line: Line, width: int, *fixes: Fix, **args: object) -> None:
        line.odd = True
        self.scan.report(code, line.number, 0, max(line.column - 1, 1), *fixes, **args)

    def finish(self) -> None:
        """One message each for what runs through the whole file: tabs, steps of four."""
        if self.scan.tabbed:
            self._everywhere("S110", self.scan.tabbed)
        if self.four:
            first, width = self.four[0]
            edits = tuple(
                Edit(Span(line.file, line.number, 1, line.number, line.column), "  " * line.level)
                for line, _ in self.four
            )
            fix = Fix("Indent every step by two blanks", edits, True)
            self._report("S120", first, width, fix, count=len(self.four))

    def _everywhere(self, code: str, numbers: list[int]) -> None:
        raw = self.scan.source.lines
        edits = []
        for number in numbers:
            text = raw[number - 1]
            indent = text[: len(text) - len(text.lstrip())]
            edits.append(Edit(self.scan.at(number, 0, len(indent)), indent.replace("\t", "  ")))
        span = edits[0].span
        fix = Fix("Write two blanks for each tab", tuple(edits), True)
        self.scan.diagnostics.append(Diagnostic(code, span, {"count": len(numbers)}, fixes=(fix,)))
