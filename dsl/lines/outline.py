"""Logical lines to a tree, by their indentation; wrong indents are blamed on the line that is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.lines.line import Line, Outline
from stratagem.dsl.lines.pieces import Piece, pieces_of, scanned
from stratagem.dsl.lines.scan import MOST_FAULTS, Scan
from stratagem.dsl.record import record, replace
from stratagem.dsl.source import SourceText, Span

LONGEST_RUN = 200
"""Lines of odd indent that go with another one, and are no faults of their own."""
DEEPEST = 40
"""Levels of indentation. The deepest block of the language needs nine."""


def read_lines(source: SourceText, before: Sequence[Piece] = ()) -> Outline:
    """The line tree of a source text, with the diagnostics of its layout. Time is linear in the text's length.

    `before`: the pieces of an earlier reading of this file; those that stand in it unchanged are moved, not read again.
    """
    outline = _outline(source, pieces_of(source.name, source.text, before))
    if len(outline.pieces) > 1 and sum(len(piece.found) for piece in outline.pieces) >= MOST_FAULTS:
        return whole(source)
    return outline


def whole(source: SourceText) -> Outline:
    """The same as one piece: where a file is so full of faults that it is read only as far as the bound on them."""
    return _outline(source, scanned(source.name, [source.text], ()))


def _outline(source: SourceText, pieces: Sequence[Piece]) -> Outline:
    unit = _unit(pieces)
    told = False
    for piece in pieces:
        wanted = (unit, unit == 4 and not told and piece.indented > 0)
        if piece.hung != wanted:
            hang(piece, *wanted)
        told = told or bool(piece.four)
    everywhere = [*_tabs(source, pieces), *_steps(pieces)]
    found = [diagnostic for piece in pieces for diagnostic in piece.found] + everywhere
    ordered = sorted(found, key=lambda d: (d.span.line, d.span.column))
    lines = tuple(line for piece in pieces for line in piece.lines)
    return Outline(source, lines, tuple(ordered), tuple(pieces))


def _unit(pieces: Sequence[Piece]) -> int:
    """Blanks per step: 4 where the whole file is written so (one message then), else 2."""
    least = [piece.least for piece in pieces if piece.indented]
    count = sum(piece.indented for piece in pieces)
    return 4 if count > 1 and min(least) == 4 and all(piece.by_four for piece in pieces) else 2


def hang(piece: Piece, unit: int, told_here: bool) -> None:
    """Make the tree of a piece's lines. `told_here`: its first line by steps of four stands for all such lines."""
    if piece.hung is not None:
        piece.scan_again()
    tree = _Tree(piece.scan, unit)
    widths = [width for _, width in piece.pairs]
    for number, (line, width) in enumerate(piece.pairs):
        if len(piece.scan.diagnostics) >= MOST_FAULTS:
            if not any(d.code == "S121" for d in piece.scan.diagnostics):
                tree.stop(line, width)
            break
        tree.add(line, width, widths[number + 1] if number + 1 < len(widths) else 0)
    tree.tell_runs()
    if told_here and tree.four:
        tree.four[0][0].odd = True
    piece.lines, piece.four, piece.hung = tree.top, tree.four, (unit, told_here)
    piece.odd = frozenset(id(line) for line, _ in piece.pairs if line.odd)
    piece.faults = len(piece.odd) - min(sum(len(run.edits) - 1 for run in tree.runs), LONGEST_RUN)


def _steps(pieces: Sequence[Piece]) -> list[Diagnostic]:
    """One message for a file that is written by steps of four."""
    four = [line for piece in pieces for line, _ in piece.four]
    if not four:
        return []
    edits = tuple(Edit(Span(line.file, line.number, 1, line.number, line.column), "  " * line.level) for line in four)
    first = edits[0].span
    fix = Fix("Indent every step by two blanks", edits, True)
    span = Span(first.file, first.line, 1, first.line, max(first.end_column - 1, 1) + 1)
    return [Diagnostic("S120", span, {"count": len(four)}, fixes=(fix,))]


