"""The blocks a page consists of: plain values that know nothing of terminals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "good", "warning", "bad", "quiet", "strong"]
"""How a piece of text is meant. Plain text drops it, so no meaning may hang on it alone."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows, up to the next heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines of running text. `indent` counts steps of two blanks. `flows`: long ones are broken at blanks,
    in plain text too; without it a line stays whole there, so that it can be searched and copied."""

    text: str
    tone: Tone = ""
    indent: int = 0
    flows: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Short items, one a line."""

    items: tuple[str, ...]
    tone: Tone = ""
    indent: int = 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with what they stand for, one a line, aligned."""

    items: tuple[tuple[str, str], ...]
    indent: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `widest` shortens longer cells (characters); None keeps them whole."""

    title: str
    right: bool = False
    widest: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, already in words. `total` is a last row set apart; `empty` is said when there are no rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    empty: str = "none"
    tones: tuple[Tone, ...] = ()
    """One tone a row, where given."""
    indent: int = 1

    def tone(self, row: int) -> Tone:
        """How a row is meant."""
        return self.tones[row] if row < len(self.tones) else ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines kept as they are: a piece of a strategy, or what a command said. Long lines are not broken.

    `coloured`: the same with colours of our own for a terminal, or "". `language`: what it is written in, by the name
    that lexers have for it, so that a terminal can colour it; or "".
    """

    text: str
    coloured: str = ""
    language: str = ""
    indent: int = 1


Block = Heading | Paragraph | Listing | Pairs | Table | Verbatim
