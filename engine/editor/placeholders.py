"""The names between the braces of a message template, with their places in the file.

In: the lines of a file and the stretch that a quoted text covers. Out: each name that the template shows or asks for,
as its words, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stratagem.dsl.source import Span
from stratagem.dsl.templates.expression import WORDS

BRACES = re.compile(r"\{\{(?P<shown>.*?)\}\}|\{%-?\s*(?:el)?if\b(?P<asked>.*?)%\}|\{#.*?#\}", re.S)
_PIECE = re.compile(
    r"""\\?"[^"\\]*\\?"|'[^'\\]*'|\|\s*\w+|\bis\s+(?:not\s+)?\w+|(?P<name>[a-z_]\w*(?:\.[a-z_]\w*)*)|\S""", re.A
)


def names_in(lines: Sequence[str], span: Span) -> Iterator[tuple[tuple[str, ...], Span]]:
    """The names of the template that stands at a span, as words, each with the place of the whole name."""
    text, starts = _stretch(lines, span)
    for braces in BRACES.finditer(text):
        group = "shown" if braces["shown"] is not None else "asked"
        for piece in _PIECE.finditer(braces[group] or ""):
            word = piece["name"]
            if word is None or word in WORDS:
                continue
            at = braces.start(group) + piece.start("name")
            number = max(n for n, start in enumerate(starts) if start <= at)
            column = at - starts[number] + (span.column if number == 0 else 1)
            line = span.line + number
            yield tuple(word.split(".")), Span(span.file, line, column, line, column + len(word))


def _stretch(lines: Sequence[str], span: Span) -> tuple[str, list[int]]:
    """The text of a span, and where each of its lines starts in it."""
    rows = list(lines[span.line - 1 : span.end_line])
    if rows:
        rows[-1] = rows[-1][: span.end_column - 1]
        rows[0] = rows[0][span.column - 1 :]
    starts, at = [], 0
    for row in rows:
        starts.append(at)
        at += len(row) + 1
    return "\n".join(rows), starts or [0]
