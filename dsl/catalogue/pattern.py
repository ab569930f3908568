"""Phrase patterns: `limit {rate:rate} [for {kinds:choices(selling|marketing)}] [{across_all:flag(across all)}]`.

Literal words stand for themselves. `{name:kind}` is a slot, `{name:kind(arguments)}` one with arguments separated by
`|`. `[ ]` may be left out; `( a | b )` is one of several. `,` `=` stand for themselves.
"""

from __future__ import annotations

import re
from functools import cache

from stratagem.dsl.record import record

_PIECE = re.compile(r"\s*(?:(?P<slot>\{(\w+):(\w+)(?:\(([^)]*)\))?\})|(?P<word>[a-z_]+|[,=])|(?P<sign>[\[\]()|]))")


@record(slots=False)
class Literal:
    """A word or sign that stands for itself."""

    text: str


@record(slots=False)
class SlotPart:
    """A typed slot. `arguments`: kinds of name for name, names, ref, refs; the words for choice, choices and flag."""

    name: str
    kind: str
    arguments: tuple[str, ...] = ()


@record(slots=False)
class Choice:
    """One of several sequences; an optional part is a choice between it and nothing."""

    options: tuple[Sequence, ...]

    @property
    def optional(self) -> bool:
        return () in self.options


Part = Literal | SlotPart | Choice
Sequence = tuple[Part, ...]


@cache
def compile_pattern(pattern: str) -> Sequence:
    """The parts of a pattern. Raises ValueError when it is not well formed."""
    pieces = []
    position = 0
    while position < len(pattern.rstrip()):
        found = _PIECE.match(pattern, position)
        if found is None:
            raise ValueError(f"pattern {pattern!r} at {position}")
        pieces.append(found)
        position = found.end()
    parts, rest = _sequence(pieces, 0, "")
    if rest != len(pieces):
        raise ValueError(f"pattern {pattern!r} closes what it did not open")
    return parts


def _sequence(pieces: list[re.Match[str]], index: int, until: str) -> tuple[Sequence, int]:
    parts: list[Part] = []
    while index < len(pieces):
        piece = pieces[index]
        sign = piece["sign"]
        if sign and sign in until:
            return tuple(parts), index
        index += 1
        if piece["slot"]:
            arguments = tuple(a.strip() for a in piece[4].split("|")) if piece[4] else ()
            parts.append(SlotPart(piece[2], piece[3], arguments))
        elif piece["word"]:
            parts.append(Literal(piece["word"]))
        elif sign == "[":
            inner, index = _sequence(pieces, index, "]")
            parts.append(Choice((inner, ())))
            index += 1
        elif sign == "(":
            options = []
            while True:
                inner, index = _sequence(pieces, index, "|)")
                options.append(inner)
                index += 1
                if pieces[index - 1]["sign"] == ")":
                    break
            parts.append(Choice(tuple(options)))
        else:
            raise ValueError(f"stray {sign}")
    if until:
        raise ValueError("pattern left open")
    return tuple(parts), index


def slots(sequence: Sequence) -> list[SlotPart]:
    """Every slot of a pattern, in order; one that stands in two alternatives is listed once."""
    found: dict[str, SlotPart] = {}
    for part in sequence:
        if isinstance(part, SlotPart):
            found.setdefault(part.name, part)
        elif isinstance(part, Choice):
            for option in part.options:
                for slot in slots(option):
                    found.setdefault(slot.name, slot)
    return list(found.values())


def leading_words(sequence: Sequence) -> tuple[str, ...]:
    """The literal words a pattern starts with."""
    words = []
    for part in sequence:
        if not isinstance(part, Literal) or not part.text[0].isalpha():
            break
        words.append(part.text)
    return tuple(words)
