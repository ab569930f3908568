"""What a mend may never lose: a word of negation, a sign of arithmetic, a name that a formula reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stratagem.dsl.grammar.words import tokens
from stratagem.dsl.parse.hints import BUILT_IN
from stratagem.dsl.parse.mend.step import Step, masked
from stratagem.dsl.parse.mend.trial import Place

_IDIOMS = re.compile(
    r"(?i)\b(?:no|not)\s+(?:more|less|fewer|later|earlier|greater|smaller|higher|lower|older|younger)\s+than\b"
    r"|\b(?:is\s+)?not\s+(?:null|none|empty|blank|missing|unknown|undefined|nil)\b|\bor\s+not\b|\bif\s+not\b"
    r"|(?<=\w\s)unless\s+not\b|\byes\s*(?:/|or)\s*no\b|<!"
)
"""Negations that are written without one."""
_DENIES = re.compile(r"(?i)\b(?:not|never|no|without|non|nor|neither|none|except|excluding|unless|\w+n't|hardly)\b|!")
_DENIED = re.compile(r"\b(?:not|no|none|unless|missing|excluded|nothing)\b|\bis 0\b")
_POWERS = "\u00b2\u00b3^\u221a"


def keeps(place: Place, text: str, steps: Sequence[Step]) -> bool:
    """Does a mended text still say what the line said."""
    was, now = masked(place.line), masked(text)
    reads = re.search(r"=|\b(?:when|unless|where|if|by)\b", was) is not None or place.kind in ("case", "condition")
    if not reads:
        return True
    if _DENIES.search(_IDIOMS.sub(" ", was)) and not _DENIED.search(now):
        return False
    if any(sign in was for sign in _POWERS) and not any(word in now for word in ("*", "power(", "sqrt(")):
        return False
    assumed = " ".join(step.assumes for step in steps)
    read = {token.text for token in tokens(was) if token.kind == "NAME"} - BUILT_IN
    return all(name in text or name in assumed or name not in place.hints.words for name in read)
