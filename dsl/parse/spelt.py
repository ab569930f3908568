"""Is what a fix writes the same as what stands there, only spelt the way the language spells it: then it is a safe one.

In: what is written, what is to stand there instead, and the code of the message. Out: yes where both are the same
words, names, figures and days in the same order: `31.12.2026` and `2026-12-31`, `€12` and `12 EUR`, `Order Total`
and `order_total`, `if` and `when`. Nothing is put in, left out or moved, and nothing is taken for granted.
"""

from __future__ import annotations

import re

_FIGURES = frozenset(("S170", "S171", "S172", "S173", "S195"))
"""The messages of fixes that write an amount, a number, a share, a day or a time of day another way."""
_SAID = {
    "if": "when", "=": "is", "==": "is", "===": "is", "equals": "is", "!=": "is not", "<>": "is not", "≠": "is not",
    "&": "and", "&&": "and", "|": "or", "||": "or", "=>": ">=", "≥": ">=", "=<": "<=", "≤": "<=", "×": "*",
}  # fmt: skip
"""Words and signs that stand for one word of the language, wherever they are written."""
_QUOTE = r"[“”„«»‚`´]|(?<!\w)['‘’]|['‘’](?!\w)"
"""A quote of any kind, but not the apostrophe within a word."""
_PART = r'"[^"]*"|[^\W\d_]+|\d+|[<>=!&|]+|[^\w\s]'


def only_spelt(written: str, instead: str, code: str) -> bool:
    """Is it the same, spelt another way."""
    if _two_readings(written):
        return False
    return code in _FIGURES or _words(written) == _words(instead) != ""


def _two_readings(was: str) -> bool:
    """`5/12/2026` is another day in other countries, `1.500` another number; `l0` is hardly one."""
    day = re.search(r"\b(\d{1,2})[/-](\d{1,2})[/-]\d", was)
    if day is not None and day[1] != day[2] and max(int(day[1]), int(day[2])) <= 12:
        return True
    return re.search(r"(?<![\d.,])\d{1,3}[.]\d{3}(?![\d.,])|[OolIS]\d|\d[OolIS]", was) is not None


def _words(text: str) -> str:
    """The words and signs of a text, told apart by nothing but what they say."""
    plain = re.sub(r"(?<=\w)-(?=\w)", " ", re.sub(_QUOTE, '"', text))
    parts = (part if part[0] == '"' else _SAID.get(part.lower(), part.lower()) for part in re.findall(_PART, plain))
    return " ".join(part for part in parts if part not in (";", ":", ".", ",", "!"))
