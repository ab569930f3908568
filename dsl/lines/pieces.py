"""A file's text in pieces, one for each top-level block, which can be read and moved by themselves.

In: the text, and the pieces of an earlier reading. Out: pieces that together are the text; one whose text stood in the
earlier reading is that piece, moved to where it stands now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.lines.line import Line
from stratagem.dsl.lines.long_text import end_at_the_edge, is_open
from stratagem.dsl.lines.scan import LONGEST_LINE, Scan, logical_lines
from stratagem.dsl.source import Anchor

_START = re.compile(
    r'^(?!(?:`{3,}\w*|[-=~*_+{}\[\];,|<]+)[ \t]*$)(?!(?:<{5,}|={5,}|\|{5,}) )[^\s\u200b\ufeff#)">]', re.M
)
"""A line at the left edge that starts a block whatever stands before it: no comment, no line of signs, and nothing that
a bracket or a long text left open above could take as its end."""


class Piece:
    """A top-level line with all that stands below it, up to the next one; the first also has what stands above it.

    `doc`: documentation that waits for its first line. `lines`: its line tree, `found`: what is wrong with its layout.
    """

    def __init__(self, file: str, text: str, doc: tuple[str, ...]) -> None:
        self.text = text
        self.doc = doc
        self.open = is_open(text)
        self.height = text.count("\n")
        self.anchor = Anchor()
        self.lines: list[Line] = []
        self.four: list[tuple[Line, int]] = []
        """Lines indented by steps of four, where the whole file is written so."""
        self.odd: frozenset[int] = frozenset()
        """The identities of lines with something odd in their layout."""
        self.faults = 0
        """How many there are of those; lines that go with the one before them are not counted, unless they are many."""
        self.hung: tuple[int, bool] | None = None
        """For which width of a step its tree was made, and whether it stands for all pieces in saying so."""
        self.scan = Scan(file, text.removesuffix("\n").split("\n"), self.anchor)
        self.scan_again()
        indented = [width for _, width in self.pairs if width]
        self.indented = len(indented)
        self.least = min(indented, default=0)
        self.by_four = all(width % 4 == 0 for width in indented)

    def scan_again(self) -> None:
        """Read its logical lines, with the widths of their indents; the tree has yet to be made."""
        self.scan = Scan(self.scan.file, self.scan.raw, self.anchor, list(self.doc))
        self.pairs: list[tuple[Line, int]] = list(logical_lines(self.scan))

    def unread(self) -> None:
        """Forget which lines a reader found odd; those of odd layout stay so."""
        for line, _ in self.pairs:
            line.odd = id(line) in self.odd

    @property
    def found(self) -> list[Diagnostic]:
        return self.scan.diagnostics

    @property
    def doc_left(self) -> tuple[str, ...]:
        """Documentation at its end, which waits for the first line of the next piece."""
        return tuple(self.scan.doc)


def pieces_of(file: str, text: str, before: Sequence[Piece] = ()) -> list[Piece]:
    """The pieces of a text. Those of an earlier reading that it begins and ends with are neither cut nor looked up."""
    front, back = _unchanged(text, before)
    start = sum(len(piece.text) for piece in before[:front])
    end = len(text) - sum(len(piece.text) for piece in before[back:])
    texts = cut(text[start:end])
    if any(map(is_open, texts)) or any(piece.open for piece in before[:front]):
        front, back, texts = 0, len(before), cut(text)  # what closes the long text may stand far away
    count = front + len(texts) + len(before) - back
    if count > MANY and len(text) < SHORTEST * count:
        return scanned(file, [text], before)
    pieces = scanned(file, texts, before[front:back], before[:front])
    if back < len(before) and pieces[-1].doc_left != before[back].doc:
        return scanned(file, [piece.text for piece in before[back:]], before[back:], pieces)
    line = pieces[-1].anchor.lines + pieces[-1].height
    for piece in before[back:] if back < len(before) and before[back].anchor.lines != line else ():
        piece.anchor.lines = line
        line += piece.height
    return [*pieces, *before[back:]]


MANY, SHORTEST = 1_000, 8
"""So many blocks, of so few letters each, are no blocks: nothing is declared in less. They are read as one piece."""


def _unchanged(text: str, before: Sequence[Piece]) -> tuple[int, int]:
    """How many pieces the text begins with, and from which one on it ends with them; but for those beside what has
    changed, which are cut again: it may belong to them now."""
    at, front = 0, 0
    while front < len(before) and text.startswith(before[front].text, at):
        at += len(before[front].text)
        front += 1
    front = max(front - 2, 0)
    least = sum(len(piece.text) for piece in before[:front])
    end, back = len(text), len(before)
    while back > front and end - len(before[back - 1].text) >= least and text.endswith(before[back - 1].text, 0, end):
        back -= 1
        end -= len(before[back].text)
    return front, min(back + 1, len(before))


def cut(text: str) -> list[str]:
    """The texts of the pieces, one at least. A line too long to be read starts none."""
    starts = [found.start() for found in _START.finditer(text)]
    if not starts:
        return [text]
    ends = [*starts[1:], len(text)]
    pieces = [text[: ends[0]]]
    within = end_at_the_edge(text, 0, ends[0])
    for start, end in zip(starts[1:], ends[1:], strict=True):
        too_long = end - start > LONGEST_LINE and text.find("\n", start, start + LONGEST_LINE + 1) < 0
        if too_long or start < within:
            pieces[-1] += text[start:end]
        else:
            pieces.append(text[start:end])
            within = end_at_the_edge(text, start, end)
    return pieces


def scanned(file: str, texts: Sequence[str], before: Sequence[Piece], above: Sequence[Piece] = ()) -> list[Piece]:
    """The pieces above, and below them one for each text: an earlier one where there is one, each used once."""
    known: defaultdict[tuple[str, tuple[str, ...]], list[Piece]] = defaultdict(list)
    for piece in reversed(before):
        known[piece.text, piece.doc].append(piece)
    pieces = list(above)
    line = above[-1].anchor.lines + above[-1].height if above else 0
    doc = above[-1].doc_left if above else ()
    for text in texts:
        earlier = known[text, doc]
        piece = earlier.pop() if earlier else Piece(file, text, doc)
        piece.anchor.lines = line
        line, doc = line + piece.height, piece.doc_left
        pieces.append(piece)
    return pieces
