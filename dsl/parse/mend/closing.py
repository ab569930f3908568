"""A quote that stands alone: the other one where a text most likely ends, or starts.

In: a line with such a quote, and where it stands. Out: the line with both, and the message, or None when no place for
the other one makes the line read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from stratagem.dsl.lines.line import Line
from stratagem.dsl.parse.hints import phrase_words
from stratagem.dsl.parse.mend.mended import Mended, MendedLine
from stratagem.dsl.parse.mend.trial import Place, Trial, read_text
from stratagem.dsl.record import record

_ENDS = r"(?<=[^\s'’`])(?:''|[’'`])(?=\s|$)"
_STARTS = r"(?<=\s)(?:''|[‘'`])(?=[^\s'‘`])"
"""Other signs that a text ends or starts with, where they are no part of a word."""


@record
class _Way:
    """The other quote (or `new`) written in place of what stands from `start` to `end`, mostly nothing."""

    start: int
    end: int
    text: str
    new: str = '"'


def close_quote(line: Line, place: Place) -> Mended | None:
    """A quote that is not closed: closed before a word that goes on with the line, or opened before the text."""
    text = line.text[:-1]
    sound: list[tuple[_Way, Trial]] = []
    for way in [*_ways(text, line.unclosed)][:60]:
        following = text[way.end :].split(maxsplit=1)[:1]
        if sound and way.end > line.unclosed and not (following and following[0] in phrase_words()):
            continue  # only a word that may go on with the line ends the text before it
        if sound and not way.new:
            break
        trial = read_text(way.text, place)
        if trial.fault is None:
            sound.append((way, trial))
            if way.end > way.start:
                break
    return _closed(line, [way for way, _ in sorted(sound, key=_says_most)[:2]]) if sound else None


def _ways(text: str, alone: int) -> Iterator[_Way]:
    """Where the other quote may stand: first in place of another sign that is meant as one."""
    starts, ends = list(re.finditer(_STARTS, text)), list(re.finditer(_ENDS, text))
    for sign in (*starts, *ends) if len(starts) != len(ends) else ():
        yield _Way(sign.start(), sign.end(), f'{text[: sign.start()]}"{text[sign.end() :]}')
    for double in re.finditer(r'(?<!")""(?!")', f'{text}"' if alone == len(text) else text):
        yield _Way(double.start(), double.end(), f'{text[: double.start()]}"{text[double.end() :]}')
    behind = [m.start() for m in re.finditer(r"(?<=\S)(?=\s|$)", text) if m.start() > alone]
    edges = [m.start() for m in re.finditer(r"(?<=\s)(?=\S)|(?<=\w)(?=\s)", text) if m.start() < alone]
    opened = [at for at in edges if text.count('"', 0, at) % 2 == text[at].isspace()]
    for at in opened if alone == len(text) - 1 else (*reversed(behind), *opened):
        yield _Way(at, at, f'{text[:at]}"{text[at:]}')
    for quote in re.finditer('"', text):
        yield _Way(quote.start(), quote.end(), text[: quote.start()] + text[quote.end() :], "")


def _says_most(way: tuple[_Way, Trial]) -> tuple[int, int]:
    """A text is closed where the most of what follows reads as the rest of its statement, without a strange name."""
    trial = way[1]
    return trial.strange, -sum(end - start for slot, start, end in trial.fits[0].captured) if trial.fits else 0


def _closed(line: Line, ways: Sequence[_Way]) -> Mended:
    fixes = []
    for way in ways:
        first = way.text.rfind('"', 0, way.start) if way.text[way.start + 1 : way.start + 2] in (" ", "") else way.start
        shown = way.text[max(first, 0) :]
        title = f"Write: {shown}" if len(shown) < 90 else f"Write: {shown[:88]} …"
        fixes.append(Fix(title, (Edit(line.place(way.start, way.end), way.new),)))
    span = line.place(line.unclosed, len(line.text) - 1)
    said = Diagnostic("S116", span, {"mended": ways[0].text}, fixes=tuple(fixes))
    return Mended(MendedLine(line, ways[0].text), said, False)
