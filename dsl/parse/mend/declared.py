"""A name where it is declared, written otherwise than where it is read: `hurdle product no-slot`, `measure no shows`.

In: a line that declares something, and the names that other lines read and nothing declares. Out: the step to the one
of them that what stands there spells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from stratagem.dsl.catalogue import below, first_words
from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.dsl.grammar.words import Token
from stratagem.dsl.parse.faults import snake
from stratagem.dsl.parse.mend.step import Step
from stratagem.dsl.parse.mend.trial import Place, Trial

_ENDS = frozenset(("STRING", "EQUALS", "WHEN", "LONG_TEXT"))
_WORDS = frozenset(("NAME", "WORD", "ODD_NUMBER"))
_AMOUNTS = frozenset(("MONEY", "RATE", "SHARE", "DATE"))
MOST_WORDS = 12


def declared_steps(trial: Trial, place: Place) -> Iterator[Step]:
    """What stands between the head of a line and its label or formula, as the name that is read elsewhere."""
    run = trial.tokens
    if place.kind != "statement" or trial.text != place.line:
        return
    end = next((n for n, token in enumerate(run) if token.kind in _ENDS), len(run))
    for head, phrase in _heads(place.block):
        if tuple(token.text for token in run[: len(head)]) != head:
            continue
        for first in range(len(head), min(len(head) + 2, end)):
            if end - first > MOST_WORDS:
                continue
            written = trial.text[run[first].start : run[end - 1].end]
            for name in (snake(written), snake("".join(written.split()))):
                again = head == ("assume",) and name in place.hints.words  # a scenario sets it too
                if (name in place.orphans or again) and name not in (written, run[first].text):
                    yield Step(run[first].start, run[end - 1].end, name, 0.1, "S139")
            yield from _shown(trial, place, first, end)
            words = run[first:end]
            apart = end - first > 1 and words[0].end < words[1].start
            money = end - first > 2 and words[1].text.isupper() and words[2].kind in ("NUMBER", "RATE")
            if apart and words[0].kind == "NAME" and words[1].kind == "WORD" and not money:
                yield from _labels(trial.text, words[1:], phrase)  # its quotes are missing
                continue
            plain = all(t.kind in _WORDS and t.text not in RESERVED | phrase for t in words)
            if end < len(run) and len(words) > 1 and plain:
                yield Step(run[first].start, run[end - 1].end, snake(written), 0.35, "S139")


def _labels(text: str, words: Sequence[Token], phrase: frozenset[str]) -> Iterator[Step]:
    """Quotes around a label, up to a word of the phrase or an amount, or all of it."""
    ends = [n for n, token in enumerate(words) if n and (token.text in phrase or token.kind in _AMOUNTS)]
    for number, end in enumerate((*ends, len(words))):
        start, last = words[0].start, words[end - 1].end
        yield Step(start, last, f'"{text[start:last]}"', 0.05 + 0.01 * number, "S127")


def _shown(trial: Trial, place: Place, first: int, end: int) -> Iterator[Step]:
    """The first words as a name that stands elsewhere in the file, in a message too."""
    for last in range(first + 2, min(first + 4, end)):
        stretch = trial.tokens[first:last]
        if all(t.kind in _WORDS and t.text not in RESERVED for t in stretch):
            name = snake(trial.text[stretch[0].start : stretch[-1].end])
            stands = re.compile(rf"(?<![\w.]){name}(?!\w)")
            if any(name in text and stands.search(text) for text in place.hints.texts):
                yield Step(stretch[0].start, stretch[-1].end, name, 0.15, "S139")


@cache
def _heads(block: str) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """The first words of the lines of a block that declare a name, with all words of their phrase."""
    declaring = [s for s in below(block) if "{name:name(" in s.pattern and first_words(s)]
    words = (frozenset(re.findall(r"[a-z]+", re.sub(r":[^}]*", "", s.pattern))) for s in declaring)
    return tuple(zip((first_words(s) for s in declaring), words, strict=True))
