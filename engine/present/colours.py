"""Strategy text in colours for a terminal.

In: text that is safe to show. Out: the same text with ANSI colours, line by line, so that a line can be shown alone.
The words are told by the lexer that Pygments finds under the language's name; it is loaded when first asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pygments.lexer import Lexer

STRATEGY: Final = "stratagem"
"""What the lexer of strategies is called."""
PALETTE: Final = {
    "Comment": "2", "Keyword": "94", "Keyword.Constant": "36", "Keyword.Type": "36", "Literal.Number": "36",
    "Literal.String": "33", "Literal.String.Interpol": "35", "Operator.Word": "35", "Name.Class": "1",
    "Name.Function": "35",
}  # fmt: skip
"""ANSI codes by kind of word; what is nowhere here, and below nothing here, stays as it is."""
CODES: Final = tuple(dict.fromkeys(PALETTE.values()))
_OPENED = '"""\n'
_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_SIGNS: Final = {"-": "31", "+": "32"}
_HEAD, _PLACE = "1", "36"

Piece = tuple[str, str]
"""(ANSI code or "", text)."""


def pieces(line: str, in_text: bool = False, language: str = STRATEGY) -> list[Piece]:
    """One line in pieces. `in_text`: it stands in a long text that was opened above."""
    return _by_line(f"{_OPENED}{line}" if in_text else line, language)[-1]


def painted(text: str, language: str = STRATEGY) -> list[str]:
    """A whole text, line by line."""
    return ["".join(_ansi(*piece) for piece in line) for line in _by_line(text, language)]


def painted_diff(diff: str, before: str, after: str) -> str:
    """A unified diff of one file with its lines in colours; `before` and `after` are the texts that it is of."""
    old, new = (dict(enumerate(zip(text.split("\n"), painted(text), strict=True), 1)) for text in (before, after))
    out: list[str] = []
    here = there = -1
    for line in diff.split("\n"):
        sign, rest = line[:1], line[1:]
        hunk = _HUNK.match(line)
        if hunk is not None:
            here, there = int(hunk[1]), int(hunk[2])
        if hunk is not None or here < 0:
            out.append(_ansi(_PLACE if hunk is not None else _HEAD, line))
            continue
        plain, shown = (new.get(there) if sign == "+" else old.get(here)) or ("", "")
        out.append(_ansi(_SIGNS.get(sign, ""), sign) + (shown if plain == rest else rest))
        here, there = here + (sign in (" ", "-")), there + (sign in (" ", "+"))
    return "\n".join(out)


def _ansi(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def _by_line(text: str, language: str) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for code, words in _tokens(text, language):
        first, *rest = words.split("\n")
        lines[-1].append((code, first))
        lines += [[(code, part)] for part in rest]
    return lines


def _tokens(text: str, language: str) -> Iterator[Piece]:
    """Words of one colour side by side are one piece."""
    found = ((_code(kind), words) for kind, words in _lexer(language).get_tokens(text))
    for code, same in groupby(found, key=itemgetter(0)):
        yield code, "".join(words for _, words in same)


@cache
def _lexer(language: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


@cache
def _code(kind: Any) -> str:
    """The colour of a kind of word, or of what it is a kind of."""
    name = ".".join(kind)
    while name and name not in PALETTE:
        name = name.rpartition(".")[0]
    return PALETTE.get(name, "")
