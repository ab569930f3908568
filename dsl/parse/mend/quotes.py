"""Texts between other signs than straight double quotes: doubled ones of a spreadsheet, brackets, single quotes.

In: a line. Out: the line with straight quotes around each such text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stratagem.dsl.parse.mend.step import compiled

_PAIRS = (
    "「」", "『』", "«»", "»«", "‹›", "〈〉", "《》", "“”", "„“", "““", "””", "**", "``", "'" * 2, "'" * 4, '"' * 4,
    "``" + "'" * 2,
)  # fmt: skip
"""What stands around a text, before and behind, in halves."""


def straight(text: str) -> Iterator[str]:
    """The line as it is meant, for each kind of sign that some text of it stands between."""
    for pair in _PAIRS:
        left, right = pair[: len(pair) // 2], pair[len(pair) // 2 :]
        if left in text:
            inside = rf"(?!\s)([^\x22{re.escape(pair)}]+?)(?<!\s)"
            around = rf"(?<!\w){re.escape(left)}{inside}{re.escape(right)}(?!\w)"
            mended = compiled(around).sub(r'"\1"', text)
            if mended != text:
                yield mended


def single(text: str) -> bool:
    """Does a text start with a single quote or backtick: signs that other languages write a text with."""
    return compiled(r"\(?(?:'(?!')|`(?!`))").match(text) is not None
