"""How a line says what it says: whether it denies, excepts, bounds or turns into something else what it names.

In: the words of a line. Out: its `Tone`, by which a statement that does not say the same is no reading of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from stratagem.dsl.parse.mend.step import search, sub
from stratagem.dsl.record import record

_NOT = (
    r"n't\b|\b(?:not|cannot|forbidden|prohibited|blocked|banned|unknown|no|never|nobody|none|nothing|without|neither|nor"
    r"|hardly|exclud\w*)\b"
)
_EXCEPT = r"\b(?:but not|not for|except\w*|outside|besides|instead of|other than|apart from|but)\b"
"""Words behind which stands who or what is not meant."""
_NO_MORE = (
    r"(?:\b(?:no|not|cannot|never|nobody|none|nothing)\b|n't)(?: \w+){0,4}? (?:more|longer|over|above|beyond|exceed\w*"
    r"|later|often|further)\b(?: than)?|\b(?:and|but|or) no(?:t)? more\b|\bnever more\b|\bno more\b"
)
_AT_MOST = r"\b(?:at (?:the )?(?:very )?most|max\w*|up to|under|below|less|fewer|capped|limit\w*)\b"
_AT_LEAST = (
    r"\b(?:at (?:the )?(?:very )?least|min(?:imum)?|or more|no (?:less|fewer)|not (?:less|fewer)|more than|exceed\w*"
    r"|above|longer than|beyond)\b"
)
_OTHER_WAY = (
    r"\b(?:rather|half|twice|double|thirds?|quarters? of|percent|either|(?:not|no) (?:the )?(?:only|just|first\w*))\b"
)
"""Words that turn a figure or a sentence into something else: it is left alone."""
_LEAVES = (
    r"\b(?:leav\w*|left|skip\w*|instead|clash\w*|conflict\w*|ignor\w*|drop\w*|discard\w*|disregard\w*|forget\w*"
    r"|exclud\w*|remove\w*|delete\w*|gone|quiet\w*|silen\w*|disturb\w*|peace|sleep|hush|alone|wait|pause)\b"
)
_ONLY = r"\b(?:only|just|solely)\b"
FLAGS = {
    "at_most": rf"{_AT_MOST}|{_NO_MORE}",
    "after_declined": r"\b(?:declin|refus|said no|turned)",
    "greedily": r"\bgreed",
    "main": r"\b(?:main|chief)\b",
}
"""What is said for words of a phrase that may be left out."""


@record
class Tone:
    """What the words of a line do to what it says. `bare`: the line without `no more than` and the like."""

    line: str
    bare: str
    denies: bool
    excepts: bool
    most: bool
    least: bool
    other_way: bool
    """It turns a figure or the sentence into something else."""
    leaves_out: bool
    """It denies, excepts, or says in another way that something is left out, and not that something alone is meant."""

    def says(self, flag: str) -> bool:
        """Does it say the words of a phrase that may be left out, in its own way."""
        return _says(FLAGS[flag], self.line)


def tone_of(words: Sequence[str]) -> Tone:
    """What these words do to the line they stand in."""
    line = f" {' '.join(words)} "
    bare = sub(_NO_MORE, " ", line)
    most = bare != line or _says(_AT_MOST, line)
    leaves_out = any(_says(pattern, line) for pattern in (_NOT, _EXCEPT, _LEAVES)) and not _says(_ONLY, line)
    return Tone(
        line, bare, denies=_says(_NOT, bare), excepts=_says(_EXCEPT, bare), most=most,
        least=not most and _says(_AT_LEAST, line), other_way=_says(_OTHER_WAY, line), leaves_out=leaves_out,
    )  # fmt: skip


def _says(pattern: str, line: str) -> bool:
    return search(pattern, line) is not None