def _tabs(source: SourceText, pieces: Sequence[Piece]) -> list[Diagnostic]:
    """One message for all tabs."""
    edits = []
    for number in (number + piece.anchor.lines for piece in pieces for number in piece.scan.tabbed):
        text = source.lines[number - 1]
        indent = text[: len(text) - len(text.lstrip())]
        edits.append(Edit(Span(source.name, number, 1, number, len(indent) + 1), indent.replace("\t", "  ")))
    if not edits:
        return []
    fix = Fix("Write two blanks for each tab", tuple(edits), True)
    return [Diagnostic("S110", edits[0].span, {"count": len(edits)}, fixes=(fix,))]


@record(frozen=False, slots=False)
class _Run:
    """A line of odd indent with the lines after it that go with it: told once, by the first of them."""

    told: int
    """Which of the diagnostics is the first line's."""
    edits: list[Edit]


@record(frozen=False, slots=False)
class _Tree:
    scan: Scan
    unit: int
    top: list[Line] = field(default_factory=list)
    path: list[tuple[int, Line]] = field(default_factory=list)
    """The open lines, outermost first, each with the width it was written at."""
    runs: list[_Run] = field(default_factory=list)
    within: dict[int, _Run] = field(default_factory=dict)
    """By the identities of open lines the run that each is in."""
    four: list[tuple[Line, int]] = field(default_factory=list)
    too_deep: int | None = None
    """The width from which on lines are left out, while a block stands too deep."""

    def add(self, line: Line, width: int, following: int) -> None:
        """Hang one line where its indentation says, or where it was most likely meant."""
        if self.too_deep is not None and width >= self.too_deep:
            return
        self.too_deep = None
        level = self._level(line, width, following)
        self._go_with(line, width, level)
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

    def _go_with(self, line: Line, width: int, level: int) -> None:
        """Put a line with the run of the line beside or above it, where it is one of those that are moved with it."""
        beside = self.path[level] if level < len(self.path) and self.path[level][0] == width else None
        above = self.path[level - 1] if level else None
        run = next((self.within[id(x[1])] for x in (beside, above) if x is not None and id(x[1]) in self.within), None)
        if run is None or id(line) in self.within or width == level * 2:
            return
        self.within[id(line)] = run
        line.odd = True
        run.edits.append(Edit(self.scan.at(line.first, 0, line.column - 1), "  " * level))

    def tell_runs(self) -> None:
        """What the first line's message offers moves the whole run."""
        for run in self.runs:
            if len(run.edits) > 1:
                first = self.scan.diagnostics[run.told]
                after = "the one after it" if len(run.edits) == 2 else f"the {len(run.edits) - 1} after it"
                fix = Fix(f"{first.fixes[0].title}, and {after}", tuple(run.edits))
                self.scan.diagnostics[run.told] = replace(first, fixes=(fix,))

    def stop(self, line: Line, width: int) -> None:
        """So much stands in the wrong place that reading on helps nobody."""
        self._report("S121", line, width, count=MOST_FAULTS)

    def _level(self, line: Line, width: int, following: int) -> int:
        for level, (open_width, _) in enumerate(self.path):
            if open_width == width:
                return level
        deepest = len(self.path)
        within = bool(self.path) and id(self.path[-1][1]) in self.within and width > (deepest - 1) * 2
        if within and 0 < width - self.path[-1][0] <= 4:
            return deepest
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
        span = self.scan.at(line.first, 0, line.column - 1)
        fix = Fix(f"Indent by {level * 2} blanks", (Edit(span, "  " * level),))
        run = self.within[id(line)] = _Run(len(self.scan.diagnostics), list(fix.edits))
        self.runs.append(run)
        shown = "one blank" if width == 1 else f"{width} blanks"
        self._report(code, line, width, fix, blanks=shown, meant=level * 2)

    def _report(self, code: str, line: Line, width: int, *fixes: Fix, **args: object) -> None:
        line.odd = True
        self.scan.report(code, line.first, 0, max(line.column - 1, 1), *fixes, **args)
